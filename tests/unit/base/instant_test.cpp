// Instants and dates, written and read.
#include "base/instant.hpp"

#include <boost/test/unit_test.hpp>

using namespace heard;

BOOST_AUTO_TEST_SUITE(instant)

BOOST_AUTO_TEST_CASE(milliseconds_are_rounded_down_on_both_sides_of_1970) {
  const struct {
    Millis at;
    Seconds second;
  } rows[] = {{0, 0}, {999, 0}, {1000, 1}, {-1, -1}, {-999, -1}, {-1000, -1}, {-1001, -2}};
  for (const auto &row : rows)
    BOOST_TEST_CONTEXT(row.at) BOOST_TEST(floor_seconds(row.at) == row.second);
}

BOOST_AUTO_TEST_CASE(instants_are_written_and_read_in_utc) {
  const struct {
    Seconds at;
    const char *text;
  } rows[] = {{0, "1970-01-01T00:00:00Z"},          {-1, "1969-12-31T23:59:59Z"},
              {951782400, "2000-02-29T00:00:00Z"},  {1795338000, "2026-11-22T09:00:00Z"},
              {2145916799, "2037-12-31T23:59:59Z"}, {4107542400, "2100-03-01T00:00:00Z"}};
  for (const auto &row : rows) {
    BOOST_TEST_CONTEXT(row.text) {
      BOOST_TEST(format_utc(row.at) == row.text);
      BOOST_TEST(parse_utc(row.text).value() == row.at);
    }
  }
  BOOST_TEST(parse_utc("2026-11-22T09:00Z").value() == 1795338000);
}

BOOST_AUTO_TEST_CASE(texts_that_are_no_instant_are_told_apart) {
  for (const char *text :
       {"", "2026-11-22", "2026-11-22T09:00:00", "2026-11-22T09:00:00z", "2026-11-22 09:00:00Z",
        "2026-11-22T24:00:00Z", "2026-11-22T09:60:00Z", "2026-11-22T09:00:60Z",
        "2026-11-22T09:00:Z", "2026-02-29T09:00:00Z", "2026-11-22T09:00:00+01:00",
        "2026-11-22T9:00:00Z", "2026-11-22T09:00:00.5Z", " 2026-11-22T09:00:00Z"})
    BOOST_TEST_CONTEXT(text) BOOST_TEST(!parse_utc(text).has_value());
}

BOOST_AUTO_TEST_CASE(dates_are_days_since_1970) {
  BOOST_TEST(parse_date("1970-01-01").value() == 0);
  BOOST_TEST(parse_date("1969-12-31").value() == -1);
  BOOST_TEST(parse_date("2000-01-01").value() == 10957);
  BOOST_TEST(parse_date("2037-12-31").value() == 24836);
  BOOST_TEST(format_date(10957) == "2000-01-01");
  BOOST_TEST(format_date(-1) == "1969-12-31");
  BOOST_TEST(format_date(2932896) == "9999-12-31");
  BOOST_TEST(format_date(2932897) == "10000-01-01");
  for (const char *text : {"", "2026-11-31", "2026-13-01", "2026-00-10", "2026-1-01", "26-01-01",
                           "2026-11-22Z", "2026/11/22", "2100-02-29"})
    BOOST_TEST_CONTEXT(text) BOOST_TEST(!parse_date(text).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
