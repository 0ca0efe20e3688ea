#include "cases/due.hpp"

#include <algorithm>
#include <limits>

#include "calendar/arithmetic.hpp"

namespace heard::cases {

namespace {

using calendar::Calendar;

constexpr Seconds kMinute = 60;

bool is_wall(Unit unit) { return unit == Unit::wall_minutes || unit == Unit::calendar_days; }

/// The end of the last day of a business_days clock, before pauses are added.
std::optional<Seconds> last_day_end(const Clock &clock, const Calendar &calendar) {
  const std::int32_t days = clock.target.amount;
  if (clock.target.ends == DayEnd::same_time)
    return calendar::add_days(calendar, clock.started_at, days, calendar::DayEnd::same_time);
  const auto day = calendar.open_day_after(clock.started_at, days);
  const auto closing = day ? calendar.closing_of_day(*day) : std::nullopt;
  if (!closing || clock.target.ends == DayEnd::closing) return closing;
  return calendar.local_to_utc(calendar.local_day(*closing - 1) + 1, 0);
}

Key end_of_days(const Clock &clock, const Calendar &calendar) {
  if (clock.target.ends == DayEnd::closing && clock.left == 0) {
    const auto day = calendar.open_day_after(clock.started_at, clock.target.amount);
    return day ? Key{Axis::open_days, *day} : Key{};
  }
  const auto end = last_day_end(clock, calendar);
  if (!end) {
    // Out of sight, yet not without a due point.
    const auto day = calendar.open_day_after(clock.started_at, clock.target.amount);
    return day ? Key{Axis::open_days, *day} : Key{};
  }
  if (clock.left > 0) return {Axis::open_seconds, calendar.axis(*end) + clock.left};
  return {Axis::wall_seconds, *end};
}

/// The same point on an axis that can be walked in seconds.
Key in_seconds(const Key &key, const Clock &clock, const Calendar &calendar) {
  const bool walks_the_wall = is_wall(clock.target.unit);
  if (key.axis == Axis::open_seconds) return key;
  if (key.axis == Axis::wall_seconds && walks_the_wall) return key;
  const auto at = instant(key, calendar);
  return at ? Key{Axis::open_seconds, calendar.axis(*at)} : Key{};
}

Key start_point(const Clock &clock, const Calendar &calendar) {
  if (is_wall(clock.target.unit)) return {Axis::wall_seconds, clock.started_at};
  return {Axis::open_seconds, calendar.axis(clock.started_at)};
}

/// `percent` of the counted time between start and the due point `end`.
Key share_point(const Clock &clock, std::int32_t percent, const Key &end,
                const Calendar &calendar) {
  const Key due = in_seconds(end, clock, calendar);
  if (due.axis == Axis::none) return {};
  const Seconds start = start_point(clock, calendar).at;
  return {due.axis, start + (due.at - start) * percent / 100};
}

/// Its due point is found once and handed to all that count from it.
Key warning_before(const Clock &clock, int warn_percent, const Key &due, const Calendar &calendar) {
  if (warn_percent <= 0) return {};
  return share_point(clock, std::min(warn_percent, 100), due, calendar);
}

Key step_beside(const Clock &clock, const EscalationStep &step, const Key &due,
                const Calendar &calendar) {
  if (step.unit == OffsetUnit::percent) return share_point(clock, step.amount, due, calendar);
  const Key base = step.from == OffsetFrom::due ? due : start_point(clock, calendar);
  if (step.unit == OffsetUnit::minutes) {
    const Key point = in_seconds(base, clock, calendar);
    return point.axis == Axis::none ? Key{} : Key{point.axis, point.at + step.amount * kMinute};
  }
  const auto at = instant(base, calendar);
  const auto day = at ? calendar::add_days(calendar, *at, step.amount, calendar::DayEnd::same_time)
                      : std::nullopt;
  return day ? Key{Axis::wall_seconds, *day} : Key{};
}

bool is_ahead(const Clock &clock, const std::vector<EscalationStep> &steps, std::uint32_t place) {
  return steps[place].clock == clock.name && (clock.fired >> place & 1U) == 0;
}

/// False where no point can lie ahead, so that none need be looked for.
bool has_points(const Clock &clock, const Policy &policy) {
  if (clock.state != ClockState::running) return false;
  if (!clock.missed_at) return true;
  for (std::uint32_t i = 0; i < policy.steps.size(); ++i)
    if (is_ahead(clock, policy.steps, i)) return true;
  return false;
}

bool is_earlier(const Key &one, const Key &other, const Calendar &calendar) {
  if (one.axis == other.axis) return one.at < other.at;
  constexpr Seconds kNever = std::numeric_limits<Seconds>::max();
  return instant(one, calendar).value_or(kNever) < instant(other, calendar).value_or(kNever);
}

}  // namespace

Key due_point(const Clock &clock, const Calendar &calendar) {
  if (clock.target.amount == 0) return {};
  switch (clock.target.unit) {
    case Unit::business_minutes:
      if (calendar.never_open()) return {};
      return {Axis::open_seconds, calendar.axis(clock.anchor) + clock.left};
    case Unit::business_days:
      return end_of_days(clock, calendar);
    case Unit::wall_minutes:
    case Unit::calendar_days:
      return {Axis::wall_seconds, clock.anchor + clock.left};
  }
  return {};
}

Key due_key(const Clock &clock, const Calendar &calendar) {
  return clock.state == ClockState::running ? due_point(clock, calendar) : Key{};
}

std::optional<Seconds> due_at(const Clock &clock, const Calendar &calendar) {
  if (clock.state == ClockState::paused) return std::nullopt;
  return instant(due_point(clock, calendar), calendar);
}

Key warning_point(const Clock &clock, int warn_percent, const Calendar &calendar) {
  return warning_before(clock, warn_percent, due_point(clock, calendar), calendar);
}

Key step_point(const Clock &clock, const EscalationStep &step, const Calendar &calendar) {
  return step_beside(clock, step, due_point(clock, calendar), calendar);
}

std::optional<Point> next_point(const Clock &clock, const Policy &policy,
                                const Calendar &calendar) {
  if (!has_points(clock, policy)) return std::nullopt;
  const Key due = due_point(clock, calendar);
  std::optional<Point> next;
  const auto consider = [&](const Point &point) {
    if (point.key.axis == Axis::none) return;
    if (!next || is_earlier(point.key, next->key, calendar)) next = point;
  };
  if (!clock.warned && !clock.missed_at)
    consider({Point::Kind::warning, 0, warning_before(clock, policy.warn_percent, due, calendar)});
  for (std::uint32_t i = 0; i < policy.steps.size(); ++i)
    if (is_ahead(clock, policy.steps, i))
      consider({Point::Kind::step, i, step_beside(clock, policy.steps[i], due, calendar)});
  if (!clock.missed_at) consider({Point::Kind::due, 0, due});
  return next;
}

Key next_key(const Clock &clock, const Policy &policy, const Calendar &calendar) {
  const auto next = next_point(clock, policy, calendar);
  return next ? next->key : Key{};
}

bool follows_calendar(const Clock &clock, const Policy &policy) {
  if (clock.target.unit == Unit::business_days) return true;
  return std::any_of(policy.steps.begin(), policy.steps.end(), [&](const EscalationStep &step) {
    return step.clock == clock.name && step.unit == OffsetUnit::business_days;
  });
}

bool passed(const Key &key, Seconds now, const calendar::Calendar &calendar) {
  return key.axis != Axis::none && key.at < reached(key.axis, now, calendar);
}

std::int64_t reached(Axis axis, Seconds now, const calendar::Calendar &calendar) {
  switch (axis) {
    case Axis::none:
      return std::numeric_limits<std::int64_t>::min();
    case Axis::open_seconds:
      return calendar.axis(now);
    case Axis::open_days:
      return calendar.begun_day(now);
    case Axis::wall_seconds:
      return now;
  }
  return std::numeric_limits<std::int64_t>::min();
}

std::optional<Seconds> first_past(const Key &key, const Calendar &calendar) {
  const auto at = instant(key, calendar);
  if (!at) return std::nullopt;
  const auto open = key.axis == Axis::wall_seconds ? at : calendar.next_open(*at);
  return open ? std::optional(*open + 1) : std::nullopt;
}

std::optional<Seconds> instant(const Key &key, const calendar::Calendar &calendar) {
  switch (key.axis) {
    case Axis::none:
      return std::nullopt;
    case Axis::open_seconds:
      return calendar.instant(std::max<std::int64_t>(key.at, 0));
    case Axis::open_days:
      return calendar.closing_of_day(key.at);
    case Axis::wall_seconds:
      return key.at;
  }
  return std::nullopt;
}

}  // namespace heard::cases
