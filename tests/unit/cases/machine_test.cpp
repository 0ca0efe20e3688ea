// What a case does with its clocks. November 2026: Monday is the 23rd, the school is open 08 to 16.
#include "cases/machine.hpp"

#include <boost/test/unit_test.hpp>

#include "base/failure.hpp"
#include "unit/calendar/samples.hpp"
#include "unit/cases/story.hpp"

using namespace heard;
using namespace heard::cases;
using samples::Story;
using samples::targets;

namespace {

constexpr auto kFirst = ClockName::first_response;
constexpr auto kResolution = ClockName::resolution;

/// Four hours to answer, eight to resolve, no warnings.
Policy hours() { return targets(Unit::business_minutes, 240, 240, 480); }

Story story(Policy policy = hours()) { return Story(samples::school_week(), std::move(policy)); }

/// Refused as a conflict with a sentence.
template <class Deed>
void check_refused(Deed &&deed) {
  BOOST_CHECK_EXCEPTION(deed(), Failure, [](const Failure &failure) {
    return failure.status() == heard::Status::conflict && !failure.message().empty();
  });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(response_clock_machine)

BOOST_AUTO_TEST_CASE(first_message_starts_first_response_and_resolution) {
  Story s = story();
  CHECK_LINES(s.inbound("2026-11-23T09:00Z"),
              {"first_response 1 started 23 09:00", "resolution 1 started 23 09:00"});
  BOOST_TEST(s.due(kFirst) == "2026-11-23T13:00:00Z");
  BOOST_TEST(s.due(kResolution) == "2026-11-24T09:00:00Z");
  BOOST_TEST(s.status() == "new");
}

BOOST_AUTO_TEST_CASE(answer_in_time_meets_and_opens_the_case) {
  Story s = story();
  s.inbound("2026-11-23T09:00Z");
  CHECK_LINES(s.outbound("2026-11-23T13:00Z"), {"first_response 1 met 23 13:00"});
  BOOST_TEST(s.status() == "open");
  BOOST_TEST(s.verdict(kFirst) == "met");
}

BOOST_AUTO_TEST_CASE(answer_before_the_next_opening_is_still_in_time) {
  Story s = story();
  s.inbound("2026-11-20T12:00Z");
  BOOST_TEST(s.due(kFirst) == "2026-11-20T16:00:00Z");
  CHECK_LINES(s.tick("2026-11-23T08:00Z"), {});
  CHECK_LINES(s.outbound("2026-11-23T08:00Z"), {"first_response 1 met 23 08:00"});
}

BOOST_AUTO_TEST_CASE(one_open_second_later_it_is_missed_at_the_due_instant) {
  Story s = story();
  s.inbound("2026-11-20T12:00Z");
  CHECK_LINES(s.tick("2026-11-23T08:00:01Z"), {"first_response 1 missed 20 16:00"});
  CHECK_LINES(s.outbound("2026-11-23T08:30Z"), {"first_response 1 answered_late 23 08:30"});
  BOOST_TEST(s.verdict(kFirst) == "missed");
}

BOOST_AUTO_TEST_CASE(late_answer_is_late_although_nobody_ticked) {
  Story s = story(targets(Unit::business_minutes, 240, 0, 0, 75));
  s.inbound("2026-11-23T09:00Z");
  CHECK_LINES(s.outbound("2026-11-23T14:00Z"),
              {"first_response 1 warned 23 12:00", "first_response 1 missed 23 13:00",
               "first_response 1 answered_late 23 14:00"});
}

BOOST_AUTO_TEST_CASE(ticking_twice_finds_nothing_new) {
  Story s = story(targets(Unit::business_minutes, 240, 240, 480, 75));
  s.inbound("2026-11-23T09:00Z");
  CHECK_LINES(s.tick("2026-11-23T12:00Z"), {});
  CHECK_LINES(s.tick("2026-11-23T12:00:01Z"), {"first_response 1 warned 23 12:00"});
  CHECK_LINES(s.tick("2026-11-23T12:00:01Z"), {});
  CHECK_LINES(s.tick("2026-11-30T12:00Z"),
              {"first_response 1 missed 23 13:00", "resolution 1 warned 23 15:00",
               "resolution 1 missed 24 09:00"});
  CHECK_LINES(s.tick("2026-11-30T12:00Z"), {});
}

BOOST_AUTO_TEST_CASE(second_message_before_the_answer_changes_nothing) {
  Story s = story();
  s.inbound("2026-11-23T09:00Z");
  CHECK_LINES(s.inbound("2026-11-23T10:00Z"), {});
  BOOST_TEST(s.due(kFirst) == "2026-11-23T13:00:00Z");
}

BOOST_AUTO_TEST_CASE(what_goes_out_without_being_an_answer_stops_nothing) {
  Story s = story();
  s.inbound("2026-11-23T09:00Z");
  CHECK_LINES(s.note("2026-11-23T10:00Z"), {});
  BOOST_TEST(s.status() == "new");
}

BOOST_AUTO_TEST_CASE(every_waiting_streak_is_an_instance_of_its_own) {
  Story s = story();
  s.inbound("2026-11-23T09:00Z");
  s.outbound("2026-11-23T10:00Z");
  CHECK_LINES(s.inbound("2026-11-23T11:00Z"), {"next_response 1 started 23 11:00"});
  CHECK_LINES(s.inbound("2026-11-23T11:30Z"), {});
  CHECK_LINES(s.outbound("2026-11-23T12:00Z"), {"next_response 1 met 23 12:00"});
  CHECK_LINES(s.outbound("2026-11-23T12:30Z"), {});
  CHECK_LINES(s.inbound("2026-11-23T13:00Z"), {"next_response 2 started 23 13:00"});
}

BOOST_AUTO_TEST_CASE(answered_call_is_contact_and_response_at_once) {
  Story s = story();
  CHECK_LINES(s.answered_call("2026-11-23T09:00Z"),
              {"first_response 1 started 23 09:00", "resolution 1 started 23 09:00",
               "first_response 1 met 23 09:00"});
  BOOST_TEST(s.status() == "open");
  CHECK_LINES(s.answered_call("2026-11-23T10:00Z"),
              {"next_response 1 started 23 10:00", "next_response 1 met 23 10:00"});
}

BOOST_AUTO_TEST_CASE(answered_call_answers_the_message_before_it) {
  Story s = story();
  s.inbound("2026-11-23T09:00Z");
  CHECK_LINES(s.answered_call("2026-11-23T09:30Z"), {"first_response 1 met 23 09:30"});
}

BOOST_AUTO_TEST_CASE(case_opened_by_staff_has_no_first_response) {
  Story s = story();
  CHECK_LINES(s.opened_by_staff("2026-11-23T09:00Z"), {"resolution 1 started 23 09:00"});
  BOOST_TEST(s.status() == "open");
  CHECK_LINES(s.inbound("2026-11-23T10:00Z"), {"next_response 1 started 23 10:00"});
}

BOOST_AUTO_TEST_CASE(message_that_needs_no_answer_starts_nothing) {
  Story s = story();
  CHECK_LINES(s.thanks("2026-11-23T09:00Z"), {});
  CHECK_LINES(s.inbound("2026-11-23T10:00Z"),
              {"first_response 1 started 23 10:00", "resolution 1 started 23 10:00"});
}

BOOST_AUTO_TEST_CASE(waiting_pauses_resolution_and_never_a_reply_clock) {
  Story s = story();
  s.inbound("2026-11-23T09:00Z");
  CHECK_LINES(s.wait("2026-11-23T10:00Z"), {"resolution 1 paused 23 10:00"});
  BOOST_TEST(s.status() == "waiting");
  BOOST_TEST(s.due(kResolution) == "nothing");
  CHECK_LINES(s.tick("2026-11-24T08:30Z"), {"first_response 1 missed 23 13:00"});
}

BOOST_AUTO_TEST_CASE(family_message_ends_the_wait_and_the_paused_time_is_cut_out) {
  Story s = story();
  s.inbound("2026-11-23T09:00Z");
  s.outbound("2026-11-23T10:00Z");
  CHECK_LINES(s.wait("2026-11-23T10:00Z"), {"resolution 1 paused 23 10:00"});
  CHECK_LINES(s.inbound("2026-11-24T09:00Z"),
              {"next_response 1 started 24 09:00", "resolution 1 resumed 24 09:00"});
  BOOST_TEST(s.status() == "open");
  BOOST_TEST(s.due(kResolution) == "2026-11-24T16:00:00Z");
}

BOOST_AUTO_TEST_CASE(even_a_thank_you_ends_the_wait) {
  Story s = story();
  s.inbound("2026-11-23T09:00Z");
  s.outbound("2026-11-23T10:00Z");
  s.wait("2026-11-23T10:00Z");
  CHECK_LINES(s.thanks("2026-11-23T11:00Z"), {"resolution 1 resumed 23 11:00"});
}

BOOST_AUTO_TEST_CASE(answer_during_a_wait_leaves_the_case_waiting) {
  Story s = story();
  s.inbound("2026-11-23T09:00Z");
  s.wait("2026-11-23T10:00Z");
  CHECK_LINES(s.outbound("2026-11-23T11:00Z"), {"first_response 1 met 23 11:00"});
  BOOST_TEST(s.status() == "waiting");
}

BOOST_AUTO_TEST_CASE(holding_pauses_only_if_the_policy_says_so) {
  Story going = story();
  going.inbound("2026-11-23T09:00Z");
  CHECK_LINES(going.hold("2026-11-23T10:00Z"), {});
  BOOST_TEST(going.status() == "held");

  Policy pausing = hours();
  pausing.pause_when_held = true;
  Story standing = story(pausing);
  standing.inbound("2026-11-23T09:00Z");
  CHECK_LINES(standing.hold("2026-11-23T10:00Z"), {"resolution 1 paused 23 10:00"});
  CHECK_LINES(standing.wait("2026-11-23T11:00Z"),
              {"resolution 1 resumed 23 11:00", "resolution 1 paused 23 11:00"});
  CHECK_LINES(standing.reopen("2026-11-23T12:00Z"), {"resolution 1 resumed 23 12:00"});
  BOOST_TEST(standing.due(kResolution) == "2026-11-24T11:00:00Z");
}

BOOST_AUTO_TEST_CASE(from_waiting_to_held_goes_on_where_holding_does_not_pause) {
  Story s = story();
  s.inbound("2026-11-23T09:00Z");
  s.wait("2026-11-23T10:00Z");
  CHECK_LINES(s.hold("2026-11-23T11:00Z"), {"resolution 1 resumed 23 11:00"});
  CHECK_LINES(s.inbound("2026-11-23T12:00Z"), {});
  BOOST_TEST(s.status() == "held");
}

BOOST_AUTO_TEST_CASE(solving_stops_resolution_and_counts_what_was_left_unanswered_apart) {
  Story s = story();
  s.inbound("2026-11-23T09:00Z");
  CHECK_LINES(s.solve("2026-11-23T11:00Z"),
              {"first_response 1 closed_without_answer 23 11:00", "resolution 1 met 23 11:00"});
  BOOST_TEST(s.verdict(kFirst) == "closed_without_answer");
  BOOST_TEST(s.status() == "solved");
}

BOOST_AUTO_TEST_CASE(solving_after_the_due_time_leaves_the_answer_missed) {
  Story s = story();
  s.inbound("2026-11-23T09:00Z");
  CHECK_LINES(
      s.solve("2026-11-24T10:00Z"),
      {"first_response 1 missed 23 13:00", "resolution 1 missed 24 09:00",
       "first_response 1 closed_without_answer 24 10:00", "resolution 1 answered_late 24 10:00"});
  BOOST_TEST(s.verdict(kFirst) == "missed");
  BOOST_TEST(s.verdict(kResolution) == "missed");
}

BOOST_AUTO_TEST_CASE(solving_straight_out_of_a_wait_keeps_the_wait) {
  Story s = story();
  s.inbound("2026-11-23T09:00Z");
  s.outbound("2026-11-23T09:30Z");
  s.wait("2026-11-23T10:00Z");
  CHECK_LINES(s.solve("2026-11-26T12:00Z"),
              {"resolution 1 resumed 26 12:00", "resolution 1 met 26 12:00"});
}

BOOST_AUTO_TEST_CASE(thank_you_on_a_solved_case_changes_nothing) {
  Story s = story();
  s.inbound("2026-11-23T09:00Z");
  s.outbound("2026-11-23T10:00Z");
  s.solve("2026-11-23T10:00Z");
  const CaseState before = s.state();
  CHECK_LINES(s.thanks("2026-11-24T10:00Z"), {});
  BOOST_TEST((s.state().clocks == before.clocks && s.state().status == before.status));
}

BOOST_AUTO_TEST_CASE(message_on_a_solved_case_reopens_it_with_what_was_left) {
  Story s = story();
  s.inbound("2026-11-23T09:00Z");
  s.outbound("2026-11-23T10:00Z");
  s.solve("2026-11-23T11:00Z");
  CHECK_LINES(s.inbound("2026-11-25T12:00Z"),
              {"resolution 1 resumed 25 12:00", "next_response 1 started 25 12:00"});
  BOOST_TEST(s.status() == "open");
  BOOST_TEST(s.verdict(kFirst) == "met");
  BOOST_TEST(s.due(kResolution) == "2026-11-26T10:00:00Z");  // 2 of 8 hours were used up
  CHECK_LINES(s.tick("2026-11-26T10:00:01Z"),
              {"next_response 1 missed 25 16:00", "resolution 1 missed 26 10:00"});
}

BOOST_AUTO_TEST_CASE(explicit_reopening_goes_on_without_a_message) {
  Story s = story();
  s.inbound("2026-11-23T09:00Z");
  s.outbound("2026-11-23T10:00Z");
  s.solve("2026-11-23T11:00Z");
  CHECK_LINES(s.reopen("2026-11-23T13:00Z"), {"resolution 1 resumed 23 13:00"});
  BOOST_TEST(s.due(kResolution) == "2026-11-24T11:00:00Z");
}

BOOST_AUTO_TEST_CASE(reopened_resolution_is_undecided_again_but_late_stays_late) {
  Story met = story();
  met.inbound("2026-11-23T09:00Z");
  met.solve("2026-11-23T10:00Z");
  BOOST_TEST(met.verdict(kResolution) == "met");
  met.reopen("2026-11-23T11:00Z");
  BOOST_TEST(met.verdict(kResolution) == "none");

  Story missed = story();
  missed.inbound("2026-11-23T09:00Z");
  missed.solve("2026-11-25T10:00Z");
  missed.reopen("2026-11-25T11:00Z");
  BOOST_TEST(missed.verdict(kResolution) == "missed");
}

BOOST_AUTO_TEST_CASE(warning_that_came_due_during_a_wait_is_given_when_work_goes_on) {
  Story s = story(targets(Unit::business_minutes, 0, 0, 480, 75));
  s.inbound("2026-11-23T08:00Z");
  s.wait("2026-11-23T13:00Z");
  CHECK_LINES(s.tick("2026-11-25T10:00Z"), {});
  s.reopen("2026-11-26T09:00Z");
  CHECK_LINES(s.tick("2026-11-26T09:00:01Z"), {"resolution 1 warned 26 09:00"});
}

BOOST_AUTO_TEST_CASE(what_makes_no_sense_is_refused) {
  Story s = story();
  s.inbound("2026-11-23T09:00Z");
  check_refused([&] { s.reopen("2026-11-23T09:30Z"); });
  s.wait("2026-11-23T10:00Z");
  check_refused([&] { s.wait("2026-11-23T10:30Z"); });
  s.hold("2026-11-23T11:00Z");
  check_refused([&] { s.hold("2026-11-23T11:30Z"); });
  s.solve("2026-11-23T12:00Z");
  check_refused([&] { s.solve("2026-11-23T12:30Z"); });
  check_refused([&] { s.wait("2026-11-23T12:30Z"); });
  check_refused([&] { s.hold("2026-11-23T12:30Z"); });
}

BOOST_AUTO_TEST_CASE(already_late_and_then_waiting_stays_late) {
  Story s = story(targets(Unit::business_minutes, 0, 0, 60));
  s.inbound("2026-11-23T09:00Z");
  CHECK_LINES(s.wait("2026-11-23T11:00Z"),
              {"resolution 1 missed 23 10:00", "resolution 1 paused 23 11:00"});
  CHECK_LINES(s.reopen("2026-11-24T09:00Z"), {"resolution 1 resumed 24 09:00"});
  CHECK_LINES(s.tick("2026-11-30T09:00Z"), {});
  CHECK_LINES(s.solve("2026-11-30T10:00Z"), {"first_response 1 closed_without_answer 30 10:00",
                                             "resolution 1 answered_late 30 10:00"});
}

BOOST_AUTO_TEST_SUITE_END()
