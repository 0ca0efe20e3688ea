// What can be done to a single clock. Each function changes the clock and leaves the recording of
// the change to the machine. Pure.
#pragma once

#include "calendar/calendar.hpp"
#include "cases/clock.hpp"
#include "cases/pause.hpp"

namespace heard::cases {

Clock start_clock(ClockName name, std::int32_t no, const Target &target, Seconds at,
                  const calendar::Calendar &calendar);

/// True if nothing counted has passed beyond the due point at `at`.
bool in_time(const Clock &clock, Seconds at, const calendar::Calendar &calendar);

/// The instant a miss is dated at: the due instant, but not before the target was set.
std::optional<Seconds> miss_instant(const Clock &clock, const calendar::Calendar &calendar);

/// The clock stands still from `at`.
void pause_clock(Clock &clock, Seconds at);
/// Goes on after a pause or a stop; the time in between is cut out.
void resume_clock(Clock &clock, Seconds at, const calendar::Calendar &calendar);
/// Ends the clock: `in_time_verdict` if in time, else missed. Says what happened.
What stop_clock(Clock &clock, Seconds at, Verdict in_time_verdict,
                const calendar::Calendar &calendar);

/// True if this clock stands still in a pause of that kind.
bool pauses(ClockName name, PauseKind kind);
/// Counts the clock anew from its start against `target`, leaving out `pauses` that have ended.
/// What it has become (paused, stopped, missed) stays.
void aim_clock(Clock &clock, const Target &target, const Pauses &pauses,
               const calendar::Calendar &calendar);

/// Counted seconds up to `at` or the stop: open ones, for wall units wall seconds; pauses left out.
Seconds counted(const Clock &clock, const Pauses &pauses, Seconds at,
                const calendar::Calendar &calendar);

}  // namespace heard::cases
