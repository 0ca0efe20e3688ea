// calendar.close and calendar.import: a snow day touches one school, a feed its own days.
#include "unit/commands/calendar_desk.hpp"

using namespace heard;
using namespace heard::calendar_tests;

namespace {

/// Rows of fold_clock written for another calendar than `calendar` from now on.
class ClockWrites {
 public:
  ClockWrites(Desk &desk, const std::string &calendar)
      : database_(desk.engine.connection().database()) {
    database_.exec("CREATE TEMP TABLE writes(calendar TEXT)");
    database_.exec(
        "CREATE TEMP TRIGGER clock_made AFTER INSERT ON fold_clock BEGIN"
        " INSERT INTO writes VALUES(new.calendar); END");
    database_.exec(
        "CREATE TEMP TRIGGER clock_set AFTER UPDATE ON fold_clock BEGIN"
        " INSERT INTO writes VALUES(new.calendar); END");
    own_ = calendar;
  }
  std::int64_t count(bool own) {
    store::Query row(database_, own ? "SELECT COUNT(*) FROM writes WHERE calendar = ?1"
                                    : "SELECT COUNT(*) FROM writes WHERE calendar <> ?1");
    row.bind(1, own_);
    return row.step() ? row.number(0) : -1;
  }

 private:
  store::Database &database_;
  std::string own_;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(snow_days)

BOOST_AUTO_TEST_CASE(a_snow_day_gives_the_school_its_own_calendar_and_touches_no_other) {
  Desk desk;
  for (int i = 0; i < 5; ++i) {
    desk.apply("interaction.log", R"({"channel": "email", "school": "north"})");
    desk.apply("interaction.log", R"({"channel": "email", "school": "south"})");
  }
  desk.now("2026-11-23T20:00Z");
  ClockWrites writes(desk, "north");
  const Record done = desk.apply(
      "calendar.close", R"({"school": "north", "closed": ["2026-11-24"], "name": "Snow day"})");
  BOOST_TEST(done.text("calendar") == "north");
  BOOST_TEST(done.number("version") == 1);
  BOOST_TEST(done.number("cases") == 5);
  BOOST_TEST(writes.count(true) == 10);  // first response and resolution of five cases
  BOOST_TEST(writes.count(false) == 0);
  for (const Record &row : desk.rows("waiting", R"({"school": "north"})"))
    BOOST_TEST(row.number("due_at") == at("2026-11-25T16:00Z"));
  for (const Record &row : desk.rows("waiting", R"({"school": "south"})"))
    BOOST_TEST(row.number("due_at") == at("2026-11-24T16:00Z"));
  BOOST_TEST(day(desk, R"("school": "north")", "2026-11-24") == "|Snow day");
  const Record row = shown_calendar(desk, "north");
  BOOST_TEST(row.text("parent") == "default");
  BOOST_TEST(row.texts("schools") == Texts{"north"}, boost::test_tools::per_element());
  // A second one is a change of that calendar only, and the same one again is none.
  const Record again =
      desk.apply("calendar.close", R"({"school": "north", "closed": ["2026-11-25"]})");
  BOOST_TEST(again.number("version") == 2);
  const auto size = desk.size();
  BOOST_TEST(desk.apply("calendar.close", R"({"school": "north", "closed": ["2026-11-25"]})")
                 .flag("duplicate"));
  BOOST_TEST(desk.size() == size);
  BOOST_TEST(writes.count(false) == 0);
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(the_day_is_today_where_the_school_is) {
  Desk desk("America/Los_Angeles");
  desk.apply("interaction.log", kNorth);
  desk.now("2026-11-24T05:00Z");  // Monday evening in Los Angeles
  desk.apply("calendar.close", R"({"school": "north", "name": "Storm"})");
  BOOST_TEST(day(desk, R"("school": "north")", "2026-11-23") == "|Storm");
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(a_day_can_end_early) {
  Desk desk;
  desk.apply("interaction.log", kNorth);
  desk.apply("calendar.close", R"({"school": "north", "closed": ["2026-11-24"],
                                   "hours": ["08:00-11:00"], "name": "Early dismissal"})");
  BOOST_TEST(due_of(desk, "north") == at("2026-11-24T11:00Z"));
  BOOST_TEST(day(desk, R"("school": "north")", "2026-11-24") == "08:00-11:00|Early dismissal");
  desk.apply("calendar.close", R"({"school": "north", "closed": ["2026-11-24"], "reopen": 1})");
  BOOST_TEST(due_of(desk, "north") == at("2026-11-24T16:00Z"));
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(a_closure_can_be_taken_back_in_part_and_against_the_district) {
  Desk desk;
  desk.apply("interaction.log", kNorth);
  desk.apply("calendar.close", R"({"school": "north", "closed": ["2026-11-24/2026-11-26 Flood"]})");
  desk.apply("calendar.close", R"({"school": "north", "closed": ["2026-11-25"], "reopen": 1})");
  BOOST_TEST(day(desk, R"("school": "north")", "2026-11-24") == "|Flood");
  BOOST_TEST(day(desk, R"("school": "north")", "2026-11-25") == "08:00-16:00|");
  BOOST_TEST(day(desk, R"("school": "north")", "2026-11-26") == "|Flood");
  BOOST_TEST(due_of(desk, "north") == at("2026-11-25T16:00Z"));
  desk.apply("calendar.save", R"({"closed": ["2026-11-25", "2026-11-27 District day"]})");
  BOOST_TEST(day(desk, R"("school": "north")", "2026-11-25") == "08:00-16:00|");
  BOOST_TEST(day(desk, R"("school": "north")", "2026-11-27") == "|District day");
  desk.apply("calendar.close", R"({"school": "north", "closed": ["2026-11-27"], "reopen": 1})");
  BOOST_TEST(day(desk, R"("school": "north")", "2026-11-27") == "08:00-16:00|");
  BOOST_TEST(day(desk, R"("school": "south")", "2026-11-27") == "|District day");
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(a_shared_calendar_below_a_district_is_left_to_the_others) {
  Desk desk;
  desk.apply("calendar.save", R"({"calendar": "east", "parent": "default",
      "schools": ["north", "south"], "closed": ["2026-11-30 East day"]})");
  const Record done =
      desk.apply("calendar.close", R"({"school": "north", "closed": ["2026-11-24"]})");
  BOOST_TEST(done.text("calendar") == "north");
  BOOST_TEST(shown_calendar(desk, "north").text("parent") == "default");
  BOOST_TEST(day(desk, R"("school": "north")", "2026-11-30") == "|East day");
  BOOST_TEST(day(desk, R"("school": "south")", "2026-11-24") == "08:00-16:00|");
  BOOST_TEST(shown_calendar(desk, "east").texts("schools") == Texts{"south"},
             boost::test_tools::per_element());
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(closures_that_make_no_sense_are_refused) {
  Desk desk;
  desk.apply("interaction.log", kNorth);
  const std::pair<const char *, const char *> cases[] = {
      {"school", R"({"closed": ["2026-11-24"]})"},
      {"school", R"({"school": "north", "calendar": "default"})"},
      {"school", R"({"school": "nroth"})"},
      {"calendar", R"({"calendar": "nowhere"})"},
      {"closed", R"({"school": "north", "closed": ["tomorrow"]})"},
      {"closed", R"({"school": "north", "closed": ["2026-11-24/2028-11-24"]})"},
      {"hours", R"({"school": "north", "hours": ["11:00-08:00"]})"},
      {"hours", R"({"school": "north", "hours": ["08:00-11:00"], "reopen": 1})"},
      {"closed", R"({"school": "north", "closed": ["2026-11-28"], "reopen": 1})"},
      {"name", R"({"school": "north", "name": "two\nlines"})"},
  };
  for (const auto &[field, fields] : cases) {
    const auto refusal = desk.apply_refused("calendar.close", fields);
    BOOST_TEST(refusal.detail("field") == field, fields << ": " << refusal.says());
  }
  for (const char *actor : {support::kOffice, support::kAuditor})
    BOOST_TEST((desk.apply_refused("calendar.close", R"({"school": "north"})", actor).status() ==
                Status::denied));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(calendar_imports)

constexpr const char *kSet = R"({"calendar": "default", "source": "district.ics", "closed": [
    {"first": "2026-12-25", "name": "Christmas"}, {"first": "2026-11-24", "name": "Fair"},
    {"first": "2026-12-24", "name": "Christmas"}, {"first": "2026-12-25", "name": "Christmas"}]})";

BOOST_AUTO_TEST_CASE(an_import_replaces_what_its_source_said_before_and_nothing_else) {
  Desk desk;
  desk.apply("interaction.log", kNorth);
  desk.apply("calendar.save", R"({"closed": ["2026-11-25 By hand"]})");
  BOOST_TEST(desk.apply("calendar.import", kSet).flag("changed"));
  BOOST_TEST(
      shown(shown_calendar(desk, "default").records("closed")) ==
          (Texts{"2026-11-25/2026-11-25 By hand", "2026-11-24/2026-11-24 Fair (district.ics)",
                 "2026-12-24/2026-12-25 Christmas (district.ics)"}),
      boost::test_tools::per_element());
  BOOST_TEST(due_of(desk, "north") == at("2026-11-26T16:00Z"));
  const auto size = desk.size();
  const Record again = desk.apply("calendar.import", kSet);
  BOOST_TEST(!again.flag("changed"));
  BOOST_TEST(again.flag("duplicate"));
  BOOST_TEST(again.number("version") == 3);
  BOOST_TEST(desk.size() == size);
  // Saving by hand leaves the feed's days; the feed's next set leaves those by hand.
  desk.apply("calendar.save", R"({"closed": []})");
  BOOST_TEST(shown_calendar(desk, "default").records("closed").size() == 2u);
  desk.apply("calendar.import", R"({"calendar": "default", "source": "district.ics",
      "special": [{"date": "2026-11-24", "hours": ["08:00-09:00"], "name": "Short"}]})");
  BOOST_TEST(shown_calendar(desk, "default").records("closed").empty());
  BOOST_TEST(due_of(desk, "north") == at("2026-11-24T09:00Z"));
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(an_import_that_closes_for_ever_or_goes_nowhere_is_refused) {
  Desk desk;
  const std::pair<const char *, const char *> cases[] = {
      {"hours", R"({"calendar": "default", "source": "x",
                    "closed": [{"first": "2026-01-01", "last": "2037-12-31"}]})"},
      {"calendar", R"({"calendar": "nowhere", "source": "x"})"},
      {"source", R"({"calendar": "default", "source": ""})"},
      {"zone", R"({"calendar": "default", "source": "x", "zone": "Europe/Berlin"})"},
      {"zone", R"({"calendar": "new", "source": "x", "zone": "Europe/Nowhere"})"},
      {"closed", R"({"calendar": "default", "source": "x", "closed": [{"first": "soon"}]})"},
      {"closed", R"({"calendar": "default", "source": "x",
                     "closed": [{"first": "2026-12-25", "last": "2026-12-01"}]})"},
      {"special", R"({"calendar": "default", "source": "x",
                      "special": [{"date": "2026-12-01", "hours": ["09:00-10:00", "09:30-11:00"]}]})"},
  };
  for (const auto &[field, fields] : cases) {
    const auto refusal = desk.apply_refused("calendar.import", fields);
    BOOST_TEST(refusal.detail("field") == field, fields << ": " << refusal.says());
  }
  BOOST_TEST(desk.apply("calendar.import", R"({"calendar": "new", "source": "x", "zone": "UTC"})")
                 .number("version") == 1);
}

BOOST_AUTO_TEST_CASE(days_are_asked_for_within_reason) {
  Desk desk;
  BOOST_TEST(desk.rows("calendar_days").size() == 31u);
  BOOST_TEST(desk.rows("calendar_days", R"({"from": "2026-01-01", "to": "2027-02-04"})").size() ==
             400u);
  for (const char *filter :
       {R"({"from": "2026-01-01", "to": "2027-02-05"})",
        R"({"from": "2026-01-02", "to": "2026-01-01"})", R"({"from": "soon"})",
        R"({"from": "1999-01-01"})", R"({"to": "2039-01-01", "from": "2038-12-01"})",
        R"({"calendar": "nowhere"})", R"({"calendar": "default", "school": "north"})"})
    desk.refused([&] { desk.rows("calendar_days", filter); });
  BOOST_TEST(desk.rows("calendars", R"({"calendar": "nowhere"})").empty());
}

BOOST_AUTO_TEST_SUITE_END()
