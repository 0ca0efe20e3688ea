// Where a clock stands on its calendar: the key it falls due at, the next thing to look at, and why.
#pragma once

#include <optional>
#include <string>

#include "calendar/calendar.hpp"
#include "cases/clock.hpp"

namespace heard::cases {

/// The due point of a running clock; Axis::none if it is paused, stopped, or nothing is ever open.
Key due_key(const Clock &clock, const calendar::Calendar &calendar);
/// The due instant on the wall, running or not (for a paused clock: as if resumed never; nothing).
std::optional<Seconds> due_at(const Clock &clock, const calendar::Calendar &calendar);

/// The next point at which the machine must look at the clock: its warning if not warned yet, else
/// its due point if not missed yet, else Axis::none. `warn_percent` of the time from the start of
/// counting to the due point (0: no warning).
Key next_key(const Clock &clock, int warn_percent, const calendar::Calendar &calendar);

/// True if `key` has been passed at `now`: something is to be done. Equal is not passed.
bool passed(const Key &key, Seconds now, const calendar::Calendar &calendar);
/// The largest key value on an axis that has been passed at `now`, plus one: rows with key < this
/// are due. For the index seek.
std::int64_t reached(Axis axis, Seconds now, const calendar::Calendar &calendar);
/// The wall instant of a key; nothing beyond the calendar's window.
std::optional<Seconds> instant(const Key &key, const calendar::Calendar &calendar);

/// One paragraph for people: when it started, what was counted, what was not, when it is due.
/// Local times of the calendar. `policy` and `calendar_name` are named with their versions.
std::string explain(const Clock &clock, const calendar::Calendar &calendar,
                    const std::string &policy, const std::string &calendar_name);

}  // namespace heard::cases
