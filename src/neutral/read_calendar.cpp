#include "neutral/read_calendar.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>

#include "base/failure.hpp"
#include "base/text.hpp"
#include "base/zone_file.hpp"

namespace heard::neutral {

using namespace calendar;

namespace {

constexpr std::array<std::string_view, 7> kWeekdays = {
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};
constexpr int kMostDepth = 64;
constexpr int kFirstYear = 1, kLastYear = 9990;

Span read_span(const Json &pair, const std::string &name) {
  if (!pair.is_array() || pair.size() != 2)
    throw bad_field(name, "every span must be a pair like [\"08:00\", \"12:00\"]");
  const Span span{read_time(pair[0], name), read_time(pair[1], name)};
  if (span.from == span.to) throw bad_field(name, "a time span has no length");
  if (span.from > span.to)
    throw bad_field(name, "a time span passes midnight; give each day its own part");
  return span;
}

Hours read_hours(const Json &spans, const std::string &name) {
  if (spans.is_null()) return {};
  if (!spans.is_array()) throw bad_field(name, "must be a list of time spans");
  Hours hours;
  for (const Json &pair : spans) hours.push_back(read_span(pair, name));
  std::sort(hours.begin(), hours.end(),
            [](const Span &a, const Span &b) { return a.from < b.from; });
  return hours;
}

void refuse_overlaps(const Hours &hours, const std::string &name) {
  for (std::size_t i = 1; i < hours.size(); ++i)
    if (hours[i].from < hours[i - 1].to) throw bad_field(name, "two time spans overlap");
}

std::size_t weekday_number(const std::string &name) {
  const std::string low = lowered(name);
  for (std::size_t i = 0; i < kWeekdays.size(); ++i)
    if (low == kWeekdays[i] || low == kWeekdays[i].substr(0, 3)) return i;
  throw bad_field("hours", "'" + name + "' is no weekday like mon");
}

std::vector<DayHours> dated_hours(const Json &calendar, const std::string &name) {
  std::vector<DayHours> dated;
  for (const auto &[date, spans] : object(calendar, name).items())
    dated.push_back({to_date(date, name), read_hours(spans, name)});
  return dated;
}

void add_closed(const Json &calendar, Definition &definition) {
  for (const Json &date : list(calendar, "holidays"))
    definition.closed.push_back({to_date(date, "holidays"), to_date(date, "holidays")});
  for (const Json &range : list(calendar, "holiday_ranges")) {
    if (!range.is_array() || range.size() != 2)
      throw bad_field("holiday_ranges", "every range must be a pair of dates");
    const DayRange closed{to_date(range[0], "holiday_ranges"), to_date(range[1], "holiday_ranges")};
    if (closed.last < closed.first)
      throw bad_field("holiday_ranges", "a range ends before it begins");
    definition.closed.push_back(closed);
  }
  for (const Json &date : list(calendar, "holidays_yearly"))
    definition.closed_yearly.push_back(
        parse_month_day("holidays_yearly", date.is_string() ? date.get<std::string>() : ""));
}

std::vector<Offset> offsets_of(const std::string &zone, const std::string &folder,
                               const Window &window) {
  if (zone == "UTC" || zone == "Etc/UTC") return {{Seconds{window.first} * kDaySeconds, 0}};
  const Seconds from = (Seconds{window.first} - 2) * kDaySeconds;
  const Seconds to = (Seconds{window.last} + 2) * kDaySeconds;
  std::vector<Offset> offsets;
  for (const ZoneOffset &offset : zone_offsets(folder, zone, from, to))
    offsets.push_back({offset.from, offset.seconds});
  return offsets;
}

int year_of(Day day) {
  return static_cast<int>(
      std::chrono::year_month_day(std::chrono::sys_days(std::chrono::days(day))).year());
}

Day first_of_year(int year) {
  const std::chrono::year_month_day date = std::chrono::year(year) / 1 / 1;
  return static_cast<Day>(std::chrono::sys_days(date).time_since_epoch().count());
}

/// Stretches `window` to every instant and date in `value`.
void collect_dates(const Json &value, int depth, std::optional<Window> &window) {
  const auto at = instant_in(value);
  const auto day =
      at ? std::optional(static_cast<Day>(floor_div(*at, kDaySeconds))) : date_in(value);
  if (day && window)
    window = Window{std::min(window->first, *day), std::max(window->last, *day)};
  else if (day)
    window = Window{*day, *day};
  if (!value.is_structured() || depth >= kMostDepth) return;
  for (const Json &part : value) collect_dates(part, depth + 1, window);
}

}  // namespace

std::int32_t read_time(const Json &value, std::string_view name) {
  const std::string text = value.is_string() ? value.get<std::string>() : "";
  std::int64_t seconds = 0, unit = 3600;
  const auto parts = split(text, ':');
  bool fits = parts.size() == 2 || parts.size() == 3;
  for (const std::string_view part : parts) {
    const auto number = to_int(part);
    fits = fits && number && !part.starts_with('-') && part.size() <= 2 &&
           *number < (unit == 3600 ? 25 : 60) && (part.size() == 2 || unit == 3600);
    seconds += number.value_or(0) * unit;
    unit /= 60;
  }
  if (!fits || seconds > kDaySeconds)
    throw bad_field(name, "'" + text + "' is no time of day like 08:00");
  return static_cast<std::int32_t>(seconds);
}

Seconds instant_on_wall(const std::string &zone, const std::string &zone_folder, Day day,
                        std::int32_t second_of_day) {
  const Wall wall(offsets_of(zone, zone_folder, Window{day, day}));
  return wall.utc(day, second_of_day);
}

std::array<Hours, 7> read_week(const Json &hours) {
  std::array<Hours, 7> week;
  if (!hours.is_object()) throw bad_field("hours", "must be an object of weekdays");
  for (const auto &[name, spans] : hours.items()) {
    Hours &day = week[weekday_number(name)];
    day = read_hours(spans, "hours");
    refuse_overlaps(day, "hours");
  }
  return week;
}

Definition read_definition(const Json &calendar) {
  if (!calendar.is_object()) throw bad_field("calendar", "must be an object");
  Definition definition;
  definition.eras = {
      {definition.first_day, text(calendar, "tz"), read_week(object(calendar, "hours"))}};
  definition.special = dated_hours(calendar, "shifts");
  for (const DayHours &shift : definition.special) refuse_overlaps(shift.hours, "shifts");
  definition.breaks = dated_hours(calendar, "breaks");
  add_closed(calendar, definition);
  return definition;
}

Window Window::wider(int years) const {
  const int from = std::max(kFirstYear, year_of(first) - years);
  const int to = std::min(kLastYear, year_of(last) + years);
  return {first_of_year(from), first_of_year(std::max(from, to) + 1) - 1};
}

Window dates_in(const Json &row) {
  std::optional<Window> window;
  collect_dates(row, 0, window);
  return window.value_or(Window{});
}

Calendars::Calendars(const Json &calendar, std::string zone_folder)
    : definition_(read_definition(calendar)), zone_folder_(std::move(zone_folder)) {
  over(Window{});  // so that what is wrong with it is said at once
}

const Calendar &Calendars::over(const Window &window) {
  const std::pair decades{year_of(window.first) / 10, year_of(window.last) / 10};
  const auto found = compiled_.find(decades);
  if (found != compiled_.end()) return found->second;
  const Window whole{first_of_year(decades.first * 10),
                     first_of_year(decades.second * 10 + 10) - 1};
  Definition definition = definition_;
  definition.first_day = whole.first;
  definition.last_day = whole.last;
  definition.offsets = offsets_of(definition.eras.front().zone, zone_folder_, whole);
  return compiled_.emplace(decades, Calendar(definition)).first->second;
}

bool Calendars::is_closed_date(Day day) const {
  const std::string yearly = format_date(day).substr(5);
  for (const DayRange &range : definition_.closed)
    if (range.first <= day && day <= range.last) return true;
  return std::any_of(definition_.closed_yearly.begin(), definition_.closed_yearly.end(),
                     [&](const MonthDay &date) { return format_month_day(date) == yearly; });
}

}  // namespace heard::neutral
