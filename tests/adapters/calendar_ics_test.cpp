// iCalendar text to closed days: ends, zones, repetition, exceptions, and files that mean harm.
#include "calendar_ics/closed_days.hpp"

#include <heard/heard.h>
#include <libical/ical.h>

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "calendar_ics/text.hpp"
#include "feed/date.hpp"
#include "feed/failure.hpp"

using namespace heard;
using calendar_ics::ClosedDays;
using calendar_ics::Wishes;

namespace {

using Texts = std::vector<std::string>;

std::string file_of(const std::string &events) {
  return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Heard//test//EN\r\n" + events +
         "END:VCALENDAR\r\n";
}

std::string event(const std::string &lines) {
  return "BEGIN:VEVENT\r\n" + lines + "\r\nEND:VEVENT\r\n";
}

Wishes window(const char *from, const char *to) {
  return {*feed::parse_date(from), *feed::parse_date(to), "", ""};
}

const Wishes kYears = window("2026-01-01", "2027-12-31");

/// "2026-12-24/2026-12-26 Name" for each range.
Texts closed(const std::string &events, const Wishes &wishes = kYears) {
  Texts texts;
  for (const auto &closure : calendar_ics::closed_days(file_of(events), wishes).closures)
    texts.push_back(feed::format_date(closure.first) + "/" + feed::format_date(closure.last) +
                    (closure.name.empty() ? "" : " " + closure.name));
  return texts;
}

std::string refused(const std::string &bytes, const Wishes &wishes = kYears) {
  try {
    calendar_ics::closed_days(bytes, wishes);
  } catch (const feed::Failure &failure) {
    const std::string says = failure.what();
    BOOST_TEST(!says.empty());
    BOOST_TEST(says.find('\n') == std::string::npos);
    return says;
  }
  BOOST_TEST(false, "the file was not refused");
  return "";
}

bool mentions(const std::string &text, const std::string &part) {
  return text.find(part) != std::string::npos;
}

void check_closed(const std::string &events, const Texts &wanted, const Wishes &wishes = kYears) {
  BOOST_TEST(closed(events, wishes) == wanted, boost::test_tools::per_element());
}

constexpr const char *kBerlin =
    "BEGIN:VTIMEZONE\r\nTZID:Schule\r\n"
    "BEGIN:STANDARD\r\nDTSTART:19701025T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\n"
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nEND:STANDARD\r\n"
    "BEGIN:DAYLIGHT\r\nDTSTART:19700329T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\n"
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\nEND:DAYLIGHT\r\nEND:VTIMEZONE\r\n";

}  // namespace

BOOST_AUTO_TEST_SUITE(calendar_ics_days)

BOOST_AUTO_TEST_CASE(the_end_of_an_all_day_event_is_not_part_of_it) {
  check_closed(event("DTSTART;VALUE=DATE:20261224\r\nDTEND;VALUE=DATE:20270104\r\n"
                     "SUMMARY:Winter break"),
               {"2026-12-24/2027-01-03 Winter break"});
}

BOOST_AUTO_TEST_CASE(without_an_end_it_is_one_day_and_a_duration_counts_days) {
  check_closed(event("DTSTART;VALUE=DATE:20261124\r\nSUMMARY:One"), {"2026-11-24/2026-11-24 One"});
  check_closed(event("DTSTART;VALUE=DATE:20261124\r\nDTEND;VALUE=DATE:20261124\r\nSUMMARY:Same"),
               {"2026-11-24/2026-11-24 Same"});
  check_closed(event("DTSTART;VALUE=DATE:20261124\r\nDURATION:P3D\r\nSUMMARY:Three"),
               {"2026-11-24/2026-11-26 Three"});
}

BOOST_AUTO_TEST_CASE(a_timed_event_closes_only_from_midnight_to_midnight_in_its_own_zone) {
  check_closed(event("DTSTART;TZID=America/New_York:20261224T000000\r\n"
                     "DTEND;TZID=America/New_York:20261226T000000\r\nSUMMARY:Closed"),
               {"2026-12-24/2026-12-25 Closed"});
  check_closed(event("DTSTART;TZID=US/Eastern:20261224T000000\r\n"
                     "DTEND;TZID=US/Eastern:20261225T000000\r\nSUMMARY:By its old name"),
               {"2026-12-24/2026-12-24 By its old name"});
  check_closed(event("DTSTART;TZID=Asia/Tokyo:20261224T000000\r\n"
                     "DTEND;TZID=Asia/Tokyo:20261225T000000\r\nSUMMARY:Tokyo"),
               {"2026-12-24/2026-12-24 Tokyo"});
  const ClosedDays meeting = calendar_ics::closed_days(
      file_of(event("DTSTART:20261124T090000\r\nDTEND:20261124T170000\r\nSUMMARY:Meeting") +
              event("DTSTART:20261124T080000\r\nDTEND:20261126T080000\r\nSUMMARY:Two days")),
      kYears);
  BOOST_TEST(meeting.closures.empty());
  BOOST_TEST(meeting.timed == 2u);
}

BOOST_AUTO_TEST_CASE(a_time_in_utc_is_midnight_in_utc_or_in_the_calendars_zone) {
  Wishes chicago = kYears;
  chicago.zone = "America/Chicago";
  check_closed(event("DTSTART:20261225T060000Z\r\nDTEND:20261226T060000Z\r\nSUMMARY:Local"),
               {"2026-12-25/2026-12-25 Local"}, chicago);
  check_closed(event("DTSTART:20261225T000000Z\r\nDTEND:20261226T000000Z\r\nSUMMARY:Utc"),
               {"2026-12-25/2026-12-25 Utc"}, chicago);
}

BOOST_AUTO_TEST_CASE(a_zone_of_the_file_is_used_across_summer_time) {
  check_closed(kBerlin +
                   event("DTSTART;TZID=Schule:20260327T000000\r\n"
                         "DTEND;TZID=Schule:20260331T000000\r\nSUMMARY:Ostern") +
                   event("DTSTART;TZID=Schule:20261023T000000\r\n"
                         "DTEND:20261025T230000Z\r\nSUMMARY:Herbst"),
               {"2026-03-27/2026-03-30 Ostern", "2026-10-23/2026-10-25 Herbst"});
}

BOOST_AUTO_TEST_CASE(repetition_stays_inside_the_window) {
  check_closed(event("DTSTART;VALUE=DATE:20101225\r\nRRULE:FREQ=YEARLY\r\nSUMMARY:Christmas"),
               {"2026-12-25/2026-12-25 Christmas", "2027-12-25/2027-12-25 Christmas"});
  check_closed(event("DTSTART;VALUE=DATE:20260907\r\nRRULE:FREQ=YEARLY;BYMONTH=9;BYDAY=1MO\r\n"
                     "SUMMARY:Labor Day"),
               {"2026-09-07/2026-09-07 Labor Day", "2027-09-06/2027-09-06 Labor Day"});
  check_closed(
      event("DTSTART;VALUE=DATE:20260302\r\nRRULE:FREQ=WEEKLY;COUNT=3\r\nSUMMARY:Off"),
      {"2026-03-02/2026-03-02 Off", "2026-03-09/2026-03-09 Off", "2026-03-16/2026-03-16 Off"});
}

BOOST_AUTO_TEST_CASE(a_holiday_that_has_been_kept_since_before_1970_still_comes) {
  check_closed(event("DTSTART;VALUE=DATE:16041225\r\nRRULE:FREQ=YEARLY\r\nSUMMARY:Very old"),
               {"2026-12-25/2026-12-25 Very old", "2027-12-25/2027-12-25 Very old"});
  check_closed(event("DTSTART;VALUE=DATE:19450508\r\nRRULE:FREQ=YEARLY\r\nSUMMARY:Since 1945"),
               {"2026-05-08/2026-05-08 Since 1945", "2027-05-08/2027-05-08 Since 1945"});
}

BOOST_AUTO_TEST_CASE(until_is_read_in_the_zone_of_the_event) {
  // 2026-03-10 in New York ends at 04:00 UTC on the 11th.
  check_closed(event("DTSTART;TZID=America/New_York:20260308T000000\r\n"
                     "DTEND;TZID=America/New_York:20260309T000000\r\n"
                     "RRULE:FREQ=DAILY;UNTIL=20260310T040000Z\r\nSUMMARY:Days"),
               {"2026-03-08/2026-03-10 Days"});
  check_closed(event("DTSTART;VALUE=DATE:20260308\r\nRRULE:FREQ=DAILY;UNTIL=20260310\r\n"
                     "SUMMARY:Dates"),
               {"2026-03-08/2026-03-10 Dates"});
}

BOOST_AUTO_TEST_CASE(exceptions_extra_dates_and_replaced_ones_are_honoured) {
  check_closed(
      event("UID:a\r\nDTSTART;VALUE=DATE:20260302\r\nRRULE:FREQ=WEEKLY;COUNT=4\r\n"
            "EXDATE;VALUE=DATE:20260309,20260316\r\nRDATE;VALUE=DATE:20260311\r\n"
            "SUMMARY:Off"),
      {"2026-03-02/2026-03-02 Off", "2026-03-11/2026-03-11 Off", "2026-03-23/2026-03-23 Off"});
  check_closed(event("UID:a\r\nDTSTART;VALUE=DATE:20260302\r\nRRULE:FREQ=WEEKLY;COUNT=3\r\n"
                     "SUMMARY:Off") +
                   event("UID:a\r\nRECURRENCE-ID;VALUE=DATE:20260309\r\n"
                         "DTSTART;VALUE=DATE:20260310\r\nSUMMARY:Moved") +
                   event("UID:a\r\nRECURRENCE-ID;VALUE=DATE:20260316\r\n"
                         "DTSTART;VALUE=DATE:20260316\r\nSTATUS:CANCELLED\r\nSUMMARY:Off"),
               {"2026-03-02/2026-03-02 Off", "2026-03-10/2026-03-10 Moved"});
  check_closed(event("DTSTART;TZID=America/New_York:20260302T000000\r\n"
                     "DTEND;TZID=America/New_York:20260303T000000\r\n"
                     "RRULE:FREQ=WEEKLY;COUNT=2\r\nEXDATE:20260309T040000Z\r\nSUMMARY:Off"),
               {"2026-03-02/2026-03-02 Off"});
}

BOOST_AUTO_TEST_CASE(a_cancelled_event_closes_nothing) {
  check_closed(event("DTSTART;VALUE=DATE:20261124\r\nSTATUS:CANCELLED\r\nSUMMARY:No"), {});
}

BOOST_AUTO_TEST_CASE(the_first_of_two_events_on_a_day_names_it_and_doubles_count_once) {
  check_closed(event("DTSTART;VALUE=DATE:20261124\r\nSUMMARY:Zebra day") +
                   event("DTSTART;VALUE=DATE:20261124\r\nSUMMARY:Zebra day") +
                   event("DTSTART;VALUE=DATE:20261123\r\nDURATION:P3D\r\nSUMMARY:Autumn"),
               {"2026-11-23/2026-11-23 Autumn", "2026-11-24/2026-11-24 Zebra day",
                "2026-11-25/2026-11-25 Autumn"});
}

BOOST_AUTO_TEST_CASE(a_category_picks_events) {
  Wishes holidays = kYears;
  holidays.category = "holiday";
  check_closed(
      event("DTSTART;VALUE=DATE:20261124\r\nCATEGORIES:School,Holiday\r\nSUMMARY:A") +
          event("DTSTART;VALUE=DATE:20261125\r\nCATEGORIES:Sports\r\nSUMMARY:Holiday cup") +
          event("DTSTART;VALUE=DATE:20261126\r\nSUMMARY:None"),
      {"2026-11-24/2026-11-24 A"}, holidays);
}

BOOST_AUTO_TEST_CASE(names_are_one_line_and_not_endless) {
  const auto texts = closed(event("DTSTART;VALUE=DATE:20261124\r\nSUMMARY:Snow\\nday \\, really " +
                                  std::string(300, 'x')));
  BOOST_TEST_REQUIRE(texts.size() == 1u);
  BOOST_TEST(mentions(texts[0], "Snow day , really xxx"));
  BOOST_TEST(texts[0].size() < 230u);
  // Latin-1 from an old program, and a line folded inside a character.
  check_closed(event("DTSTART;VALUE=DATE:20261124\r\nSUMMARY:No\xEBl"),
               {"2026-11-24/2026-11-24 No\xC3\xABl"});
  check_closed(event("DTSTART;VALUE=DATE:20261124\r\nSUMMARY:No\xC3\r\n \xABl"),
               {"2026-11-24/2026-11-24 No\xC3\xABl"});
}

BOOST_AUTO_TEST_CASE(what_one_event_has_wrong_costs_that_event_only) {
  const ClosedDays days = calendar_ics::closed_days(
      file_of(event("SUMMARY:Nowhen") + event("DTSTART;VALUE=DATE:20260231\r\nSUMMARY:Feb 31") +
              event("DTSTART;VALUE=DATE:20261124\r\nDTEND;VALUE=DATE:20261120\r\nSUMMARY:Back") +
              event("DTSTART;VALUE=DATE:19600101\r\nSUMMARY:Old") +
              event("DTSTART;VALUE=DATE:20301124\r\nSUMMARY:Far") +
              event("DTSTART;VALUE=DATE:20261124\r\nSUMMARY:Good")),
      kYears);
  BOOST_TEST(days.closures.size() == 1u);
  BOOST_TEST(days.outside == 1u);
  BOOST_TEST_REQUIRE(days.rejected.size() == 4u);
  for (std::size_t i = 0; const char *name : {"Nowhen", "Feb 31", "Back", "Old"})
    BOOST_TEST(mentions(days.rejected[i++], name));
  BOOST_TEST(mentions(days.rejected[3], "before 1970"));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(calendar_ics_hostile)

BOOST_AUTO_TEST_CASE(fifty_megabytes_are_refused_with_a_sentence) {
  const std::string large =
      file_of(event("DTSTART;VALUE=DATE:20261124\r\nDESCRIPTION:" + std::string(50U << 20, 'x')));
  BOOST_TEST(mentions(refused(large), "8 MB"));
}

BOOST_AUTO_TEST_CASE(what_is_no_calendar_or_half_of_one_is_refused) {
  BOOST_TEST(mentions(refused(""), "no iCalendar file"));
  BOOST_TEST(mentions(refused("<!doctype html><p>Log in"), "no iCalendar file"));
  BOOST_TEST(mentions(refused(std::string("BEGIN:VCALENDAR\0x", 17)), "no iCalendar file"));
  const std::string whole = file_of(event("DTSTART;VALUE=DATE:20261124\r\nSUMMARY:Snow"));
  for (std::size_t cut = 16; cut + 14 < whole.size(); cut += 7)
    BOOST_TEST(mentions(refused(whole.substr(0, cut)), "ends in the middle"), "cut at " << cut);
}

BOOST_AUTO_TEST_CASE(too_many_events_and_too_deep_ones_are_refused) {
  std::string many, deep, end;
  for (int i = 0; i < 10001; ++i) many += event("DTSTART;VALUE=DATE:20261124");
  BOOST_TEST(mentions(refused(file_of(many)), "10000 events"));
  for (int i = 0; i < 100000; ++i) deep += "BEGIN:VEVENT\r\n";
  for (int i = 0; i < 100000; ++i) end += "END:VEVENT\r\n";
  BOOST_TEST(!refused(file_of(deep + end)).empty());
}

BOOST_AUTO_TEST_CASE(repetition_without_end_that_no_closure_has_is_refused) {
  for (const char *rule :
       {"FREQ=DAILY", "FREQ=SECONDLY", "FREQ=HOURLY;COUNT=100000000",
        "FREQ=MINUTELY;UNTIL=99991231T000000Z", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU"})
    BOOST_TEST(mentions(refused(file_of(event("DTSTART;VALUE=DATE:20200101\r\nSUMMARY:Loop\r\n"
                                              "RRULE:" +
                                              std::string(rule)))),
                        "'Loop'"),
               rule);
}

BOOST_AUTO_TEST_CASE(a_rule_that_never_comes_true_ends) {
  check_closed(event("DTSTART;VALUE=DATE:20260101\r\nSUMMARY:Never\r\n"
                     "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"),
               {});
}

BOOST_AUTO_TEST_CASE(rules_that_are_slow_to_follow_cost_seconds_and_no_more) {
  std::string many;
  for (int i = 0; i < 1999; ++i)
    many += event(
        "DTSTART;VALUE=DATE:19700101\r\nSUMMARY:Never\r\n"
        "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30");
  BOOST_TEST(mentions(refused(file_of(many)), "too long to follow"));
}

BOOST_AUTO_TEST_CASE(a_broken_zone_is_one_sentence) {
  const std::string unknown = event("DTSTART;TZID=Mars/Olympus:20261124T000000\r\nSUMMARY:X");
  BOOST_TEST(mentions(refused(file_of(unknown)), "'Mars/Olympus'"));
  const std::string evil = event("DTSTART;TZID=../../etc/passwd:20261124T000000\r\nSUMMARY:X");
  BOOST_TEST(mentions(refused(file_of(evil)), "time zone"));
  const std::string use = event("DTSTART;TZID=Bad:20261124T000000\r\nSUMMARY:X");
  const std::string empty = "BEGIN:VTIMEZONE\r\nTZID:Bad\r\nEND:VTIMEZONE\r\n";
  BOOST_TEST(mentions(refused(file_of(empty + use)), "'Bad'"));
  const std::string endless =
      "BEGIN:VTIMEZONE\r\nTZID:Bad\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
      "TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nRRULE:FREQ=SECONDLY\r\nEND:STANDARD\r\n"
      "END:VTIMEZONE\r\n";
  BOOST_TEST(mentions(refused(file_of(endless + use)), "'Bad'"));
}

BOOST_AUTO_TEST_CASE(noise_is_survived) {
  std::string bytes = file_of(kBerlin + event("UID:a\r\nDTSTART;TZID=Schule:20260302T000000\r\n"
                                              "DTEND;TZID=Schule:20260303T000000\r\n"
                                              "RRULE:FREQ=WEEKLY;COUNT=3\r\n"
                                              "EXDATE;TZID=Schule:20260309T000000\r\nSUMMARY:Off"));
  std::uint32_t state = 20261124;
  for (int round = 0; round < 3000; ++round) {
    std::string noisy = bytes;
    for (int change = 0; change < 4; ++change) {
      state = state * 1664525 + 1013904223;
      noisy[(state >> 8) % noisy.size()] = static_cast<char>(state >> 24);
    }
    try {
      calendar_ics::closed_days(noisy, kYears);
    } catch (const feed::Failure &failure) {
      BOOST_TEST(std::string(failure.what()).find('\n') == std::string::npos);
    }
  }
}

BOOST_AUTO_TEST_CASE(the_process_wide_switch_of_libical_is_as_before) {
  icalerror_set_errors_are_fatal(1);
  closed(event("DTSTART;VALUE=DATE:2026\r\nRRULE:FREQ=NEVER\r\nSUMMARY:Bad"));
  BOOST_TEST(icalerror_get_errors_are_fatal() == 1);
  icalerror_set_errors_are_fatal(0);
}

BOOST_AUTO_TEST_SUITE_END()
