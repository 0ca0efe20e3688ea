#include "cases/explain.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>

#include "cases/clockwork.hpp"
#include "cases/due.hpp"

namespace heard::cases {

namespace {

using calendar::Calendar;

constexpr std::size_t kNamed = 4;  // spans and pauses told one by one

std::string local_text(Seconds at, const Calendar &calendar) {
  const std::string text = format_utc(at + calendar.offset_at(at));
  return text.substr(0, 10) + " " + text.substr(11, text.ends_with(":00Z") ? 5 : 8);
}

std::string words(std::string_view name) {
  std::string text(name);
  std::replace(text.begin(), text.end(), '_', ' ');
  return text;
}

std::string target_text(const Target &target) {
  if (target.amount == 0) return "no target";
  std::string unit = words(to_text(target.unit));
  if (target.amount == 1) unit.pop_back();
  return fmt::format("{} {}", target.amount, unit);
}

bool is_wall(Unit unit) { return unit == Unit::wall_minutes || unit == Unit::calendar_days; }

std::string_view reason(PauseKind kind) {
  switch (kind) {
    case PauseKind::family:
      return "waiting on the family";
    case PauseKind::other:
      return "waiting on somebody else";
    case PauseKind::solved:
      return "solved";
  }
  return {};
}

/// The times that were left out, up to the stop.
std::string pauses_text(const Clock &clock, const Pauses &list, const Calendar &calendar) {
  const Seconds end = clock.stopped_at.value_or(std::numeric_limits<Seconds>::max());
  std::string text;
  std::size_t count = 0;
  for (const Pause &pause : list) {
    const bool left_out = pauses(clock.name, pause.kind) && pause.to &&
                          *pause.to > std::max(pause.from, clock.started_at) && pause.from < end;
    if (!left_out || ++count > kNamed) continue;
    text += fmt::format("{} {} to {} ({})", count == 1 ? "" : ",", local_text(pause.from, calendar),
                        local_text(*pause.to, calendar), reason(pause.kind));
  }
  if (count > kNamed) text += fmt::format(" and {} more", count - kNamed);
  return count == 0 ? "" : " Not counted:" + text + ".";
}

std::string counting_text(const Clock &clock, const Calendar &calendar) {
  std::string text = " Started " + local_text(clock.started_at, calendar);
  const auto opening = calendar.next_open(clock.started_at);
  if (is_wall(clock.target.unit))
    text += "; every hour counts, open or not.";
  else if (!opening)
    text += "; nothing is open from then on.";
  else if (*opening != clock.started_at)
    text += ", outside hours; counting from " + local_text(*opening, calendar) + ".";
  else
    text += ", within hours.";
  if (clock.target.amount == 0) return text;
  if (clock.target.unit == Unit::business_days)
    text += fmt::format(
        " The day it came in is day 0, only days with open time are counted after "
        "it; the last one counts to {}.",
        clock.target.ends == DayEnd::closing    ? "its closing"
        : clock.target.ends == DayEnd::midnight ? "midnight"
                                                : "the same time of day");
  if (clock.target.unit == Unit::calendar_days)
    text += " The day it came in is day 0; the last day counts to its end.";
  return text;
}

/// The open time between the anchor and the due instant.
std::string spans_text(const Clock &clock, Seconds due, const Calendar &calendar) {
  const auto &spans = calendar.spans();
  const auto first =
      std::upper_bound(spans.begin(), spans.end(), clock.anchor,
                       [](Seconds at, const calendar::OpenSpan &span) { return at < span.to; });
  std::string text;
  std::size_t count = 0;
  for (auto span = first; span != spans.end() && span->from < due; ++span, ++count) {
    if (count >= kNamed) continue;
    text += fmt::format("{} {} to {}", count == 0 ? "" : ",",
                        local_text(std::max(span->from, clock.anchor), calendar),
                        local_text(std::min(span->to, due), calendar).substr(11));
  }
  if (count > kNamed) text += fmt::format(" and {} more", count - kNamed);
  return count == 0 ? "" : " Open time up to then:" + text + ".";
}

std::string due_text(const Clock &clock, const Calendar &calendar) {
  if (clock.state == ClockState::paused)
    return " Stands still since " + local_text(clock.stopped_at.value_or(clock.anchor), calendar) +
           "; it is due again once it goes on.";
  if (clock.target.amount == 0) return " Nothing is due.";
  const Key key = due_point(clock, calendar);
  if (key.axis == Axis::none) return " The calendar is never open, so there is no due time.";
  const auto due = instant(key, calendar);
  if (!due) return " The due time lies beyond what the calendar knows.";
  std::string text = " Due " + local_text(*due, calendar) + ".";
  if (!is_wall(clock.target.unit)) text += spans_text(clock, *due, calendar);
  return text;
}

std::string ending_text(const Clock &clock, const Calendar &calendar) {
  std::string text;
  if (clock.missed_at) text += " Missed at " + local_text(*clock.missed_at, calendar) + ".";
  if (clock.state == ClockState::stopped && clock.stopped_at)
    text += " Ended " + local_text(*clock.stopped_at, calendar) + ": " +
            words(to_text(clock.verdict)) + ".";
  if (clock.state == ClockState::void_) text += " It was declared void.";
  return text;
}

}  // namespace

std::string explain(const Clock &clock, const Calendar &calendar, const Grounds &grounds) {
  std::string text =
      fmt::format("{} {}: {} by policy {}, on calendar {}.", words(to_text(clock.name)), clock.no,
                  target_text(clock.target), grounds.policy, grounds.calendar);
  text.front() = static_cast<char>(text.front() - 'a' + 'A');
  text += counting_text(clock, calendar) + pauses_text(clock, grounds.pauses, calendar);
  if (clock.judged_from)
    text += fmt::format(" The target holds since {}{}.", local_text(*clock.judged_from, calendar),
                        grounds.cause.empty() ? "" : " (" + words(grounds.cause) + ")");
  return text + due_text(clock, calendar) + ending_text(clock, calendar);
}

std::optional<Seconds> promised_by(const CaseState &state, const Calendar &calendar) {
  std::optional<Seconds> soonest;
  for (const Clock &clock : state.clocks) {
    const bool reply =
        clock.name == ClockName::first_response || clock.name == ClockName::next_response;
    if (!reply || clock.state != ClockState::running || clock.missed_at) continue;
    const auto due = due_at(clock, calendar);
    if (due && (!soonest || *due < *soonest)) soonest = due;
  }
  return soonest;
}

std::string promise(Seconds due, Seconds now, const Calendar &calendar) {
  constexpr std::array kDays{"Thursday", "Friday",  "Saturday", "Sunday",
                             "Monday",   "Tuesday", "Wednesday"};  // 1970-01-01 was a Thursday
  const calendar::Day today = calendar.local_day(now), day = calendar.local_day(due);
  const std::string local = local_text(due, calendar);
  const std::string time = local.substr(11);
  if (day == today) return "by " + time + " today";
  const auto weekday = kDays[static_cast<std::size_t>(day - calendar::floor_div(day, 7) * 7)];
  if (day > today && day < today + 7) return fmt::format("by {} {}", weekday, time);
  return fmt::format("by {} {} {}", weekday, local.substr(0, 10), time);
}

}  // namespace heard::cases
