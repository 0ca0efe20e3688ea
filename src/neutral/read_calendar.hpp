// A neutral calendar, and the compiled calendars around the dates that its rows speak of.
#pragma once

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "calendar/calendar.hpp"
#include "neutral/rows.hpp"

namespace heard::neutral {

/// Seconds since midnight of "08:00" or "08:00:30"; "24:00" is the end of the day. Throws
/// bad_field.
std::int32_t read_time(const Json &value, std::string_view name);
/// The instant of a local wall time in a zone, wherever its offsets stood. Throws bad_field.
Seconds instant_on_wall(const std::string &zone, const std::string &zone_folder, calendar::Day day,
                        std::int32_t second_of_day);

/// Weekly hours by weekday ("mon" or "monday"): several spans a day, 24:00 allowed. Throws
/// bad_field for an unknown weekday, overlaps, length zero or a span across midnight.
std::array<calendar::Hours, 7> read_week(const Json &hours);

/// The calendar of a group, without offsets: those depend on the window. Throws bad_field.
calendar::Definition read_definition(const Json &calendar);

/// The local dates from `first` to `last`, both closed.
struct Window {
  calendar::Day first = 10957;  ///< 2000-01-01
  calendar::Day last = 24836;   ///< 2037-12-31

  Window wider(int years) const;
};
/// The dates a row speaks of, wherever they stand in it; 2000 to 2037 where it names none.
Window dates_in(const Json &row);

/// The calendar of one group, compiled for the windows its rows need and kept.
class Calendars {
 public:
  /// Throws bad_field when the calendar cannot be understood or its zone is not known.
  Calendars(const Json &calendar, std::string zone_folder);

  /// Covers the window; whole decades, so that many rows share one.
  const calendar::Calendar &over(const Window &window);
  bool is_closed_date(calendar::Day day) const;

 private:
  calendar::Definition definition_;
  std::string zone_folder_;
  std::map<std::pair<int, int>, calendar::Calendar> compiled_;  ///< by first and last decade
};

/// Asks `question(calendar)` over wider and wider windows until it has an answer; nothing if it has
/// none within 400 years, after which the Gregorian calendar only repeats itself.
template <class Question>
auto ask(Calendars &calendars, const Window &window, const Question &question) {
  for (const int years : {2, 12, 60}) {
    auto answer = question(calendars.over(window.wider(years)));
    if (answer) return answer;
  }
  return question(calendars.over(window.wider(400)));
}

}  // namespace heard::neutral
