// The same reference again is the same entry; batches are stored whole or not at all.
#include "support/desk.hpp"
#include "unit/store/golden.hpp"

using namespace heard;
using support::Desk;

namespace {

constexpr const char *kSms = R"({"channel": "sms", "from": "sis:guardian:9", "text": "Is it open?",
                                 "source": "gateway", "host_ref": "m-1"})";

}  // namespace

BOOST_AUTO_TEST_SUITE(idempotency)

BOOST_AUTO_TEST_CASE(the_same_reference_and_content_is_a_duplicate_and_writes_nothing) {
  Desk desk;
  const Record first = desk.apply("interaction.log", kSms);
  const Record again = desk.now("2026-11-25T09:00Z").apply("interaction.log", kSms);
  BOOST_TEST(again.flag("duplicate"));
  for (const char *field : {"seq", "number", "size"})
    BOOST_TEST(again.number(field) == first.number(field), field);
  BOOST_TEST(again.text("case") == first.text("case"));
  BOOST_TEST(again.text("root") == first.text("root"));
  BOOST_TEST(desk.size() == first.number("size"));
}

BOOST_AUTO_TEST_CASE(the_same_reference_of_another_source_is_another_entry) {
  Desk desk;
  desk.apply("interaction.log", kSms);
  const Record other = desk.apply("interaction.log",
                                  R"({"channel": "sms", "from": "sis:guardian:9",
                                      "text": "Is it open?", "source": "other",
                                      "host_ref": "m-1"})");
  BOOST_TEST(!other.flag("duplicate"));
}

BOOST_AUTO_TEST_CASE(other_content_under_the_same_reference_is_a_conflict_that_names_the_entry) {
  Desk desk;
  desk.apply("interaction.log", kSms);
  const std::pair<const char *, const char *> cases[] = {
      {"text", R"({"channel": "sms", "text": "Is it closed?", "source": "gateway",
                   "host_ref": "m-1"})"},
      {"channel", R"({"channel": "chat", "text": "Is it open?", "source": "gateway",
                      "host_ref": "m-1"})"},
      {"subject", R"({"channel": "sms", "subject": "New", "text": "Is it open?",
                      "source": "gateway", "host_ref": "m-1"})"},
      {"direction", R"({"channel": "sms", "direction": "outbound", "text": "Is it open?",
                        "source": "gateway", "host_ref": "m-1"})"},
      {"occurred_at", R"({"channel": "sms", "text": "Is it open?", "occurred_at": 1795424399999,
                          "source": "gateway", "host_ref": "m-1"})"}};
  for (const auto &[field, fields] : cases) {
    const auto refusal = desk.apply_refused("interaction.log", fields);
    BOOST_TEST((refusal.status() == Status::conflict));
    BOOST_TEST(refusal.detail("seq") == "3");
    BOOST_TEST(refusal.detail("field") == field);
    BOOST_TEST(refusal.says().find("corrects") != std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(a_reference_needs_its_source) {
  Desk desk;
  const auto refusal =
      desk.apply_refused("interaction.log", R"({"channel": "sms", "host_ref": "m-1"})");
  BOOST_TEST((refusal.status() == Status::argument));
  BOOST_TEST(refusal.detail("field") == "source");
}

BOOST_AUTO_TEST_CASE(a_reply_sent_twice_is_stored_once) {
  Desk desk;
  desk.apply("interaction.log", kSms);
  const char *reply = R"({"case": "1", "text": "Yes.", "source": "gateway", "host_ref": "r-1"})";
  const Record first = desk.apply("case.reply", reply);
  const Record again = desk.apply("case.reply", reply);
  BOOST_TEST(again.flag("duplicate"));
  BOOST_TEST(again.number("seq") == first.number("seq"));
  BOOST_TEST(desk.size() == first.number("size"));
}

BOOST_AUTO_TEST_CASE(the_name_of_an_entry_is_the_golden_keyed_hash_of_its_reference) {
  for (const golden::Line &line : golden::lines("rid.txt")) {
    Desk desk;
    desk.engine.journal().ledger().set_meta("rid_key", golden::bytes(line.at(1)));
    Record fields("fields");
    fields.set("channel", "sms").set("source", golden::bytes(line.at(2)));
    fields.set("host_ref", golden::bytes(line.at(3)));
    const Record done =
        desk.engine.apply(record_from_json("actor", support::kAdmin), "interaction.log", fields);
    const auto event = desk.engine.journal().ledger().event(done.number("seq"));
    BOOST_TEST(hex(event->rid) == line.at(4));
  }
}

BOOST_AUTO_TEST_CASE(a_batch_answers_item_by_item_and_finds_duplicates_inside_itself) {
  Desk desk;
  desk.apply("interaction.log", kSms);
  const Record done = desk.apply("interaction.log_many", R"({"items": [
      {"channel": "sms", "from": "sis:guardian:9", "text": "Is it open?", "source": "gateway",
       "host_ref": "m-1"},
      {"channel": "sms", "from": "sis:guardian:8", "text": "New", "source": "gateway",
       "host_ref": "m-2"},
      {"channel": "sms", "from": "sis:guardian:8", "text": "New", "source": "gateway",
       "host_ref": "m-2"},
      {"channel": "letter", "from": "sis:guardian:7", "needs_response": 0}]})");
  const auto &items = done.records("items");
  BOOST_TEST(support::numbers(items, "index") == (std::vector<std::int64_t>{0, 1, 2, 3}),
             boost::test_tools::per_element());
  BOOST_TEST(support::numbers(items, "duplicate") == (std::vector<std::int64_t>{1, 0, 1, 0}),
             boost::test_tools::per_element());
  BOOST_TEST(items[1].number("seq") == items[2].number("seq"));
  BOOST_TEST(items[0].number("number") == 1);
  BOOST_TEST(items[2].number("number") == 2);
  BOOST_TEST(!items[3].has("case"));
  BOOST_TEST(!done.flag("duplicate"));
  BOOST_TEST(done.number("size") == desk.size());
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(a_batch_of_nothing_but_duplicates_succeeds_and_writes_nothing) {
  Desk desk;
  const char *batch = R"({"items": [
      {"channel": "sms", "text": "a", "source": "g", "host_ref": "1"},
      {"channel": "sms", "text": "b", "source": "g", "host_ref": "2"}]})";
  const Record first = desk.apply("interaction.log_many", batch);
  const Record again = desk.now("2026-11-27T09:00Z").apply("interaction.log_many", batch);
  BOOST_TEST(again.flag("duplicate"));
  BOOST_TEST(again.text("root") == first.text("root"));
  BOOST_TEST(desk.size() == first.number("size"));
}

BOOST_AUTO_TEST_CASE(one_bad_item_refuses_the_whole_batch_and_is_named_by_its_place) {
  Desk desk;
  const std::tuple<const char *, Status, const char *> cases[] = {
      {R"({"channel": "pigeon"})", Status::argument, "channel"},
      {R"({"channel": "sms", "colour": "red"})", Status::unknown_name, ""},
      {R"({"channel": "sms", "case": "99"})", Status::not_found, "case"},
      {R"({"channel": "sms", "text": "other", "source": "g", "host_ref": "1"})", Status::conflict,
       "text"},
      {R"({"channel": "sms", "occurred_at": 1795424400001})", Status::argument, "occurred_at"},
  };
  for (const auto &[bad, status, field] : cases) {
    const auto refusal = desk.apply_refused(
        "interaction.log_many",
        std::string(R"({"items": [{"channel": "sms", "text": "a", "source": "g", "host_ref": "1"},
                                  {"channel": "email"}, )") +
            bad + "]}");
    BOOST_TEST((refusal.status() == status), bad << ": " << refusal.says());
    BOOST_TEST(refusal.detail("index") == "2");
    if (*field != '\0') BOOST_TEST(refusal.detail("field") == field);
    BOOST_TEST(refusal.says().find("item 2") != std::string::npos);
  }
  BOOST_TEST(desk.size() == 3);
  desk.apply("interaction.log_many",
             R"({"items": [{"channel": "sms", "text": "a", "source": "g", "host_ref": "1"}]})");
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(a_batch_has_bounds) {
  Desk desk;
  BOOST_TEST((desk.apply_refused("interaction.log_many", R"({"items": []})").status() ==
              Status::argument));
  std::vector<Record> items(10001, Record("item").set("channel", "sms"));
  const auto refusal = desk.refused([&] {
    desk.engine.apply(record_from_json("actor", support::kAdmin), "interaction.log_many",
                      Record("fields").set("items", items));
  });
  BOOST_TEST((refusal.status() == Status::limit));
  BOOST_TEST(refusal.detail("limit") == "10000");
}

BOOST_AUTO_TEST_SUITE_END()
