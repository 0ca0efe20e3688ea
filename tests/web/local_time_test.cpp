// Local words for instants, and wall times from forms, also where the clocks change.
#include "web/local_time.hpp"

#include <boost/test/unit_test.hpp>

namespace heard::web {

namespace {

Millis at(std::string_view utc) { return *parse_utc(utc) * 1000; }

}  // namespace

BOOST_AUTO_TEST_SUITE(local_time)

BOOST_AUTO_TEST_CASE(instants_are_told_as_people_say_them) {
  const LocalTime chicago("America/Chicago");
  const Millis now = at("2026-11-25T16:12:00Z");
  const std::pair<const char *, const char *> kWords[] = {
      {"2026-11-25T21:00:00Z", "today 15:00"},
      {"2026-11-26T05:59:00Z", "today 23:59"},
      {"2026-11-26T06:00:00Z", "tomorrow 00:00"},
      {"2026-11-24T15:05:00Z", "yesterday 09:05"},
      {"2026-11-27T22:00:00Z", "Fri 27 Nov, 16:00"},
      {"2026-07-01T13:00:00Z", "Wed 1 Jul, 08:00"},
      {"2025-12-31T18:00:00Z", "Wed 31 Dec 2025, 12:00"}};
  for (const auto &[utc, words] : kWords) BOOST_TEST(chicago.words(at(utc), now) == words);
}

BOOST_AUTO_TEST_CASE(a_zone_nobody_knows_is_told_in_utc_and_says_so) {
  const Millis now = at("2026-11-25T16:12:00Z");
  BOOST_TEST(LocalTime("../etc/passwd").words(now, now) == "today 16:12 UTC");
}

BOOST_AUTO_TEST_CASE(wall_times_from_forms_become_instants) {
  const LocalTime chicago("America/Chicago");
  const std::pair<const char *, const char *> kTimes[] = {
      {"2026-11-25T09:30", "2026-11-25T15:30:00Z"},
      {"2026-07-01 09:30", "2026-07-01T14:30:00Z"},
      {"2026-11-01T01:30", "2026-11-01T06:30:00Z"},   // twice that night: the first
      {"2026-03-08T02:30", "2026-03-08T08:30:00Z"}};  // skipped: an hour on, 03:30
  for (const auto &[typed, utc] : kTimes) {
    const auto instant = chicago.from_field(typed);
    BOOST_REQUIRE_MESSAGE(instant.has_value(), typed);
    BOOST_TEST(format_utc(floor_seconds(*instant)) == utc);
  }
  for (const char *wrong :
       {"", "tomorrow", "2026-13-01T09:30", "2026-11-25T25:00", "25.11.2026 09:30"})
    BOOST_TEST(!chicago.from_field(wrong).has_value(), wrong);
}

BOOST_AUTO_TEST_CASE(a_field_reads_back_what_it_shows) {
  const LocalTime berlin("Europe/Berlin");
  for (const char *utc : {"2026-11-25T16:12:00Z", "2026-06-25T22:12:00Z", "2026-03-29T00:59:00Z"})
    BOOST_TEST(*berlin.from_field(berlin.field(at(utc))) == at(utc));
}

BOOST_AUTO_TEST_CASE(durations_are_told_in_hours_and_minutes) {
  BOOST_TEST(duration_words(0) == "0 min");
  BOOST_TEST(duration_words(89) == "1 min");
  BOOST_TEST(duration_words(5'400) == "1 h 30 min");
  BOOST_TEST(duration_words(7'200) == "2 h");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace heard::web
