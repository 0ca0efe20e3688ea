// Working-time arithmetic: what is open, the axis, adding, days.
#include "calendar/calendar.hpp"

#include <boost/test/unit_test.hpp>

#include "base/failure.hpp"
#include "unit/calendar/samples.hpp"

using namespace heard;
using namespace heard::calendar;
using samples::at;
using samples::day;

namespace {

std::string text(std::optional<Seconds> t) { return t ? format_utc(*t) : "nothing"; }

std::string added(const Calendar &calendar, std::string_view from, Seconds minutes) {
  return text(calendar.add(at(from), minutes * 60));
}

std::vector<std::string> open_on(const Calendar &calendar, std::string_view date) {
  std::vector<std::string> found;
  const Seconds from = calendar.local_to_utc(day(date), 0);
  const Seconds to = calendar.local_to_utc(day(date) + 1, 0);
  for (const OpenSpan &span : calendar.spans())
    if (span.to > from && span.from < to)
      found.push_back(format_utc(span.from).substr(11, 5) + "-" +
                      format_utc(span.to).substr(11, 5));
  return found;
}

void check_open(const Calendar &calendar, std::string_view date, std::vector<std::string> hours) {
  const auto found = open_on(calendar, date);
  BOOST_TEST_CONTEXT("on " << date)
  BOOST_CHECK_EQUAL_COLLECTIONS(found.begin(), found.end(), hours.begin(), hours.end());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(calendar_arithmetic)

BOOST_AUTO_TEST_CASE(opening_belongs_to_the_open_time_and_closing_does_not) {
  const Calendar calendar(samples::school_week());
  BOOST_TEST(!calendar.is_open(at("2026-11-23T07:59:59Z")));
  BOOST_TEST(calendar.is_open(at("2026-11-23T08:00Z")));
  BOOST_TEST(calendar.is_open(at("2026-11-23T15:59:59Z")));
  BOOST_TEST(!calendar.is_open(at("2026-11-23T16:00Z")));
  BOOST_TEST(!calendar.is_open(at("2026-11-22T12:00Z")));
}

BOOST_AUTO_TEST_CASE(next_open_is_the_instant_itself_or_the_next_opening) {
  const Calendar calendar(samples::school_week());
  BOOST_TEST(text(calendar.next_open(at("2026-11-23T09:30Z"))) == "2026-11-23T09:30:00Z");
  BOOST_TEST(text(calendar.next_open(at("2026-11-20T16:00Z"))) == "2026-11-23T08:00:00Z");
  BOOST_TEST(text(calendar.next_open(at("1999-01-01T00:00Z"))) == "2000-01-03T08:00:00Z");
  BOOST_TEST(text(calendar.next_open(at("2037-12-31T16:00Z"))) == "nothing");
}

BOOST_AUTO_TEST_CASE(elapsed_counts_open_seconds_only) {
  const Calendar calendar(samples::school_week());
  const struct {
    const char *from, *to;
    Seconds expected;
  } rows[] = {
      {"2026-11-23T09:00Z", "2026-11-23T09:00:01Z", 1},
      {"2026-11-23T07:00Z", "2026-11-23T17:00Z", 8 * 3600},
      {"2026-11-20T15:00Z", "2026-11-23T09:00Z", 2 * 3600},
      {"2026-11-21T00:00Z", "2026-11-23T08:00Z", 0},
      {"2026-11-23T12:00Z", "2026-11-23T11:00Z", 0},
      {"2026-11-16T00:00Z", "2026-11-23T00:00Z", 40 * 3600},
  };
  for (const auto &row : rows) BOOST_TEST_CONTEXT(row.from << " to " << row.to)
  BOOST_TEST(calendar.elapsed(at(row.from), at(row.to)) == row.expected);
}

BOOST_AUTO_TEST_CASE(target_used_up_exactly_at_closing_ends_at_that_closing) {
  const Calendar calendar(samples::school_week());
  BOOST_TEST(added(calendar, "2026-11-23T08:00Z", 480) == "2026-11-23T16:00:00Z");
  BOOST_TEST(added(calendar, "2026-11-20T18:00Z", 480) == "2026-11-23T16:00:00Z");
  BOOST_TEST(added(calendar, "2026-11-20T15:00Z", 60) == "2026-11-20T16:00:00Z");
  BOOST_TEST(added(calendar, "2026-11-20T15:00Z", 61) == "2026-11-23T08:01:00Z");
}

BOOST_AUTO_TEST_CASE(adding_nothing_gives_the_next_opening) {
  const Calendar calendar(samples::school_week());
  BOOST_TEST(added(calendar, "2026-11-22T10:00Z", 0) == "2026-11-23T08:00:00Z");
  BOOST_TEST(added(calendar, "2026-11-23T10:00Z", 0) == "2026-11-23T10:00:00Z");
}

BOOST_AUTO_TEST_CASE(adding_beyond_the_window_gives_nothing) {
  const Calendar calendar(samples::school_week());
  BOOST_TEST(added(calendar, "2037-12-31T15:00Z", 60) == "2037-12-31T16:00:00Z");
  BOOST_TEST(added(calendar, "2037-12-31T15:00Z", 61) == "nothing");
  BOOST_TEST(calendar.in_window(at("2037-12-31T23:59:59Z")));
  BOOST_TEST(!calendar.in_window(at("2038-01-01T00:00Z")));
  BOOST_TEST(text(calendar.window_from()) == "2000-01-01T00:00:00Z");
}

BOOST_AUTO_TEST_CASE(axis_and_instant_are_each_others_reverse) {
  const Calendar calendar(samples::weekdays({"08:00-12:00", "13:00-16:30"}));
  for (Seconds t = at("2026-11-19T00:00Z"); t < at("2026-11-25T00:00Z"); t += 597) {
    const auto back = calendar.instant(calendar.axis(t));
    BOOST_REQUIRE(back);
    BOOST_TEST(*back <= t);
    BOOST_TEST(calendar.axis(*back) == calendar.axis(t));
    BOOST_TEST(calendar.axis(*back - 1) == calendar.axis(t) - 1);
  }
  BOOST_TEST(text(calendar.instant(0)) == "2000-01-01T00:00:00Z");
  BOOST_TEST(text(calendar.instant(-1)) == "nothing");
  BOOST_TEST(text(calendar.instant(INT64_MAX)) == "nothing");
}

BOOST_AUTO_TEST_CASE(several_spans_a_day_are_kept_apart_and_adjoining_ones_join) {
  check_open(Calendar(samples::weekdays({"13:00-16:00", "08:00-12:00"})), "2026-11-23",
             {"08:00-12:00", "13:00-16:00"});
  check_open(Calendar(samples::weekdays({"08:00-12:00", "12:00-16:00"})), "2026-11-23",
             {"08:00-16:00"});
}

BOOST_AUTO_TEST_CASE(whole_days_join_across_midnight) {
  const Calendar calendar(samples::weekdays({"00:00-24:00"}));
  BOOST_TEST(added(calendar, "2026-11-23T12:00Z", 24 * 60) == "2026-11-24T12:00:00Z");
  BOOST_TEST(calendar.is_open(at("2026-11-24T00:00Z")));
  BOOST_TEST(added(calendar, "2026-11-27T23:00Z", 60) == "2026-11-28T00:00:00Z");
  BOOST_TEST(text(calendar.next_open(at("2026-11-28T00:00Z"))) == "2026-11-30T00:00:00Z");
}

BOOST_AUTO_TEST_CASE(a_school_that_never_sleeps_has_one_span_a_week) {
  Definition definition = samples::weekdays({"00:00-24:00"});
  definition.first_day = day("2026-11-02");
  definition.last_day = day("2026-11-29");
  BOOST_TEST(Calendar(definition).spans().size() == 4u);
}

BOOST_AUTO_TEST_CASE(gap_before_midnight_never_moves_a_closing_into_the_next_day) {
  Definition definition = samples::weekdays({});
  definition.offsets = {{0, -7200}, {at("2026-03-29T01:00Z"), -3600}};  // 23:00 becomes midnight
  definition.eras[0].week[5] = parse_hours("hours", {"22:00-23:30"});
  definition.eras[0].week[6] = parse_hours("hours", {"00:00-00:10"});
  const Calendar calendar(definition);
  const auto saturday = calendar.open_day_after(at("2026-03-27T12:00Z"), 1);
  BOOST_TEST(text(calendar.closing_of_day(*saturday)) == "2026-03-29T01:00:00Z");
  BOOST_TEST(text(calendar.closing_of_day(*saturday + 1)) == "2026-03-29T01:10:00Z");
}

BOOST_AUTO_TEST_CASE(closed_beats_special_beats_week_and_breaks_are_cut_out) {
  Definition definition = samples::school_week();
  definition.special = {{day("2026-11-23"), parse_hours("special", {"10:00-14:00"})},
                        {day("2026-11-24"), parse_hours("special", {"10:00-14:00"})},
                        {day("2026-11-28"), parse_hours("special", {"09:00-12:00"})},
                        {day("2026-11-30"), {}}};
  definition.closed = {{day("2026-11-24"), day("2026-11-25")}};
  definition.breaks = {{day("2026-11-23"), parse_hours("breaks", {"09:00-11:00", "12:00-13:00"})},
                       {day("2026-11-25"), parse_hours("breaks", {"09:00-11:00"})},
                       {day("2026-11-26"), parse_hours("breaks", {"08:00-16:00"})},
                       {day("2026-11-27"), parse_hours("breaks", {"06:00-09:00", "15:30-18:00"})}};
  const Calendar calendar(definition);
  check_open(calendar, "2026-11-23", {"11:00-12:00", "13:00-14:00"});
  check_open(calendar, "2026-11-24", {});
  check_open(calendar, "2026-11-25", {});
  check_open(calendar, "2026-11-26", {});
  check_open(calendar, "2026-11-27", {"09:00-15:30"});
  check_open(calendar, "2026-11-28", {"09:00-12:00"});
  check_open(calendar, "2026-11-30", {});
  check_open(calendar, "2026-12-01", {"08:00-16:00"});
}

BOOST_AUTO_TEST_CASE(yearly_closures_hold_every_year_and_29_february_only_in_leap_years) {
  Definition definition = samples::berlin_daily({"08:00-10:00"});
  definition.closed_yearly = {{12, 25}, {2, 29}};
  const Calendar calendar(definition);
  for (const char *date : {"2000-12-25", "2026-12-25", "2037-12-25", "2028-02-29"})
    check_open(calendar, date, {});
  check_open(calendar, "2027-03-01", {"07:00-09:00"});
  check_open(calendar, "2027-02-28", {"07:00-09:00"});
}

BOOST_AUTO_TEST_CASE(later_weekly_hours_leave_earlier_days_as_they_were) {
  Definition definition = samples::school_week();
  Era era = definition.eras[0];
  era.from = day("2026-11-24");
  era.week[1] = parse_hours("hours", {"12:00-13:00"});
  definition.eras.push_back(era);
  const Calendar calendar(definition);
  check_open(calendar, "2026-11-17", {"08:00-16:00"});
  check_open(calendar, "2026-11-24", {"12:00-13:00"});
  BOOST_TEST(calendar.axis(at("2026-11-24T08:00Z")) ==
             Calendar(samples::school_week()).axis(at("2026-11-24T08:00Z")));
}

BOOST_AUTO_TEST_CASE(days_of_23_and_25_hours_count_real_seconds) {
  const Calendar calendar(samples::berlin_daily({"00:00-24:00"}));
  const auto length = [&](std::string_view date) {
    return calendar.elapsed(calendar.local_to_utc(day(date), 0),
                            calendar.local_to_utc(day(date) + 1, 0));
  };
  BOOST_TEST(length("2026-03-28") == 24 * 3600);
  BOOST_TEST(length("2026-03-29") == 23 * 3600);
  BOOST_TEST(length("2026-10-25") == 25 * 3600);
}

BOOST_AUTO_TEST_CASE(local_time_that_does_not_exist_moves_on_and_a_doubled_one_is_the_first) {
  const Calendar calendar(samples::berlin_daily({"08:00-10:00"}));
  const auto utc = [&](std::string_view date, std::int32_t minutes) {
    return text(calendar.local_to_utc(day(date), minutes * 60));
  };
  BOOST_TEST(utc("2026-03-29", 1 * 60 + 59) == "2026-03-29T00:59:00Z");
  BOOST_TEST(utc("2026-03-29", 2 * 60) == "2026-03-29T01:00:00Z");
  BOOST_TEST(utc("2026-03-29", 2 * 60 + 30) == "2026-03-29T01:30:00Z");
  BOOST_TEST(utc("2026-03-29", 3 * 60) == "2026-03-29T01:00:00Z");
  BOOST_TEST(utc("2026-10-25", 2 * 60 + 30) == "2026-10-25T00:30:00Z");
  BOOST_TEST(utc("2026-10-25", 3 * 60) == "2026-10-25T02:00:00Z");
  BOOST_TEST(calendar.offset_at(at("2026-10-25T00:59:59Z")) == 7200);
  BOOST_TEST(calendar.offset_at(at("2026-10-25T01:00:00Z")) == 3600);
  BOOST_TEST(calendar.local_day(at("2026-11-22T23:00Z")) == day("2026-11-23"));
  BOOST_TEST(calendar.local_day(at("2026-11-22T22:59:59Z")) == day("2026-11-22"));
}

BOOST_AUTO_TEST_CASE(opening_inside_the_gap_of_spring_moves_on_by_the_gap) {
  const Calendar calendar(samples::berlin_daily({"02:30-05:00"}));
  check_open(calendar, "2026-03-29", {"01:30-03:00"});
  check_open(Calendar(samples::berlin_daily({"02:15-02:45", "03:00-04:00"})), "2026-03-29",
             {"01:00-02:00"});
  check_open(Calendar(samples::berlin_daily({"02:00-03:00"})), "2026-03-29", {});
}

BOOST_AUTO_TEST_CASE(open_days_are_numbered_and_the_day_of_receipt_is_day_zero) {
  const Calendar calendar(samples::school_week());
  const auto closing = [&](std::string_view t, std::int64_t days) {
    const auto number = calendar.open_day_after(at(t), days);
    return number ? text(calendar.closing_of_day(*number)) : "no day";
  };
  BOOST_TEST(closing("2026-11-23T09:00Z", 1) == "2026-11-24T16:00:00Z");
  BOOST_TEST(closing("2026-11-23T00:00Z", 1) == "2026-11-24T16:00:00Z");
  BOOST_TEST(closing("2026-11-23T23:00Z", 1) == "2026-11-24T16:00:00Z");
  BOOST_TEST(closing("2026-11-20T12:00Z", 1) == "2026-11-23T16:00:00Z");
  BOOST_TEST(closing("2026-11-21T12:00Z", 1) == "2026-11-23T16:00:00Z");
  BOOST_TEST(closing("2026-11-21T12:00Z", 5) == "2026-11-27T16:00:00Z");
  BOOST_TEST(closing("1990-01-01T12:00Z", 1) == "2000-01-03T16:00:00Z");
  BOOST_TEST(closing("2037-12-31T12:00Z", 1) == "nothing");
}

BOOST_AUTO_TEST_CASE(day_has_begun_only_after_its_opening) {
  const Calendar calendar(samples::school_week());
  BOOST_TEST(calendar.begun_day(at("1999-12-31T00:00Z")) == -1);
  BOOST_TEST(calendar.begun_day(at("2000-01-03T08:00Z")) == -1);
  BOOST_TEST(calendar.begun_day(at("2000-01-03T08:00:01Z")) == 0);
  BOOST_TEST(calendar.begun_day(at("2000-01-10T08:00Z")) == 4);
  BOOST_TEST(calendar.begun_day(at("2000-01-10T08:00:01Z")) == 5);
}

BOOST_AUTO_TEST_CASE(calendar_that_is_never_open_answers_nothing) {
  const Calendar calendar(samples::weekdays({}));
  const Seconds t = at("2026-11-23T09:00Z");
  BOOST_TEST(calendar.never_open());
  BOOST_TEST(!calendar.is_open(t));
  BOOST_TEST(!calendar.next_open(t).has_value());
  BOOST_TEST(!calendar.add(t, 60).has_value());
  BOOST_TEST(calendar.axis(t) == 0);
  BOOST_TEST(calendar.elapsed(t, t + 86400) == 0);
  BOOST_TEST(!calendar.open_day_after(t, 1).has_value());
  BOOST_TEST(calendar.begun_day(t) == -1);
}

BOOST_AUTO_TEST_CASE(definitions_that_make_no_sense_are_refused) {
  const auto refused = [](auto &&spoil) {
    Definition definition = samples::school_week();
    spoil(definition);
    BOOST_CHECK_THROW(Calendar{definition}, Failure);
  };
  refused([](Definition &d) { d.eras.clear(); });
  refused([](Definition &d) { d.offsets.clear(); });
  refused([](Definition &d) { d.offsets = {{0, 0}, {50, 3600}, {50, 0}}; });
  refused([](Definition &d) { d.last_day = d.first_day - 1; });
  refused([](Definition &d) { d.eras.push_back(d.eras[0]); });
  refused([](Definition &d) { d.closed = {{10, 9}}; });
  refused([](Definition &d) { d.special = {{11000, {{3600, 3600}}}}; });
  refused([](Definition &d) { d.breaks = {{11000, {{3600, 90000}}}}; });
  refused([](Definition &d) { d.eras[0].week[0] = {{-1, 3600}}; });
}

BOOST_AUTO_TEST_CASE(moving_a_school_to_another_zone_starts_with_an_era) {
  Definition definition = samples::school_week();
  definition.offsets = {{0, 0}, {at("2026-11-23T00:00Z"), -5 * 3600}};
  const Calendar calendar(definition);
  check_open(calendar, "2026-11-20", {"08:00-16:00"});
  check_open(calendar, "2026-11-23", {"13:00-21:00"});
}

BOOST_AUTO_TEST_SUITE_END()
