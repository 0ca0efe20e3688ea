// Backwards, closings, periods, days and dates: by hand, and against the obvious slow way.
#include <boost/test/unit_test.hpp>

#include "calendar/arithmetic.hpp"
#include "unit/calendar/random_calendar.hpp"
#include "unit/calendar/samples.hpp"

using namespace heard;
using namespace heard::calendar;
using samples::at;
using samples::day;

namespace {

std::string text(std::optional<Seconds> instant) {
  return instant ? format_utc(*instant) : "nothing";
}
std::string date_text(std::optional<Day> date) { return date ? format_date(*date) : "nothing"; }

/// 08:00 to 12:00 and 13:00 to 16:00, Monday to Friday; 25 to 27 November 2026 closed.
Definition with_lunch() {
  Definition definition = samples::weekdays({"08:00-12:00", "13:00-16:00"});
  definition.closed = {{day("2026-11-25"), day("2026-11-27")}};
  return definition;
}

Calendar always_open() {
  Definition definition = samples::berlin_daily({"00:00-24:00"});
  definition.last_day = day("2026-12-31");
  definition.first_day = day("2026-01-01");
  return Calendar(definition);
}

Calendar never_open() {
  Definition definition = samples::school_week();
  definition.eras[0].week = {};
  return Calendar(definition);
}

std::string days_on(std::string_view from, std::int64_t days, DayEnd end) {
  return text(add_days(Calendar(with_lunch()), at(from), days, end));
}

std::string date_at(std::string_view from, const DateDistance &distance) {
  return date_text(due_date(Calendar(with_lunch()), day(from), distance));
}

/// A calendar beside a walk over every minute, both asked the same at a random minute.
struct Compared {
  Calendar calendar;
  samples::MinuteWalk walk;

  void ask(samples::Random &random) const {
    const Seconds minutes = (walk.to() - walk.from()) / 60;
    const Seconds from = walk.from() + 60 * samples::pick(random, 1, minutes - 1);
    const Seconds amount = 60 * samples::pick(random, 1, 3000);
    BOOST_TEST_CONTEXT("from " << format_utc(from)) {
      BOOST_TEST(subtract(calendar, from, amount).value_or(before()) == subtracted(from, amount));
      const Seconds end = open_end_by(from);
      if (end > walk.from()) BOOST_TEST(text(previous_open_end(calendar, from)) == text(end));
      const Seconds closing = closing_after(from);
      if (closing < walk.to()) BOOST_TEST(text(next_close(calendar, from)) == text(closing));
      ask_for_days(from, samples::pick(random, 1, 12));
    }
  }

 private:
  Seconds before() const { return walk.from() - 60; }

  /// The last open minute with enough open time from it to `from`.
  Seconds subtracted(Seconds from, Seconds amount) const {
    Seconds back = from - 60;
    while (back >= walk.from() && (!walk.is_open(back) || walk.elapsed(back, from) < amount))
      back -= 60;
    return back;
  }

  Seconds open_end_by(Seconds from) const {
    Seconds end = from;
    while (end > walk.from() && !walk.is_open(end - 60) && !walk.is_open(end)) end -= 60;
    return end;
  }

  Seconds closing_after(Seconds from) const {
    Seconds closing = from + 60;
    while (closing < walk.to() && (!walk.is_open(closing - 60) || walk.is_open(closing)))
      closing += 60;
    return closing;
  }

  void ask_for_days(Seconds from, std::int64_t days) const {
    const Day today = walk.local_day(from);
    const Seconds last = walk.closing_after(from, days);
    BOOST_TEST(add_days(calendar, from, days, DayEnd::end_of_day).value_or(-1) == last);
    const auto date = due_date(calendar, today, {days});
    std::optional<Day> wanted;
    if (last >= 0) wanted = walk.local_day(last - 1);
    BOOST_TEST(date_text(date) == date_text(wanted));
    if (date && is_open_day(calendar, today))
      BOOST_TEST(date_text(due_date(calendar, *date, {-days})) == format_date(today));
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(arithmetic)

BOOST_AUTO_TEST_CASE(going_back_ends_as_late_as_it_can) {
  const Calendar calendar(with_lunch());
  const auto back = [&](std::string_view from, Seconds amount) {
    return text(subtract(calendar, at(from), amount));
  };
  BOOST_TEST(back("2026-11-24T14:00Z", 1800) == "2026-11-24T13:30:00Z");
  BOOST_TEST(back("2026-11-24T14:00Z", 3600) == "2026-11-24T13:00:00Z");  // not 12:00
  BOOST_TEST(back("2026-11-24T14:00Z", 3601) == "2026-11-24T11:59:59Z");
  BOOST_TEST(back("2026-11-30T08:30Z", 3600) == "2026-11-24T15:30:00Z");
  BOOST_TEST(back("2026-11-28T10:00Z", 3600) == "2026-11-24T15:00:00Z");
  BOOST_TEST(back("2026-11-28T10:00Z", 0) == "2026-11-24T16:00:00Z");
  BOOST_TEST(back("2026-11-24T12:00Z", 0) == "2026-11-24T12:00:00Z");
  BOOST_TEST(back("2026-11-24T09:00Z", 0) == "2026-11-24T09:00:00Z");
  BOOST_TEST(back("2026-11-24T09:00Z", 1000000000) == "nothing");
}

BOOST_AUTO_TEST_CASE(walking_nowhere_stays_even_when_closed) {
  const Calendar calendar(with_lunch());
  const Seconds noon = at("2026-11-24T12:30Z");
  BOOST_TEST(text(walk(calendar, noon, 0)) == "2026-11-24T12:30:00Z");
  BOOST_TEST(text(walk(calendar, noon, 60)) == "2026-11-24T13:01:00Z");
  BOOST_TEST(text(walk(calendar, noon, -60)) == "2026-11-24T11:59:00Z");
}

BOOST_AUTO_TEST_CASE(the_next_closing_lies_after_the_instant) {
  const Calendar calendar(with_lunch());
  const auto closing = [&](std::string_view from) { return text(next_close(calendar, at(from))); };
  BOOST_TEST(closing("2026-11-24T07:00Z") == "2026-11-24T12:00:00Z");
  BOOST_TEST(closing("2026-11-24T12:00Z") == "2026-11-24T16:00:00Z");
  BOOST_TEST(closing("2026-11-24T16:00Z") == "2026-11-30T12:00:00Z");
  BOOST_TEST(text(next_close(always_open(), at("2026-05-01T00:00Z"))) == "nothing");
}

BOOST_AUTO_TEST_CASE(periods_are_cut_at_the_instant_and_never_by_the_window) {
  const Calendar calendar(with_lunch());
  const auto after = periods_after(calendar, at("2026-11-24T10:00Z"), 3);
  BOOST_TEST_REQUIRE(after.size() == 3u);
  BOOST_TEST((after[0] == OpenSpan{at("2026-11-24T10:00Z"), at("2026-11-24T12:00Z")}));
  BOOST_TEST((after[2] == OpenSpan{at("2026-11-30T08:00Z"), at("2026-11-30T12:00Z")}));
  const auto before = periods_before(calendar, at("2026-11-30T08:00Z"), 2);
  BOOST_TEST_REQUIRE(before.size() == 2u);
  BOOST_TEST((before[0] == OpenSpan{at("2026-11-24T13:00Z"), at("2026-11-24T16:00Z")}));
  BOOST_TEST((before[1] == OpenSpan{at("2026-11-24T08:00Z"), at("2026-11-24T12:00Z")}));
  BOOST_TEST(periods_before(calendar, at("2026-11-24T14:00Z"), 1)[0].to == at("2026-11-24T14:00Z"));
  BOOST_TEST(periods_after(always_open(), at("2026-05-01T00:00Z"), 1).empty());
  BOOST_TEST(periods_before(always_open(), at("2026-05-01T00:00Z"), 1).empty());
}

BOOST_AUTO_TEST_CASE(days_end_as_their_mode_says) {
  BOOST_TEST(days_on("2026-11-23T10:00Z", 2, DayEnd::same_time) == "2026-11-30T10:00:00Z");
  BOOST_TEST(days_on("2026-11-23T12:30Z", 1, DayEnd::same_time) == "2026-11-24T13:00:00Z");
  BOOST_TEST(days_on("2026-11-23T20:00Z", 1, DayEnd::same_time) == "2026-11-30T08:00:00Z");
  BOOST_TEST(days_on("2026-11-23T16:00Z", 1, DayEnd::same_time) == "2026-11-24T16:00:00Z");
  BOOST_TEST(days_on("2026-11-23T12:30Z", 1, DayEnd::same_wall) == "2026-11-24T12:30:00Z");
  BOOST_TEST(days_on("2026-11-23T10:00Z", 2, DayEnd::end_of_day) == "2026-11-30T16:00:00Z");
  BOOST_TEST(days_on("2026-11-23T10:00Z", 2, DayEnd::midnight) == "2026-12-01T00:00:00Z");
  // A closed day is day 0: the first open one after it is day 1.
  BOOST_TEST(days_on("2026-11-26T10:00Z", 1, DayEnd::end_of_day) == "2026-11-30T16:00:00Z");
  BOOST_TEST(days_on("2026-11-26T10:00Z", 0, DayEnd::end_of_day) == "2026-11-30T16:00:00Z");
  BOOST_TEST(days_on("2026-11-24T17:00Z", 0, DayEnd::end_of_day) == "2026-11-24T16:00:00Z");
  BOOST_TEST(days_on("2026-11-26T10:00Z", 0, DayEnd::same_time) == "2026-11-30T08:00:00Z");
}

BOOST_AUTO_TEST_CASE(days_count_back_as_they_count_on) {
  BOOST_TEST(days_on("2026-11-30T10:00Z", -1, DayEnd::same_time) == "2026-11-24T10:00:00Z");
  BOOST_TEST(days_on("2026-11-30T12:30Z", -1, DayEnd::same_time) == "2026-11-24T12:00:00Z");
  BOOST_TEST(days_on("2026-11-30T07:00Z", -1, DayEnd::same_time) == "2026-11-23T16:00:00Z");
  BOOST_TEST(days_on("2026-11-26T10:00Z", -1, DayEnd::same_time) == "2026-11-24T10:00:00Z");
  BOOST_TEST(days_on("2026-11-30T10:00Z", -2, DayEnd::end_of_day) == "2026-11-23T16:00:00Z");
}

BOOST_AUTO_TEST_CASE(the_same_wall_time_survives_summer_time) {
  const Calendar calendar(samples::berlin_daily({"01:00-20:00"}));
  const auto next_day = [&](std::string_view from) {
    return text(add_days(calendar, at(from), 1, DayEnd::same_time));
  };
  BOOST_TEST(next_day("2026-03-28T09:00Z") == "2026-03-29T08:00:00Z");
  BOOST_TEST(next_day("2026-10-24T08:00Z") == "2026-10-25T09:00:00Z");
  BOOST_TEST(next_day("2026-03-28T01:30Z") == "2026-03-29T01:30:00Z");  // 02:30 moves on to 03:30
  BOOST_TEST(next_day("2026-10-24T00:30Z") == "2026-10-25T00:30:00Z");  // the first 02:30
}

BOOST_AUTO_TEST_CASE(dates_count_in_their_unit_and_roll_forward) {
  const auto business = [](std::int64_t days) { return DateDistance{days}; };
  BOOST_TEST(date_at("2026-11-24", business(1)) == "2026-11-30");
  BOOST_TEST(date_at("2026-11-26", business(1)) == "2026-11-30");
  BOOST_TEST(date_at("2026-11-26", business(0)) == "2026-11-26");
  BOOST_TEST(date_at("2026-11-26", business(-1)) == "2026-11-24");
  BOOST_TEST(date_at("2026-11-30", business(-2)) == "2026-11-23");
  BOOST_TEST(date_at("2026-11-24", {2, DateUnit::calendar_days}) == "2026-11-26");
  BOOST_TEST(date_at("2026-11-24", {2, DateUnit::calendar_days, true}) == "2026-11-30");
  BOOST_TEST(date_at("2026-10-31", {1, DateUnit::calendar_months}) == "2026-11-30");
  BOOST_TEST(date_at("2026-10-25", {1, DateUnit::calendar_months, true}) == "2026-11-30");
  BOOST_TEST(date_at("2026-01-31", {-2, DateUnit::calendar_months}) == "2025-11-30");
}

BOOST_AUTO_TEST_CASE(a_calendar_that_is_never_open_has_no_answers_but_throws_nothing) {
  const Calendar calendar = never_open();
  const Seconds now = at("2026-11-24T10:00Z");
  BOOST_TEST(text(subtract(calendar, now, 60)) == "nothing");
  BOOST_TEST(text(previous_open_end(calendar, now)) == "nothing");
  BOOST_TEST(text(next_close(calendar, now)) == "nothing");
  BOOST_TEST(periods_after(calendar, now, 2).empty());
  BOOST_TEST(text(add_days(calendar, now, 1, DayEnd::same_time)) == "nothing");
  BOOST_TEST(text(add_days(calendar, now, 0, DayEnd::end_of_day)) == "nothing");
  BOOST_TEST(date_text(due_date(calendar, day("2026-11-24"), {1})) == "nothing");
  BOOST_TEST(date_text(due_date(calendar, day("2026-11-24"), {1, DateUnit::calendar_days})) ==
             "2026-11-25");
}

BOOST_AUTO_TEST_CASE(random_calendars_agree_with_a_walk_over_every_minute) {
  constexpr int kCalendars = 40, kQuestions = 40;
  BOOST_TEST_MESSAGE("seeds 1 to " << kCalendars);
  for (std::uint64_t seed = 1; seed <= kCalendars; ++seed) {
    samples::Random random(seed);
    const Definition definition = samples::random_definition(random);
    const Compared compared{Calendar(definition), samples::MinuteWalk(definition)};
    for (int i = 0; i < kQuestions; ++i) {
      BOOST_TEST_CONTEXT("seed " << seed << ", question " << i) compared.ask(random);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
