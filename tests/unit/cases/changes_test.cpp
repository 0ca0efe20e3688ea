// What changes in mid-flight, and the clocks a policy may add. November 2026: Monday is the 23rd,
// open 08 to 16.
#include <boost/test/unit_test.hpp>

#include "cases/due.hpp"
#include "cases/explain.hpp"
#include "unit/calendar/samples.hpp"
#include "unit/cases/story.hpp"

using namespace heard;
using namespace heard::cases;
using samples::Story;
using samples::targets;

namespace {

constexpr auto kFirst = ClockName::first_response;
constexpr auto kResolution = ClockName::resolution;

/// Four hours to answer, eight to resolve, no warnings; an hour to answer what is urgent.
Policy hours() {
  Policy policy = targets(Unit::business_minutes, 240, 240, 480);
  policy.targets.push_back({kFirst, Priority::urgent, {60, Unit::business_minutes}});
  return policy;
}

Policy with(Policy policy, ClockName clock, std::int32_t minutes) {
  policy.targets.push_back({clock, std::nullopt, {minutes, Unit::business_minutes}});
  return policy;
}

EscalationStep step(ClockName clock, std::int32_t amount, OffsetUnit unit) {
  EscalationStep step;
  step.name = "s" + std::to_string(amount);
  step.clock = clock;
  step.amount = amount;
  step.unit = unit;
  step.notify = "lead";
  return step;
}

Story story(Policy policy = hours()) { return Story(samples::school_week(), std::move(policy)); }

}  // namespace

BOOST_AUTO_TEST_SUITE(changes_in_mid_flight)

BOOST_AUTO_TEST_CASE(raised_priority_counts_from_the_start_and_its_miss_is_dated_at_the_change) {
  Story s = story();
  s.inbound("2026-11-23T09:00Z");
  CHECK_LINES(s.prioritize(Priority::urgent, "2026-11-23T11:00Z"),
              {"first_response 1 retargeted 23 11:00", "first_response 1 missed 23 11:00"});
  BOOST_TEST(s.due(kFirst) == "2026-11-23T10:00:00Z");
  BOOST_TEST((s.clock(kFirst).missed_at == parse_utc("2026-11-23T11:00Z")));
  CHECK_LINES(s.tick("2026-11-25T11:00Z"), {"resolution 1 missed 24 09:00"});  // at most one each
}

BOOST_AUTO_TEST_CASE(lowered_priority_after_a_miss_leaves_the_miss_and_shows_the_new_due_time) {
  Story s = story();
  s.prioritize(Priority::urgent, "2026-11-23T08:00Z");
  s.inbound("2026-11-23T09:00Z");
  CHECK_LINES(s.tick("2026-11-23T10:30Z"), {"first_response 1 missed 23 10:00"});
  CHECK_LINES(s.prioritize(Priority::low, "2026-11-23T11:00Z"),
              {"first_response 1 retargeted 23 11:00"});
  BOOST_TEST(s.due(kFirst) == "2026-11-23T13:00:00Z");
  s.outbound("2026-11-23T12:00Z");
  BOOST_TEST(s.verdict(kFirst) == "missed");
}

BOOST_AUTO_TEST_CASE(changed_priority_keeps_the_time_spent_waiting) {
  Policy policy = hours();
  policy.targets.push_back({kResolution, Priority::high, {600, Unit::business_minutes}});
  Story s = story(policy);
  s.inbound("2026-11-23T09:00Z");
  s.wait("2026-11-23T10:00Z");
  s.inbound("2026-11-23T13:00Z");
  BOOST_TEST(s.due(kResolution) == "2026-11-24T12:00:00Z");
  s.prioritize(Priority::high, "2026-11-23T14:00Z");
  BOOST_TEST(s.due(kResolution) == "2026-11-24T14:00:00Z");
}

BOOST_AUTO_TEST_CASE(priority_changed_during_a_wait_counts_the_wait_when_it_ends) {
  Policy policy = hours();
  policy.targets.push_back({kResolution, Priority::high, {2, Unit::business_days}});
  Story s = story(policy);
  s.inbound("2026-11-23T09:00Z");
  s.wait("2026-11-23T10:00Z");
  s.prioritize(Priority::high, "2026-11-23T11:00Z");
  s.inbound("2026-11-23T12:00Z");
  BOOST_TEST(s.due(kResolution) == "2026-11-26T10:00:00Z");  // two open hours after the 25th
}

BOOST_AUTO_TEST_CASE(policy_without_a_target_leaves_nothing_due_and_the_next_one_finds_the_start) {
  Story s = story();
  s.inbound("2026-11-23T09:00Z");
  s.change_policy(targets(Unit::business_minutes, 0, 0, 0), "2026-11-23T09:30Z");
  BOOST_TEST(s.due(kFirst) == "nothing");
  CHECK_LINES(s.tick("2026-11-23T15:00Z"), {});
  s.change_policy(hours(), "2026-11-23T15:00Z");
  BOOST_TEST(s.due(kFirst) == "2026-11-23T13:00:00Z");
  BOOST_TEST((s.clock(kFirst).missed_at == parse_utc("2026-11-23T15:00Z")));
}

BOOST_AUTO_TEST_CASE(receipt_acknowledges_and_is_no_answer) {
  Story s = story(with(hours(), ClockName::acknowledgement, 30));
  CHECK_LINES(s.inbound("2026-11-23T09:00Z"),
              {"acknowledgement 1 started 23 09:00", "first_response 1 started 23 09:00",
               "resolution 1 started 23 09:00"});
  CHECK_LINES(s.receipt("2026-11-23T09:01Z"), {"acknowledgement 1 met 23 09:01"});
  BOOST_TEST(s.verdict(kFirst) == "none");
}

BOOST_AUTO_TEST_CASE(updates_are_due_after_every_answer_but_not_while_the_family_is_asked) {
  Story s = story(with(hours(), ClockName::update, 120));
  s.inbound("2026-11-23T09:00Z");
  CHECK_LINES(s.outbound("2026-11-23T10:00Z"),
              {"first_response 1 met 23 10:00", "update 1 started 23 10:00"});
  s.wait("2026-11-23T11:00Z");
  CHECK_LINES(s.tick("2026-11-24T15:00Z"), {});
  s.inbound("2026-11-25T08:00Z");  // half of it is left
  CHECK_LINES(s.tick("2026-11-25T10:00Z"), {"update 1 missed 25 09:00"});
  CHECK_LINES(s.outbound("2026-11-25T10:00Z"),
              {"next_response 1 met 25 10:00", "update 1 answered_late 25 10:00",
               "update 2 started 25 10:00"});
  CHECK_LINES(s.solve("2026-11-25T10:30Z"),
              {"resolution 1 met 25 10:30", "update 2 ended 25 10:30"});
  BOOST_TEST(s.verdict(ClockName::update) == "none");
}

BOOST_AUTO_TEST_CASE(ownership_runs_from_each_assignment_to_its_acceptance) {
  Story s = story(with(hours(), ClockName::ownership, 60));
  s.inbound("2026-11-23T09:00Z");
  CHECK_LINES(s.assign("2026-11-23T09:00Z"), {"ownership 1 started 23 09:00"});
  CHECK_LINES(s.assign("2026-11-23T09:30Z"),
              {"ownership 1 ended 23 09:30", "ownership 2 started 23 09:30"});
  CHECK_LINES(s.accept("2026-11-23T10:30Z"), {"ownership 2 met 23 10:30"});  // exactly at the due
  CHECK_LINES(s.assign("2026-11-23T11:00Z"), {"ownership 3 started 23 11:00"});
  CHECK_LINES(s.assign("2026-11-23T13:00Z"),
              {"ownership 3 missed 23 12:00", "ownership 3 answered_late 23 13:00",
               "ownership 4 started 23 13:00"});
}

BOOST_AUTO_TEST_CASE(longest_wait_ends_by_itself_and_can_be_taken_back_by_a_late_entry) {
  Story s = story(with(hours(), ClockName::wait, 480));
  s.inbound("2026-11-23T09:00Z");
  s.outbound("2026-11-23T09:00Z");
  CHECK_LINES(s.wait("2026-11-23T12:00Z"),
              {"resolution 1 paused 23 12:00", "wait 1 started 23 12:00"});
  CHECK_LINES(
      s.tick("2026-11-24T15:00Z"),
      {"wait 1 missed 24 12:00", "wait 1 answered_late 24 12:00", "resolution 1 resumed 24 12:00"});
  BOOST_TEST(s.status() == "open");
  s.inbound("2026-11-24T10:00Z");  // they had called, and it is typed in now
  BOOST_TEST(s.verdict(ClockName::wait) == "met");
  BOOST_TEST(s.due(kResolution) == "2026-11-24T15:00:00Z");
}

BOOST_AUTO_TEST_CASE(closing_solves_and_is_over_for_good) {
  Story s = story();
  s.inbound("2026-11-23T09:00Z");
  CHECK_LINES(s.close("2026-11-23T10:00Z"),
              {"first_response 1 closed_without_answer 23 10:00", "resolution 1 met 23 10:00"});
  BOOST_TEST(s.status() == "closed");
}

BOOST_AUTO_TEST_CASE(day_targets_end_at_the_closing_at_midnight_or_at_the_same_time) {
  for (const auto &[ends, due] : {std::pair(DayEnd::closing, "2026-11-24T16:00:00Z"),
                                  std::pair(DayEnd::midnight, "2026-11-25T00:00:00Z"),
                                  std::pair(DayEnd::same_time, "2026-11-24T09:00:00Z")}) {
    Policy policy = targets(Unit::business_days, 1, 1, 5);
    policy.targets.front().target.ends = ends;
    Story s = story(policy);
    s.inbound("2026-11-23T09:00Z");
    BOOST_TEST(s.due(kFirst) == due);
    s.outbound(due == std::string("2026-11-25T00:00:00Z") ? "2026-11-25T00:00Z"
                                                          : std::string(due).substr(0, 16) + "Z");
    BOOST_TEST(s.verdict(kFirst) == "met");
  }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(ladders)

BOOST_AUTO_TEST_CASE(steps_fall_due_before_and_after_the_due_point_in_order) {
  Policy policy = hours();
  policy.steps = {step(kFirst, 50, OffsetUnit::percent), step(kFirst, -60, OffsetUnit::minutes),
                  step(kFirst, 60, OffsetUnit::minutes),
                  step(kFirst, 1, OffsetUnit::business_days)};
  Story s = story(policy);
  s.inbound("2026-11-23T09:00Z");
  CHECK_LINES(s.tick("2026-11-25T09:00Z"),
              {"first_response 1 escalated 23 11:00", "first_response 1 escalated 23 12:00",
               "first_response 1 missed 23 13:00", "first_response 1 escalated 23 14:00",
               "resolution 1 missed 24 09:00", "first_response 1 escalated 24 13:00"});
  CHECK_LINES(s.tick("2026-11-30T09:00Z"), {});
}

BOOST_AUTO_TEST_CASE(answer_stops_the_ladder) {
  Policy policy = hours();
  policy.steps = {step(kFirst, 100, OffsetUnit::percent)};
  Story s = story(policy);
  s.inbound("2026-11-23T09:00Z");
  s.outbound("2026-11-23T12:00Z");
  CHECK_LINES(s.tick("2026-11-23T15:00Z"), {});
}

BOOST_AUTO_TEST_CASE(condition_is_looked_at_when_the_step_falls_due) {
  Policy policy = hours();
  policy.steps = {step(kFirst, 50, OffsetUnit::percent)};
  policy.steps.front().only_unassigned = true;
  Story assigned = story(policy);
  assigned.inbound("2026-11-23T09:00Z");
  assigned.assign("2026-11-23T10:00Z");
  CHECK_LINES(assigned.tick("2026-11-23T12:00Z"), {"first_response 1 not_escalated 23 11:00"});
  Story late = story(policy);
  late.inbound("2026-11-23T09:00Z");
  CHECK_LINES(late.tick("2026-11-23T12:00Z"), {"first_response 1 escalated 23 11:00"});
}

BOOST_AUTO_TEST_CASE(step_may_raise_the_priority_and_with_it_the_targets) {
  Policy policy = hours();
  policy.steps = {step(kFirst, 25, OffsetUnit::percent)};
  policy.steps.front().raise_to = Priority::urgent;
  Story s = story(policy);
  s.inbound("2026-11-23T09:00Z");
  CHECK_LINES(s.tick("2026-11-23T10:30Z"),
              {"first_response 1 escalated 23 10:00", "first_response 1 retargeted 23 10:00",
               "first_response 1 missed 23 10:00"});
  BOOST_TEST((s.state().priority == Priority::urgent));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(promises)

BOOST_AUTO_TEST_CASE(promise_is_said_as_a_family_says_it) {
  const calendar::Calendar calendar(samples::school_week());
  const auto said = [&](std::string_view due) {
    return promise(parse_utc(due).value(), parse_utc("2026-11-23T09:00Z").value(), calendar);
  };
  BOOST_TEST(said("2026-11-23T15:00Z") == "by 15:00 today");
  BOOST_TEST(said("2026-11-26T15:00Z") == "by Thursday 15:00");
  BOOST_TEST(said("2026-12-07T15:30Z") == "by Monday 2026-12-07 15:30");
}

BOOST_AUTO_TEST_SUITE_END()
