#include "cases/due.hpp"

#include <algorithm>
#include <limits>

namespace heard::cases {

namespace {

Key end_of_day(const Clock &clock, const calendar::Calendar &calendar) {
  const auto day = calendar.open_day_after(clock.started_at, clock.target.amount);
  if (!day) return {};
  const auto closing = clock.left == 0 ? std::nullopt : calendar.closing_of_day(*day);
  if (!closing) return {Axis::open_days, *day};
  return {Axis::open_seconds, calendar.axis(*closing) + clock.left};
}

}  // namespace

Key due_point(const Clock &clock, const calendar::Calendar &calendar) {
  switch (clock.target.unit) {
    case Unit::business_minutes:
      if (calendar.never_open()) return {};
      return {Axis::open_seconds, calendar.axis(clock.anchor) + clock.left};
    case Unit::business_days:
      return end_of_day(clock, calendar);
    case Unit::wall_minutes:
    case Unit::calendar_days:
      return {Axis::wall_seconds, clock.anchor + clock.left};
  }
  return {};
}

Key due_key(const Clock &clock, const calendar::Calendar &calendar) {
  return clock.state == ClockState::running ? due_point(clock, calendar) : Key{};
}

std::optional<Seconds> due_at(const Clock &clock, const calendar::Calendar &calendar) {
  if (clock.state == ClockState::paused) return std::nullopt;
  return instant(due_point(clock, calendar), calendar);
}

Key warning_point(const Clock &clock, int warn_percent, const calendar::Calendar &calendar) {
  if (warn_percent <= 0) return {};
  Key due = due_point(clock, calendar);
  if (due.axis == Axis::open_days) {
    const auto closing = calendar.closing_of_day(due.at);
    if (!closing) return {};
    due = {Axis::open_seconds, calendar.axis(*closing)};
  }
  if (due.axis == Axis::none) return {};
  const Seconds start =
      due.axis == Axis::wall_seconds ? clock.started_at : calendar.axis(clock.started_at);
  return {due.axis, start + (due.at - start) * std::min(warn_percent, 100) / 100};
}

Key next_key(const Clock &clock, int warn_percent, const calendar::Calendar &calendar) {
  if (clock.state != ClockState::running || clock.missed_at) return {};
  if (!clock.warned) {
    const Key warning = warning_point(clock, warn_percent, calendar);
    if (warning.axis != Axis::none) return warning;
  }
  return due_point(clock, calendar);
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

std::optional<Seconds> instant(const Key &key, const calendar::Calendar &calendar) {
  switch (key.axis) {
    case Axis::none:
      return std::nullopt;
    case Axis::open_seconds:
      return calendar.instant(key.at);
    case Axis::open_days:
      return calendar.closing_of_day(key.at);
    case Axis::wall_seconds:
      return key.at;
  }
  return std::nullopt;
}

}  // namespace heard::cases
