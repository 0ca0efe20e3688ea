// Whatever the pump does, and whenever: the same changes, the same verdicts. Seeds are printed.
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <tuple>

#include "base/failure.hpp"
#include "cases/machine.hpp"
#include "unit/calendar/random_calendar.hpp"
#include "unit/cases/story.hpp"

using namespace heard;
using namespace heard::cases;
using calendar::Calendar;
using samples::pick;
using samples::Random;

namespace {

constexpr int kStories = 1500;

struct Run {
  CaseState state;
  std::vector<ClockChange> changes;
  Seconds latest = INT64_MIN;

  void tell(const Input &input, const Policy &policy, const Calendar &calendar) {
    try {
      Step step = advance(state, input, policy, calendar);
      state = std::move(step.next);
      changes.insert(changes.end(), step.changes.begin(), step.changes.end());
    } catch (const Failure &failure) {
      BOOST_REQUIRE((failure.status() == heard::Status::conflict));
    }
  }
  void tick(Seconds at, const Policy &policy, const Calendar &calendar) {
    tell({.what = Happening::tick, .at = at}, policy, calendar);
  }
};

auto order_key(const ClockChange &change) {
  return std::tuple(change.at, change.after.name, change.after.no, change.what);
}

std::vector<ClockChange> in_order(std::vector<ClockChange> changes) {
  std::stable_sort(changes.begin(), changes.end(), [](const ClockChange &a, const ClockChange &b) {
    return order_key(a) < order_key(b);
  });
  return changes;
}

bool same(const std::vector<ClockChange> &a, const std::vector<ClockChange> &b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const ClockChange &x, const ClockChange &y) {
                      return x.what == y.what && x.at == y.at && x.after == y.after;
                    });
}

Policy random_policy(Random &random) {
  const auto unit = static_cast<Unit>(pick(random, 1, 4));
  const bool minutes = unit == Unit::business_minutes || unit == Unit::wall_minutes;
  const auto amount = [&] { return static_cast<std::int32_t>(pick(random, 0, minutes ? 900 : 4)); };
  Policy policy = samples::targets(unit, amount(), amount(), amount() * 3,
                                   static_cast<std::int32_t>(pick(random, 0, 4) * 25));
  policy.pause_when_held = pick(random, 0, 1) == 1;
  return policy;
}

/// In order of time; `at` is when it happened.
std::vector<Input> random_story(Random &random, const Calendar &calendar) {
  static constexpr Happening kWhat[] = {Happening::inbound, Happening::inbound, Happening::outbound,
                                        Happening::wait,    Happening::hold,    Happening::solve,
                                        Happening::reopen};
  std::vector<Input> story;
  Seconds at = pick(random, calendar.window_from(), calendar.window_from() + 20 * 86400);
  for (int i = 0; i < 12; ++i) {
    Input input;
    input.what = i == 0 ? Happening::inbound : kWhat[pick(random, 0, 6)];
    input.at = at;
    input.needs_response = pick(random, 0, 4) != 0;
    input.answers =
        input.what == Happening::outbound ? pick(random, 0, 3) != 0 : pick(random, 0, 5) == 0;
    input.opened_by_staff = i == 0 && pick(random, 0, 4) == 0;
    story.push_back(input);
    at += pick(random, 0, 3) == 0 ? 0 : pick(random, 1, 3 * 86400);
  }
  return story;
}

/// What must not depend on the pump. Whether a warning went out before a late fact does.
auto verdict_of(const Clock &clock) {
  return std::tuple(clock.name, clock.no, clock.state, clock.verdict, clock.started_at,
                    clock.anchor, clock.left, clock.missed_at, clock.stopped_at);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(machine_properties)

BOOST_AUTO_TEST_CASE(changes_do_not_depend_on_when_or_how_often_somebody_ticks) {
  BOOST_TEST_MESSAGE("seeds 1 to " << kStories);
  std::size_t missed = 0;
  for (std::uint64_t seed = 1; seed <= kStories; ++seed) {
    BOOST_TEST_CONTEXT("seed " << seed) {
      Random random(seed);
      const Calendar calendar(samples::random_definition(random));
      const Policy policy = random_policy(random);
      const std::vector<Input> story = random_story(random, calendar);
      const Seconds end = story.back().at + 30 * 86400;

      Run lazy, eager;
      for (std::size_t i = 0; i < story.size(); ++i) {
        lazy.tell(story[i], policy, calendar);
        eager.tell(story[i], policy, calendar);
        const Seconds next = i + 1 < story.size() ? story[i + 1].at : end;
        std::vector<Seconds> ticks(static_cast<std::size_t>(pick(random, 0, 5)));
        for (Seconds &tick : ticks) tick = pick(random, story[i].at, next);
        std::sort(ticks.begin(), ticks.end());
        for (const Seconds tick : ticks) {
          eager.tick(tick, policy, calendar);
          eager.tick(tick, policy, calendar);
        }
      }
      lazy.tick(end, policy, calendar);
      eager.tick(end, policy, calendar);
      BOOST_TEST((lazy.state == eager.state));
      BOOST_TEST(same(in_order(lazy.changes), in_order(eager.changes)));
      for (const ClockChange &change : lazy.changes) missed += change.what == What::missed;
    }
  }
  BOOST_TEST(missed > 200u);  // else the stories were too easy
}

BOOST_AUTO_TEST_CASE(verdicts_do_not_depend_on_the_pump_even_where_facts_arrive_late) {
  BOOST_TEST_MESSAGE("seeds 10001 to " << 10000 + kStories);
  std::size_t corrected = 0;
  for (std::uint64_t seed = 10001; seed <= 10000 + kStories; ++seed) {
    BOOST_TEST_CONTEXT("seed " << seed) {
      Random random(seed);
      const Calendar calendar(samples::random_definition(random));
      const Policy policy = random_policy(random);
      std::vector<Input> story = random_story(random, calendar);
      const Seconds end = story.back().at + 30 * 86400;
      Run unpumped, pumped;
      Seconds now = INT64_MIN;
      for (Input &input : story) {
        now = std::max(now, input.at);
        if (pick(random, 0, 2) == 0) input.at -= pick(random, 0, 4 * 86400);  // typed in at `now`
        pumped.tick(now, policy, calendar);
        pumped.tell(input, policy, calendar);
        unpumped.tell(input, policy, calendar);
      }
      pumped.tick(end, policy, calendar);
      unpumped.tick(end, policy, calendar);
      BOOST_TEST((pumped.state.status == unpumped.state.status));
      BOOST_REQUIRE(pumped.state.clocks.size() == unpumped.state.clocks.size());
      for (std::size_t i = 0; i < pumped.state.clocks.size(); ++i)
        BOOST_TEST((verdict_of(pumped.state.clocks[i]) == verdict_of(unpumped.state.clocks[i])));
      for (const ClockChange &change : pumped.changes) corrected += change.what == What::corrected;
    }
  }
  BOOST_TEST(corrected > 50u);
}

BOOST_AUTO_TEST_CASE(contact_told_again_changes_nothing) {
  BOOST_TEST_MESSAGE("seeds 30001 to 30300");
  for (std::uint64_t seed = 30001; seed <= 30300; ++seed) {
    BOOST_TEST_CONTEXT("seed " << seed) {
      Random random(seed);
      const Calendar calendar(samples::random_definition(random));
      const Policy policy = samples::targets(Unit::business_minutes, 300, 200, 900);
      std::vector<Input> story = random_story(random, calendar);
      story.front().needs_response = true;  // without a clock a wait has no known beginning
      for (std::size_t i = 0; i < story.size(); ++i) story[i].at += static_cast<Seconds>(i);
      Run run;
      for (std::size_t i = 0; i < story.size(); ++i) {
        run.tell(story[i], policy, calendar);
        const Input &again =
            story[static_cast<std::size_t>(pick(random, 0, static_cast<std::int64_t>(i)))];
        if (again.what != Happening::inbound && again.what != Happening::outbound) continue;
        const CaseState before = run.state;
        const std::size_t changes = run.changes.size();
        run.tell(again, policy, calendar);
        BOOST_TEST((run.state == before));
        BOOST_TEST(run.changes.size() == changes);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(state_is_what_the_recorded_changes_say) {
  BOOST_TEST_MESSAGE("seeds 20001 to 20300");
  for (std::uint64_t seed = 20001; seed <= 20300; ++seed) {
    BOOST_TEST_CONTEXT("seed " << seed) {
      Random random(seed);
      const Calendar calendar(samples::random_definition(random));
      const Policy policy = random_policy(random);
      CaseState state;
      std::vector<Clock> folded;
      for (const Input &input : random_story(random, calendar)) {
        try {
          const Step step = advance(state, input, policy, calendar);
          state = step.next;
          for (const ClockChange &change : step.changes) {
            const auto known = std::find_if(folded.begin(), folded.end(), [&](const Clock &clock) {
              return clock.name == change.after.name && clock.no == change.after.no;
            });
            if (known == folded.end())
              folded.push_back(change.after);
            else
              *known = change.after;
          }
        } catch (const Failure &) {
          continue;  // refused: nothing has happened
        }
        BOOST_TEST((folded == state.clocks));
      }
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
