// Moving, merging, splitting, marking, prioritizing, reapplying, recalculating: through the
// commands, with the ledger whole and rebuilt afterwards. November 2026: Monday is the 23rd.
#include "support/desk.hpp"

using namespace heard;
using support::at;
using support::Desk;

namespace {

std::string log(Desk &desk, const std::string &more) {
  return desk
      .apply("interaction.log", R"({"channel": "email", "from": "g:guardian:1")" + more + "}")
      .text("case");
}

/// Four hours to answer, eight to resolve.
void use_hours(Desk &desk) {
  desk.apply("policy.save", R"({"warn_percent": 0, "targets": [
      {"clock": "first_response", "amount": 240, "unit": "business_minutes"},
      {"clock": "first_response", "priority": "urgent", "amount": 60, "unit": "business_minutes"},
      {"clock": "next_response", "amount": 240, "unit": "business_minutes"},
      {"clock": "resolution", "amount": 480, "unit": "business_minutes"}]})");
}

Millis due(Desk &desk, const std::string &name, const std::string &clock = "first_response") {
  return desk.clock(name, clock).number("due_at");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(case_moves)

BOOST_AUTO_TEST_CASE(a_raised_priority_counts_from_the_start) {
  Desk desk;
  use_hours(desk);
  const std::string id = log(desk, "");
  desk.now("2026-11-23T11:00Z");
  desk.apply("case.prioritize", R"({"case": "1", "priority": "urgent", "note": "hurt"})");
  const Record clock = desk.clock(id, "first_response");
  BOOST_TEST(clock.text("verdict") == "missed");
  BOOST_TEST(clock.text("cause") == "priority_change");
  BOOST_TEST(due(desk, id) == at("2026-11-23T10:00Z"));
  BOOST_TEST(
      desk.apply_refused("case.prioritize", R"({"case": "1", "priority": "urgent"})").says() ==
      "the case has priority urgent already");
  BOOST_TEST(desk.apply_refused("case.prioritize", R"({"case": "1", "priority": "mild"})")
                 .detail("field") == "priority");
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(a_policy_with_conditions_is_used_for_the_cases_it_fits) {
  Desk desk;
  use_hours(desk);
  desk.apply("policy.save", R"({"policy": "bus", "when": [{"topic": ["bus"], "priority": ["high"]}],
      "targets": [{"clock": "first_response", "amount": 30, "unit": "business_minutes"}]})");
  const std::string bus = log(desk, R"(, "topic": "bus", "priority": "high")");
  const std::string other = log(desk, R"(, "topic": "lunch", "priority": "high")");
  BOOST_TEST(due(desk, bus) == at("2026-11-23T09:30Z"));
  BOOST_TEST(due(desk, other) == at("2026-11-23T13:00Z"));
  desk.now("2026-11-23T09:10Z");
  desk.apply("case.prioritize", R"({"case": ")" + bus + R"(", "priority": "low"})");
  BOOST_TEST(due(desk, bus) == at("2026-11-23T13:00Z"));
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(policies_that_overlap_or_are_never_reached_are_reported) {
  Desk desk;
  desk.apply("policy.save",
             R"({"policy": "a", "name": "A", "when": [{"topic": ["bus", "fees"]}]})");
  const auto warned = desk.apply("policy.save", R"({"policy": "b", "name": "B",
      "when": [{"topic": ["bus"], "school": ["north"]}]})")
                          .texts("warnings");
  BOOST_TEST_REQUIRE(warned.size() == 1u);
  BOOST_TEST(warned.front() == "'B' is never reached: 'A' comes before it and fits all its cases");
  const auto overlap = desk.apply("policy.save", R"({"policy": "c", "name": "C",
      "when": [{"school": ["south"]}]})")
                           .texts("warnings");
  BOOST_TEST_REQUIRE(overlap.size() == 1u);
  BOOST_TEST(overlap.front() ==
             "'A' and 'C' fit some of the same cases; 'A' comes first and is used for them");
  BOOST_TEST(desk.apply_refused("policy.save", R"({"policy": "d", "name": "A",
      "when": [{"school": ["west"]}]})")
                 .detail("field") == "name");
}

BOOST_AUTO_TEST_CASE(reapplying_changes_open_cases_only_and_shows_it_before) {
  Desk desk;
  use_hours(desk);
  const std::string open = log(desk, "");
  const std::string done = log(desk, R"(, "topic": "done")");
  desk.apply("case.solve", R"({"case": ")" + done + "\"}");
  desk.apply("policy.save", R"({"targets": [
      {"clock": "first_response", "amount": 60, "unit": "business_minutes"}]})");
  BOOST_TEST(due(desk, open) == at("2026-11-23T13:00Z"));
  desk.now("2026-11-23T10:30Z");
  const auto preview = desk.rows("reapply");
  BOOST_TEST_REQUIRE(preview.size() == 2u);  // two clocks of one case
  BOOST_TEST(preview.front().number("due_before") == at("2026-11-23T13:00Z"));
  BOOST_TEST(preview.front().number("due_after") == at("2026-11-23T10:00Z"));
  BOOST_TEST(due(desk, open) == at("2026-11-23T13:00Z"));
  const Record result = desk.apply("policy.reapply", R"({"note": "new year"})");
  BOOST_TEST(result.number("cases") == 1);
  BOOST_TEST(desk.clock(open, "first_response").text("verdict") == "missed");
  BOOST_TEST(desk.clock(open, "resolution").has("due_at") == false);
  BOOST_TEST(desk.apply("policy.reapply", "{}").number("cases") == 0);
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(another_school_counts_from_the_original_start_on_its_calendar) {
  Desk desk;
  use_hours(desk);
  desk.apply("calendar.save", R"({"calendar": "south", "zone": "UTC", "schools": ["south"],
      "hours": [{"monday": ["10:00-12:00"], "tuesday": ["10:00-12:00"]}]})");
  const std::string id = log(desk, R"(, "school": "north")");
  desk.now("2026-11-23T10:00Z");
  desk.apply("case.wait", R"({"case": "1"})");
  desk.now("2026-11-23T11:00Z");
  desk.apply("case.move", R"({"case": "1", "school": "south"})");
  BOOST_TEST(due(desk, id) == at("2026-11-24T12:00Z"));  // two open hours a day from 09:00 on
  BOOST_TEST(desk.clock(id, "first_response").text("calendar") == "south");
  desk.now("2026-11-23T11:30Z");
  log(desk, R"(, "school": "south")");
  // Eight hours, two a day on Mondays and Tuesdays, and 90 minutes of waiting.
  BOOST_TEST(due(desk, id, "resolution") == at("2026-12-07T11:30Z"));
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(merged_cases_count_from_the_oldest_message_and_loops_are_refused) {
  Desk desk;
  use_hours(desk);
  const std::string first = log(desk, R"(, "topic": "a")");
  desk.now("2026-11-23T10:00Z");
  const std::string second = log(desk, R"(, "topic": "b")");
  desk.apply("case.merge", R"({"case": "1", "into": "2"})");
  BOOST_TEST(due(desk, second) == at("2026-11-23T13:00Z"));
  const Record row = desk.row("case", R"({"case": "2"})");
  BOOST_TEST(row.records("entries").size() == 2u);
  BOOST_TEST(desk.rows("waiting").size() == 1u);
  for (const char *fields : {R"({"case": "2", "into": "1"})", R"({"case": "1", "into": "2"})",
                             R"({"case": "2", "into": "2"})"})
    BOOST_TEST((desk.apply_refused("case.merge", fields).status() == Status::conflict));
  // A message to the absorbed case goes to the one that stayed.
  const std::string number = R"(, "case": ")" + first + "\"";
  BOOST_TEST(log(desk, number) == second);
  BOOST_TEST(desk.rows("measures").front().number("unanswered") == 1);
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(split_contacts_become_a_case_with_clocks_of_their_own) {
  Desk desk;
  use_hours(desk);
  const std::string id = log(desk, "");
  desk.now("2026-11-23T10:00Z");
  const std::int64_t fees =
      desk.apply("interaction.log", R"({"channel": "email", "from": "g:guardian:1",
                                        "subject": "And the fees?"})")
          .number("seq");
  desk.now("2026-11-23T11:00Z");
  const Record result =
      desk.apply("case.split", R"({"case": "1", "entries": [")" + std::to_string(fees) +
                                   R"("], "subject": "Fees"})");
  BOOST_TEST(result.number("number") == 2);
  BOOST_TEST(due(desk, "1") == at("2026-11-23T13:00Z"));
  BOOST_TEST(due(desk, "2") == at("2026-11-23T14:00Z"));
  BOOST_TEST(desk.row("case", R"({"case": "2"})").number("split_from") == 1);
  for (const char *fields :
       {R"({"case": "1", "entries": []})", R"({"case": "1", "entries": ["1"]})",
        R"({"case": "1", "entries": ["abc"]})"})
    BOOST_TEST(desk.apply_refused("case.split", fields).detail("field") == "entries");
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(marked_as_needing_no_answer_a_message_starts_nothing_and_back_again) {
  Desk desk;
  use_hours(desk);
  const std::string id = log(desk, "");
  desk.apply("case.reply", R"({"case": "1"})");
  desk.now("2026-11-23T10:00Z");
  const std::int64_t thanks =
      desk.apply("interaction.log", R"({"channel": "email", "from": "g:guardian:1"})")
          .number("seq");
  BOOST_TEST(desk.clock(id, "next_response").text("state") == "running");
  const std::string seq = std::to_string(thanks);
  desk.apply("interaction.mark", R"({"seq": )" + seq + R"(, "needs_response": 0})");
  BOOST_TEST(desk.clock(id, "next_response").fields().empty());
  BOOST_TEST(desk.rows("waiting").empty());
  desk.now("2026-11-23T15:00Z");
  desk.apply("interaction.mark", R"({"seq": )" + seq + R"(, "needs_response": 1})");
  BOOST_TEST(desk.clock(id, "next_response").text("state") == "running");
  BOOST_TEST(desk.clock(id, "next_response").text("verdict") == "missed");
  BOOST_TEST(
      (desk.apply_refused("interaction.mark", R"({"seq": )" + seq + R"(, "needs_response": 1})")
           .status() == Status::conflict));
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(a_note_that_needs_an_answer_after_all_gets_a_case) {
  Desk desk;
  use_hours(desk);
  const Record logged = desk.apply("interaction.log", R"({"channel": "email",
      "from": "g:guardian:1", "about": ["s:student:4"], "needs_response": 0, "subject": "Thanks"})");
  BOOST_TEST(!logged.has("case"));
  desk.now("2026-11-23T10:00Z");
  const Record marked =
      desk.apply("interaction.mark",
                 R"({"needs_response": 1, "seq": )" + std::to_string(logged.number("seq")) + "}");
  BOOST_TEST(marked.number("number") == 1);
  BOOST_TEST(due(desk, "1") == at("2026-11-23T13:00Z"));
  BOOST_TEST(desk.row("case", R"({"case": "1"})").text("requester") == "g:guardian:1");
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(bulk_message_answers_only_when_it_is_marked_so) {
  Desk desk;
  use_hours(desk);
  const std::string id = log(desk, "");
  const std::int64_t bulk = desk.apply("interaction.log", R"({"channel": "email", "bulk": 1,
      "direction": "outbound", "to": ["g:guardian:1"], "case": "1"})")
                                .number("seq");
  BOOST_TEST(desk.clock(id, "first_response").text("state") == "running");
  desk.apply("interaction.mark", R"({"answers": 1, "seq": )" + std::to_string(bulk) + "}");
  BOOST_TEST(desk.clock(id, "first_response").text("state") == "met");
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(a_message_after_the_reopening_window_opens_a_case_that_follows) {
  Desk desk;
  const std::string id = log(desk, "");
  desk.apply("case.solve", R"({"case": "1"})");
  desk.now("2026-12-23T09:00Z");
  const std::string next = log(desk, "");
  BOOST_TEST(next != id);
  BOOST_TEST(desk.row("case", R"({"case": "2"})").number("follows") == 1);
  desk.apply("case.close", R"({"case": "2"})");
  const std::string number = R"(, "case": "2")";
  BOOST_TEST(log(desk, number) != next);
  BOOST_TEST(desk.row("case", R"({"case": "3"})").number("follows") == 2);
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(finished_clocks_are_excused_only_by_an_explicit_logged_recalculation) {
  Desk desk;
  use_hours(desk);
  const std::string id = log(desk, "");
  desk.now("2026-11-23T15:00Z");
  desk.apply("case.reply", R"({"case": "1"})");
  BOOST_TEST(desk.clock(id, "first_response").text("state") == "missed");
  desk.apply("calendar.close", R"({"calendar": "default", "closed": ["2026-11-23"]})");
  BOOST_TEST(desk.clock(id, "first_response").text("state") == "missed");
  BOOST_TEST(
      desk.apply_refused("clocks.recalculate", R"({"reason": "", "case": "1"})").detail("field") ==
      "reason");
  const Record done = desk.apply("clocks.recalculate", R"({"reason": "snow", "case": "1"})");
  BOOST_TEST(done.number("changed") == 1);
  BOOST_TEST(desk.clock(id, "first_response").text("state") == "met");
  BOOST_TEST(desk.clock(id, "first_response").text("cause") == "recalculation");
  BOOST_TEST(desk.count("case.clock_corrected") == 1);
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(what_ended_before_a_move_is_judged_by_the_days_of_the_school_it_was_at) {
  Desk desk;
  use_hours(desk);
  desk.apply("calendar.save", R"({"calendar": "south", "zone": "UTC", "schools": ["south"],
      "hours": [{"sunday": ["10:00-12:00"]}]})");
  const std::string id = log(desk, R"(, "school": "north")");
  desk.now("2026-11-23T15:00Z");
  desk.apply("case.reply", R"({"case": "1"})");
  desk.apply("case.move", R"({"case": "1", "school": "south"})");
  const Record done = desk.apply("clocks.recalculate", R"({"reason": "why not", "case": "1"})");
  BOOST_TEST(done.number("changed") == 0);
  BOOST_TEST(desk.clock(id, "first_response").text("state") == "missed");
}

BOOST_AUTO_TEST_CASE(topics_send_new_cases_to_their_department_and_the_family_is_told_by_when) {
  Desk desk;
  use_hours(desk);
  desk.apply("department.save", R"({"department": "buses", "lead": "h:staff:3"})");
  desk.apply("topic.save", R"({"topic": "bus", "department": "buses"})");
  const Record logged = desk.apply("interaction.log", R"({"channel": "email", "topic": "bus",
      "from": "g:guardian:1"})");
  BOOST_TEST(logged.text("promise") == "by 13:00 today");
  const Record row = desk.row("case", R"({"case": "1"})");
  BOOST_TEST(row.text("department") == "buses");
  BOOST_TEST(row.text("promise") == "by 13:00 today");
  desk.now("2026-11-23T18:00Z");
  const Record promise = desk.row("promise", R"({"topic": "bus"})");
  BOOST_TEST(promise.text("promise") == "by Tuesday 12:00");
  BOOST_TEST(!promise.flag("open_now"));
  BOOST_TEST(promise.number("next_open") == at("2026-11-24T08:00Z"));
}

BOOST_AUTO_TEST_CASE(a_late_typed_wait_gives_back_what_was_missed) {
  Desk desk;
  use_hours(desk);
  const std::string id = log(desk, "");
  desk.now("2026-11-23T10:00Z");
  desk.apply("case.reply", R"({"case": "1"})");
  desk.now("2026-11-24T12:00Z").pump();
  BOOST_TEST(desk.clock(id, "resolution").text("verdict") == "missed");
  desk.apply("case.wait",
             R"({"case": "1", "at": )" + std::to_string(at("2026-11-23T15:00Z")) + "}");
  BOOST_TEST(desk.clock(id, "resolution").text("verdict") == "none");
  BOOST_TEST(desk.clock(id, "resolution").text("cause") == "late_entry");
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(a_clock_that_jumps_back_a_day_takes_nothing_back) {
  Desk desk;
  use_hours(desk);
  const std::string id = log(desk, "");
  desk.now("2026-11-25T15:00Z").pump();
  BOOST_TEST(desk.clock(id, "first_response").text("verdict") == "missed");
  const std::int64_t misses = desk.count("case.clock_missed");
  desk.now("2026-11-24T15:00Z").pump();
  desk.apply("case.prioritize", R"({"case": "1", "priority": "low"})");
  desk.apply("case.assign", R"({"case": "1", "to": "h:staff:4"})");
  log(desk, "");
  desk.apply("case.reply", R"({"case": "1"})");
  BOOST_TEST(desk.clock(id, "first_response").text("state") == "missed");
  BOOST_TEST(desk.clock(id, "resolution").text("verdict") == "missed");
  desk.now("2026-11-26T15:00Z").pump();
  BOOST_TEST(desk.count("case.clock_missed") == misses);
  desk.check_whole();
}

BOOST_AUTO_TEST_SUITE_END()
