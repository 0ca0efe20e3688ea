// A child calendar against a day-by-day reading of its parent and its own parts.
#include "calendar/inherit.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <chrono>

#include "calendar/calendar.hpp"
#include "unit/calendar/random_calendar.hpp"

using namespace heard;
using namespace heard::calendar;
using samples::pick;
using samples::Random;

namespace {

bool covers(const std::vector<DayRange> &ranges, Day day) {
  return std::any_of(ranges.begin(), ranges.end(), [&](const DayRange &range) {
    return range.first <= day && day <= range.last;
  });
}

bool is_yearly(const std::vector<MonthDay> &dates, Day day) {
  const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(day))};
  return std::any_of(dates.begin(), dates.end(), [&](const MonthDay &yearly) {
    return static_cast<unsigned>(date.month()) == yearly.month &&
           static_cast<unsigned>(date.day()) == yearly.day;
  });
}

/// Open minutes of a day; the union of what `hours` lists, or of several entries of one day.
using Minutes = std::vector<bool>;

void paint(const Hours &hours, bool open, Minutes &minutes) {
  for (const Span &span : hours)
    for (std::int32_t m = span.from / 60; m < span.to / 60; ++m)
      minutes[static_cast<std::size_t>(m)] = open;
}

/// The entries that count on a day: the child's, else the parent's.
std::vector<DayHours> entries(const std::vector<DayHours> &own, const std::vector<DayHours> &above,
                              Day day) {
  std::vector<DayHours> found;
  for (const auto *list : {&own, &above}) {
    for (const DayHours &entry : *list)
      if (entry.day == day) found.push_back(entry);
    if (!found.empty()) break;
  }
  return found;
}

bool is_closed(const Definition &own, const Definition &parent, Day day) {
  if (covers(own.closed, day) || is_yearly(own.closed_yearly, day)) return true;
  if (covers(own.not_closed, day)) return false;
  if (covers(parent.closed, day) || is_yearly(parent.closed_yearly, day)) return true;
  const bool any_terms = !own.terms.empty() || !parent.terms.empty();
  return any_terms && !covers(own.terms, day) && !covers(parent.terms, day);
}

Minutes open_minutes(const Definition &own, const Definition &parent, Day day) {
  Minutes minutes(1440);
  if (is_closed(own, parent, day)) return minutes;
  const auto special = entries(own.special, parent.special, day);
  for (const DayHours &entry : special) paint(entry.hours, true, minutes);
  if (special.empty()) {
    const auto &eras = own.own_hours ? own.eras : parent.eras;
    const Era *era = &eras.front();
    for (const Era &later : eras)
      if (later.from <= day) era = &later;
    const std::chrono::weekday weekday{std::chrono::sys_days(std::chrono::days(day))};
    paint(era->week[weekday.iso_encoding() - 1], true, minutes);
  }
  for (const DayHours &entry : entries(own.breaks, parent.breaks, day))
    paint(entry.hours, false, minutes);
  return minutes;
}

std::vector<DayRange> random_ranges(Random &random, const Definition &in, int most) {
  std::vector<DayRange> ranges;
  for (std::int64_t i = pick(random, 0, most); i > 0; --i) {
    const auto first = static_cast<Day>(pick(random, in.first_day, in.last_day));
    ranges.push_back({first, first + static_cast<Day>(pick(random, 0, 40))});
  }
  return ranges;
}

void add_random_parts(Random &random, Definition &definition) {
  if (pick(random, 0, 1) == 1) definition.terms = random_ranges(random, definition, 3);
  for (std::int64_t i = pick(random, 0, 2); i > 0; --i)
    definition.closed_yearly.push_back({static_cast<std::uint8_t>(pick(random, 2, 11)),
                                        static_cast<std::uint8_t>(pick(random, 1, 28))});
}

/// Both in one window without changes of the clock: those are tested elsewhere.
Definition random_part(Random &random, const Definition *window) {
  Definition definition = samples::random_definition(random);
  if (window != nullptr) {
    definition.first_day = window->first_day;
    definition.last_day = window->last_day;
    definition.eras.resize(1);
    definition.eras.front().from = window->first_day;
  }
  definition.offsets = {{0, 0}};
  add_random_parts(random, definition);
  return definition;
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_child_is_open_exactly_when_parent_and_own_parts_say_so) {
  Random random(20261124);
  for (int round = 0; round < 150; ++round) {
    const Definition parent = random_part(random, nullptr);
    Definition own = random_part(random, &parent);
    own.parent = "district";
    own.own_hours = pick(random, 0, 1) == 1;
    own.not_closed = random_ranges(random, parent, 3);
    if (!own.own_hours) own.eras.clear();
    const Definition whole = inherit(own, parent);
    const calendar::Calendar compiled(whole);
    for (Day day = parent.first_day; day <= parent.last_day; ++day) {
      const Minutes wanted = open_minutes(own, parent, day);
      for (std::size_t m = 0; m < wanted.size(); m += 7)
        if (compiled.is_open(Seconds{day} * 86400 + static_cast<Seconds>(m) * 60) != wanted[m])
          BOOST_FAIL("round " << round << ", day " << day << ", minute " << m);
    }
    Definition back = own_parts(whole);
    back.offsets = own.offsets;
    BOOST_TEST((back == own), "round " << round);
  }
}
