// From the text of an iCalendar file to the days it closes. No network, no store, no clock.
#pragma once

#include <string>
#include <vector>

#include "calendar_ics/event.hpp"

namespace heard::calendar_ics {

struct Wishes {
  Day from, to;          ///< the window: nothing outside it is looked for
  std::string category;  ///< only events of this category; "": all
  std::string zone;      ///< IANA zone for times that name none; "": as they stand
};

struct Closure {
  Day first, last;
  std::string name;
  bool operator==(const Closure &) const = default;
};

struct ClosedDays {
  std::vector<Closure> closures;      ///< in order of days, no day twice
  std::vector<std::string> rejected;  ///< a sentence for each event that cannot be used
  std::size_t events = 0;
  std::size_t timed = 0;    ///< events at a time of day: they close nothing
  std::size_t outside = 0;  ///< events without a day in the window
};

/// Throws feed::Failure with one sentence where the whole file cannot be used.
ClosedDays closed_days(std::string bytes, const Wishes &wishes);

}  // namespace heard::calendar_ics
