// A whole neutral file: every row of every group answered, or said why not.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "neutral/rows.hpp"

namespace heard::neutral {

struct Answer {
  Json id;                                  ///< the row's own, else its place in its list
  std::optional<std::int64_t> after_event;  ///< of a script: the event it follows
  Json got;                                 ///< in the shape of the row's expectation
  std::string error;                        ///< one sentence instead; empty if there is an answer
};

/// Answers the rows of `cases`, `clocks` and `events` in the order of the file. What is wrong with
/// a row or a calendar is said in the answers it concerns. Throws bad_field("document") when the
/// text is no JSON list of objects.
std::vector<Answer> evaluate(std::string_view document, const std::string &zone_folder);

}  // namespace heard::neutral
