// calendar.save, policy.save and settings.save: what they change for clocks that run already.
#include "support/desk.hpp"

using namespace heard;
using support::at;
using support::Desk;

namespace {

constexpr const char *kBus = R"({"channel": "email", "from": "sis:guardian:9", "topic": "bus"})";

}  // namespace

BOOST_AUTO_TEST_SUITE(settings)

BOOST_AUTO_TEST_CASE(a_snow_day_moves_the_due_time_of_running_clocks) {
  Desk desk;
  desk.apply("interaction.log", kBus);
  desk.now("2026-11-23T20:00Z");
  const Record done = desk.apply("calendar.save", R"({"closed": ["2026-11-24"]})");
  BOOST_TEST(done.number("version") == 2);
  BOOST_TEST(desk.row("waiting").number("due_at") == at("2026-11-25T16:00Z"));
  desk.now("2026-11-25T15:59Z").pump();
  BOOST_TEST(desk.count("case.clock_missed") == 0);
  desk.now("2026-11-26T08:00:01Z").pump();
  BOOST_TEST(desk.count("case.clock_missed") == 1);
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(a_snow_day_moves_minutes_and_warnings_too) {
  Desk desk;
  desk.apply("policy.save", R"({"targets": [{"clock": "first_response", "amount": 600,
                                             "unit": "business_minutes"}]})");
  desk.apply("interaction.log", kBus);
  // Ten open hours from Monday 09:00: 7 on Monday, 3 on Tuesday.
  BOOST_TEST(desk.row("waiting").number("due_at") == at("2026-11-24T11:00Z"));
  desk.now("2026-11-23T20:00Z").apply("calendar.save", R"({"closed": ["2026-11-24"]})");
  BOOST_TEST(desk.row("waiting").number("due_at") == at("2026-11-25T11:00Z"));
  // Three quarters are 7.5 hours: half an hour into Wednesday.
  BOOST_TEST(desk.pump() == at("2026-11-25T08:30:01Z"));
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(what_fell_due_before_a_change_is_recorded_under_the_old_hours) {
  Desk desk;
  desk.apply("interaction.log", kBus);
  desk.now("2026-11-25T12:00Z").apply("calendar.save", R"({"closed": ["2026-11-27"]})");
  BOOST_TEST(desk.count("case.clock_missed") == 1);
  BOOST_TEST(desk.clock("1", "first_response").number("due_at") == at("2026-11-24T16:00Z"));
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(an_era_changes_no_open_time_of_the_past) {
  Desk desk;
  desk.apply("policy.save", R"({"targets": [{"clock": "first_response", "amount": 600,
                                             "unit": "business_minutes"}]})");
  desk.apply("interaction.log", kBus);
  desk.apply("calendar.save", R"({"from": "2026-11-24", "hours": [
      {"monday": ["10:00-12:00"], "tuesday": ["10:00-12:00"], "wednesday": ["10:00-12:00"]}]})");
  // 7 hours on Monday as before, then 2 on Tuesday, the tenth on Wednesday from 10:00.
  BOOST_TEST(desk.row("waiting").number("due_at") == at("2026-11-25T11:00Z"));
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(special_days_breaks_and_yearly_closings_count) {
  Desk desk;
  desk.apply("calendar.save", R"({"special": [{"date": "2026-11-24", "hours": ["08:00-10:00"]}],
                                  "closed_yearly": ["11-25"],
                                  "breaks": [{"date": "2026-11-23", "hours": ["12:00-13:00"]}]})");
  desk.apply("interaction.log", kBus);
  BOOST_TEST(desk.row("waiting").number("due_at") == at("2026-11-24T10:00Z"));
  desk.now("2026-11-24T12:00Z").apply("interaction.log", R"({"channel": "visit"})");
  BOOST_TEST(desk.rows("waiting").back().number("due_at") == at("2026-11-26T16:00Z"));
}

BOOST_AUTO_TEST_CASE(a_school_with_its_own_calendar_counts_by_it) {
  Desk desk;
  desk.apply("calendar.save", R"({"calendar": "evening", "zone": "UTC", "schools": ["night"],
                                  "hours": [{"monday": ["18:00-20:00"], "friday": ["18:00-20:00"]}]})");
  desk.apply("interaction.log", R"({"channel": "email", "school": "night"})");
  desk.apply("interaction.log", R"({"channel": "email", "school": "day"})");
  const auto rows = desk.rows("waiting");
  BOOST_TEST(support::texts(rows, "school") == (std::vector<std::string>{"day", "night"}),
             boost::test_tools::per_element());
  BOOST_TEST(rows.back().number("due_at") == at("2026-11-27T20:00Z"));
  desk.apply("calendar.save", R"({"calendar": "evening", "schools": []})");
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(hours_and_zones_that_make_no_sense_are_refused) {
  Desk desk;
  const std::pair<const char *, const char *> cases[] = {
      {"zone", R"({"zone": "Europe/Nowhere"})"},
      {"zone", R"({"zone": "../../etc/passwd"})"},
      {"hours", R"({"hours": [{"monday": []}]})"},
      {"monday", R"({"hours": [{"monday": ["08:00-12:00", "11:00-13:00"]}]})"},
      {"closed", R"({"closed": ["2026-02-30"]})"},
      {"closed", R"({"closed": ["2026-12-24/2026-12-01"]})"},
      {"closed_yearly", R"({"closed_yearly": ["13-01"]})"},
      {"special", R"({"special": [{"date": "2026-11-24", "hours": ["noon"]}]})"},
      {"from", R"({"from": "soon", "hours": [{"monday": ["08:00-09:00"]}]})"},
      {"zone", R"({"calendar": "second"})"},
  };
  for (const auto &[field, fields] : cases) {
    const auto refusal = desk.apply_refused("calendar.save", fields);
    BOOST_TEST(refusal.detail("field") == field, fields << ": " << refusal.says());
  }
}

BOOST_AUTO_TEST_CASE(an_unknown_zone_makes_no_store) {
  BOOST_CHECK_EXCEPTION(Desk("Mars/Olympus"), Failure, [](const Failure &failure) {
    return failure.message().find("Mars/Olympus") != std::string::npos;
  });
}

BOOST_AUTO_TEST_CASE(a_new_policy_holds_for_new_clocks_and_leaves_running_ones_alone) {
  Desk desk;
  desk.apply("interaction.log", kBus);
  const Record done = desk.apply("policy.save", R"({"warn_percent": 50, "targets": [
      {"clock": "first_response", "amount": 60, "unit": "business_minutes"},
      {"clock": "first_response", "priority": "urgent", "amount": 10, "unit": "wall_minutes"}]})");
  BOOST_TEST(done.number("version") == 2);
  BOOST_TEST(desk.row("waiting").number("due_at") == at("2026-11-24T16:00Z"));
  desk.apply("interaction.log", R"({"channel": "email", "from": "sis:guardian:10"})");
  desk.apply("interaction.log",
             R"({"channel": "email", "from": "sis:guardian:11", "priority": "urgent"})");
  BOOST_TEST(support::numbers(desk.rows("waiting"), "due_at") ==
                 (std::vector<std::int64_t>{at("2026-11-23T09:10Z"), at("2026-11-23T10:00Z"),
                                            at("2026-11-24T16:00Z")}),
             boost::test_tools::per_element());
  BOOST_TEST(desk.pump() == at("2026-11-23T09:05:01Z"));
  BOOST_TEST(desk.clock("1", "first_response").text("explain").find("version 1") !=
             std::string::npos);
  BOOST_TEST(desk.clock("2", "first_response").text("explain").find("version 2") !=
             std::string::npos);
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(targets_that_make_no_sense_are_refused) {
  Desk desk;
  const std::pair<const char *, const char *> cases[] = {
      {"clock", R"({"targets": [{"clock": "lunch", "amount": 1, "unit": "business_days"}]})"},
      {"unit", R"({"targets": [{"clock": "first_response", "amount": 1, "unit": "moons"}]})"},
      {"amount",
       R"({"targets": [{"clock": "first_response", "amount": 0, "unit": "wall_minutes"}]})"},
      {"amount",
       R"({"targets": [{"clock": "first_response", "amount": 366, "unit": "business_days"}]})"},
      {"priority", R"({"targets": [{"clock": "first_response", "amount": 1, "priority": "mild",
                                    "unit": "business_days"}]})"},
      {"targets",
       R"({"targets": [{"clock": "resolution", "amount": 1, "unit": "business_days"}]})"},
      {"warn_percent", R"({"warn_percent": 100})"},
      {"reopen_days", R"({"reopen_days": -1})"},
      {"when", R"({"policy": "second"})"},
      {"policy", R"({"policy": "No id!", "when": [{"topic": ["bus"]}]})"},
      {"when", R"({"when": [{"topic": ["bus"]}]})"},
      {"active", R"({"active": 0})"},
      {"ends", R"({"targets": [{"clock": "first_response", "amount": 9, "unit": "wall_minutes",
                                "ends": "midnight"}]})"},
      {"offset", R"({"steps": [{"name": "a", "clock": "update", "offset": 0, "unit": "percent",
                                "notify": "lead"}]})"},
      {"notify", R"({"steps": [{"name": "a", "clock": "update", "offset": 9, "unit": "percent",
                                "notify": "somebody"}]})"},
  };
  for (const auto &[field, fields] : cases)
    BOOST_TEST(desk.apply_refused("policy.save", fields).detail("field") == field, fields);
}

BOOST_AUTO_TEST_CASE(a_setting_is_kept_shown_and_taken_back) {
  Desk desk;
  desk.apply("settings.save", R"({"name": "feed.sis.url", "value": "https://sis.example/"})");
  const auto value = [&] {
    for (const Record &row : desk.rows("settings"))
      if (row.text("name") == "feed.sis.url") return row.text("value");
    return std::string("none");
  };
  BOOST_TEST(value() == "https://sis.example/");
  desk.apply("settings.save", R"({"name": "feed.sis.url", "value": "https://new.example/"})");
  BOOST_TEST(value() == "https://new.example/");
  desk.apply("settings.save", R"({"name": "feed.sis.url"})");
  BOOST_TEST(value() == "none");
  for (const char *name : {"feed.sis.password", "feed.sis", "feed..url", "colour"}) {
    const auto refusal = desk.refused([&] {
      desk.engine.apply(record_from_json("actor", support::kAdmin), "settings.save",
                        Record("fields").set("name", name).set("value", "x"));
    });
    BOOST_TEST((refusal.status() == Status::unknown_name), name);
  }
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(a_closure_of_past_days_takes_back_the_misses_it_explains) {
  Desk desk;  // Monday 09:00; due Tuesday 16:00
  desk.apply("interaction.log", R"({"channel": "phone", "from": "sis:guardian:1"})");
  desk.now("2026-11-25T09:00Z").pump();
  BOOST_TEST(desk.clock("1", "first_response").text("verdict") == "missed");
  desk.apply("calendar.save", R"({"closed": ["2026-11-24"]})");
  BOOST_TEST(desk.clock("1", "first_response").text("verdict") == "none");
  BOOST_TEST(desk.count("case.clock_corrected") == 1);
  BOOST_TEST(desk.row("waiting").number("due_at") == heard::support::at("2026-11-25T16:00Z"));
  desk.now("2026-11-26T09:00Z").pump();
  BOOST_TEST(desk.clock("1", "first_response").text("verdict") == "missed");
  desk.check_whole();
}

BOOST_AUTO_TEST_SUITE_END()
