// Keys on the calendar's axis survive every later change of the calendar. Seeds are printed.
#include <boost/test/unit_test.hpp>

#include "cases/clockwork.hpp"
#include "cases/due.hpp"
#include "unit/calendar/random_calendar.hpp"

using namespace heard;
using namespace heard::cases;
using calendar::Calendar;
using calendar::Definition;
using samples::MinuteWalk;
using samples::pick;
using samples::Random;

namespace {

constexpr int kCalendars = 25;
constexpr int kClocks = 25;

/// A clock, the key it got when it started, and how a person would find out whether it is late.
struct Keyed {
  Clock clock;
  Key key;

  bool is_late(Seconds now, const MinuteWalk &walk) const {
    const Seconds start = clock.started_at;
    if (clock.target.unit == Unit::business_minutes)
      return walk.elapsed(start, now) > clock.target.amount * 60;
    const Seconds closing = walk.closing_after(start, clock.target.amount);
    return closing >= 0 && closing < now && walk.elapsed(closing, now) > 0;
  }
};

Keyed random_clock(Random &random, Seconds from, Seconds to, const Calendar &calendar) {
  const bool minutes = pick(random, 0, 1) == 1;
  const Target target{static_cast<std::int32_t>(pick(random, 1, minutes ? 6000 : 10)),
                      minutes ? Unit::business_minutes : Unit::business_days};
  const Clock clock =
      start_clock(ClockName::resolution, 1, target, pick(random, from, to), calendar);
  return {clock, due_key(clock, calendar)};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(axis_properties)

BOOST_AUTO_TEST_CASE(keys_from_before_an_edit_give_the_right_verdict_after_it) {
  BOOST_TEST_MESSAGE("seeds 1 to " << kCalendars);
  int late = 0;
  for (std::uint64_t seed = 1; seed <= kCalendars; ++seed) {
    BOOST_TEST_CONTEXT("seed " << seed) {
      Random random(seed);
      Definition definition = samples::random_definition(random);
      const Calendar before(definition);
      if (before.never_open()) continue;
      const auto edited = static_cast<calendar::Day>(
          pick(random, definition.first_day + 10, definition.last_day - 10));
      samples::edit_from(edited, random, definition);
      const Calendar after(definition);
      const MinuteWalk walk(definition);
      const Seconds edge = before.local_to_utc(edited, 0);
      for (int i = 0; i < kClocks; ++i) {
        const Keyed keyed = random_clock(random, before.window_from(), edge - 1, before);
        BOOST_TEST((due_key(keyed.clock, after) == keyed.key));
        for (int j = 0; j < 8; ++j) {
          const Seconds now = pick(random, keyed.clock.started_at, walk.to() - 1);
          const bool is_late = keyed.is_late(now, walk);
          late += is_late;
          BOOST_TEST_CONTEXT(to_text(keyed.clock.target.unit)
                             << " " << keyed.clock.target.amount << " from "
                             << format_utc(keyed.clock.started_at) << " at " << format_utc(now))
          BOOST_TEST(passed(keyed.key, now, after) == is_late);
        }
      }
    }
  }
  BOOST_TEST(late > 500);  // else the question was too easy
}

BOOST_AUTO_TEST_CASE(order_of_keys_is_the_order_of_due_times) {
  BOOST_TEST_MESSAGE("seeds 101 to 120");
  for (std::uint64_t seed = 101; seed <= 120; ++seed) {
    BOOST_TEST_CONTEXT("seed " << seed) {
      Random random(seed);
      const Calendar calendar(samples::random_definition(random));
      for (int i = 0; i < 100; ++i) {
        const Seconds to = calendar.window_to() - 1;
        const Keyed a = random_clock(random, calendar.window_from(), to, calendar);
        const Keyed b = random_clock(random, calendar.window_from(), to, calendar);
        const auto due_a = due_at(a.clock, calendar), due_b = due_at(b.clock, calendar);
        if (!due_a || !due_b || a.key.axis != b.key.axis) continue;
        BOOST_TEST((a.key.at < b.key.at) == (*due_a < *due_b));
      }
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
