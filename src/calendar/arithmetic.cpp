#include "calendar/arithmetic.hpp"

#include <algorithm>
#include <chrono>

namespace heard::calendar {

namespace {

/// The first span that ends after `t`.
auto span_ending_after(const Calendar &calendar, Seconds t) {
  const auto &spans = calendar.spans();
  return std::upper_bound(spans.begin(), spans.end(), t,
                          [](Seconds at, const OpenSpan &span) { return at < span.to; });
}

/// Past the last span that begins before or at `t`.
auto after_span_beginning_by(const Calendar &calendar, Seconds t) {
  const auto &spans = calendar.spans();
  return std::upper_bound(spans.begin(), spans.end(), t,
                          [](Seconds at, const OpenSpan &span) { return at < span.from; });
}

Seconds midday(const Calendar &calendar, Day day) {
  return calendar.local_to_utc(day, kDaySeconds / 2);
}

/// The local day that an open day of this number is.
std::optional<Day> day_of(const Calendar &calendar, std::int64_t number) {
  const auto closing = calendar.closing_of_day(number);
  return closing ? std::optional(calendar.local_day(*closing - 1)) : std::nullopt;
}

/// Number of the last open day up to `day`, itself included; -1: none.
std::optional<std::int64_t> number_by(const Calendar &calendar, Day day) {
  const Seconds noon = midday(calendar, day);
  return calendar.in_window(noon) ? calendar.open_day_after(noon, 0) : std::nullopt;
}

std::optional<Day> this_or_next_open_day(const Calendar &calendar, Day day) {
  return is_open_day(calendar, day) ? std::optional(day) : open_day(calendar, day, 1);
}

Day add_months(Day day, std::int64_t months) {
  using namespace std::chrono;
  const year_month_day date{sys_days(std::chrono::days(day))};
  const year_month target = date.year() / date.month() + std::chrono::months(months);
  year_month_day moved = target / date.day();
  if (!moved.ok()) moved = target / last;
  return static_cast<Day>(sys_days(moved).time_since_epoch().count());
}

}  // namespace

std::optional<Seconds> subtract(const Calendar &calendar, Seconds from, Seconds amount) {
  if (amount <= 0) return previous_open_end(calendar, from);
  const auto earliest = calendar.instant(calendar.axis(from) - amount);
  return earliest ? calendar.next_open(*earliest) : std::nullopt;
}

std::optional<Seconds> walk(const Calendar &calendar, Seconds from, Seconds distance) {
  if (distance == 0) return from;
  return distance > 0 ? calendar.add(from, distance) : subtract(calendar, from, -distance);
}

std::optional<Seconds> previous_open_end(const Calendar &calendar, Seconds from) {
  const auto after = after_span_beginning_by(calendar, from);
  if (after == calendar.spans().begin()) return std::nullopt;
  return std::min(from, std::prev(after)->to);
}

std::optional<Seconds> next_close(const Calendar &calendar, Seconds from) {
  const auto span = span_ending_after(calendar, from);
  if (span == calendar.spans().end() || span->to >= calendar.window_to()) return std::nullopt;
  return span->to;
}

std::vector<OpenSpan> periods_after(const Calendar &calendar, Seconds from, std::size_t count) {
  std::vector<OpenSpan> periods;
  auto span = span_ending_after(calendar, from);
  for (; span != calendar.spans().end() && periods.size() < count; ++span)
    if (span->to < calendar.window_to()) periods.push_back({std::max(from, span->from), span->to});
  return periods;
}

std::vector<OpenSpan> periods_before(const Calendar &calendar, Seconds from, std::size_t count) {
  std::vector<OpenSpan> periods;
  auto after = after_span_beginning_by(calendar, from - 1);
  for (; after != calendar.spans().begin() && periods.size() < count; --after) {
    const OpenSpan &span = *std::prev(after);
    if (span.from > calendar.window_from()) periods.push_back({span.from, std::min(from, span.to)});
  }
  return periods;
}

bool is_open_day(const Calendar &calendar, Day day) {
  const auto number = number_by(calendar, day);
  return number && day_of(calendar, *number) == day;
}

std::optional<Day> open_day(const Calendar &calendar, Day day, std::int64_t days) {
  if (days == 0) return day;
  const auto number = number_by(calendar, day);
  if (!number) return std::nullopt;
  const bool counts_back_from_closed = days < 0 && !is_open_day(calendar, day);
  return day_of(calendar, *number + days + (counts_back_from_closed ? 1 : 0));
}

std::optional<Seconds> add_days(const Calendar &calendar, Seconds from, std::int64_t days,
                                DayEnd end) {
  const Day start = calendar.local_day(from);
  const bool at_same_wall = end == DayEnd::same_time || end == DayEnd::same_wall;
  const auto day = days == 0 && !at_same_wall ? this_or_next_open_day(calendar, start)
                                              : open_day(calendar, start, days);
  if (!day) return std::nullopt;
  if (end == DayEnd::end_of_day) return calendar.closing_of_day(*number_by(calendar, *day));
  if (end == DayEnd::midnight) return calendar.local_to_utc(*day + 1, 0);
  const Seconds midnight = Seconds{start} * kDaySeconds;
  const auto second = static_cast<std::int32_t>(from + calendar.offset_at(from) - midnight);
  const Seconds wall = days == 0 ? from : calendar.local_to_utc(*day, second);
  if (end == DayEnd::same_wall) return wall;
  const auto back = previous_open_end(calendar, wall);
  return days < 0 || back == wall ? back : calendar.next_open(wall);
}

std::optional<Day> due_date(const Calendar &calendar, Day day, const DateDistance &distance) {
  std::optional<Day> date;
  switch (distance.unit) {
    case DateUnit::business_days:
      date = open_day(calendar, day, distance.amount);
      break;
    case DateUnit::calendar_days:
      date = static_cast<Day>(day + distance.amount);
      break;
    case DateUnit::calendar_months:
      date = add_months(day, distance.amount);
      break;
  }
  return date && distance.rolls_forward ? this_or_next_open_day(calendar, *date) : date;
}

}  // namespace heard::calendar
