// The rows of `events`: a whole case, told event by event.
#pragma once

#include <string>
#include <vector>

#include "neutral/operations.hpp"

namespace heard::neutral {

/// What is known right after one event, or why that is not.
struct AfterEvent {
  Json figures;
  std::string error;
};

/// One for each event of the group's script, in order. An event that is wrong is left out of the
/// case. Throws a Failure with one sentence when the script as a whole cannot be understood.
std::vector<AfterEvent> answer_script(Group &group);

}  // namespace heard::neutral
