// Input that once got through, or did harm before it was refused.
#include "support/desk.hpp"

namespace {

using heard::Record;
using heard::Status;
using heard::support::Desk;
using heard::support::drain;
using heard::support::texts;

constexpr const char *kNorth = R"({"id": "t:1", "roles": ["teacher"], "schools": ["north"]})";

/// A family of school south: guardian 9 of student 1, with a court order.
void add_family(Desk &desk) {
  desk.apply("person.save", R"({"person": "sis:student:1", "given": "Kim", "school": "south"})");
  desk.apply("person.save", R"({"person": "sis:guardian:9", "given": "Ada", "email": "ada@x.org",
      "links": [{"student": "sis:student:1", "custody": "yes", "restriction": "court order"}]})");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(refusals)

BOOST_AUTO_TEST_CASE(an_empty_list_of_hours_is_refused_instead_of_crashing) {
  Desk desk;
  BOOST_TEST(desk.apply_refused("calendar.save", R"({"hours": []})").detail("field") == "hours");
  BOOST_TEST(desk.apply_refused("interaction.log", R"({"channel": "phone", "occurred_at": []})")
                 .detail("field") == "occurred_at");
}

BOOST_AUTO_TEST_CASE(an_actor_that_is_not_understood_has_no_rights) {
  Desk desk;
  for (const char *actor : {R"({"id": "t:1", "roles": ["teacher"], "school": ["north"]})",
                            R"({"id": "t:1", "roles": ["teacher"], "schools": 17})",
                            R"({"id": "t:1", "roles": ["teacher"], "schools": [{"a": "b"}]})"})
    desk.refused([&] { desk.rows("people", "{}", actor); });
}

BOOST_AUTO_TEST_CASE(an_empty_list_of_schools_means_none) {
  Desk desk;
  add_family(desk);
  BOOST_TEST(
      desk.rows("people", "{}", R"({"id": "t:1", "roles": ["teacher"], "schools": []})").empty());
}

BOOST_AUTO_TEST_CASE(a_guardian_is_seen_only_where_a_child_goes) {
  Desk desk;
  add_family(desk);
  BOOST_TEST(desk.rows("people", R"({"person": "sis:guardian:9"})", kNorth).empty());
  desk.refused([&] { desk.rows("timeline", R"({"person": "sis:guardian:9"})", kNorth); });
}

BOOST_AUTO_TEST_CASE(a_teacher_of_another_school_cannot_touch_a_restriction) {
  Desk desk;
  add_family(desk);
  const auto refusal = desk.apply_refused(
      "person.save", R"({"person": "sis:guardian:9", "links": [{"student": "sis:student:1"}]})",
      kNorth);
  BOOST_CHECK(refusal.status() == Status::denied);
}

BOOST_AUTO_TEST_CASE(a_link_saved_in_part_keeps_the_rest) {
  Desk desk;
  add_family(desk);
  desk.apply("person.save", R"({"person": "sis:guardian:9",
      "links": [{"student": "sis:student:1", "emergency": "yes"}]})");
  const Record link =
      desk.row("people", R"({"person": "sis:guardian:9"})").records("links").front();
  BOOST_TEST(link.text("restriction") == "court order");
  BOOST_TEST(link.text("custody") == "yes");
  BOOST_TEST(link.text("emergency") == "yes");
}

BOOST_AUTO_TEST_CASE(a_new_phone_number_does_not_bring_somebody_back) {
  Desk desk;
  desk.apply("person.save", R"({"person": "sis:student:1", "given": "Kim", "active": 0})");
  desk.apply("person.save", R"({"person": "sis:student:1", "phone": "555 0100"})");
  BOOST_TEST(desk.row("people", R"({"person": "sis:student:1"})").number("active") == 0);
}

BOOST_AUTO_TEST_CASE(the_ledger_is_not_shown_to_one_schools_staff) {
  Desk desk;
  desk.refused([&] { desk.rows("ledger", "{}", kNorth); });
}

BOOST_AUTO_TEST_CASE(the_same_reference_from_somebody_else_is_a_conflict) {
  Desk desk;
  desk.apply("interaction.log", R"({"channel": "phone", "from": "sis:guardian:1", "source": "pbx",
      "host_ref": "a"})");
  const auto refusal = desk.apply_refused(
      "interaction.log",
      R"({"channel": "phone", "from": "sis:guardian:2", "source": "pbx", "host_ref": "a"})");
  BOOST_CHECK(refusal.status() == Status::conflict);
  BOOST_TEST(refusal.detail("field") == "from");
}

BOOST_AUTO_TEST_CASE(a_reply_stored_in_one_case_is_not_a_duplicate_in_another) {
  Desk desk;
  for (const char *guardian : {"1", "2"})
    desk.apply("interaction.log",
               std::string(R"({"channel": "phone", "from": "sis:guardian:)") + guardian + R"("})");
  const char *reply =
      R"({"case": "1", "to": ["sis:guardian:1"], "source": "mail", "host_ref": "r"})";
  desk.apply("case.reply", reply);
  const auto refusal = desk.apply_refused(
      "case.reply",
      R"({"case": "2", "to": ["sis:guardian:1"], "source": "mail", "host_ref": "r"})");
  BOOST_CHECK(refusal.status() == Status::conflict);
}

BOOST_AUTO_TEST_CASE(nothing_happens_to_a_case_before_it_was_opened) {
  Desk desk;
  desk.apply("interaction.log", R"({"channel": "phone", "from": "sis:guardian:1"})");
  for (const char *command : {"case.solve", "case.wait"})
    BOOST_TEST(desk.apply_refused(command, R"({"case": "1", "at": 0})").detail("field") == "at");
}

BOOST_AUTO_TEST_CASE(a_contact_at_one_school_does_not_join_a_case_at_another) {
  Desk desk;
  desk.apply("interaction.log",
             R"({"channel": "phone", "from": "sis:guardian:1", "school": "south"})");
  desk.apply("interaction.log",
             R"({"channel": "phone", "from": "sis:guardian:1", "school": "north"})", kNorth);
  BOOST_TEST(desk.rows("cases").size() == 2U);
}

BOOST_AUTO_TEST_CASE(a_page_that_could_not_be_disclosed_is_not_shown_later) {
  Desk desk;
  desk.apply("interaction.log", R"({"channel": "phone", "from": "sis:guardian:1"})");
  auto reader = heard::views::Reader{
      &desk.engine.connection().database(),
      heard::directory::system_actor(),
      desk.host.now,
      [](const heard::views::Disclosure &) { throw heard::Failure(Status::busy, "not now"); },
      {}};
  Record filter;
  filter.set("person", "sis:guardian:1");
  const auto rows = heard::views::open_view(reader, "timeline", filter);
  Record row;
  BOOST_CHECK_THROW(rows->next(row), heard::Failure);
  BOOST_CHECK_THROW(rows->next(row), heard::Failure);
  BOOST_TEST(row.text("channel").empty());
}

BOOST_AUTO_TEST_CASE(a_misspelt_receipt_is_not_a_check_that_passed) {
  Desk desk;
  Record actor;
  actor.set("id", "a:1").set("roles", "auditor");
  Record what;
  what.set("recipt", "5:00");
  desk.refused([&] { desk.engine.verify(actor, what); });
  desk.refused([&] { desk.engine.rebuild(actor, what); });
  desk.refused([&] { desk.rows("cases", R"({"limit": -1})"); });
}

BOOST_AUTO_TEST_CASE(an_index_that_contradicts_the_ledger_is_named_instead_of_looping) {
  Desk desk;
  desk.apply("interaction.log", R"({"channel": "phone", "from": "sis:guardian:1"})");
  desk.engine.connection().database().exec("UPDATE fold_clock SET next_axis = 3, next_key = 0");
  const auto refusal = desk.refused([&] { desk.engine.pump(1000); });
  BOOST_CHECK(refusal.status() == Status::corrupt);
  desk.refused([&] { desk.apply("calendar.save", R"({"closed": ["2026-12-24"]})"); });
}

BOOST_AUTO_TEST_SUITE_END()
