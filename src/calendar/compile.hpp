// From a definition to what is open on each local day: rank, breaks, joining, then UTC.
#pragma once

#include <vector>

#include "calendar/calendar.hpp"
#include "calendar/definition.hpp"
#include "calendar/wall.hpp"

namespace heard::calendar {

struct Compiled {
  std::vector<OpenSpan> spans;          ///< joined, also across midnight
  std::vector<OpenDay> days;            ///< local days with any open time, in order
  std::vector<std::int32_t> days_upto;  ///< per local day: open days up to it, itself included
};

/// Throws bad_field when the definition makes no sense.
Compiled compile(const Definition &definition, const Wall &wall);

}  // namespace heard::calendar
