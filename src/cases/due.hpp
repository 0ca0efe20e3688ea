// Where a clock stands on its calendar: the key it falls due at, the next thing to look at, and
// why.
#pragma once

#include <optional>
#include <string>

#include "calendar/calendar.hpp"
#include "cases/clock.hpp"

namespace heard::cases {

/// The due point, whatever the clock's state: as if it went on from its anchor. Axis::none if it
/// needs open time and the calendar is never open.
Key due_point(const Clock &clock, const calendar::Calendar &calendar);
/// The due point of a running clock; Axis::none if it is paused, stopped, or nothing is ever open.
Key due_key(const Clock &clock, const calendar::Calendar &calendar);
/// The due instant on the wall, running or stopped; nothing while paused (it is not known when the
/// pause will end), beyond the window, or when nothing is ever open.
std::optional<Seconds> due_at(const Clock &clock, const calendar::Calendar &calendar);

/// Where the warning lies: `warn_percent` of the open seconds (wall units: of the wall seconds)
/// from the start of counting to the due point. Axis::none for 0 percent or a due point out of
/// sight.
Key warning_point(const Clock &clock, int warn_percent, const calendar::Calendar &calendar);
/// The next point at which the machine must look at a running clock: its warning if not warned yet,
/// else its due point if not missed yet, else Axis::none.
Key next_key(const Clock &clock, int warn_percent, const calendar::Calendar &calendar);

/// True if `key` has been passed at `now`: something is to be done. Equal is not passed.
bool passed(const Key &key, Seconds now, const calendar::Calendar &calendar);
/// Rows of this axis with key < the answer have been passed at `now`, no others. For the index
/// seek.
std::int64_t reached(Axis axis, Seconds now, const calendar::Calendar &calendar);
/// The wall instant of a key; nothing beyond the calendar's window.
std::optional<Seconds> instant(const Key &key, const calendar::Calendar &calendar);

/// One paragraph for people: when it started, what was counted, what was not, when it is due.
/// Local times of the calendar. `policy` and `calendar_name` are named with their versions.
std::string explain(const Clock &clock, const calendar::Calendar &calendar,
                    const std::string &policy, const std::string &calendar_name);

}  // namespace heard::cases
