// A school's working time as a person states it: eras of weekly hours, closures, special days.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"

namespace heard::calendar {

using Day = std::int32_t;  ///< local days since 1970-01-01

/// Half-open piece of a local day in seconds since its midnight; `to` at most 86,400.
struct Span {
  std::int32_t from;
  std::int32_t to;
  bool operator==(const Span &) const = default;
};
using Hours = std::vector<Span>;  ///< in order, not overlapping

/// Weekly hours that hold from a day on. Place 0 is Monday.
struct Era {
  Day from;
  std::string zone;
  std::array<Hours, 7> week;
  bool operator==(const Era &) const = default;
};

/// From this instant on, local time is UTC plus `seconds`. The first one holds from the beginning.
struct Offset {
  Seconds from;
  std::int32_t seconds;
  bool operator==(const Offset &) const = default;
};

// What a calendar takes from its parent is marked `inherited`; the rest is its own. An own part has
// a `source`: "" by hand, else the feed that brought it.

struct DayRange {  ///< both ends closed
  Day first;
  Day last;
  std::string name{};
  std::string source{};
  bool inherited = false;
  bool operator==(const DayRange &) const = default;
};
struct MonthDay {
  std::uint8_t month;
  std::uint8_t day;
  bool inherited = false;
  bool operator==(const MonthDay &) const = default;
};
struct DayHours {
  Day day;
  Hours hours;
  std::string name{};
  std::string source{};
  bool inherited = false;
  bool operator==(const DayHours &) const = default;
};

/// One version, whole. Rank on a day: closed > special > week; breaks are cut out of what is left.
/// Where terms are given, days outside all of them are closed. The window [first_day, last_day]
/// bounds the axis; `offsets` are frozen so that every machine comes to the same verdicts whatever
/// its zone files say.
struct Definition {
  Day first_day = 10957;  ///< 2000-01-01, copied through versions, never moves
  Day last_day = 24836;   ///< 2037-12-31
  std::vector<Offset> offsets;
  std::vector<Era> eras;  ///< in order of `from`; the first also holds before it
  std::vector<DayRange> closed;
  std::vector<MonthDay> closed_yearly;
  std::vector<DayRange> terms;
  std::vector<DayHours> special;
  std::vector<DayHours> breaks;
  std::string parent{};              ///< the calendar it inherits from; "": none
  bool own_hours = true;             ///< false: the eras are the parent's
  std::vector<DayRange> not_closed;  ///< days on which the parent's closures do not hold
  bool operator==(const Definition &) const = default;
};

/// "08:00-12:00" pieces to Hours, sorted; adjoining pieces stay as they are. Throws bad_field
/// naming `field` for overlaps, length zero, over midnight, or text that is not a time span.
Hours parse_hours(std::string_view field, const std::vector<std::string> &texts);
std::vector<std::string> format_hours(const Hours &hours);
/// "2026-12-24" or "2026-12-24/2027-01-03", both also with a name behind: "2026-12-24 Snow day".
/// Throws bad_field.
DayRange parse_day_range(std::string_view field, std::string_view text);
std::string format_day_range(const DayRange &range);
/// "12-25". Throws bad_field.
MonthDay parse_month_day(std::string_view field, std::string_view text);
std::string format_month_day(const MonthDay &date);

}  // namespace heard::calendar
