// Calendars as a district keeps them: parents and children, schools, cases that follow.
#include "folds/calendars.hpp"
#include "folds/codec.hpp"
#include "unit/commands/calendar_desk.hpp"

using namespace heard;
using namespace heard::calendar_tests;

BOOST_AUTO_TEST_SUITE(calendars)

BOOST_AUTO_TEST_CASE(closures_have_names_and_terms_bound_the_year) {
  Desk desk;
  desk.apply("calendar.save", R"({"closed": ["2026-12-24/2027-01-03 Winter break", "2026-11-27"],
      "closed_yearly": ["05-01"],
      "terms": [{"name": "Autumn", "first": "2026-09-01", "last": "2026-12-23"},
                {"name": "Spring", "first": "2027-01-04", "last": "2027-06-18"}]})");
  const Record row = shown_calendar(desk, "default");
  BOOST_TEST(shown(row.records("closed")) ==
                 (Texts{"2026-12-24/2027-01-03 Winter break", "2026-11-27/2026-11-27"}),
             boost::test_tools::per_element());
  BOOST_TEST(shown(row.records("terms")) ==
                 (Texts{"2026-09-01/2026-12-23 Autumn", "2027-01-04/2027-06-18 Spring"}),
             boost::test_tools::per_element());
  BOOST_TEST(row.texts("closed_yearly") == Texts{"05-01"}, boost::test_tools::per_element());
  BOOST_TEST(row.records("hours").at(0).texts("monday") == Texts{"08:00-16:00"},
             boost::test_tools::per_element());
  BOOST_TEST(row.flag("open_now"));
  BOOST_TEST(row.number("next_open") == at("2026-11-23T09:00Z"));
  BOOST_TEST(row.text("saved_by") == "The Head");
  BOOST_TEST(row.number("changed_at") == at("2026-11-23T09:00Z"));
  const char *of = R"("calendar": "default")";
  BOOST_TEST(day(desk, of, "2026-12-25") == "|Winter break");
  BOOST_TEST(day(desk, of, "2026-11-27") == "|closed");
  BOOST_TEST(day(desk, of, "2026-11-24") == "08:00-16:00|Autumn");
  BOOST_TEST(day(desk, of, "2026-11-28") == "|");
  BOOST_TEST(day(desk, of, "2027-06-21") == "|outside the terms");
  BOOST_TEST(day(desk, of, "2030-05-01") == "|closed every year");
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(a_child_takes_over_what_it_does_not_say_itself) {
  Desk desk;
  desk.apply("calendar.save", R"({"closed": ["2026-11-25/2026-11-27 Break"],
      "closed_yearly": ["12-25"],
      "special": [{"date": "2026-12-01", "hours": ["08:00-10:00"], "name": "Early"},
                  {"date": "2026-12-02", "hours": ["08:00-10:00"]}]})");
  desk.apply("calendar.save", R"({"calendar": "north", "parent": "default", "schools": ["north"],
      "closed": ["2026-11-30 Flood"], "not_closed": ["2026-11-26", "2026-12-25"],
      "special": [{"date": "2026-12-01", "hours": ["12:00-24:00"], "name": "Evening"}]})");
  const Record row = shown_calendar(desk, "north");
  BOOST_TEST(row.text("parent") == "default");
  BOOST_TEST(row.text("zone") == "UTC");
  BOOST_TEST(!row.flag("own_hours", true));
  BOOST_TEST(shown(row.records("closed")) ==
                 (Texts{"2026-11-25/2026-11-25 Break inherited",
                        "2026-11-27/2026-11-27 Break inherited", "2026-11-30/2026-11-30 Flood"}),
             boost::test_tools::per_element());
  const char *north = R"("school": "north")";
  BOOST_TEST(day(desk, north, "2026-11-25") == "|Break");
  BOOST_TEST(day(desk, north, "2026-11-26") == "08:00-16:00|");
  BOOST_TEST(day(desk, north, "2026-12-25") == "08:00-16:00|");
  BOOST_TEST(day(desk, north, "2026-12-01") == "12:00-24:00|Evening");
  BOOST_TEST(day(desk, north, "2026-12-02") == "08:00-10:00|special hours");
  BOOST_TEST(day(desk, R"("school": "south")", "2026-11-26") == "|Break");
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(saving_the_parent_saves_its_children_and_moves_their_clocks) {
  Desk desk;
  desk.apply("calendar.save", R"({"calendar": "north", "parent": "default", "schools": ["north"],
                                  "closed": ["2026-12-18"]})");
  desk.apply("interaction.log", kNorth);
  BOOST_TEST(due_of(desk, "north") == at("2026-11-24T16:00Z"));
  const auto before = desk.count("calendar.saved");
  desk.apply("calendar.save", R"({"closed": ["2026-11-24 Storm"]})");
  BOOST_TEST(desk.count("calendar.saved") == before + 2);
  BOOST_TEST(shown_calendar(desk, "north").number("version") == 2);
  BOOST_TEST(due_of(desk, "north") == at("2026-11-25T16:00Z"));
  // Its own part is still its own, and a list given to the child changes nothing of the parent's.
  desk.apply("calendar.save", R"({"calendar": "north", "closed": []})");
  BOOST_TEST(shown(shown_calendar(desk, "north").records("closed")) ==
                 Texts{"2026-11-24/2026-11-24 Storm inherited"},
             boost::test_tools::per_element());
  desk.apply("calendar.save", R"({"closed": []})");
  BOOST_TEST(due_of(desk, "north") == at("2026-11-24T16:00Z"));
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(hours_of_its_own_stay_until_it_gives_them_up) {
  Desk desk;
  desk.apply("calendar.save", R"({"calendar": "night", "parent": "default", "schools": ["night"],
                                  "hours": [{"monday": ["18:00-20:00"]}], "from": "2000-01-01"})");
  const char *night = R"("calendar": "night")";
  BOOST_TEST(day(desk, night, "2026-11-30") == "18:00-20:00|");
  desk.apply("calendar.save", R"({"hours": [{"monday": ["10:00-11:00"]}]})");
  BOOST_TEST(day(desk, night, "2026-11-30") == "18:00-20:00|");
  desk.apply("calendar.save", R"({"calendar": "night", "hours": []})");
  BOOST_TEST(day(desk, night, "2026-11-30") == "10:00-11:00|");
  desk.apply("calendar.save", R"({"calendar": "night", "parent": ""})");
  BOOST_TEST(!shown_calendar(desk, "night").has("parent"));
  BOOST_TEST(day(desk, night, "2026-11-30") == "10:00-11:00|");
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(parents_that_make_no_sense_are_refused) {
  Desk desk;
  desk.apply("calendar.save", R"({"calendar": "north", "parent": "default"})");
  const std::pair<const char *, const char *> cases[] = {
      {"parent", R"({"calendar": "south", "parent": "nowhere"})"},
      {"parent", R"({"calendar": "south", "parent": "south", "zone": "UTC"})"},
      {"parent", R"({"calendar": "south", "parent": "north"})"},
      {"parent", R"({"calendar": "default", "parent": "north"})"},
      {"not_closed", R"({"calendar": "default", "not_closed": ["2026-12-25"]})"},
      {"terms", R"({"terms": [{"name": "A", "first": "2026-12-25", "last": "2026-12-01"}]})"},
      {"terms", R"({"terms": [{"name": "A", "first": "Easter"}]})"},
      {"hours", R"({"terms": [{"first": "2020-01-01", "last": "2020-02-01"}]})"},
      {"closed", R"({"closed": ["2026-12-24Winter"]})"},
  };
  for (const auto &[field, fields] : cases)
    BOOST_TEST(desk.apply_refused("calendar.save", fields).detail("field") == field, fields);
  // What would leave a child without any open time is refused too, and nothing is kept.
  desk.apply("calendar.save", R"({"calendar": "north", "hours": [{"monday": ["08:00-09:00"]}]})");
  desk.apply("calendar.save", R"({"calendar": "north", "hours": []})");
  const auto refusal =
      desk.apply_refused("calendar.save", R"({"closed": ["2026-11-01/2037-12-31"]})");
  BOOST_TEST(refusal.detail("field") == "hours");
}

BOOST_AUTO_TEST_CASE(open_cases_follow_their_school_to_its_calendar_and_back) {
  Desk desk;
  desk.apply("interaction.log", kNorth);
  desk.apply("interaction.log", kSouth);
  desk.apply("calendar.save", R"({"calendar": "evening", "zone": "UTC", "schools": ["north"],
                                  "hours": [{"friday": ["18:00-20:00"]}]})");
  BOOST_TEST(due_of(desk, "north") == at("2026-11-27T20:00Z"));
  BOOST_TEST(due_of(desk, "south") == at("2026-11-24T16:00Z"));
  BOOST_TEST(desk.clock("1", "first_response").text("calendar") == "evening");
  desk.apply("calendar.save", R"({"calendar": "evening", "schools": []})");
  BOOST_TEST(due_of(desk, "north") == at("2026-11-24T16:00Z"));
  BOOST_TEST(desk.clock("1", "first_response").text("calendar") == "default");
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(entries_from_before_cases_followed_move_none) {
  Desk desk;
  desk.apply("interaction.log", kNorth);
  desk.engine.write(directory::system_actor(), [](const commands::Work &work) {
    namespace field_id = store::field_id;
    store::Draft draft = work.draft(store::Kind::calendar_saved, keyed_id("heard/calendar", "old"));
    draft.fields.text(field_id::calendar_id, "old").number(field_id::version, 1);
    draft.fields.text(field_id::used_by, "north");
    draft.fields.number(field_id::changed_from, work.now_seconds());
    folds::encode_calendar(folds::calendar_now(work.database(), "default")->definition,
                           draft.fields);
    work.append(std::move(draft));
  });
  BOOST_TEST(desk.clock("1", "first_response").text("calendar") == "default");
  desk.check_whole();
  desk.apply("calendar.save", R"({"calendar": "old", "closed": ["2026-11-24"]})");
  BOOST_TEST(desk.clock("1", "first_response").text("calendar") == "old");
  BOOST_TEST(due_of(desk, "north") == at("2026-11-25T16:00Z"));
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(a_waiting_case_follows_with_its_pause) {
  Desk desk;
  desk.apply("policy.save", R"({"targets": [
      {"clock": "first_response", "amount": 60, "unit": "business_minutes"},
      {"clock": "resolution", "amount": 600, "unit": "business_minutes"}]})");
  desk.apply("interaction.log", kNorth);
  desk.now("2026-11-23T10:00Z").apply("case.reply", R"({"case": "1"})");
  desk.apply("case.wait", R"({"case": "1"})");
  desk.apply("calendar.close", R"({"school": "north", "closed": ["2026-11-24"]})");
  BOOST_TEST(desk.clock("1", "resolution").text("state") == "paused");
  BOOST_TEST(desk.clock("1", "resolution").text("calendar") == "north");
  desk.now("2026-11-23T11:00Z").apply("interaction.log", R"({"channel": "email", "case": "1"})");
  // Nine hours are left at 11:00: five on Monday, none on Tuesday, four on Wednesday.
  BOOST_TEST(desk.clock("1", "resolution").number("due_at") == at("2026-11-25T12:00Z"));
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(finished_clocks_keep_the_calendar_that_decided) {
  Desk desk;
  desk.apply("interaction.log", kNorth);
  desk.now("2026-11-23T10:00Z").apply("case.reply", R"({"case": "1"})");
  desk.apply("calendar.close", R"({"school": "north", "closed": ["2026-11-23"]})");
  BOOST_TEST(desk.clock("1", "first_response").text("calendar") == "default");
  BOOST_TEST(desk.clock("1", "first_response").text("verdict") == "met");
  BOOST_TEST(desk.clock("1", "resolution").text("calendar") == "north");
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(a_school_that_moves_to_its_calendar_loses_misses_it_does_not_confirm) {
  Desk desk;
  desk.apply("interaction.log", kNorth);
  desk.now("2026-11-25T09:00Z").pump();
  BOOST_TEST(desk.clock("1", "first_response").text("verdict") == "missed");
  desk.apply("calendar.close",
             R"({"school": "north", "closed": ["2026-11-24"], "name": "Snow day"})");
  BOOST_TEST(desk.clock("1", "first_response").text("verdict") == "none");
  BOOST_TEST(due_of(desk, "north") == at("2026-11-25T16:00Z"));
  desk.check_whole();
}

BOOST_AUTO_TEST_SUITE_END()
