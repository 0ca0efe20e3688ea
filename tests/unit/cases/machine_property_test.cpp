// Whatever the pump does, and whenever: the same changes, the same verdicts. Seeds are printed.
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <tuple>

#include "base/failure.hpp"
#include "cases/history.hpp"
#include "unit/calendar/random_calendar.hpp"
#include "unit/cases/story.hpp"

using namespace heard;
using namespace heard::cases;
using calendar::Calendar;
using samples::pick;
using samples::Random;

namespace {

constexpr int kStories = 2000;      // each on a calendar of its own
constexpr int kHistories = 100000;  // case histories in all, fifty on each calendar

struct Run {
  CaseState state;
  std::vector<ClockChange> changes;
  Facts facts;
  Seconds now = CaseState::kNothingYet;

  /// As a store takes it: in order, or late with what was known before.
  void tell(const Input &input, const std::shared_ptr<const Policy> &policy,
            const Calendar &calendar) {
    now = std::max(now, input.at);
    if (input.at < state.last_at) return tell_late({input, policy}, calendar);
    try {
      keep(advance(state, input, *policy, calendar));
    } catch (const Failure &failure) {
      BOOST_REQUIRE((failure.status() == heard::Status::conflict));
      return;  // refused: it is no fact
    }
    if (input.what != Happening::tick) facts.push_back({input, policy});
    put_in_order(facts);
  }
  void tick(Seconds at, const std::shared_ptr<const Policy> &policy, const Calendar &calendar) {
    now = std::max(now, at);
    keep(advance(state, {.what = Happening::tick, .at = now}, *policy, calendar));
  }

 private:
  void tell_late(const Fact &fact, const Calendar &calendar) {
    tick(now, fact.policy, calendar);  // settle first
    const Telling before{facts, Priority::normal};
    facts.push_back(fact);
    put_in_order(facts);
    keep(revise(state, before, {facts, Priority::normal}, calendar, now, Cause::late_entry));
  }
  void keep(Step step) {
    state = std::move(step.next);
    changes.insert(changes.end(), step.changes.begin(), step.changes.end());
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

EscalationStep random_step(Random &random, Unit unit) {
  EscalationStep step;
  step.clock = static_cast<ClockName>(pick(random, 2, 5));
  step.unit = static_cast<OffsetUnit>(pick(random, 1, 3));
  step.from = static_cast<OffsetFrom>(pick(random, 1, 2));
  step.amount =
      static_cast<std::int32_t>(step.unit == OffsetUnit::percent   ? pick(random, 10, 250)
                                : step.unit == OffsetUnit::minutes ? pick(random, -300, 900)
                                                                   : pick(random, -2, 4));
  if (unit == Unit::wall_minutes && pick(random, 0, 1) == 0) step.at_least = Priority::high;
  step.only_unassigned = pick(random, 0, 3) == 0;
  if (pick(random, 0, 5) == 0) step.raise_to = Priority::high;
  return step;
}

std::shared_ptr<const Policy> random_policy(Random &random) {
  const auto unit = static_cast<Unit>(pick(random, 1, 4));
  const bool minutes = unit == Unit::business_minutes || unit == Unit::wall_minutes;
  const auto amount = [&] { return static_cast<std::int32_t>(pick(random, 0, minutes ? 900 : 4)); };
  Policy policy = samples::targets(unit, amount(), amount(), amount() * 3,
                                   static_cast<std::int32_t>(pick(random, 0, 4) * 25));
  for (const ClockName name :
       {ClockName::acknowledgement, ClockName::update, ClockName::ownership, ClockName::wait})
    if (pick(random, 0, 2) == 0) policy.targets.push_back({name, std::nullopt, {amount(), unit}});
  policy.targets.push_back({ClockName::resolution, Priority::high, {amount(), unit}});
  for (TargetRow &row : policy.targets)
    if (unit == Unit::business_days) row.target.ends = static_cast<DayEnd>(pick(random, 0, 2));
  for (std::int64_t i = pick(random, 0, 3); i > 0; --i)
    policy.steps.push_back(random_step(random, unit));
  policy.pause_when_held = pick(random, 0, 1) == 1;
  return std::make_shared<const Policy>(std::move(policy));
}

Input random_input(Random &random, bool first) {
  static constexpr Happening kWhat[] = {
      Happening::inbound, Happening::inbound, Happening::outbound,  Happening::outbound,
      Happening::wait,    Happening::hold,    Happening::solve,     Happening::reopen,
      Happening::assign,  Happening::accept,  Happening::prioritize};
  Input input;
  input.what = first && pick(random, 0, 4) != 0 ? Happening::inbound : kWhat[pick(random, 0, 10)];
  input.needs_response = pick(random, 0, 4) != 0;
  input.answers =
      input.what == Happening::outbound ? pick(random, 0, 3) != 0 : pick(random, 0, 5) == 0;
  input.acknowledges = input.answers || pick(random, 0, 1) == 0;
  input.opened_by_staff = first && input.what == Happening::outbound;
  input.assigns = first && pick(random, 0, 3) == 0;
  input.priority = static_cast<Priority>(pick(random, 1, 4));
  return input;
}

/// In order of time; `at` is when it happened.
std::vector<Input> random_story(Random &random, const Calendar &calendar) {
  std::vector<Input> story;
  Seconds at = pick(random, calendar.window_from(), calendar.window_from() + 20 * 86400);
  const auto length = pick(random, 1, 12);
  for (std::int64_t i = 0; i < length; ++i) {
    story.push_back(random_input(random, i == 0));
    story.back().at = at;
    at += pick(random, 0, 3) == 0 ? 0 : pick(random, 1, 3 * 86400);
  }
  return story;
}

std::vector<Clock> sorted(std::vector<Clock> clocks) {
  std::erase_if(clocks, [](const Clock &clock) { return clock.state == ClockState::void_; });
  std::sort(clocks.begin(), clocks.end(), [](const Clock &a, const Clock &b) {
    return std::tie(a.name, a.no) < std::tie(b.name, b.no);
  });
  return clocks;
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
  std::size_t missed = 0, escalated = 0;
  for (std::uint64_t seed = 1; seed <= kStories; ++seed) {
    BOOST_TEST_CONTEXT("seed " << seed) {
      Random random(seed);
      const Calendar calendar(samples::random_definition(random));
      const auto policy = random_policy(random);
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
      for (const ClockChange &change : lazy.changes) {
        missed += change.what == What::missed;
        escalated += change.what == What::escalated;
      }
    }
  }
  BOOST_TEST(missed > 200u);  // else the stories were too easy
  BOOST_TEST(escalated > 200u);
}

/// One case told in another order than it happened, with pumps between; the verdicts must be those
/// of the facts alone.
void check_any_order(std::uint64_t seed, Random &random, const Calendar &calendar,
                     std::size_t &corrected) {
  const auto policy = random_policy(random);
  const std::vector<Input> story = random_story(random, calendar);
  const Seconds end = story.back().at + 30 * 86400;
  std::vector<Input> told = story;
  for (std::int64_t swaps = pick(random, 0, 4); swaps > 0; --swaps) {
    const auto last = static_cast<std::int64_t>(told.size()) - 1;
    std::swap(told[static_cast<std::size_t>(pick(random, 0, last))],
              told[static_cast<std::size_t>(pick(random, 0, last))]);
  }
  Run recorded;
  for (const Input &input : told) {
    recorded.tell(input, policy, calendar);
    for (std::int64_t ticks = pick(random, 0, 2); ticks > 0; --ticks)
      recorded.tick(pick(random, recorded.now, end), policy, calendar);
  }
  recorded.tick(end, policy, calendar);
  const CaseState alone = run({recorded.facts, Priority::normal}, calendar, end).next;
  const auto clocks = sorted(recorded.state.clocks), wanted = sorted(alone.clocks);
  bool same_verdicts = clocks.size() == wanted.size() && recorded.state.status == alone.status;
  for (std::size_t i = 0; same_verdicts && i < clocks.size(); ++i)
    same_verdicts = verdict_of(clocks[i]) == verdict_of(wanted[i]);
  BOOST_REQUIRE_MESSAGE(same_verdicts, "seed " << seed);
  for (const ClockChange &change : recorded.changes) corrected += change.what == What::corrected;
}

BOOST_AUTO_TEST_CASE(verdicts_are_those_of_the_facts_in_whatever_order_they_were_typed_in) {
  BOOST_TEST_MESSAGE("seeds 10001 to " << 10000 + kHistories);
  std::size_t corrected = 0;
  for (std::uint64_t seed = 10001; seed <= 10000 + kHistories; seed += 50) {
    Random random(seed);
    const Calendar calendar(samples::random_definition(random));
    for (std::uint64_t each = seed; each < seed + 50; ++each) {
      Random own(each);
      check_any_order(each, own, calendar, corrected);
    }
  }
  BOOST_TEST(corrected > 1000u);
}

BOOST_AUTO_TEST_CASE(state_is_what_the_recorded_changes_say) {
  BOOST_TEST_MESSAGE("seeds 20001 to 20300");
  for (std::uint64_t seed = 20001; seed <= 20300; ++seed) {
    BOOST_TEST_CONTEXT("seed " << seed) {
      Random random(seed);
      const Calendar calendar(samples::random_definition(random));
      const auto policy = random_policy(random);
      std::vector<Input> story = random_story(random, calendar);
      std::shuffle(story.begin(), story.end(), random);
      Run run;
      for (const Input &input : story) run.tell(input, policy, calendar);
      std::vector<Clock> folded;
      for (const ClockChange &change : run.changes) {
        const auto known = std::find_if(folded.begin(), folded.end(), [&](const Clock &clock) {
          return clock.name == change.after.name && clock.no == change.after.no;
        });
        if (known == folded.end())
          folded.push_back(change.after);
        else
          *known = change.after;
      }
      BOOST_TEST((sorted(folded) == sorted(run.state.clocks)));
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
