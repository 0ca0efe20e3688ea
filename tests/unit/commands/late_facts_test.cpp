// Facts that are typed in late: answers before a recorded miss, older messages, corrections.
#include "support/desk.hpp"

using namespace heard;
using support::at;
using support::Desk;

namespace {

constexpr const char *kBus = R"({"channel": "email", "from": "sis:guardian:9", "topic": "bus"})";

Record log_at(Desk &desk, const char *direction, std::string_view when) {
  Record fields("fields");
  fields.set("channel", "phone").set("direction", direction).set("case", "1");
  fields.set("occurred_at", at(when));
  return desk.engine.apply(record_from_json("actor", support::kAdmin), "interaction.log", fields);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(late_facts)

BOOST_AUTO_TEST_CASE(a_clock_is_warned_and_missed_by_the_pump_alone) {
  Desk desk;
  desk.apply("interaction.log", kBus);
  // Monday 09:00 to Tuesday 16:00 is 7 + 8 = 15 open hours; 75 % of them end Tuesday 12:15.
  BOOST_TEST(desk.pump() == at("2026-11-24T12:15Z") + 1000);
  BOOST_TEST(!desk.row("waiting").flag("warned"));
  desk.now("2026-11-24T12:15:01Z").pump();
  BOOST_TEST(desk.count("case.clock_warned") == 1);
  BOOST_TEST(desk.row("waiting").flag("warned"));
  BOOST_TEST(!desk.row("waiting").flag("late"));
  desk.now("2026-11-24T16:00Z").pump();
  BOOST_TEST(desk.count("case.clock_missed") == 0);
  desk.now("2026-11-25T08:00:01Z").pump();
  BOOST_TEST(desk.count("case.clock_missed") == 1);
  BOOST_TEST(desk.row("waiting", R"({"late": 1})").number("due_at") == at("2026-11-24T16:00Z"));
  BOOST_TEST(desk.clock("1", "first_response").text("verdict") == "missed");
  desk.pump();
  BOOST_TEST(desk.count("case.clock_missed") == 1);
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(an_answer_typed_in_late_corrects_a_miss_and_both_stay_recorded) {
  Desk desk;
  desk.apply("interaction.log", kBus);
  desk.now("2026-11-26T09:00Z").pump();
  BOOST_TEST(desk.clock("1", "first_response").text("verdict") == "missed");
  log_at(desk, "outbound", "2026-11-24T10:00Z");
  const Record clock = desk.clock("1", "first_response");
  BOOST_TEST(clock.text("state") == "met");
  BOOST_TEST(clock.number("stopped_at") == at("2026-11-24T10:00Z"));
  BOOST_TEST(desk.count("case.clock_missed") == 1);
  BOOST_TEST(desk.rows("waiting").empty());
  const auto entries = desk.row("case", R"({"case": "1"})").records("entries");
  BOOST_TEST(entries.at(1).flag("late_typed"));
  BOOST_TEST(!entries.at(0).flag("late_typed"));
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(an_answer_after_the_due_time_stays_a_miss_even_if_nobody_pumped) {
  Desk desk;
  desk.apply("interaction.log", kBus);
  desk.now("2026-11-27T09:00Z").apply("case.reply", R"({"case": "1"})");
  const Record clock = desk.clock("1", "first_response");
  BOOST_TEST(clock.text("state") == "missed");
  BOOST_TEST(clock.number("stopped_at") == at("2026-11-27T09:00Z"));
  BOOST_TEST(desk.rows("waiting").empty());
}

BOOST_AUTO_TEST_CASE(an_older_message_typed_in_later_moves_the_start) {
  Desk desk;
  desk.now("2026-11-24T09:00Z").apply("interaction.log", kBus);
  log_at(desk, "inbound", "2026-11-23T15:00Z");
  const Record waiting = desk.row("waiting");
  BOOST_TEST(waiting.number("waiting_since") == at("2026-11-23T15:00Z"));
  BOOST_TEST(waiting.number("due_at") == at("2026-11-24T16:00Z"));
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(a_late_typed_message_that_is_overdue_at_once_is_settled_at_once) {
  Desk desk;
  Record fields("fields");
  fields.set("channel", "letter").set("from", "sis:guardian:9");
  fields.set("occurred_at", at("2026-11-17T10:00Z"));
  desk.engine.apply(record_from_json("actor", support::kAdmin), "interaction.log", fields);
  BOOST_TEST(desk.row("waiting").flag("late"));
  BOOST_TEST(desk.count("case.clock_missed") == 1);
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(a_message_after_a_late_typed_answer_still_waits) {
  Desk desk;
  desk.apply("interaction.log", kBus);  // Monday 09:00
  desk.now("2026-11-24T09:00Z").apply("interaction.log", kBus);
  desk.now("2026-11-24T15:00Z");
  log_at(desk, "outbound", "2026-11-23T12:00Z");  // answers the first message, not the second
  BOOST_TEST(desk.clock("1", "first_response").text("state") == "met");
  const Record waiting = desk.row("waiting");
  BOOST_TEST(waiting.text("clock") == "next_response");
  BOOST_TEST(waiting.number("waiting_since") == at("2026-11-24T09:00Z"));
  BOOST_TEST(waiting.number("due_at") == at("2026-11-25T16:00Z"));
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(times_in_the_future_or_more_than_a_year_ago_are_refused) {
  Desk desk;
  for (const Millis when : {desk.host.now + 1, desk.host.now - Millis{366} * 86400 * 1000 - 1}) {
    const auto refusal = desk.refused([&] {
      desk.engine.apply(record_from_json("actor", support::kAdmin), "interaction.log",
                        Record("fields").set("channel", "email").set("occurred_at", when));
    });
    BOOST_TEST((refusal.status() == Status::argument));
    BOOST_TEST(refusal.detail("field") == "occurred_at");
  }
  Record fields("fields");
  fields.set("channel", "email").set("occurred_at", desk.host.now - Millis{366} * 86400 * 1000);
  desk.engine.apply(record_from_json("actor", support::kAdmin), "interaction.log", fields);
}

BOOST_AUTO_TEST_CASE(a_correction_keeps_both_entries_and_touches_no_clock) {
  Desk desk;
  desk.apply("interaction.log", kBus);
  const Record before = desk.row("waiting");
  const Record done =
      desk.now("2026-11-23T10:00Z")
          .apply(
              "interaction.log",
              R"({"channel": "email", "from": "sis:guardian:9", "corrects": 3, "text": "It was Monday"})");
  BOOST_TEST(done.number("number") == 1);
  const auto entries = desk.row("case", R"({"case": "1"})").records("entries");
  BOOST_TEST(entries.size() == 2u);
  BOOST_TEST(entries.at(1).number("corrects") == 3);
  BOOST_TEST(entries.at(1).text("text") == "It was Monday");
  BOOST_TEST((desk.row("waiting") == before));
  BOOST_TEST(desk.engine.journal().ledger().event(done.number("seq"))->ref == 3);
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(a_case_is_held_waited_for_solved_and_reopened_only_where_it_makes_sense) {
  Desk desk;
  desk.apply("interaction.log", kBus);
  BOOST_TEST(desk.apply("case.wait", R"({"case": "1"})").text("status") == "waiting");
  BOOST_TEST((desk.apply_refused("case.wait", R"({"case": "1"})").status() == Status::conflict));
  BOOST_TEST(desk.clock("1", "resolution").text("state") == "paused");
  BOOST_TEST(desk.apply("case.wait", R"({"case": "1", "on": "other"})").text("status") == "held");
  BOOST_TEST(desk.apply("case.reopen", R"({"case": "1"})").text("status") == "open");
  BOOST_TEST((desk.apply_refused("case.reopen", R"({"case": "1"})").status() == Status::conflict));
  BOOST_TEST(desk.apply("case.solve", R"({"case": "1", "note": "Bus is back"})").text("status") ==
             "solved");
  BOOST_TEST((desk.apply_refused("case.solve", R"({"case": "1"})").status() == Status::conflict));
  BOOST_TEST((desk.apply_refused("case.wait", R"({"case": "1"})").status() == Status::conflict));
  BOOST_TEST((desk.apply_refused("case.wait", R"({"case": "1", "on": "us"})").status() ==
              Status::argument));
  BOOST_TEST((desk.apply_refused("case.solve", R"({"case": "1", "at": 1895341600000})").status() ==
              Status::argument));
  BOOST_TEST(desk.clock("1", "first_response").text("verdict") == "closed_without_answer");
  const auto history = desk.row("case", R"({"case": "1"})").records("history");
  BOOST_TEST(history.back().text("says").find("Bus is back") != std::string::npos);
  BOOST_TEST(history.back().text("actor") == "The Head");
  desk.check_whole();
}

BOOST_AUTO_TEST_SUITE_END()
