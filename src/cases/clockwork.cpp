#include "cases/clockwork.hpp"

#include <algorithm>

#include "cases/due.hpp"

namespace heard::cases {

namespace {

using calendar::Calendar;

/// The local midnight that ends the last of a clock's calendar days.
Seconds last_midnight(const Clock &clock, const Calendar &calendar) {
  const calendar::Day last = calendar.local_day(clock.started_at) + clock.target.amount;
  return calendar.local_to_utc(last + 1, 0);
}

/// What is left of a clock at its very start.
std::int64_t whole(const Clock &clock, const Calendar &calendar) {
  switch (clock.target.unit) {
    case Unit::business_minutes:
    case Unit::wall_minutes:
      return clock.target.amount * Seconds{60};
    case Unit::business_days:
      return 0;
    case Unit::calendar_days:
      return last_midnight(clock, calendar) - clock.started_at;
  }
  return 0;
}

}  // namespace

Clock start_clock(ClockName name, std::int32_t no, const Target &target, Seconds at,
                  const Calendar &calendar) {
  Clock clock;
  clock.name = name;
  clock.no = no;
  clock.target = target;
  clock.started_at = clock.anchor = at;
  clock.left = whole(clock, calendar);
  return clock;
}

bool in_time(const Clock &clock, Seconds at, const Calendar &calendar) {
  return !passed(due_point(clock, calendar), at, calendar);
}

void pause_clock(Clock &clock, Seconds at) {
  clock.state = ClockState::paused;
  clock.stopped_at = std::max(at, clock.anchor);
}

void resume_clock(Clock &clock, Seconds at, const Calendar &calendar) {
  const Seconds from = clock.stopped_at.value_or(at);
  at = std::max(at, from);
  switch (clock.target.unit) {
    case Unit::business_minutes:
      clock.left -= calendar.elapsed(clock.anchor, from);
      break;
    case Unit::wall_minutes:
    case Unit::calendar_days:
      clock.left -= from - clock.anchor;
      break;
    case Unit::business_days:
      clock.left += calendar.elapsed(from, at);
      break;
  }
  if (clock.verdict == Verdict::met) clock.verdict = Verdict::none;  // open again; late stays late
  clock.anchor = at;
  clock.state = ClockState::running;
  clock.stopped_at.reset();
}

What stop_clock(Clock &clock, Seconds at, Verdict in_time_verdict, const Calendar &calendar) {
  const bool without_answer = in_time_verdict == Verdict::closed_without_answer;
  What what = without_answer ? What::closed_without_answer : What::answered_late;
  const bool was_missed = clock.missed_at.has_value();
  clock.state = ClockState::stopped;
  clock.stopped_at = std::max(at, clock.anchor);
  if (in_time(clock, *clock.stopped_at, calendar)) {
    clock.verdict = in_time_verdict;
    clock.missed_at.reset();
    if (was_missed)
      what = What::corrected;
    else if (!without_answer)
      what = What::met;
  } else {
    clock.verdict = Verdict::missed;
    if (!was_missed) clock.missed_at = instant(due_point(clock, calendar), calendar);
  }
  return what;
}

void move_start(Clock &clock, Seconds at, const Calendar &calendar) {
  Clock moved = clock;
  moved.started_at = at;
  if (clock.anchor == clock.started_at) {
    moved.anchor = at;
    moved.left = whole(moved, calendar);
  } else {
    switch (clock.target.unit) {
      case Unit::business_minutes:
        moved.left -= calendar.elapsed(at, clock.started_at);
        break;
      case Unit::wall_minutes:
        moved.left -= clock.started_at - at;
        break;
      case Unit::business_days:
        break;
      case Unit::calendar_days:
        moved.left -= last_midnight(clock, calendar) - last_midnight(moved, calendar);
        break;
    }
  }
  if (moved.missed_at) moved.missed_at = instant(due_point(moved, calendar), calendar);
  clock = moved;
}

}  // namespace heard::cases
