// Keys, due instants, warnings and their explanation. November 2026: Monday is the 23rd.
#include "cases/due.hpp"
#include "cases/explain.hpp"

#include <boost/test/unit_test.hpp>

#include "cases/clockwork.hpp"
#include "cases/policy.hpp"
#include "unit/calendar/samples.hpp"

using namespace heard;
using namespace heard::cases;
using calendar::Calendar;
using samples::at;
using samples::day;

namespace {

Clock started(std::string_view when, std::int32_t amount, Unit unit, const Calendar &calendar) {
  return start_clock(ClockName::resolution, 1, {amount, unit}, at(when), calendar);
}

std::string due(const Clock &clock, const Calendar &calendar) {
  const auto due = due_at(clock, calendar);
  return due ? format_utc(*due) : "nothing";
}

/// Nothing but a warning.
Policy warns(std::int32_t percent) {
  Policy policy;
  policy.warn_percent = percent;
  return policy;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(due_points)

BOOST_AUTO_TEST_CASE(every_unit_falls_due_by_its_own_rule) {
  calendar::Definition definition = samples::school_week();
  definition.closed = {{day("2026-11-26"), day("2026-11-27")}};
  const Calendar calendar(definition);
  const struct {
    const char *started;
    std::int32_t amount;
    Unit unit;
    const char *due;
    const char *late;  ///< the first second that is late
  } rows[] = {
      {"2026-11-23T09:00Z", 60, Unit::business_minutes, "2026-11-23T10:00:00Z",
       "2026-11-23T10:00:01Z"},
      {"2026-11-23T15:00Z", 60, Unit::business_minutes, "2026-11-23T16:00:00Z",
       "2026-11-24T08:00:01Z"},
      {"2026-11-23T09:00Z", 1, Unit::business_days, "2026-11-24T16:00:00Z", "2026-11-25T08:00:01Z"},
      {"2026-11-21T09:00Z", 1, Unit::business_days, "2026-11-23T16:00:00Z", "2026-11-24T08:00:01Z"},
      {"2026-11-24T09:00Z", 2, Unit::business_days, "2026-11-30T16:00:00Z", "2026-12-01T08:00:01Z"},
      {"2026-11-23T09:00Z", 90, Unit::wall_minutes, "2026-11-23T10:30:00Z", "2026-11-23T10:30:01Z"},
      {"2026-11-23T09:00Z", 1, Unit::calendar_days, "2026-11-25T00:00:00Z", "2026-11-25T00:00:01Z"},
  };
  for (const auto &row : rows) {
    BOOST_TEST_CONTEXT(row.amount << " " << to_text(row.unit) << " from " << row.started) {
      const Clock clock = started(row.started, row.amount, row.unit, calendar);
      BOOST_TEST(due(clock, calendar) == row.due);
      const Key key = due_key(clock, calendar);
      BOOST_TEST(!passed(key, at(row.due), calendar));
      BOOST_TEST(!passed(key, at(row.late) - 1, calendar));
      BOOST_TEST(passed(key, at(row.late), calendar));
      BOOST_TEST(key.at < reached(key.axis, at(row.late), calendar));
      BOOST_TEST(key.at >= reached(key.axis, at(row.late) - 1, calendar));
    }
  }
}

BOOST_AUTO_TEST_CASE(calendar_days_end_at_local_midnight_also_when_the_clock_changes) {
  const Calendar calendar(samples::berlin_daily({"08:00-16:00"}));
  const Clock clock = started("2026-03-28T20:00Z", 1, Unit::calendar_days, calendar);
  BOOST_TEST(due(clock, calendar) == "2026-03-29T22:00:00Z");
}

BOOST_AUTO_TEST_CASE(paused_open_seconds_are_added_to_the_closing_of_the_due_day) {
  const Calendar calendar(samples::school_week());
  Clock clock = started("2026-11-23T09:00Z", 1, Unit::business_days, calendar);
  BOOST_TEST((due_key(clock, calendar).axis == Axis::open_days));
  pause_clock(clock, at("2026-11-23T10:00Z"));
  BOOST_TEST((due_key(clock, calendar) == Key{}));
  BOOST_TEST(due(clock, calendar) == "nothing");
  resume_clock(clock, at("2026-11-23T13:00Z"), calendar);
  BOOST_TEST((due_key(clock, calendar).axis == Axis::open_seconds));
  BOOST_TEST(due(clock, calendar) == "2026-11-25T11:00:00Z");
}

BOOST_AUTO_TEST_CASE(pause_outside_hours_costs_a_day_target_nothing) {
  const Calendar calendar(samples::school_week());
  Clock clock = started("2026-11-23T09:00Z", 1, Unit::business_days, calendar);
  pause_clock(clock, at("2026-11-23T17:00Z"));
  resume_clock(clock, at("2026-11-24T07:00Z"), calendar);
  BOOST_TEST(due(clock, calendar) == "2026-11-24T16:00:00Z");
}

BOOST_AUTO_TEST_CASE(wall_clock_stands_still_while_paused) {
  const Calendar calendar(samples::school_week());
  Clock clock = started("2026-11-23T09:00Z", 120, Unit::wall_minutes, calendar);
  pause_clock(clock, at("2026-11-23T10:00Z"));
  resume_clock(clock, at("2026-11-25T10:00Z"), calendar);
  BOOST_TEST(due(clock, calendar) == "2026-11-25T11:00:00Z");
}

BOOST_AUTO_TEST_CASE(stopped_clock_still_knows_when_it_was_due) {
  const Calendar calendar(samples::school_week());
  Clock clock = started("2026-11-23T09:00Z", 60, Unit::business_minutes, calendar);
  stop_clock(clock, at("2026-11-23T09:30Z"), Verdict::met, calendar);
  BOOST_TEST(due(clock, calendar) == "2026-11-23T10:00:00Z");
  BOOST_TEST((due_key(clock, calendar) == Key{}));
  BOOST_TEST((next_key(clock, warns(75), calendar) == Key{}));
}

BOOST_AUTO_TEST_CASE(calendar_that_is_never_open_has_no_key_for_open_time) {
  const Calendar calendar(samples::weekdays({}));
  for (const Unit unit : {Unit::business_minutes, Unit::business_days}) {
    const Clock clock = started("2026-11-23T09:00Z", 1, unit, calendar);
    BOOST_TEST((due_key(clock, calendar) == Key{}));
    BOOST_TEST((next_key(clock, warns(75), calendar) == Key{}));
    BOOST_TEST(due(clock, calendar) == "nothing");
    BOOST_TEST(!passed(due_key(clock, calendar), at("2037-01-01T00:00Z"), calendar));
  }
  const Clock wall = started("2026-11-23T09:00Z", 60, Unit::wall_minutes, calendar);
  BOOST_TEST(due(wall, calendar) == "2026-11-23T10:00:00Z");
}

BOOST_AUTO_TEST_CASE(key_beyond_the_window_is_legal_and_has_no_instant) {
  const Calendar calendar(samples::school_week());
  for (const Unit unit : {Unit::business_minutes, Unit::business_days}) {
    const Clock clock = started("2037-12-31T12:00Z", 1000, unit, calendar);
    BOOST_TEST((due_key(clock, calendar).axis != Axis::none));
    BOOST_TEST(due(clock, calendar) == "nothing");
    BOOST_TEST(!passed(due_key(clock, calendar), at("2037-12-31T23:59Z"), calendar));
  }
}

BOOST_AUTO_TEST_CASE(warning_lies_at_its_share_of_the_open_seconds) {
  const Calendar calendar(samples::school_week());
  const auto warning = [&](std::string_view from, std::int32_t amount, Unit unit) {
    const Clock clock = started(from, amount, unit, calendar);
    return format_utc(instant(next_key(clock, warns(75), calendar), calendar).value_or(0));
  };
  BOOST_TEST(warning("2026-11-23T09:00Z", 240, Unit::business_minutes) == "2026-11-23T12:00:00Z");
  BOOST_TEST(warning("2026-11-22T09:00Z", 1, Unit::business_days) == "2026-11-23T14:00:00Z");
  BOOST_TEST(warning("2026-11-23T08:00Z", 1, Unit::business_days) == "2026-11-24T12:00:00Z");
  BOOST_TEST(warning("2026-11-23T20:00Z", 100, Unit::wall_minutes) == "2026-11-23T21:15:00Z");
}

BOOST_AUTO_TEST_CASE(next_key_is_the_warning_then_the_due_point_then_nothing) {
  const Calendar calendar(samples::school_week());
  Clock clock = started("2026-11-23T09:00Z", 1, Unit::business_days, calendar);
  BOOST_TEST((next_key(clock, warns(75), calendar).axis == Axis::open_seconds));
  BOOST_TEST((next_key(clock, warns(0), calendar) == due_key(clock, calendar)));
  clock.warned = true;
  BOOST_TEST((next_key(clock, warns(75), calendar) == due_key(clock, calendar)));
  clock.missed_at = at("2026-11-24T16:00Z");
  BOOST_TEST((next_key(clock, warns(75), calendar) == Key{}));
}

BOOST_AUTO_TEST_CASE(policy_row_that_names_the_priority_wins) {
  Policy policy = default_policy();
  policy.targets.push_back({ClockName::resolution, Priority::urgent, {4, Unit::business_minutes}});
  BOOST_TEST(policy.target(ClockName::resolution, Priority::urgent).amount == 4);
  BOOST_TEST(policy.target(ClockName::resolution, Priority::low).amount == 5);
  BOOST_TEST(policy.target(ClockName::ownership, Priority::low).amount == 0);
}

BOOST_AUTO_TEST_CASE(names_go_to_text_and_back) {
  for (int i = 1; i <= 6; ++i) {
    const auto name = static_cast<ClockName>(i);
    BOOST_TEST((clock_name(to_text(name)) == name));
  }
  for (int i = 1; i <= 4; ++i)
    BOOST_TEST((unit(to_text(static_cast<Unit>(i))) == static_cast<Unit>(i)));
  BOOST_TEST(!clock_name("snooze").has_value());
  BOOST_TEST(!unit("fortnights").has_value());
}

BOOST_AUTO_TEST_CASE(explanation_names_what_was_counted_and_what_was_not) {
  const Calendar calendar(samples::berlin_daily({"08:00-16:00"}));
  Clock clock = started("2026-11-22T17:00Z", 600, Unit::business_minutes, calendar);
  BOOST_TEST(
      explain(clock, calendar, {"default (version 3)", "Central (version 2)", {}, ""}) ==
      "Resolution 1: 600 business minutes by policy default (version 3), on calendar Central "
      "(version 2). Started 2026-11-22 18:00, outside hours; counting from 2026-11-23 08:00. "
      "Due 2026-11-24 10:00. Open time up to then: 2026-11-23 08:00 to 16:00, 2026-11-24 "
      "08:00 to 10:00.");
  pause_clock(clock, at("2026-11-23T08:00Z"));
  BOOST_TEST(
      explain(clock, calendar, {"p", "c", {}, ""})
          .ends_with(" Stands still since 2026-11-23 09:00; it is due again once it goes on."));
  resume_clock(clock, at("2026-11-23T09:30Z"), calendar);
  stop_clock(clock, at("2026-11-23T10:00Z"), Verdict::met, calendar);
  const Pauses pauses{{PauseKind::family, at("2026-11-23T08:00Z"), at("2026-11-23T09:30Z")}};
  const std::string text = explain(clock, calendar, {"p", "c", pauses, ""});
  BOOST_TEST(text.find(" Not counted: 2026-11-23 09:00 to 2026-11-23 10:30 (waiting on the "
                       "family).") != text.npos);
  BOOST_TEST(text.find(" Due 2026-11-24 11:30.") != text.npos);
  BOOST_TEST(text.ends_with(" Ended 2026-11-23 11:00: met."));
}

BOOST_AUTO_TEST_CASE(explanation_says_that_nothing_is_ever_open) {
  const Calendar calendar(samples::weekdays({}));
  const Clock clock = started("2026-11-22T17:00Z", 1, Unit::business_days, calendar);
  BOOST_TEST(explain(clock, calendar, {"p", "c", {}, ""})
                 .ends_with(" The calendar is never open, so there is no due time."));
}

BOOST_AUTO_TEST_SUITE_END()
