// Single clocks: targets in minutes and days, pauses, stops, steps.
#include <boost/test/unit_test.hpp>

#include "support/neutral.hpp"

namespace {

using nlohmann::json;

void check(const char *rows) {
  const json calendar = json::parse(R"({"tz": "UTC", "hours": {
      "mon": [["08:00", "16:00"]], "tue": [["08:00", "16:00"]], "wed": [["08:00", "16:00"]],
      "thu": [["08:00", "16:00"]], "fri": [["08:00", "16:00"]]}})");
  const auto tally = heard::support::check_table(
      json::array({{{"calendar", calendar}, {"clocks", json::parse(rows)}}}));
  BOOST_TEST(tally.agreed > 0);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(neutral_clocks)

BOOST_AUTO_TEST_CASE(minutes_are_counted_to_the_stop_less_pauses) {
  check(R"([
    {"id": 1, "metric": "resolution", "start": "2026-11-23T15:00:00Z", "target": {"minutes": 120},
     "pauses": [["2026-11-23T15:30:00Z", "2026-11-24T09:00:00Z"]],
     "stop": "2026-11-24T10:45:00Z",
     "expect": {"due": "2026-11-24T10:30:00Z", "elapsed_s": 8100, "margin_s": -900,
                "breached": true, "paused_s": 5400}},
    {"id": 2, "metric": "first_response", "start": "2026-11-23T15:00:00Z", "pausable": false,
     "target": {"minutes": 60}, "pauses": [["2026-11-23T15:30:00Z", "2026-11-24T09:00:00Z"]],
     "stop": "2026-11-24T08:00:00Z",
     "expect": {"due": "2026-11-23T16:00:00Z", "elapsed_s": 3600, "margin_s": 0,
                "breached": false, "paused_s": 0}},
    {"id": 3, "metric": "resolution", "start": "2026-11-23T15:00:00Z", "target": {"minutes": 60},
     "pauses": [["2026-11-23T14:00:00Z", "2026-11-23T15:20:00Z"],
                ["2026-11-23T15:10:00Z", "2026-11-23T15:30:00Z"],
                ["2026-11-24T08:15:00Z", "2026-11-24T12:00:00Z"]],
     "stop": "2026-11-24T08:30:00Z",
     "expect": {"elapsed_s": 2700, "paused_s": 2700, "breached": false}},
    {"id": 4, "start": "2026-11-23T15:00:00Z", "target": {"minutes": 60},
     "pauses": [["2026-11-23T15:10:00Z", null]], "expect": {"due": null}}])");
}

BOOST_AUTO_TEST_CASE(days_end_by_their_mode_and_later_by_what_was_paused) {
  check(R"([
    {"id": 1, "start": "2026-11-20T18:00:00Z", "target": {"business_days": 1, "mode": "end_of_day"},
     "expect": {"due": "2026-11-23T16:00:00Z"}},
    {"id": 2, "start": "2026-11-20T10:00:00Z", "target": {"business_days": 1, "mode": "midnight"},
     "stop": "2026-11-24T08:00:00Z",
     "expect": {"due": "2026-11-24T00:00:00Z", "elapsed_s": 50400, "margin_s": 0,
                "breached": false}},
    {"id": 3, "start": "2026-11-20T10:00:00Z", "target": {"business_days": 1, "mode": "same_time"},
     "pauses": [["2026-11-20T12:00:00Z", "2026-11-20T20:00:00Z"]], "stop": "2026-11-23T14:00:01Z",
     "expect": {"due": "2026-11-23T14:00:00Z", "paused_s": 14400, "margin_s": -1,
                "breached": true}}])");
}

BOOST_AUTO_TEST_CASE(steps_walk_the_open_axis_or_open_days) {
  check(R"([
    {"id": 1, "start": "2026-11-20T10:00:00Z", "target": {"business_days": 1}, "expect": {},
     "escalations": [{"offset_s": 0, "expect": "2026-11-23T16:00:00Z"},
                     {"offset_s": 60, "expect": "2026-11-24T08:01:00Z"},
                     {"offset_s": -28800, "expect": "2026-11-23T08:00:00Z"},
                     {"offset_business_days": 1, "expect": "2026-11-24T16:00:00Z"},
                     {"offset_business_days": -1, "expect": "2026-11-20T16:00:00Z"}]}])");
}

BOOST_AUTO_TEST_CASE(a_clock_that_is_wrong_or_can_never_be_due_says_so) {
  check(R"([
    {"id": 1, "start": "2026-11-20T10:00:00Z", "target": {"minutes": 0},
     "expect_error": "between 1 minute"},
    {"id": 2, "start": "2026-11-20T10:00:00Z", "target": {"hours": 1},
     "expect_error": "field 'business_days': is missing"},
    {"id": 3, "start": "2026-11-20T10:00:00Z", "target": {"minutes": 5},
     "pauses": [["2026-11-20T10:00:00Z"]], "expect_error": "a pair of instants"},
    {"id": 4, "target": {"minutes": 5}, "expect_error": "field 'start': is missing"},
    {"id": 5, "start": "2026-11-20T10:00:00Z", "target": {"minutes": 1},
     "expect": {"due": "2026-11-20T10:01:00Z"}}])");
  const auto tally = heard::support::check_table(json::parse(R"([
    {"calendar": {"tz": "UTC", "hours": {}}, "clocks": [
      {"id": 1, "start": "2026-11-20T10:00:00Z", "target": {"minutes": 5},
       "expect_error": "no_open_time"}]}])"));
  BOOST_TEST(tally.agreed == 1);
}

BOOST_AUTO_TEST_SUITE_END()
