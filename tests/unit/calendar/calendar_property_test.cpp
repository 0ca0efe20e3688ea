// The compiled calendar against a walk over every minute, on random calendars. Seeds are printed.
#include <boost/test/unit_test.hpp>

#include "unit/calendar/random_calendar.hpp"

using namespace heard;
using namespace heard::calendar;
using samples::MinuteWalk;
using samples::pick;
using samples::Random;

namespace {

constexpr int kCalendars = 60;
constexpr int kQuestions = 60;

void compare(const Calendar &calendar, const MinuteWalk &walk, Random &random) {
  const Seconds a = pick(random, walk.from(), walk.to() - 1);
  const Seconds b = std::min(walk.to(), a + pick(random, 0, 20) * 86400 + pick(random, 0, 86400));
  BOOST_TEST_CONTEXT(format_utc(a) << " to " << format_utc(b)) {
    BOOST_TEST(calendar.is_open(a) == walk.is_open(a));
    const Seconds elapsed = walk.elapsed(a, b);
    BOOST_TEST(calendar.elapsed(a, b) == elapsed);
    BOOST_TEST(calendar.axis(b) - calendar.axis(a) == elapsed);

    const Seconds amount = pick(random, 1, 200000);
    BOOST_TEST(calendar.add(a, amount).value_or(-1) == walk.add(a, amount));
    if (elapsed > 0) {
      BOOST_TEST(calendar.add(a, elapsed).value_or(-1) == walk.add(a, elapsed));
      BOOST_TEST(calendar.instant(calendar.axis(a) + elapsed).value_or(-1) == walk.add(a, elapsed));
    }
    BOOST_TEST(calendar.local_day(a) == walk.local_day(a));

    const std::int64_t days = pick(random, 1, 12);
    const auto number = calendar.open_day_after(a, days);
    const Seconds closing = walk.closing_after(a, days);
    BOOST_TEST((number ? calendar.closing_of_day(*number) : std::nullopt).value_or(-1) == closing);
    if (closing >= 0 && closing <= b)
      BOOST_TEST((calendar.begun_day(b) > *number) == (walk.elapsed(closing, b) > 0));
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(calendar_properties)

BOOST_AUTO_TEST_CASE(compiled_calendar_agrees_with_a_walk_over_every_minute) {
  BOOST_TEST_MESSAGE("seeds 1 to " << kCalendars);
  for (std::uint64_t seed = 1; seed <= kCalendars; ++seed) {
    BOOST_TEST_CONTEXT("seed " << seed) {
      Random random(seed);
      const Definition definition = samples::random_definition(random);
      const Calendar calendar(definition);
      const MinuteWalk walk(definition);
      BOOST_REQUIRE(calendar.window_from() == walk.from());
      BOOST_REQUIRE(calendar.window_to() == walk.to());
      BOOST_REQUIRE(calendar.axis(walk.to()) == walk.elapsed(walk.from(), walk.to()));
      for (int i = 0; i < kQuestions; ++i) compare(calendar, walk, random);
    }
  }
}

BOOST_AUTO_TEST_CASE(closing_announced_for_later_changes_nothing_on_the_axis_before_it) {
  BOOST_TEST_MESSAGE("seeds 1 to 100");
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    BOOST_TEST_CONTEXT("seed " << seed) {
      Random random(seed);
      Definition definition = samples::random_definition(random);
      const Calendar before(definition);
      const auto first =
          static_cast<Day>(pick(random, definition.first_day + 1, definition.last_day));
      samples::edit_from(first, random, definition);
      const Calendar after(definition);
      const Seconds edge = before.local_to_utc(first, 0);
      for (int i = 0; i < 50; ++i) {
        const Seconds t = pick(random, before.window_from(), edge);
        BOOST_TEST(before.axis(t) == after.axis(t));
        BOOST_TEST(before.begun_day(t) == after.begun_day(t));
        if (before.local_day(t) < first)
          BOOST_TEST((before.open_day_after(t, 3) == after.open_day_after(t, 3)));
      }
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
