#include "cases/clockwork.hpp"

#include <algorithm>

#include "cases/due.hpp"

namespace heard::cases {

namespace {

using calendar::Calendar;

/// What is left of a clock at its very start.
std::int64_t whole(const Clock &clock, const Calendar &calendar) {
  switch (clock.target.unit) {
    case Unit::business_minutes:
    case Unit::wall_minutes:
      return clock.target.amount * Seconds{60};
    case Unit::business_days:
      return 0;
    case Unit::calendar_days: {
      const calendar::Day last = calendar.local_day(clock.started_at) + clock.target.amount;
      return calendar.local_to_utc(last + 1, 0) - clock.started_at;
    }
  }
  return 0;
}

bool counts_wall_time(const Clock &clock) {
  return clock.target.unit == Unit::wall_minutes || clock.target.unit == Unit::calendar_days;
}

Seconds between(const Clock &clock, Seconds from, Seconds to, const Calendar &calendar) {
  return counts_wall_time(clock) ? std::max<Seconds>(to - from, 0) : calendar.elapsed(from, to);
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

std::optional<Seconds> miss_instant(const Clock &clock, const Calendar &calendar) {
  const auto due = instant(due_point(clock, calendar), calendar);
  return due ? std::optional(std::max(*due, clock.judged_from.value_or(*due))) : std::nullopt;
}

void pause_clock(Clock &clock, Seconds at) {
  clock.state = ClockState::paused;
  clock.stopped_at = std::max(at, clock.anchor);
}

void resume_clock(Clock &clock, Seconds at, const Calendar &calendar) {
  const Seconds from = clock.stopped_at.value_or(at);
  at = std::max(at, from);
  if (clock.target.unit == Unit::business_days)
    clock.left += calendar.elapsed(from, at);
  else
    clock.left -= between(clock, clock.anchor, from, calendar);
  if (clock.verdict == Verdict::met) clock.verdict = Verdict::none;  // open again; late stays late
  clock.anchor = at;
  clock.state = ClockState::running;
  clock.stopped_at.reset();
}

What stop_clock(Clock &clock, Seconds at, Verdict in_time_verdict, const Calendar &calendar) {
  const bool without_answer = in_time_verdict == Verdict::closed_without_answer;
  clock.state = ClockState::stopped;
  clock.stopped_at = std::max(at, clock.anchor);
  const bool late = clock.missed_at || !in_time(clock, *clock.stopped_at, calendar);
  if (late) {
    clock.verdict = Verdict::missed;
    if (!clock.missed_at) clock.missed_at = miss_instant(clock, calendar);
    return without_answer ? What::closed_without_answer : What::answered_late;
  }
  if (without_answer) {
    clock.verdict = Verdict::closed_without_answer;
    return What::closed_without_answer;
  }
  if (clock.target.amount == 0) return What::ended;
  clock.verdict = in_time_verdict;
  return What::met;
}

bool pauses(ClockName name, PauseKind kind) {
  switch (name) {
    case ClockName::resolution:
      return true;
    case ClockName::update:
      return kind == PauseKind::family;
    case ClockName::acknowledgement:
    case ClockName::first_response:
    case ClockName::next_response:
    case ClockName::ownership:
    case ClockName::wait:
      return false;
  }
  return false;
}

void aim_clock(Clock &clock, const Target &target, const Pauses &pauses, const Calendar &calendar) {
  clock.target = target;
  clock.anchor = clock.started_at;
  clock.left = whole(clock, calendar);
  for (const Pause &pause : pauses) {
    if (!cases::pauses(clock.name, pause.kind) || !pause.to || *pause.to <= clock.started_at)
      continue;
    const Seconds from = std::max(pause.from, clock.started_at);
    if (clock.target.unit == Unit::business_days)
      clock.left += calendar.elapsed(from, *pause.to);
    else
      clock.left -= between(clock, clock.anchor, from, calendar);
    clock.anchor = *pause.to;
  }
}

Seconds counted(const Clock &clock, const Pauses &pauses, Seconds at, const Calendar &calendar) {
  const Seconds to = clock.stopped_at.value_or(at);
  Seconds sum = between(clock, clock.started_at, to, calendar);
  for (const Pause &pause : pauses) {
    if (!cases::pauses(clock.name, pause.kind)) continue;
    const Seconds from = std::max(pause.from, clock.started_at);
    sum -= between(clock, from, std::min(pause.to.value_or(to), to), calendar);
  }
  return sum;
}

}  // namespace heard::cases
