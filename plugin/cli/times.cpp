// Moments and spans of time as people in a school office read and type them.
#include "times.hpp"

#include <fmt/core.h>

#include <array>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <optional>

#include "exit_codes.hpp"

namespace heard::cli {
namespace {

constexpr std::array<const char *, 7> kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<const char *, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

/// The whole text as a number.
template <class Number = int>
std::optional<Number> whole(std::string_view text) {
  Number number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// "2026-11-20" or "15:04" as its numbers, each up to `most` digits long.
std::optional<std::array<int, 3>> parts(std::string_view text, char separator, std::size_t count) {
  std::array<int, 3> numbers{};
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t cut = i + 1 < count ? text.find(separator) : text.size();
    if (cut == std::string_view::npos) return std::nullopt;
    const auto number = whole(text.substr(0, cut));
    if (!number) return std::nullopt;
    numbers[i] = *number;
    text.remove_prefix(std::min(cut + 1, text.size()));
  }
  return numbers;
}

bool is_a_time(const LocalTime &t) {
  return t.month >= 1 && t.month <= 12 && t.day >= 1 && t.day <= 31 && t.hour >= 0 && t.hour < 24 &&
         t.minute >= 0 && t.minute < 60;
}

}  // namespace

Millis system_now() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

void use_zone(const std::string &zone) {
  setenv("TZ", zone.c_str(), 1);
  tzset();
}

LocalTime local_time(Millis at) {
  const std::time_t seconds = at / 1000;
  std::tm tm{};
  localtime_r(&seconds, &tm);
  return {tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_wday};
}

Millis instant_of(const LocalTime &local) {
  std::tm tm{};
  tm.tm_year = local.year - 1900;
  tm.tm_mon = local.month - 1;
  tm.tm_mday = local.day;
  tm.tm_hour = local.hour;
  tm.tm_min = local.minute;
  tm.tm_isdst = -1;
  return static_cast<Millis>(std::mktime(&tm)) * 1000;
}

std::string show_date(Millis at) {
  const LocalTime t = local_time(at);
  return fmt::format("{} {} {}", kDays[t.weekday], t.day, kMonths[t.month - 1]);
}

std::string show_moment(Millis at) {
  const LocalTime t = local_time(at);
  return fmt::format("{} {:02}:{:02}", show_date(at), t.hour, t.minute);
}

std::string show_span(std::int64_t seconds) {
  const std::int64_t minutes = seconds / 60;
  if (minutes < 60) return fmt::format("{} min", minutes);
  if (minutes < 48 * 60) return fmt::format("{} h {:02} min", minutes / 60, minutes % 60);
  return fmt::format("{} days", minutes / (24 * 60));
}

std::string show_seconds(Millis took) {
  return fmt::format("{}.{} s", took / 1000, took % 1000 / 100);
}

Millis read_moment(std::string_view text) {
  if (const auto millis = whole<Millis>(text); millis && text.size() > 8) return *millis;
  LocalTime t = local_time(system_now());
  const std::size_t space = text.find_first_of(" T");
  const auto date = parts(text.substr(0, space), '-', 3);
  const auto time = parts(space == std::string_view::npos ? text : text.substr(space + 1), ':', 2);
  if (space != std::string_view::npos && date)
    t.year = (*date)[0], t.month = (*date)[1], t.day = (*date)[2];
  if (time) t.hour = (*time)[0], t.minute = (*time)[1];
  if (!time || (space != std::string_view::npos && !date) || !is_a_time(t))
    throw Trouble(kInput, fmt::format("\"{}\" is no time; write 2026-11-20 15:04, or 15:04 for "
                                      "today.",
                                      text));
  return instant_of(t);
}

}  // namespace heard::cli
