// Judges an answer before its body is read: one clear sentence for each way it can be wrong.
#pragma once

#include "transport/http.hpp"

namespace heard::transport {

/// The sentence for a status other than 200; detail "http" carries the number.
feed::Failure refusal(const Head &head);

/// Throws unless the content type says XML or nothing.
void check_is_xml(const Head &head);

/// For a document whose first element is that of a web page.
feed::Failure web_page_instead();

/// For a 200 without a body.
feed::Failure empty_answer();

/// The charset named in the content type; "" if none.
std::string charset(const Head &head);

}  // namespace heard::transport
