#include "calendar/definition.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <optional>

#include "base/failure.hpp"
#include "base/text.hpp"

namespace heard::calendar {

namespace {

std::optional<std::int32_t> two_digits(std::string_view text) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  if (text.size() != 2 || !digit(text[0]) || !digit(text[1])) return std::nullopt;
  return (text[0] - '0') * 10 + (text[1] - '0');
}

/// Seconds since midnight of "08:00"; "24:00" is the end of the day.
std::optional<std::int32_t> time_of_day(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const auto hour = two_digits(text.substr(0, 2));
  const auto minute = two_digits(text.substr(3));
  if (!hour || !minute || *minute > 59) return std::nullopt;
  const std::int32_t seconds = *hour * 3600 + *minute * 60;
  return seconds <= 86400 ? std::optional(seconds) : std::nullopt;
}

Span parse_span(const std::string &field, const std::string &text) {
  const std::size_t dash = text.find('-');
  const auto from = time_of_day(std::string_view(text).substr(0, dash));
  const auto to = dash == std::string::npos ? std::nullopt
                                            : time_of_day(std::string_view(text).substr(dash + 1));
  if (!from || !to) throw bad_field(field, "'" + text + "' is no time span like 08:00-12:00");
  if (*from == *to) throw bad_field(field, "'" + text + "' has no length");
  if (*from > *to)
    throw bad_field(field, "'" + text + "' passes midnight; give each day its own part");
  return {*from, *to};
}

std::string format_time(std::int32_t second) {
  return fmt::format("{:02}:{:02}", second / 3600, second / 60 % 60);
}

}  // namespace

Hours parse_hours(std::string_view field, const std::vector<std::string> &texts) {
  const std::string name(field);
  Hours hours;
  for (const std::string &text : texts) hours.push_back(parse_span(name, text));
  std::sort(hours.begin(), hours.end(),
            [](const Span &a, const Span &b) { return a.from < b.from; });
  for (std::size_t i = 1; i < hours.size(); ++i)
    if (hours[i].from < hours[i - 1].to)
      throw bad_field(name, format_hours({hours[i - 1]}).front() + " and " +
                                format_hours({hours[i]}).front() + " overlap");
  return hours;
}

std::vector<std::string> format_hours(const Hours &hours) {
  std::vector<std::string> texts;
  for (const Span &span : hours)
    texts.push_back(format_time(span.from) + "-" + format_time(span.to));
  return texts;
}

DayRange parse_day_range(std::string_view field, std::string_view text) {
  const std::string_view days = text.substr(0, text.find(' '));
  const std::string_view name = trimmed(text.substr(days.size()));
  const std::size_t slash = days.find('/');
  const auto first = parse_date(days.substr(0, slash));
  const auto last = slash == std::string_view::npos ? first : parse_date(days.substr(slash + 1));
  const bool is_two_dates = parse_date(name.substr(0, 10)).has_value();  // a slash was meant
  if (!first || !last || is_two_dates)
    throw bad_field(field, "'" + std::string(text) +
                               "' is no date like 2026-12-24 and no range like "
                               "2026-12-24/2027-01-03, a name may follow");
  if (*last < *first) throw bad_field(field, "'" + std::string(text) + "' ends before it begins");
  return {*first, *last, std::string(name)};
}

std::string format_day_range(const DayRange &range) {
  std::string text = format_date(range.first);
  if (range.first != range.last) text += "/" + format_date(range.last);
  return range.name.empty() ? text : text + " " + range.name;
}

MonthDay parse_month_day(std::string_view field, std::string_view text) {
  const bool shaped = text.size() == 5 && text[2] == '-';
  const auto month = shaped ? two_digits(text.substr(0, 2)) : std::nullopt;
  const auto day = shaped ? two_digits(text.substr(3)) : std::nullopt;
  const bool exists = month && day &&
                      std::chrono::month_day(std::chrono::month(static_cast<unsigned>(*month)),
                                             std::chrono::day(static_cast<unsigned>(*day)))
                          .ok();
  if (!exists) throw bad_field(field, "'" + std::string(text) + "' is no yearly day like 12-25");
  return {static_cast<std::uint8_t>(*month), static_cast<std::uint8_t>(*day)};
}

std::string format_month_day(const MonthDay &date) {
  return fmt::format("{:02}-{:02}", date.month, date.day);
}

}  // namespace heard::calendar
