// Says in words why a clock is due when it is.
#include <fmt/format.h>

#include <algorithm>

#include "cases/due.hpp"

namespace heard::cases {

namespace {

using calendar::Calendar;

constexpr std::size_t kSpansNamed = 4;

std::string local_text(Seconds at, const Calendar &calendar) {
  const std::string text = format_utc(at + calendar.offset_at(at));
  return text.substr(0, 10) + " " + text.substr(11, text.ends_with(":00Z") ? 5 : 8);
}

std::string duration(Seconds amount) {
  if (amount % 60 != 0) return fmt::format("{} s", amount);
  const Seconds minutes = amount / 60;
  if (minutes < 60) return fmt::format("{} min", minutes);
  return minutes % 60 == 0 ? fmt::format("{} h", minutes / 60)
                           : fmt::format("{} h {} min", minutes / 60, minutes % 60);
}

std::string words(std::string_view name) {
  std::string text(name);
  std::replace(text.begin(), text.end(), '_', ' ');
  return text;
}

std::string target_text(const Target &target) {
  std::string unit = words(to_text(target.unit));
  if (target.amount == 1) unit.pop_back();
  return fmt::format("{} {}", target.amount, unit);
}

bool is_wall(Unit unit) { return unit == Unit::wall_minutes || unit == Unit::calendar_days; }

/// Time the clock stood still before its anchor: open seconds, for wall units wall seconds.
Seconds paused_before_anchor(const Clock &clock, const Calendar &calendar) {
  switch (clock.target.unit) {
    case Unit::business_minutes:
      return calendar.elapsed(clock.started_at, clock.anchor) -
             (clock.target.amount * Seconds{60} - clock.left);
    case Unit::wall_minutes:
      return clock.anchor - clock.started_at - (clock.target.amount * Seconds{60} - clock.left);
    case Unit::business_days:
      return clock.left;
    case Unit::calendar_days:
      return clock.anchor + clock.left -
             calendar.local_to_utc(calendar.local_day(clock.started_at) + clock.target.amount + 1,
                                   0);
  }
  return 0;
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
  if (clock.target.unit == Unit::business_days)
    text += " The day it came in is day 0, only days with open time are counted after it.";
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
    if (count >= kSpansNamed) continue;
    text += fmt::format("{} {} to {}", count == 0 ? "" : ",",
                        local_text(std::max(span->from, clock.anchor), calendar),
                        local_text(std::min(span->to, due), calendar).substr(11));
  }
  if (count > kSpansNamed) text += fmt::format(" and {} more", count - kSpansNamed);
  return count == 0 ? "" : " Open time up to then:" + text + ".";
}

std::string due_text(const Clock &clock, const Calendar &calendar) {
  if (clock.state == ClockState::paused)
    return " Stands still since " + local_text(clock.stopped_at.value_or(clock.anchor), calendar) +
           "; it is due again once it goes on.";
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

std::string explain(const Clock &clock, const Calendar &calendar, const std::string &policy,
                    const std::string &calendar_name) {
  std::string text =
      fmt::format("{} {}: {} by policy {}, on calendar {}.", words(to_text(clock.name)), clock.no,
                  target_text(clock.target), policy, calendar_name);
  text.front() = static_cast<char>(text.front() - 'a' + 'A');
  text += counting_text(clock, calendar);
  const Seconds paused = paused_before_anchor(clock, calendar);
  if (paused > 0)
    text += " Not counted: " + duration(paused) +
            (is_wall(clock.target.unit) ? " of waiting." : " of waiting within hours.");
  return text + due_text(clock, calendar) + ending_text(clock, calendar);
}

}  // namespace heard::cases
