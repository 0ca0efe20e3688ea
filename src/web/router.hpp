// The door of the pages: one request in, one answer out.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/record.hpp"
#include "web/backend.hpp"

namespace heard::web {

struct Response {
  int status = 200;
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;  ///< names in lower case
};

/// Answers every request with a page, also when the page says "no such case" (404). Throws Failure
/// only where no page helps: interrupted, out of memory, forked, misuse.
Response answer(Backend &backend, const Record &actor, const Record &head, std::string_view body);

}  // namespace heard::web
