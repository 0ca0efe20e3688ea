// Every operation on calendars, with answers worked out by hand; and rows that are wrong.
#include <boost/test/unit_test.hpp>

#include "base/failure.hpp"
#include "base/zone_file.hpp"
#include "neutral/evaluate.hpp"
#include "support/neutral.hpp"

namespace {

using nlohmann::json;

/// The rows in one group with this calendar; all of them must state what they expect.
void check(const char *calendar, const char *rows) {
  const json cases = json::parse(rows);
  const auto tally = heard::support::check_table(
      json::array({{{"calendar", json::parse(calendar)}, {"cases", cases}}}));
  BOOST_TEST(tally.agreed + tally.differed == static_cast<int>(cases.size()));
}

constexpr auto kLunch = R"({"tz": "UTC",
  "hours": {"mon": [["08:00", "12:00"], ["13:00", "16:00"]], "tue": [["08:00", "16:00"]]},
  "shifts": {"2026-12-01": [["10:00", "11:00"]], "2026-12-02": [["10:00", "11:00"]]},
  "breaks": {"2026-11-24": [["09:00", "10:00"], ["09:30", "10:30"]]},
  "holidays": ["2026-12-02"], "holidays_yearly": ["12-07"],
  "holiday_ranges": [["2026-12-21", "2027-01-03"]]})";
constexpr auto kBerlin = R"({"tz": "Europe/Berlin", "hours": {
  "sat": [["00:00", "24:00"]], "sun": [["00:00", "24:00"]], "mon": [["00:00", "24:00"]]}})";
constexpr auto kAlways = R"({"tz": "UTC", "hours": {
  "mon": [["00:00", "24:00"]], "tue": [["00:00", "24:00"]], "wed": [["00:00", "24:00"]],
  "thu": [["00:00", "24:00"]], "fri": [["00:00", "24:00"]], "sat": [["00:00", "24:00"]],
  "sun": [["00:00", "24:00"]]}})";
constexpr auto kNever = R"({"tz": "UTC", "hours": {"mon": []}})";

}  // namespace

BOOST_AUTO_TEST_SUITE(neutral_operations)

BOOST_AUTO_TEST_CASE(open_time_is_added_and_taken_away) {
  check(kLunch, R"([
    {"id": 1, "op": "add", "from": "2026-11-23T11:00:00Z", "amount_s": 3600,
     "expect": "2026-11-23T12:00:00Z"},
    {"id": 2, "op": "add", "from": "2026-11-23T11:00:00Z", "amount_s": 3601,
     "expect": "2026-11-23T13:00:01Z"},
    {"id": 3, "op": "add", "from": "2026-11-23T12:30:00Z", "amount_s": 0,
     "expect": "2026-11-23T13:00:00Z"},
    {"id": 4, "op": "add", "from": "2026-11-24T08:30:00Z", "amount_s": 3600,
     "expect": "2026-11-24T11:00:00Z", "note": "two breaks that overlap"},
    {"id": 5, "op": "add", "from": "2026-11-23T14:00:00Z", "amount_s": -3600,
     "expect": "2026-11-23T13:00:00Z"},
    {"id": 6, "op": "subtract", "from": "2026-11-23T14:00:00Z", "amount_s": 3600,
     "expect": "2026-11-23T13:00:00Z"},
    {"id": 7, "op": "subtract", "from": "2026-11-23T14:00:00Z", "amount_s": 0,
     "expect": "2026-11-23T14:00:00Z"},
    {"id": 8, "op": "subtract", "from": "2026-11-23T12:30:00Z", "amount_s": 0,
     "expect": "2026-11-23T12:00:00Z"},
    {"id": 9, "op": "subtract", "from": "2026-11-23T14:00:00Z", "amount_s": -7200,
     "expect": "2026-11-23T16:00:00Z"},
    {"id": 10, "op": "elapsed", "from": "2026-11-23T00:00:00Z", "to": "2026-11-25T00:00:00Z",
     "expect_s": 48600},
    {"id": 11, "op": "elapsed", "from": "2026-11-25T00:00:00Z", "to": "2026-11-23T00:00:00Z",
     "expect_s": 0}])");
}

BOOST_AUTO_TEST_CASE(openings_closings_and_periods_are_found) {
  check(kLunch, R"([
    {"id": 1, "op": "is_open", "at": "2026-11-23T08:00:00Z", "expect": true},
    {"id": 2, "op": "is_open", "at": "2026-11-23T16:00:00Z", "expect": false},
    {"id": 3, "op": "next_open", "from": "2026-11-24T09:15:00Z", "expect": "2026-11-24T10:30:00Z"},
    {"id": 4, "op": "next_open", "from": "2026-12-01T12:00:00Z", "expect": "2026-12-08T08:00:00Z"},
    {"id": 5, "op": "prev_open_end", "from": "2026-12-20T12:00:00Z",
     "expect": "2026-12-15T16:00:00Z"},
    {"id": 6, "op": "prev_open_end", "from": "2026-12-14T12:00:00Z",
     "expect": "2026-12-14T12:00:00Z"},
    {"id": 7, "op": "next_close", "from": "2026-12-14T12:00:00Z",
     "expect": "2026-12-14T16:00:00Z"},
    {"id": 8, "op": "periods_after", "from": "2026-11-23T11:00:00Z", "count": 3, "expect": [
      ["2026-11-23T11:00:00Z", "2026-11-23T12:00:00Z"],
      ["2026-11-23T13:00:00Z", "2026-11-23T16:00:00Z"],
      ["2026-11-24T08:00:00Z", "2026-11-24T09:00:00Z"]]},
    {"id": 9, "op": "periods_before", "from": "2026-11-23T14:00:00Z", "count": 2, "expect": [
      ["2026-11-23T13:00:00Z", "2026-11-23T14:00:00Z"],
      ["2026-11-23T08:00:00Z", "2026-11-23T12:00:00Z"]]}])");
}

BOOST_AUTO_TEST_CASE(days_and_dates_are_counted) {
  check(kLunch, R"([
    {"id": 1, "op": "is_holiday", "date": "2026-12-02", "expect": true},
    {"id": 2, "op": "is_holiday", "date": "2031-12-07", "expect": true},
    {"id": 3, "op": "is_holiday", "date": "2026-11-25", "expect": false},
    {"id": 4, "op": "add_days", "from": "2026-11-23T09:30:00Z", "days": 2, "mode": "same_time",
     "expect": "2026-11-30T09:30:00Z"},
    {"id": 5, "op": "add_days", "from": "2026-11-23T09:30:00Z", "days": 3, "mode": "same_wall",
     "expect": "2026-12-01T09:30:00Z"},
    {"id": 6, "op": "add_days", "from": "2026-11-23T09:30:00Z", "days": 3, "mode": "same_time",
     "expect": "2026-12-01T10:00:00Z"},
    {"id": 7, "op": "add_days", "from": "2026-12-08T09:30:00Z", "days": -1, "mode": "end_of_day",
     "expect": "2026-12-01T11:00:00Z"},
    {"id": 8, "op": "due_date", "from_date": "2026-12-01", "days": 2, "unit": "business_days",
     "expect_date": "2026-12-14"},
    {"id": 9, "op": "due_date", "from_date": "2026-12-15", "days": -3, "unit": "business_days",
     "expect_date": "2026-12-01"},
    {"id": 10, "op": "due_date", "from_date": "2026-12-01", "days": 1, "unit": "calendar_days",
     "expect_date": "2026-12-02"},
    {"id": 11, "op": "due_date", "from_date": "2026-12-01", "days": 1,
     "unit": "calendar_days_roll_forward", "expect_date": "2026-12-08"},
    {"id": 12, "op": "due_date", "from_date": "2026-10-31", "months": 1,
     "unit": "calendar_months_roll_forward", "expect_date": "2026-11-30"},
    {"id": 13, "op": "overdue_state", "received": "2026-11-23T09:00:00Z", "late_after": 1,
     "very_late_after": 2, "at": "2026-11-24T23:59:59Z", "expect": "on_time"},
    {"id": 14, "op": "overdue_state", "received": "2026-11-23", "late_after": 1,
     "very_late_after": 2, "at": "2026-11-25T00:00:00Z", "expect": "overdue"},
    {"id": 15, "op": "overdue_state", "received": "2026-11-23", "limits": [2, 1],
     "at": "2026-12-01T00:00:00Z", "expect": "very_overdue"}])");
}

BOOST_AUTO_TEST_CASE(hours_and_wall_times_are_judged) {
  check(kLunch, R"([
    {"id": 1, "op": "local_to_utc", "tz": "Europe/Berlin", "date": "2026-03-29", "time": "02:30",
     "expect": "2026-03-29T01:30:00Z"},
    {"id": 2, "op": "local_to_utc", "tz": "Europe/Berlin", "date": "2026-10-25", "time": "02:30:10",
     "expect": "2026-10-25T00:30:10Z"},
    {"id": 3, "op": "local_to_utc", "date": "1905-07-01", "time": "24:00",
     "expect": "1905-07-02T00:00:00Z"},
    {"id": 4, "op": "validate_hours", "hours": {"mon": [["08:00", "24:00"]]}, "expect": "ok"},
    {"id": 5, "op": "validate_hours", "hours": {"mon": [["22:00", "06:00"]]}, "expect": "error"},
    {"id": 6, "op": "validate_hours", "hours": {"mon": [["08:00", "08:00"]]}, "expect": "error"},
    {"id": 7, "op": "validate_hours", "hours": {"mon": [["08:00", "12:00"], ["11:00", "13:00"]]},
     "expect": "error"},
    {"id": 8, "op": "validate_hours", "hours": {"someday": [["08:00", "12:00"]]},
     "expect": "error"},
    {"id": 9, "op": "validate_hours", "hours": {"mon": [["08:00", "24:01"]]}, "expect": "error"},
    {"id": 10, "op": "validate_hours", "hours": {}, "expect": "error"},
    {"id": 11, "op": "validate_hours", "hours": "always", "expect": "error"}])");
}

BOOST_AUTO_TEST_CASE(days_on_which_the_clocks_change_have_23_or_25_hours) {
  check(kBerlin, R"([
    {"id": 1, "op": "elapsed", "from": "2026-03-28T23:00:00Z", "to": "2026-03-29T22:00:00Z",
     "expect_s": 82800},
    {"id": 2, "op": "elapsed", "from": "2026-10-24T22:00:00Z", "to": "2026-10-25T23:00:00Z",
     "expect_s": 90000},
    {"id": 3, "op": "next_close", "from": "2026-10-24T22:00:00Z",
     "expect": "2026-10-26T23:00:00Z"}])");
}

BOOST_AUTO_TEST_CASE(years_far_away_are_answered_too) {
  check(kBerlin, R"([
    {"id": 1, "op": "add", "from": "1931-01-01T00:00:00Z", "amount_s": 60,
     "expect": "1931-01-02T23:01:00Z"},
    {"id": 2, "op": "is_open", "at": "2151-07-03T22:30:00Z", "expect": true},
    {"id": 3, "op": "add_days", "from": "2150-07-06T10:00:00Z", "days": 15653, "mode": "same_wall",
     "expect": "2250-07-07T10:00:00Z"},
    {"id": 4, "op": "periods_before", "from": "1850-01-01T00:00:00Z", "count": 0, "expect": []}])");
}

BOOST_AUTO_TEST_CASE(what_never_opens_says_so_but_answers_what_it_can) {
  check(kNever, R"([
    {"id": 1, "op": "add", "from": "2026-11-23T08:00:00Z", "amount_s": 1,
     "expect_error": "no_open_time"},
    {"id": 2, "op": "subtract", "from": "2026-11-23T08:00:00Z", "amount_s": 1,
     "expect_error": "no_open_time"},
    {"id": 3, "op": "next_open", "from": "2026-11-23T08:00:00Z", "expect_error": "no_open_time"},
    {"id": 4, "op": "prev_open_end", "from": "2026-11-23T08:00:00Z",
     "expect_error": "no_open_time"},
    {"id": 5, "op": "next_close", "from": "2026-11-23T08:00:00Z", "expect_error": "no_open_time"},
    {"id": 6, "op": "periods_after", "from": "2026-11-23T08:00:00Z", "count": 1,
     "expect_error": "no_open_time"},
    {"id": 7, "op": "add_days", "from": "2026-11-23T08:00:00Z", "days": 1, "mode": "same_wall",
     "expect_error": "no_open_time"},
    {"id": 8, "op": "due_date", "from_date": "2026-11-23", "days": 1, "unit": "business_days",
     "expect_error": "no_open_time"},
    {"id": 9, "op": "elapsed", "from": "2026-11-23T08:00:00Z", "to": "2027-11-23T08:00:00Z",
     "expect_s": 0},
    {"id": 10, "op": "is_open", "at": "2026-11-23T08:00:00Z", "expect": false},
    {"id": 11, "op": "due_date", "from_date": "2026-11-23", "days": 1, "unit": "calendar_days",
     "expect_date": "2026-11-24"}])");
  check(kAlways, R"([
    {"id": 1, "op": "next_close", "from": "2026-11-23T08:00:00Z", "expect_error": "never closes"},
    {"id": 2, "op": "add", "from": "2026-11-23T08:00:00Z", "amount_s": 864000000,
     "expect": "2054-04-10T08:00:00Z"}])");
}

BOOST_AUTO_TEST_CASE(a_row_that_is_wrong_stops_no_other) {
  check(kLunch, R"([
    {"id": 1, "op": "guess", "expect_error": "operation 'guess' is not known"},
    {"id": 2, "expect_error": "field 'op': is missing"},
    {"id": 3, "op": "is_open", "at": "yesterday", "expect_error": "\"yesterday\" is no instant"},
    {"id": 4, "op": "add", "from": "2026-11-23T08:00:00Z", "amount_s": 1.5,
     "expect_error": "field 'amount_s': must be a whole number, not 1.5"},
    {"id": 5, "op": "add_days", "from": "2026-11-23T08:00:00Z", "days": 1, "mode": "noon",
     "expect_error": "'noon' is not one of"},
    {"id": 6, "op": "due_date", "from_date": "2026-02-30", "days": 1, "unit": "business_days",
     "expect_error": "is no date"},
    {"id": 7, "op": "is_open", "at": "2026-11-23T08:00:00.999Z", "what": "ignored",
     "expect": true}])");
  check(R"({"tz": "Mars/Olympus", "hours": {}})",
        R"([{"id": 1, "op": "is_open", "at": "2026-11-23T08:00:00Z",
             "expect_error": "'Mars/Olympus' is not known on this machine"},
            {"id": 2, "op": "validate_hours", "hours": {"mon": [["08:00", "09:00"]]},
             "expect": "ok"}])");
}

BOOST_AUTO_TEST_CASE(policies_are_picked_in_order_and_one_is_the_fallback) {
  const auto tally = heard::support::check_table(json::parse(R"([{
    "policies": [{"name": "blank"}, {"name": "urgent", "match": {"priority": ["high", "urgent"]}},
                 {"name": "sports", "match": {"topic": "sports", "priority": "low"}},
                 {"name": "all", "fallback": true}],
    "cases": [
      {"id": 1, "op": "pick_policy", "case": {"priority": "urgent"}, "expect": "urgent"},
      {"id": 2, "op": "pick_policy", "case": {"topic": "sports", "priority": "low"},
       "expect": "sports"},
      {"id": 3, "op": "pick_policy", "case": {"topic": "sports"}, "expect": "all"},
      {"id": 4, "op": "pick_policy", "case": {}, "policies": [{"name": "blank"}], "expect": null},
      {"id": 5, "op": "validate_policy", "expect": "error"},
      {"id": 6, "op": "validate_policy", "policy": {"fallback": true, "targets_min": {}},
       "expect": "ok"},
      {"id": 7, "op": "validate_policy", "policy": {"match": {"topic": "x"},
       "targets_min": {"resolution": 0}}, "expect": "error"},
      {"id": 8, "op": "pick_priority", "priorities": ["low", {"name": "mid", "default": true}],
       "case": {"priority": "low"}, "expect": "low"},
      {"id": 9, "op": "pick_priority", "priorities": ["low", {"name": "mid", "default": true}],
       "case": {}, "expect": "mid"}]}])"));
  BOOST_TEST(tally.agreed == 9);
}

BOOST_AUTO_TEST_CASE(silence_is_counted_in_local_calendar_days) {
  check(kBerlin, R"([
    {"id": 1, "op": "closed_notice", "at": "2026-11-24T10:00:00Z", "expect": true},
    {"id": 2, "op": "closed_notice", "at": "2026-11-23T10:00:00Z", "expect": false},
    {"id": 3, "op": "auto_close", "last_contact": "2026-11-01T22:59:00Z", "days": 14,
     "at": "2026-11-14T22:59:00Z", "expect": false},
    {"id": 4, "op": "auto_close", "last_contact": "2026-11-01T22:59:00Z", "days": 14,
     "at": "2026-11-14T23:00:00Z", "expect": true}])");
}

BOOST_AUTO_TEST_CASE(answers_carry_the_id_of_their_row_or_its_place) {
  const auto answers = heard::neutral::evaluate(
      R"([7, {"cases": [{"id": "a", "op": "x"}, {"op": "x"}, 8]},
          {"events": [{"at": "?", "type": "open"}]}])",
      heard::kSystemZones);
  BOOST_TEST_REQUIRE(answers.size() == 5u);
  BOOST_TEST(answers[0].id == 0);
  BOOST_TEST(answers[1].id == "a");
  BOOST_TEST(answers[2].id == 1);
  BOOST_TEST(answers[3].error == "the row is no object");
  BOOST_TEST(answers[4].error == "its group has no calendar");
}

BOOST_AUTO_TEST_CASE(a_file_that_is_no_table_is_refused) {
  for (const char *text : {"", "[", "7", "\"a\"", "[1] 2"})
    BOOST_CHECK_THROW(heard::neutral::evaluate(text, heard::kSystemZones), heard::Failure);
}

BOOST_AUTO_TEST_SUITE_END()
