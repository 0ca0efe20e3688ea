// Where a clock stands on its calendar: the key it falls due at and the next thing to look at.
#pragma once

#include <optional>

#include "calendar/calendar.hpp"
#include "cases/clock.hpp"
#include "cases/policy.hpp"

namespace heard::cases {

/// The due point, whatever the clock's state: as if it went on from its anchor. Axis::none if it
/// has no target, or needs open time and the calendar is never open.
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
/// Where a step of the ladder lies; Axis::none if there is no such point within the calendar.
Key step_point(const Clock &clock, const EscalationStep &step, const calendar::Calendar &calendar);

/// The next point at which the machine must look at a running clock.
struct Point {
  enum class Kind : std::uint8_t { warning, step, due };
  Kind kind = Kind::due;
  std::uint32_t step = 0;  ///< its place in the policy's ladder
  Key key;
};
/// The earliest of: the warning if not warned yet, steps that are not over, the due point if not
/// missed yet. Nothing if none of them lies ahead, or the clock does not run.
std::optional<Point> next_point(const Clock &clock, const Policy &policy,
                                const calendar::Calendar &calendar);
/// Its key; Axis::none if there is none.
Key next_key(const Clock &clock, const Policy &policy, const calendar::Calendar &calendar);
/// True if a later change of the calendar may move the keys of this clock: those were found by
/// reading the calendar, not by counting along its axis.
bool follows_calendar(const Clock &clock, const Policy &policy);

/// True if `key` has been passed at `now`: something is to be done. Equal is not passed.
bool passed(const Key &key, Seconds now, const calendar::Calendar &calendar);
/// Rows of this axis with key < the answer have been passed at `now`, no others. For the index
/// seek.
std::int64_t reached(Axis axis, Seconds now, const calendar::Calendar &calendar);
/// The first second at which `key` has been passed: the next open second after it.
std::optional<Seconds> first_past(const Key &key, const calendar::Calendar &calendar);
/// The wall instant of a key, at the earliest the calendar's origin; nothing beyond its window.
std::optional<Seconds> instant(const Key &key, const calendar::Calendar &calendar);

}  // namespace heard::cases
