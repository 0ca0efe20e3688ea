#include "base/instant.hpp"

#include <chrono>

#include "base/text.hpp"

namespace heard {

namespace {

constexpr Seconds kDay = 86400;

/// A number of exactly `width` digits at the start of `text`, taken off.
std::optional<int> take_digits(std::string_view &text, std::size_t width) {
  if (text.size() < width) return std::nullopt;
  int value = 0;
  for (std::size_t i = 0; i < width; ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(width);
  return value;
}

bool take(std::string_view &text, char c) {
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<std::int32_t> take_date(std::string_view &text) {
  const auto year = take_digits(text, 4);
  if (!year || !take(text, '-')) return std::nullopt;
  const auto month = take_digits(text, 2);
  if (!month || !take(text, '-')) return std::nullopt;
  const auto day = take_digits(text, 2);
  if (!day) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(*year),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  return static_cast<std::int32_t>(std::chrono::sys_days(date).time_since_epoch().count());
}

}  // namespace

std::string format_date(std::int32_t day) {
  const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(day))};
  const int year = static_cast<int>(date.year());
  std::string text;
  if (year >= 0 && year <= 9999)
    put_digits(text, year, 4);
  else
    text = std::to_string(year);
  text += '-';
  put_digits(text, static_cast<unsigned>(date.month()), 2);
  text += '-';
  put_digits(text, static_cast<unsigned>(date.day()), 2);
  return text;
}

std::string format_utc(Seconds at) {
  const Seconds day = at >= 0 ? at / kDay : -((-at + kDay - 1) / kDay);
  const Seconds second = at - day * kDay;
  std::string text = format_date(static_cast<std::int32_t>(day));
  text.reserve(20);
  text += 'T';
  put_digits(text, second / 3600, 2);
  text += ':';
  put_digits(text, second / 60 % 60, 2);
  text += ':';
  put_digits(text, second % 60, 2);
  text += 'Z';
  return text;
}

std::optional<std::int32_t> parse_date(std::string_view text) {
  const auto day = take_date(text);
  return day && text.empty() ? day : std::nullopt;
}

std::optional<Seconds> parse_utc(std::string_view text) {
  const auto day = take_date(text);
  if (!day || !take(text, 'T')) return std::nullopt;
  const auto hour = take_digits(text, 2);
  if (!hour || *hour > 23 || !take(text, ':')) return std::nullopt;
  const auto minute = take_digits(text, 2);
  if (!minute || *minute > 59) return std::nullopt;
  std::optional<int> second = 0;
  if (take(text, ':')) second = take_digits(text, 2);
  if (!second || *second > 59 || text != "Z") return std::nullopt;
  return *day * kDay + *hour * 3600 + *minute * 60 + *second;
}

}  // namespace heard
