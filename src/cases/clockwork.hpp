// What can be done to a single clock. Each function changes the clock and leaves the recording of
// the change to the machine. Pure; instants earlier than the clock's anchor count from the anchor.
#pragma once

#include "calendar/calendar.hpp"
#include "cases/clock.hpp"

namespace heard::cases {

Clock start_clock(ClockName name, std::int32_t no, const Target &target, Seconds at,
                  const calendar::Calendar &calendar);

/// True if nothing counted has passed beyond the due point at `at`.
bool in_time(const Clock &clock, Seconds at, const calendar::Calendar &calendar);

/// The clock stands still from `at`.
void pause_clock(Clock &clock, Seconds at);
/// Goes on after a pause or a stop; the time in between is cut out.
void resume_clock(Clock &clock, Seconds at, const calendar::Calendar &calendar);
/// Ends the clock; gives `in_time_verdict` if it ended in time and takes back a miss recorded too
/// early, else it is missed. Says what happened.
What stop_clock(Clock &clock, Seconds at, Verdict in_time_verdict,
                const calendar::Calendar &calendar);
/// An older message turned up: the clock starts at `at` instead, what was paused stays paused.
void move_start(Clock &clock, Seconds at, const calendar::Calendar &calendar);

}  // namespace heard::cases
