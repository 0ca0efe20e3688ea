// Percent-coding, query strings and posted forms.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/record.hpp"

namespace heard::web {

using Query = std::vector<std::pair<std::string, std::string>>;  ///< decoded names and values

/// Everything but letters, digits and "-._~" as %XX; characters in `keep` stay too.
std::string percent_encoded(std::string_view text, std::string_view keep = {});
/// %XX decoded; a broken escape stays as it is. `plus_is_blank` for queries and forms.
std::string percent_decoded(std::string_view text, bool plus_is_blank);

/// "a=1&b=2". Pairs with an empty value are left out.
std::string query_text(const Query &query);
/// Of "a=1&b=2"; the first of two equal names wins. Throws Failure for bad UTF-8 (argument) or more
/// than 200 names (limit). Line breaks come out as "\n".
Record parse_query(std::string_view text);
Query query_pairs(std::string_view text);

}  // namespace heard::web
