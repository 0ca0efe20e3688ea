// One VEVENT, read: when it is in its own zone, how it repeats, what it is called.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "calendar_ics/zones.hpp"

namespace heard::calendar_ics {

using Day = std::int32_t;  ///< local days since 1970-01-01

/// Days since 1970 of a date; nothing if there is no such day.
std::optional<Day> day_of(const icaltimetype &time);

/// A wall time without its zone: what rules and exceptions are compared in.
struct Event {
  std::string uid, name;
  std::vector<std::string> categories;
  bool cancelled = false;
  bool is_date = false;  ///< all-day
  icaltimetype start{};  ///< floating, in the event's own zone
  Day days = 1;          ///< how many local days it closes
  bool closes = false;   ///< all-day, or from midnight to midnight
  std::vector<icalrecurrencetype> rules;
  std::vector<icaltimetype> extra;  ///< RDATE, floating
  std::set<std::string> left_out;   ///< EXDATE and overridden occurrences, as text
  std::string replaces;             ///< RECURRENCE-ID as text; "" for none
};

/// Reads one. `fallback` is the zone for times in UTC and for floating ones (null: none). Throws
/// Malformed with a sentence for one event; feed::Failure where the whole file cannot be trusted.
struct Malformed {
  std::string says;
};
Event read_event(icalcomponent *component, Zones &zones, icaltimezone *fallback);

/// A floating time as a key for comparing.
std::string key_of(const icaltimetype &time);

}  // namespace heard::calendar_ics
