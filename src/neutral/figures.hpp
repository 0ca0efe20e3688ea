// What a script's expectations ask of a case: due times, verdicts, steps.
#pragma once

#include "neutral/case_play.hpp"

namespace heard::neutral {

/// Every figure that applies, null where no such clock runs; nothing when a due time lies beyond
/// the calendar.
std::optional<Json> figures(const CasePlay &play);

}  // namespace heard::neutral
