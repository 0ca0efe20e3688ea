// Facts that are typed in later than they happened. November 2026: Monday is the 23rd, open 08
// to 16.
#include <boost/test/unit_test.hpp>

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

}  // namespace

BOOST_AUTO_TEST_SUITE(facts_typed_in_late)

BOOST_AUTO_TEST_CASE(answer_in_time_corrects_a_recorded_miss) {
  Story s = story();
  s.inbound("2026-11-23T09:00Z");
  s.tick("2026-11-23T15:00Z");
  BOOST_TEST(s.verdict(kFirst) == "missed");
  CHECK_LINES(s.outbound("2026-11-23T12:00Z"), {"first_response 1 corrected 23 12:00"});
  BOOST_TEST(s.verdict(kFirst) == "met");
  BOOST_TEST(!s.clock(kFirst).missed_at.has_value());
}

BOOST_AUTO_TEST_CASE(answer_that_was_late_anyway_corrects_nothing) {
  Story s = story();
  s.inbound("2026-11-23T09:00Z");
  s.tick("2026-11-23T15:00Z");
  CHECK_LINES(s.outbound("2026-11-23T14:00Z"), {"first_response 1 answered_late 23 14:00"});
}

BOOST_AUTO_TEST_CASE(earlier_answer_moves_the_end_of_a_stopped_clock) {
  Story s = story();
  s.inbound("2026-11-23T09:00Z");
  s.outbound("2026-11-23T15:00Z");
  BOOST_TEST(s.verdict(kFirst) == "missed");
  CHECK_LINES(s.outbound("2026-11-23T10:00Z"), {"first_response 1 corrected 23 10:00"});
  BOOST_TEST(s.verdict(kFirst) == "met");
  CHECK_LINES(s.outbound("2026-11-23T11:00Z"), {});
}

BOOST_AUTO_TEST_CASE(answer_before_the_solving_counts_although_closed_without) {
  Story s = story();
  s.inbound("2026-11-23T09:00Z");
  s.solve("2026-11-23T11:00Z");
  CHECK_LINES(s.outbound("2026-11-23T10:00Z"), {"first_response 1 corrected 23 10:00"});
  BOOST_TEST(s.verdict(kFirst) == "met");
}

BOOST_AUTO_TEST_CASE(answer_before_the_message_answers_nothing) {
  Story s = story();
  s.inbound("2026-11-23T09:00Z");
  CHECK_LINES(s.outbound("2026-11-23T08:30Z"), {});
}

BOOST_AUTO_TEST_CASE(older_message_moves_the_start_of_the_streak_and_of_resolution) {
  Story s = story();
  s.inbound("2026-11-23T11:00Z");
  CHECK_LINES(s.inbound("2026-11-23T09:00Z"),
              {"first_response 1 retargeted 23 09:00", "resolution 1 retargeted 23 09:00"});
  BOOST_TEST(s.due(kFirst) == "2026-11-23T13:00:00Z");
  BOOST_TEST(s.due(kResolution) == "2026-11-24T09:00:00Z");
}

BOOST_AUTO_TEST_CASE(older_message_that_was_answered_since_changes_nothing) {
  Story s = story();
  s.inbound("2026-11-23T08:00Z");
  s.outbound("2026-11-23T10:00Z");
  s.inbound("2026-11-23T11:00Z");
  CHECK_LINES(s.inbound("2026-11-23T09:00Z"), {});
  CHECK_LINES(s.inbound("2026-11-23T10:30Z"), {"next_response 1 retargeted 23 10:30"});
}

BOOST_AUTO_TEST_CASE(moved_start_keeps_the_pauses_of_resolution) {
  for (const auto &[unit, due] : {std::pair(Unit::business_minutes, "2026-11-24T11:00:00Z"),
                                  std::pair(Unit::wall_minutes, "2026-11-23T19:00:00Z")}) {
    Story s = story(targets(unit, 240, 240, 480));
    s.inbound("2026-11-23T10:00Z");
    s.wait("2026-11-23T11:00Z");
    s.inbound("2026-11-23T13:00Z");
    s.inbound("2026-11-23T09:00Z");
    BOOST_TEST(s.due(kResolution) == due);
  }
}

BOOST_AUTO_TEST_CASE(wait_typed_in_late_counts_from_when_it_began) {
  Story s = story();
  s.inbound("2026-11-23T09:00Z");
  s.outbound("2026-11-23T10:00Z");
  CHECK_LINES(s.tick("2026-11-24T10:00Z"), {"resolution 1 missed 24 09:00"});
  CHECK_LINES(s.wait("2026-11-23T15:00Z"), {"resolution 1 corrected 23 15:00"});
  BOOST_TEST(s.verdict(kResolution) == "none");
  s.reopen("2026-11-25T08:00Z");
  BOOST_TEST(s.due(kResolution) == "2026-11-25T10:00:00Z");
}

BOOST_AUTO_TEST_CASE(solving_typed_in_late_corrects_a_recorded_miss) {
  Story s = story();
  s.inbound("2026-11-23T09:00Z");
  s.tick("2026-11-24T10:00Z");
  CHECK_LINES(s.solve("2026-11-23T12:00Z"),
              {"first_response 1 corrected 23 12:00", "resolution 1 corrected 23 12:00"});
  BOOST_TEST(s.verdict(kFirst) == "closed_without_answer");
  BOOST_TEST(s.verdict(kResolution) == "met");
}

BOOST_AUTO_TEST_CASE(message_older_than_the_wait_does_not_end_it) {
  Story s = story();
  s.inbound("2026-11-23T09:00Z");
  s.outbound("2026-11-23T09:30Z");
  s.wait("2026-11-23T12:00Z");
  CHECK_LINES(s.inbound("2026-11-23T11:00Z"), {"next_response 1 started 23 11:00"});
  BOOST_TEST(s.status() == "waiting");
}

BOOST_AUTO_TEST_CASE(message_older_than_the_solving_does_not_reopen) {
  Story s = story();
  s.inbound("2026-11-23T08:00Z");
  s.outbound("2026-11-23T08:30Z");
  s.solve("2026-11-23T12:00Z");
  CHECK_LINES(s.inbound("2026-11-23T11:00Z"), {"next_response 1 started 23 11:00",
                                               "next_response 1 closed_without_answer 23 12:00"});
  BOOST_TEST(s.status() == "solved");
}

BOOST_AUTO_TEST_CASE(unanswered_message_older_than_the_solving_can_be_missed_before_it) {
  Story s = story();
  s.inbound("2026-11-23T08:00Z");
  s.outbound("2026-11-23T08:30Z");
  s.solve("2026-11-24T12:00Z");
  CHECK_LINES(s.inbound("2026-11-23T09:00Z"),
              {"next_response 1 started 23 09:00", "next_response 1 missed 23 13:00",
               "next_response 1 closed_without_answer 24 12:00"});
}

BOOST_AUTO_TEST_CASE(solving_older_than_the_wait_undoes_the_wait) {
  Story s = story();
  s.inbound("2026-11-23T09:00Z");
  s.outbound("2026-11-23T09:30Z");
  s.wait("2026-11-23T12:00Z");
  CHECK_LINES(s.solve("2026-11-23T11:00Z"), {"resolution 1 met 23 11:00"});
}

BOOST_AUTO_TEST_CASE(moved_start_counts_calendar_days_from_the_older_message) {
  Story s = story(targets(Unit::calendar_days, 1, 1, 3));
  s.inbound("2026-11-24T10:00Z");
  s.wait("2026-11-24T11:00Z");
  s.inbound("2026-11-24T13:00Z");
  BOOST_TEST(s.due(kResolution) == "2026-11-28T02:00:00Z");
  s.inbound("2026-11-23T09:00Z");
  BOOST_TEST(s.due(kResolution) == "2026-11-27T02:00:00Z");
}

BOOST_AUTO_TEST_SUITE_END()
