// Rules about whole cases that need no calendar: which policy, which priority, which case.
#pragma once

#include <optional>
#include <string>

#include "neutral/rows.hpp"

namespace heard::neutral {

/// The answer to a row of `cases` about a rule; what the row lacks is looked for in its group.
/// Nothing if `operation` is no such rule. Throws bad_field.
std::optional<Json> answer_case_rule(const std::string &operation, const Json &row,
                                     const Json &group);

}  // namespace heard::neutral
