// What can be asked of a calendar beyond its axis: backwards, closings, periods, days and dates.
// Pure; every function is a few lookups, logarithmic at most (lists: plus their length).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "calendar/calendar.hpp"

namespace heard::calendar {

// Instants and amounts are seconds UTC. "Nothing" always means that the answer lies outside the
// calendar's window (or that there is none because it is never open); nothing is thrown.

/// The latest instant from which `amount` open seconds lead up to `from`, the mirror image of
/// Calendar::add; 0 gives previous_open_end(from).
std::optional<Seconds> subtract(const Calendar &calendar, Seconds from, Seconds amount);
/// A distance in open seconds either way: 0 is `from` itself, even when closed.
std::optional<Seconds> walk(const Calendar &calendar, Seconds from, Seconds distance);
/// `from` itself if open or just closing, else the last closing before it.
std::optional<Seconds> previous_open_end(const Calendar &calendar, Seconds from);
/// The first closing after `from`; nothing also where the window ends before anything closes.
std::optional<Seconds> next_close(const Calendar &calendar, Seconds from);

/// Up to `count` open periods from `from` on, the first cut at `from`. A period that the window
/// cuts off is left out, for nobody knows where it ends.
std::vector<OpenSpan> periods_after(const Calendar &calendar, Seconds from, std::size_t count);
/// The same back from `from`, newest first.
std::vector<OpenSpan> periods_before(const Calendar &calendar, Seconds from, std::size_t count);

/// True if `day` is a local day with any open time.
bool is_open_day(const Calendar &calendar, Day day);
/// The Nth open day after `day`, or before it if `days` is negative. `day` itself is day 0, open or
/// not.
std::optional<Day> open_day(const Calendar &calendar, Day day, std::int64_t days);

/// When on its day a target in days ends.
enum class DayEnd : std::uint8_t {
  same_time,   ///< same wall time; if that is closed, the next opening (back: the last closing)
  same_wall,   ///< same wall time, left there even if closed
  end_of_day,  ///< last closing
  midnight,    ///< local midnight after the day
};
/// `days` open days on from `from` or back. The local day of `from` is day 0; for end_of_day and
/// midnight 0 days on a closed day means the next open one. A wall time that is just a closing
/// stands: no open time lies between it and the next opening.
std::optional<Seconds> add_days(const Calendar &calendar, Seconds from, std::int64_t days,
                                DayEnd end);

enum class DateUnit : std::uint8_t { business_days, calendar_days, calendar_months };
/// A distance between dates. Months keep the day of the month, or take the last one there is.
struct DateDistance {
  std::int64_t amount = 0;  ///< in `unit`; negative counts back
  DateUnit unit = DateUnit::business_days;
  bool rolls_forward = false;  ///< a closed day moves on to the next open one
};
/// The date at a distance from `day`, which is day 0, open or not.
std::optional<Day> due_date(const Calendar &calendar, Day day, const DateDistance &distance);

}  // namespace heard::calendar
