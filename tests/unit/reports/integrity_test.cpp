// What flatters the figures: each kind is found, said in a sentence, and nothing else is.
#include <set>

#include "support/desk.hpp"

using namespace heard;
using support::at;
using support::Desk;
using support::kAdmin;
using support::kAuditor;
using support::kOffice;
using support::texts;

namespace {

using Texts = std::vector<std::string>;

constexpr const char *kJob = R"({"id": "system:job", "display": "A Job", "roles": ["system"]})";

/// A message of one family about a topic of its own: a case for each.
Record message(Desk &desk, int family, const std::string &school = "north") {
  return desk.apply("interaction.log", R"({"channel": "email", "subject": "Late bus again",
      "school": ")" + school + R"(", "from": "sis:guardian:)" +
                                           std::to_string(family) + "\"}");
}

Record answer(Desk &desk, const std::string &more, const char *actor = kAdmin) {
  return desk.apply("case.reply", R"({"case": "1", )" + more + "}", actor);
}

Texts kinds(Desk &desk, const std::string &filter = "{}") {
  return texts(desk.rows("integrity", filter), "kind");
}

Record only(Desk &desk) { return desk.row("integrity"); }

bool says(const Record &row, std::string_view words) {
  return row.text("says").find(words) != std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(integrity)

BOOST_AUTO_TEST_CASE(a_desk_that_answers_in_earnest_has_nothing_to_hide) {
  Desk desk;
  message(desk, 1);
  desk.now("2026-11-23T11:00Z");
  answer(desk, R"("text": "It was the snow; it comes on time tomorrow.")");
  desk.apply("case.solve", R"({"case": "1"})");
  BOOST_TEST(desk.rows("integrity").empty());
}

BOOST_AUTO_TEST_CASE(a_case_that_is_solved_unanswered_is_told_until_an_answer_turns_up) {
  Desk desk;
  message(desk, 1);
  desk.now("2026-11-23T10:00Z");
  const Record solved = desk.apply("case.solve", R"({"case": "1"})", kOffice);
  const Record row = only(desk);
  BOOST_TEST(row.text("kind") == "closed_without_answer");
  BOOST_TEST(row.number("seq") == solved.number("seq"));
  BOOST_TEST(row.number("number") == 1);
  BOOST_TEST(row.number("at") == at("2026-11-23T10:00Z"));
  BOOST_TEST(row.text("school") == "north");
  BOOST_TEST(row.text("actor") == "A. Clerk");
  BOOST_TEST(says(row, "first response 1"));
  desk.now("2026-11-23T12:00Z");
  answer(desk, R"("text": "I had called them at nine.", "at": )" +
                   std::to_string(at("2026-11-23T09:30Z")) + R"(, "channel": "phone")");
  BOOST_TEST(kinds(desk) == Texts{"late_typed_hit"});
}

BOOST_AUTO_TEST_CASE(an_answer_of_one_word_is_told_and_an_erased_one_is_not) {
  Desk desk;
  message(desk, 1);
  const Record logged = answer(desk, R"("subject": " Re: ", "text": "ok\n")");
  BOOST_TEST(only(desk).text("kind") == "empty_answer");
  BOOST_TEST(only(desk).number("seq") == logged.number("seq"));
  answer(desk, R"("text": "Two words")");
  BOOST_TEST(desk.rows("integrity").size() == 1u);
  auto body = *desk.engine.journal().ledger().body(logged.number("seq"));
  for (std::size_t place = 0; place < body.fields().size(); ++place)
    if (body.fields()[place].id == store::field_id::text) body.close({place});
  store::Query erase(desk.engine.connection().database(),
                     "UPDATE body SET form = 1, salt = NULL, fields = ?1 WHERE seq = ?2");
  const std::string bytes = body.encode();
  erase.blob(1, bytes).bind(2, logged.number("seq")).run();
  BOOST_TEST(desk.rows("integrity").empty());
}

BOOST_AUTO_TEST_CASE(what_is_no_answer_may_be_empty) {
  Desk desk;
  message(desk, 1);
  answer(desk, R"("human": 0)");
  answer(desk, R"("public": 0)");
  answer(desk, R"("bulk": 1)");
  desk.apply("interaction.log", R"({"channel": "phone", "direction": "internal", "case": "1"})");
  BOOST_TEST(desk.rows("integrity").empty());
}

BOOST_AUTO_TEST_CASE(a_miss_that_a_late_typed_answer_turns_into_a_hit_is_told) {
  Desk desk;
  message(desk, 1);
  desk.now("2026-11-30T09:00Z").pump();
  answer(desk,
         R"("text": "I had called at ten.", "at": )" + std::to_string(at("2026-11-24T10:00Z")));
  const auto rows = desk.rows("integrity");
  BOOST_TEST(texts(rows, "kind") == (Texts{"late_typed", "late_typed_hit"}));
  BOOST_TEST(says(rows.at(0), "2026-11-24T10:00:00Z"));
  BOOST_TEST(says(rows.at(1), "First response 1 was missed and is met"));
}

BOOST_AUTO_TEST_CASE(two_school_days_are_time_enough_for_typing) {
  Desk desk;
  desk.now("2026-11-19T09:00Z");  // Thursday
  message(desk, 1);
  const std::string called =
      R"("text": "A call from the car", "at": )" + std::to_string(at("2026-11-20T10:00Z"));
  desk.now("2026-11-24T15:00Z");  // Friday, Monday, Tuesday: two school days after it
  answer(desk, called);
  const auto late = [&] {
    const Texts all = kinds(desk);
    return std::count(all.begin(), all.end(), "late_typed");
  };
  BOOST_TEST(late() == 0);
  desk.now("2026-11-25T09:00Z");
  answer(desk, called);
  BOOST_TEST(late() == 1);
}

BOOST_AUTO_TEST_CASE(clocks_that_machines_stop_are_told_with_what_stopped_them) {
  Desk desk;
  desk.apply("policy.save", R"({"targets": [
      {"clock": "first_response", "amount": 1, "unit": "business_days"},
      {"clock": "acknowledgement", "amount": 60, "unit": "business_minutes"}]})");
  message(desk, 1);
  answer(desk, R"("text": "We have got your message.", "human": 0)");
  Record row = only(desk);
  BOOST_TEST(row.text("kind") == "machine_answer");
  BOOST_TEST(says(row, "an automatic message: acknowledgement 1"));
  answer(desk, R"("text": "Typed by a person, carried by a job.", "from": "sis:staff:3")", kJob);
  BOOST_TEST(desk.rows("integrity").size() == 1u);
  message(desk, 2);
  desk.apply("case.reply", R"({"case": "2", "text": "Nobody is named here."})", kJob);
  desk.apply("case.solve", R"({"case": "1"})", kJob);
  const auto rows = desk.rows("integrity");
  BOOST_TEST_REQUIRE(rows.size() == 3u);
  BOOST_TEST(says(rows[1], "a contact that a system entered"));
  BOOST_TEST(says(rows[2], "a system: "));
  BOOST_TEST(rows[2].text("actor") == "A Job");
}

BOOST_AUTO_TEST_CASE(ten_cases_ended_within_five_minutes_are_one_bout) {
  Desk desk;
  for (int family = 1; family <= 31; ++family) {
    message(desk, family);
    desk.apply("case.reply", R"({"case": ")" + std::to_string(family) +
                                 R"(", "text": "It comes on time tomorrow."})");
  }
  const auto solve = [&](int first, int last, const char *actor, Millis step) {
    for (int number = first; number <= last; ++number, desk.host.now += step)
      desk.apply("case.solve", R"({"case": ")" + std::to_string(number) + "\"}", actor);
  };
  solve(1, 9, kOffice, 1000);
  desk.host.now += 10 * 60 * 1000;
  solve(10, 19, kAdmin, 40 * 1000);  // ten, but in six minutes
  BOOST_TEST(desk.rows("integrity").empty());
  desk.host.now += 10 * 60 * 1000;
  solve(20, 31, kOffice, 20 * 1000);
  desk.apply("case.close", R"({"case": "20"})", kOffice);  // solved before: ends nothing
  const Record row = only(desk);
  BOOST_TEST(row.text("kind") == "bulk_closing");
  BOOST_TEST(row.number("number") == 20);
  BOOST_TEST(says(row, "A. Clerk ended 12 cases"));
}

BOOST_AUTO_TEST_CASE(excuses_name_who_gave_them_and_what_became_of_the_verdict) {
  Desk desk;
  message(desk, 1);
  message(desk, 2);
  desk.now("2026-11-25T10:00Z").pump();
  answer(desk, R"("text": "It comes on time tomorrow.")");
  desk.now("2026-11-25T11:00Z").apply("calendar.save", R"({"closed": ["2026-11-24"]})");
  Record row = only(desk);  // case 2 waits still: its miss is taken back at once
  BOOST_TEST(row.text("kind") == "excused");
  BOOST_TEST(row.number("number") == 2);
  BOOST_TEST(says(row, "First response 1 was missed and is not judged"));
  BOOST_TEST(row.text("actor") == "The Head");
  desk.apply("clocks.recalculate", R"({"case": "1", "reason": "Snow on Tuesday"})");
  const auto rows = desk.rows("integrity");
  BOOST_TEST_REQUIRE(rows.size() == 2u);
  BOOST_TEST(says(rows[1], "First response 1 was missed and is met"));
  BOOST_TEST(says(rows[1], ": Snow on Tuesday"));
  BOOST_TEST(rows[1].text("actor") == "The Head");
}

BOOST_AUTO_TEST_CASE(a_clock_that_a_mark_takes_away_is_told) {
  Desk desk;
  const Record logged = message(desk, 1);
  desk.now("2026-11-26T09:00Z").pump();
  desk.apply("interaction.mark", R"({"needs_response": 0, "note": "A thank-you", "seq": )" +
                                     std::to_string(logged.number("seq")) + "}");
  const auto rows = desk.rows("integrity");
  BOOST_TEST_REQUIRE(rows.size() == 1u);  // the resolution clock was not judged yet
  BOOST_TEST(rows[0].text("kind") == "marked");
  BOOST_TEST(says(rows[0], "First response 1 was missed and is left out"), rows[0].text("says"));
  BOOST_TEST(says(rows[0], ": A thank-you"));
}

BOOST_AUTO_TEST_CASE(it_is_filtered_by_school_and_by_when_it_was_recorded) {
  Desk desk;
  message(desk, 1, "north");
  message(desk, 2, "south");
  desk.apply("case.solve", R"({"case": "1"})");
  desk.now("2026-11-24T09:00Z").apply("case.solve", R"({"case": "2"})");
  const auto numbers_of = [&](const std::string &filter) {
    return support::numbers(desk.rows("integrity", filter), "number");
  };
  using Numbers = std::vector<std::int64_t>;
  const std::string tuesday = std::to_string(at("2026-11-24T09:00Z"));
  BOOST_TEST(numbers_of("{}") == (Numbers{1, 2}));
  BOOST_TEST(numbers_of(R"({"school": "south"})") == Numbers{2});
  BOOST_TEST(numbers_of(R"({"from": )" + tuesday + "}") == Numbers{2});
  BOOST_TEST(numbers_of(R"({"to": )" + tuesday + "}") == Numbers{1});
}

BOOST_AUTO_TEST_CASE(only_who_may_audit_sees_it_and_it_pages_while_others_write) {
  Desk desk;
  BOOST_TEST(
      (desk.refused([&] { desk.rows("integrity", "{}", kOffice); }).status() == Status::denied));
  for (int family = 1; family <= 300; ++family) {
    message(desk, family);
    desk.apply("case.solve", R"({"case": ")" + std::to_string(family) + "\"}");
    desk.host.now += 60 * 1000;
  }
  const auto rows = desk.engine.query(record_from_json("actor", kAuditor), "integrity", Record());
  std::set<std::int64_t> seen;
  std::int64_t count = 0;
  for (Record row; rows->next(row) && count < 1000; ++count) {
    seen.insert(row.number("seq"));
    if (count % 50 == 0) message(desk, 1000);
  }
  BOOST_TEST(count == 300);
  BOOST_TEST(seen.size() == 300u);
}

BOOST_AUTO_TEST_SUITE_END()
