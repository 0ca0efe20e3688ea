#include "unit/calendar/samples.hpp"

#include <chrono>
#include <stdexcept>

namespace heard::samples {

namespace {

Seconds last_sunday(int year, unsigned month) {
  using namespace std::chrono;
  const sys_days date{std::chrono::year(year) / month / Sunday[last]};
  return date.time_since_epoch().count() * Seconds{86400};
}

}  // namespace

Seconds at(std::string_view utc) {
  const auto instant = parse_utc(utc);
  if (!instant) throw std::invalid_argument("no instant: " + std::string(utc));
  return *instant;
}

calendar::Day day(std::string_view date) {
  const auto parsed = parse_date(date);
  if (!parsed) throw std::invalid_argument("no date: " + std::string(date));
  return *parsed;
}

std::vector<calendar::Offset> european_offsets(std::int32_t winter) {
  std::vector<calendar::Offset> offsets{{0, winter}};
  for (int year = 2000; year <= 2037; ++year) {
    offsets.push_back({last_sunday(year, 3) + 3600, winter + 3600});
    offsets.push_back({last_sunday(year, 10) + 3600, winter});
  }
  return offsets;
}

calendar::Definition weekdays(const std::vector<std::string> &hours, std::int32_t offset) {
  calendar::Definition definition;
  definition.offsets = {{0, offset}};
  calendar::Era era{definition.first_day, "Etc/UTC", {}};
  for (std::size_t i = 0; i < 5; ++i) era.week[i] = calendar::parse_hours("hours", hours);
  definition.eras = {era};
  return definition;
}

calendar::Definition school_week() { return weekdays({"08:00-16:00"}); }

calendar::Definition berlin_daily(const std::vector<std::string> &hours) {
  calendar::Definition definition = weekdays(hours);
  definition.offsets = european_offsets(3600);
  definition.eras[0].zone = "Europe/Berlin";
  definition.eras[0].week[5] = definition.eras[0].week[6] = definition.eras[0].week[0];
  return definition;
}

}  // namespace heard::samples
