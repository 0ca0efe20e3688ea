#include "web/local_time.hpp"

#include <fmt/format.h>

#include <array>

#include "base/failure.hpp"
#include "base/text.hpp"
#include "web/texts.hpp"

namespace heard::web {

namespace {

constexpr Seconds kFrom = 946'684'800;  // 2000-01-01
constexpr Seconds kTo = 4'102'444'800;  // 2100-01-01
constexpr Seconds kDay = 86'400;

std::int32_t day_number(Seconds local) {
  return static_cast<std::int32_t>(local >= 0 ? local / kDay : -((-local + kDay - 1) / kDay));
}

std::string clock_words(Seconds local) {
  const Seconds second = local - Seconds{day_number(local)} * kDay;
  return fmt::format("{:02}:{:02}", second / 3600, second / 60 % 60);
}

std::string date_words(std::int32_t day, std::int32_t today) {
  const std::string date = format_date(day);
  const auto weekday = static_cast<std::size_t>(((day + 4) % 7 + 7) % 7);  // 1970-01-01: Thursday
  const auto names = split(text("time.weekdays"), ' ');
  const auto months = split(text("time.months"), ' ');
  const auto number = [&](std::size_t from) { return *to_int(date.substr(from, 2)); };
  std::string words = fmt::format("{} {} {}", names.at(weekday), number(8),
                                  months.at(static_cast<std::size_t>(number(5) - 1)));
  if (date.substr(0, 4) != format_date(today).substr(0, 4)) words += ' ' + date.substr(0, 4);
  return words;
}

}  // namespace

LocalTime::LocalTime(const std::string &zone, const std::string &folder) {
  try {
    offsets_ = zone_offsets(folder, zone, kFrom, kTo);
  } catch (const Failure &) {  // a page without its zone is still a page
    known_ = false;
  }
  if (offsets_.empty()) offsets_.push_back({kFrom, 0});
}

Seconds LocalTime::local(Seconds at) const {
  std::int32_t seconds = offsets_.front().seconds;
  for (const ZoneOffset &offset : offsets_) {
    if (offset.from > at) break;
    seconds = offset.seconds;
  }
  return at + seconds;
}

std::string LocalTime::day_words(Millis at, Millis now) const {
  return date_words(day_number(local(floor_seconds(at))), day_number(local(floor_seconds(now))));
}

std::string LocalTime::words(Millis at, Millis now) const {
  const Seconds then = local(floor_seconds(at));
  const std::int32_t day = day_number(then);
  const std::int32_t today = day_number(local(floor_seconds(now)));
  const std::string clock = clock_words(then) + (known_ ? "" : " UTC");
  switch (day - today) {
    case -1:
      return fmt::format("{} {}", text("time.yesterday"), clock);
    case 0:
      return fmt::format("{} {}", text("time.today"), clock);
    case 1:
      return fmt::format("{} {}", text("time.tomorrow"), clock);
    default:
      return fmt::format("{}, {}", date_words(day, today), clock);
  }
}

std::string LocalTime::field(Millis at) const {
  const Seconds then = local(floor_seconds(at));
  return format_date(day_number(then)) + 'T' + clock_words(then);
}

std::optional<Millis> LocalTime::from_field(std::string_view typed) const {
  std::string utc(trimmed(typed));
  if (utc.size() < 16) return std::nullopt;
  utc[10] = 'T';
  const auto wall = parse_utc(utc + 'Z');
  if (!wall) return std::nullopt;
  Seconds before = offsets_.front().seconds;
  for (std::size_t i = 0; i < offsets_.size(); ++i) {
    const Seconds at = *wall - offsets_[i].seconds;
    const bool begun = i == 0 || at >= offsets_[i].from;
    const bool over = i + 1 < offsets_.size() && at >= offsets_[i + 1].from;
    if (begun && !over) return at * 1000;
    if (!begun) return (*wall - before) * 1000;  // skipped by the clocks
    before = offsets_[i].seconds;
  }
  return std::nullopt;
}

std::string duration_words(Seconds amount) {
  const Seconds minutes = (amount + 30) / 60;
  if (minutes < 60) return fmt::format("{} {}", minutes, text("time.min"));
  if (minutes % 60 == 0) return fmt::format("{} {}", minutes / 60, text("time.hours"));
  return fmt::format("{} {} {} {}", minutes / 60, text("time.hours"), minutes % 60,
                     text("time.min"));
}

}  // namespace heard::web
