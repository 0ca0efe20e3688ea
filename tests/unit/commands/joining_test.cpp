// Which case a contact joins, and what the clocks make of it.
#include "support/desk.hpp"

using namespace heard;
using support::Desk;

namespace {

constexpr const char *kBus =
    R"({"channel": "email", "from": "sis:guardian:9", "about": ["sis:student:4"],
        "topic": "bus", "subject": "Late bus"})";

}  // namespace

BOOST_AUTO_TEST_SUITE(joining)

BOOST_AUTO_TEST_CASE(the_first_message_opens_a_case_and_starts_two_clocks) {
  Desk desk;
  const Record done = desk.apply("interaction.log", kBus);
  BOOST_TEST(done.number("number") == 1);
  BOOST_TEST(done.number("seq") == 3);  // after the creation, the calendar and the policy
  BOOST_TEST(done.number("size") == 5);
  BOOST_TEST(done.text("root").size() == 64u);
  BOOST_TEST(!done.flag("duplicate"));
  const Record waiting = desk.row("waiting");
  BOOST_TEST(waiting.text("clock") == "first_response");
  BOOST_TEST(waiting.text("subject") == "Late bus");
  BOOST_TEST(waiting.text("status") == "new");
  BOOST_TEST(waiting.number("waiting_since") == support::at("2026-11-23T09:00Z"));
  // One business day: the day of receipt is day 0, due at Tuesday's closing.
  BOOST_TEST(waiting.number("due_at") == support::at("2026-11-24T16:00Z"));
  BOOST_TEST(desk.clock("1", "resolution").text("state") == "running");
  BOOST_TEST(desk.host.wakes == 1);
}

// The case and the timeline showed a contact as it was logged, so it could never be marked back.
BOOST_AUTO_TEST_CASE(a_mark_is_seen_at_the_contact_and_can_be_taken_back) {
  Desk desk;
  const std::string seq = std::to_string(desk.apply("interaction.log", kBus).number("seq"));
  for (const char *needs : {"0", "1"}) {
    desk.apply("interaction.mark", R"({"seq": )" + seq + R"(, "needs_response": )" + needs + "}");
    const Record timeline = desk.row("timeline", R"({"person": "sis:guardian:9"})");
    BOOST_TEST(timeline.flag("needs_response") == (*needs == '1'));
    const Record shown = desk.row("case", R"({"case": "1"})");
    BOOST_TEST(shown.records("entries").at(0).flag("needs_response") == (*needs == '1'));
  }
}

BOOST_AUTO_TEST_CASE(the_same_requester_student_and_topic_join_all_else_opens_another) {
  const std::tuple<const char *, const char *, std::int64_t> cases[] = {
      {"the same again", kBus, 1},
      {"another channel",
       R"({"channel": "phone", "from": "sis:guardian:9", "about": ["sis:student:4"],
           "topic": "bus"})",
       1},
      {"one of several students",
       R"({"channel": "email", "from": "sis:guardian:9",
           "about": ["sis:student:5", "sis:student:4"], "topic": "bus"})",
       1},
      {"another topic",
       R"({"channel": "email", "from": "sis:guardian:9", "about": ["sis:student:4"],
           "topic": "lunch"})",
       2},
      {"another student",
       R"({"channel": "email", "from": "sis:guardian:9", "about": ["sis:student:5"],
           "topic": "bus"})",
       2},
      {"no student", R"({"channel": "email", "from": "sis:guardian:9", "topic": "bus"})", 2},
      {"another requester",
       R"({"channel": "email", "from": "sis:guardian:10", "about": ["sis:student:4"],
           "topic": "bus"})",
       2},
      {"the requester named",
       R"({"channel": "visit", "from": "host:staff:7", "requester": "sis:guardian:9",
           "about": ["sis:student:4"], "topic": "bus"})",
       1},
      {"a case wished for",
       R"({"channel": "email", "from": "sis:guardian:9", "about": ["sis:student:4"],
           "topic": "bus", "open_case": 1})",
       2},
  };
  for (const auto &[what, fields, number] : cases) {
    Desk desk;
    desk.apply("interaction.log", kBus);
    BOOST_TEST(desk.apply("interaction.log", fields).number("number") == number, what);
  }
}

BOOST_AUTO_TEST_CASE(a_second_message_of_the_same_streak_starts_no_second_clock) {
  Desk desk;
  desk.apply("interaction.log", kBus);
  desk.now("2026-11-24T10:00Z").apply("interaction.log", kBus);
  BOOST_TEST(desk.rows("waiting").size() == 1u);
  BOOST_TEST(desk.row("waiting").number("waiting_since") == support::at("2026-11-23T09:00Z"));
}

BOOST_AUTO_TEST_CASE(a_thank_you_joins_but_starts_no_clock) {
  Desk desk;
  desk.apply("interaction.log", kBus);
  desk.apply("case.reply", R"({"case": "1", "text": "Sorted."})");
  const Record thanks = desk.apply("interaction.log",
                                   R"({"channel": "email", "from": "sis:guardian:9", "topic": "bus",
                             "about": ["sis:student:4"], "text": "Thanks!", "needs_response": 0})");
  BOOST_TEST(thanks.number("number") == 1);
  BOOST_TEST(desk.rows("waiting").empty());
  const Record stray = desk.apply("interaction.log",
                                  R"({"channel": "email", "from": "sis:guardian:77",
                                      "text": "Lovely concert!", "needs_response": 0})");
  BOOST_TEST(!stray.has("case"));
  BOOST_TEST(desk.rows("cases").size() == 1u);
}

BOOST_AUTO_TEST_CASE(an_answer_stops_the_clock_and_the_next_message_starts_the_next_one) {
  Desk desk;
  desk.apply("interaction.log", kBus);
  desk.now("2026-11-23T11:00Z").apply("case.reply", R"({"case": "1", "text": "Sorted."})");
  BOOST_TEST(desk.rows("waiting").empty());
  BOOST_TEST(desk.clock("1", "first_response").text("state") == "met");
  desk.now("2026-11-24T09:00Z").apply("interaction.log", kBus);
  BOOST_TEST(desk.row("waiting").text("clock") == "next_response");
  BOOST_TEST(desk.row("waiting").text("status") == "open");
}

BOOST_AUTO_TEST_CASE(what_is_no_answer_stops_nothing) {
  for (const char *fields :
       {R"({"case": "1", "human": 0})", R"({"case": "1", "public": 0})",
        R"({"case": "1", "bulk": 1})", R"({"case": "1", "delivery": "failed"})",
        R"({"case": "1", "delivery": "attempted"})"}) {
    Desk desk;
    desk.apply("interaction.log", kBus);
    desk.apply("case.reply", fields);
    BOOST_TEST(desk.rows("waiting").size() == 1u, fields);
  }
}

BOOST_AUTO_TEST_CASE(an_internal_note_belongs_to_the_case_and_stops_nothing) {
  Desk desk;
  desk.apply("interaction.log", kBus);
  const Record note =
      desk.apply("interaction.log", R"({"channel": "other", "direction": "internal", "case": "1",
                             "text": "Called the bus company"})");
  BOOST_TEST(note.number("number") == 1);
  BOOST_TEST(desk.rows("waiting").size() == 1u);
  BOOST_TEST(desk.row("case", R"({"case": "1"})").records("entries").size() == 2u);
}

BOOST_AUTO_TEST_CASE(an_answered_call_is_contact_and_answer_at_once) {
  Desk desk;
  const Record done = desk.apply(
      "interaction.log", R"({"channel": "phone", "from": "sis:guardian:9", "answered": 1})");
  BOOST_TEST(done.number("number") == 1);
  BOOST_TEST(desk.rows("waiting").empty());
  BOOST_TEST(desk.clock("1", "first_response").text("state") == "met");
}

BOOST_AUTO_TEST_CASE(a_reply_to_an_entry_and_a_case_by_name_go_where_they_say) {
  Desk desk;
  const Record first = desk.apply("interaction.log", kBus);
  desk.apply("interaction.log", R"({"channel": "email", "from": "sis:guardian:10"})");
  Record reply("fields");
  reply.set("channel", "email").set("from", "sis:guardian:55").set("topic", "other");
  reply.set("reply_to", first.number("seq"));
  const Record admin = record_from_json("actor", support::kAdmin);
  BOOST_TEST(desk.engine.apply(admin, "interaction.log", reply).number("number") == 1);
  for (const std::string &name : {std::string("2"), std::string("#2")}) {
    Record named("fields");
    named.set("channel", "email").set("from", "sis:guardian:9").set("case", name);
    BOOST_TEST(desk.engine.apply(admin, "interaction.log", named).number("number") == 2);
  }
  Record by_id("fields");
  by_id.set("channel", "email").set("case", first.text("case"));
  BOOST_TEST(desk.engine.apply(admin, "interaction.log", by_id).number("number") == 1);
}

BOOST_AUTO_TEST_CASE(references_to_nothing_are_not_found) {
  Desk desk;
  for (const char *fields :
       {R"({"channel": "email", "reply_to": 1})", R"({"channel": "email", "reply_to": 999})",
        R"({"channel": "email", "corrects": 2})", R"({"channel": "email", "case": "12"})",
        R"({"channel": "email", "case": "no such"})"})
    BOOST_TEST((desk.apply_refused("interaction.log", fields).status() == Status::not_found),
               fields);
}

BOOST_AUTO_TEST_CASE(a_solved_case_is_reopened_inside_its_window_and_not_after_it) {
  for (const auto &[when, number] : {std::pair("2026-12-06T09:00Z", 1), {"2026-12-08T09:00Z", 2}}) {
    Desk desk;
    desk.apply("interaction.log", kBus);
    desk.apply("case.solve", R"({"case": "1"})");
    BOOST_TEST(desk.now(when).apply("interaction.log", kBus).number("number") == number);
    BOOST_TEST(desk.rows("cases", R"({"status": "solved"})").size() ==
               static_cast<std::size_t>(number - 1));
    desk.check_whole();
  }
}

BOOST_AUTO_TEST_CASE(staff_open_a_case_that_waits_for_nobody) {
  Desk desk;
  const Record done =
      desk.apply("interaction.log", R"({"channel": "phone", "direction": "outbound", "open_case": 1,
                             "to": ["sis:guardian:9"], "about": ["sis:student:4"],
                             "topic": "attendance"})");
  BOOST_TEST(done.number("number") == 1);
  BOOST_TEST(desk.rows("waiting").empty());
  BOOST_TEST(desk.row("cases").text("status") == "open");
  BOOST_TEST(desk.row("cases").text("requester") == "sis:guardian:9");
}

BOOST_AUTO_TEST_SUITE_END()
