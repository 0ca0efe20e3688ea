// Moments and spans of time as people in a school office read and type them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace heard::cli {

using Millis = std::int64_t;

constexpr Millis kMinute = 60'000;
constexpr Millis kHour = 60 * kMinute;
constexpr Millis kDay = 24 * kHour;

Millis system_now();

/// All times are shown and read in this IANA zone from now on. Changes TZ of this process.
void use_zone(const std::string &zone);

/// A civil date and time in the zone in use; weekday 0 is Sunday.
struct LocalTime {
  int year, month, day, hour, minute, weekday;
};
LocalTime local_time(Millis at);
/// The other way; days and hours may overflow into the next month or day.
Millis instant_of(const LocalTime &local);

std::string show_moment(Millis at);           ///< "Fri 20 Nov 15:04"
std::string show_date(Millis at);             ///< "Fri 20 Nov"
std::string show_span(std::int64_t seconds);  ///< "3 h 20 min", of a clock or a wait
std::string show_seconds(Millis took);        ///< "1.9 s", of work just done

/// "2026-11-20 15:04", "15:04" (today) or milliseconds; a Trouble for anything else.
Millis read_moment(std::string_view text);

}  // namespace heard::cli
