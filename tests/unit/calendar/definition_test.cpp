// Hours, day ranges and yearly days as texts.
#include "calendar/definition.hpp"

#include <boost/test/unit_test.hpp>

#include "base/failure.hpp"

using namespace heard;
using namespace heard::calendar;

namespace {

using Texts = std::vector<std::string>;

void check_texts(const Texts &found, const Texts &wanted) {
  BOOST_CHECK_EQUAL_COLLECTIONS(found.begin(), found.end(), wanted.begin(), wanted.end());
}

/// Refused as a wrong field, and the sentence names it.
template <class Parse>
void check_refused(const char *text, Parse &&parse) {
  BOOST_TEST_CONTEXT("'" << text << "'")
  BOOST_CHECK_EXCEPTION(parse(), Failure, [](const Failure &failure) {
    return failure.status() == Status::argument &&
           failure.message().find("'monday'") != std::string::npos;
  });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(definition)

BOOST_AUTO_TEST_CASE(hours_are_sorted_and_written_back_as_they_were) {
  const Hours hours = parse_hours("monday", {"13:00-16:30", "08:00-12:00", "12:00-13:00"});
  BOOST_REQUIRE(hours.size() == 3u);
  BOOST_TEST((hours[0] == Span{28800, 43200}));
  check_texts(format_hours(hours), {"08:00-12:00", "12:00-13:00", "13:00-16:30"});
  check_texts(format_hours(parse_hours("monday", {"00:00-24:00"})), {"00:00-24:00"});
  BOOST_TEST(parse_hours("monday", {}).empty());
}

BOOST_AUTO_TEST_CASE(hours_that_make_no_sense_are_refused_by_name) {
  for (const char *text : {"", "08:00", "8:00-12:00", "08:00-12:60", "08:00-24:01", "25:00-26:00",
                           "08:00 - 12:00", "08:00-12:00x", "08.00-12.00", "08:00-12:00-13:00",
                           "12:00-12:00", "22:00-06:00", "-", "+8:00-12:00"})
    check_refused(text, [&] { parse_hours("monday", {text}); });
  check_refused("overlap", [] { parse_hours("monday", {"08:00-12:00", "11:59-13:00"}); });
  check_refused("twice", [] { parse_hours("monday", {"08:00-12:00", "08:00-12:00"}); });
}

BOOST_AUTO_TEST_CASE(day_ranges_include_both_ends) {
  const DayRange range = parse_day_range("monday", "2026-12-24/2027-01-03");
  BOOST_TEST(range.last - range.first == 10);
  BOOST_TEST(format_day_range(range) == "2026-12-24/2027-01-03");
  BOOST_TEST(format_day_range(parse_day_range("monday", "2026-12-24")) == "2026-12-24");
  for (const char *text : {"", "2026-12-32", "2026-12-24/", "/2026-12-24", "2026-12-24/2026-12-23",
                           "2026-12-24 2026-12-25", "2026-12-24/2026-12-25/2026-12-26"})
    check_refused(text, [&] { parse_day_range("monday", text); });
}

BOOST_AUTO_TEST_CASE(yearly_days_exist_in_some_year) {
  BOOST_TEST(format_month_day(parse_month_day("monday", "02-29")) == "02-29");
  BOOST_TEST(format_month_day(parse_month_day("monday", "12-25")) == "12-25");
  for (const char *text : {"", "12-32", "02-30", "13-01", "00-10", "1-1", "12-25x", "12/25"})
    check_refused(text, [&] { parse_month_day("monday", text); });
}

BOOST_AUTO_TEST_SUITE_END()
