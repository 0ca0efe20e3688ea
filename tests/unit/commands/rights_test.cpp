// Who may do and see what: roles, schools, and the record of who looked at what.
#include "support/desk.hpp"

using namespace heard;
using support::Desk;
using support::kAdmin;
using support::kAuditor;
using support::kOffice;

namespace {

constexpr const char *kSystem = R"({"id": "job:1", "roles": ["system"]})";
constexpr const char *kTeacher = R"({"id": "t:1", "roles": ["teacher"], "schools": ["south"]})";

/// One case at each of two schools: 1 at north, 2 at south; a student and a guardian each.
Desk &two_schools(Desk &desk) {
  for (const char *school : {"north", "south"}) {
    const std::string at = school;
    desk.apply("person.save", R"({"person": "sis:student:)" + at + R"(", "name": "S )" + at +
                                  R"(", "school": ")" + at + R"("})");
    desk.apply("interaction.log", R"({"channel": "email", "from": "sis:guardian:both",
                                      "about": ["sis:student:)" +
                                      at + R"("]})");
  }
  return desk;
}

Status status_of(const std::function<void()> &call) {
  try {
    call();
  } catch (const Failure &failure) {
    return failure.status();
  }
  return Status{0};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(rights)

BOOST_AUTO_TEST_CASE(a_role_may_write_what_the_table_says) {
  Desk desk;
  two_schools(desk);
  const char *person = R"({"person": "sis:guardian:3"})";
  const char *email = R"({"channel": "email"})";
  const std::tuple<const char *, const char *, const char *, bool> cases[] = {
      {kAdmin, "calendar.save", "{}", true},
      {kSystem, "calendar.save", "{}", true},
      {kOffice, "calendar.save", "{}", false},
      {kTeacher, "calendar.save", "{}", false},
      {kAuditor, "calendar.save", "{}", false},
      {kOffice, "policy.save", "{}", false},
      {kOffice, "interaction.log", email, true},
      {kTeacher, "interaction.log", email, true},
      {kSystem, "interaction.log", email, true},
      {kAuditor, "interaction.log", email, false},
      {kOffice, "person.save", person, true},
      {kAuditor, "person.save", person, false},
      {kOffice, "settings.save", R"({"name": "feed.x.url"})", false},
  };
  for (const auto &[actor, command, fields, allowed] : cases) {
    const Status status =
        status_of([&, a = actor, c = command, f = fields] { desk.apply(c, f, a); });
    BOOST_TEST((status == (allowed ? Status{0} : Status::denied)), actor << " " << command);
  }
}

BOOST_AUTO_TEST_CASE(an_actor_of_one_school_works_on_its_cases_only) {
  Desk desk;
  two_schools(desk);
  for (const char *command : {"case.wait", "case.reply", "case.assign", "case.solve"}) {
    const std::string to = std::string(command) == "case.assign" ? R"(, "to": "staff:7")" : "";
    const auto refusal = desk.apply_refused(command, R"({"case": "2")" + to + "}", kOffice);
    BOOST_TEST((refusal.status() == Status::denied), command << ": " << refusal.says());
    desk.apply(command, R"({"case": "1")" + to + "}", kOffice);
  }
  for (const char *fields :
       {R"({"channel": "email", "school": "south"})", R"({"channel": "email", "case": "2"})",
        R"({"channel": "email", "about": ["sis:student:south"]})"})
    BOOST_TEST((desk.apply_refused("interaction.log", fields, kOffice).status() == Status::denied),
               fields);
}

BOOST_AUTO_TEST_CASE(a_person_of_another_school_can_be_neither_changed_nor_taken_over) {
  Desk desk;
  two_schools(desk);
  for (const char *fields : {R"({"person": "sis:student:south", "grade": "9"})",
                             R"({"person": "sis:student:south", "school": "north"})"})
    BOOST_TEST((desk.apply_refused("person.save", fields, kOffice).status() == Status::denied),
               fields);
}

BOOST_AUTO_TEST_CASE(views_show_an_actor_its_schools_only) {
  Desk desk;
  two_schools(desk);
  const auto seen = [&](const char *view, const char *field) {
    return support::texts(desk.rows(view, "{}", kOffice), field);
  };
  using Texts = std::vector<std::string>;
  BOOST_TEST(seen("waiting", "school") == Texts{"north"}, boost::test_tools::per_element());
  BOOST_TEST(seen("cases", "school") == Texts{"north"}, boost::test_tools::per_element());
  BOOST_TEST(seen("measures", "school") == Texts{"north"}, boost::test_tools::per_element());
  for (const Record &row : desk.rows("people", "{}", kOffice))
    BOOST_TEST(row.text("school") != "south");
  BOOST_TEST(desk.rows("cases", "{}", kAuditor).size() == 2u);
  const auto refusal = desk.refused([&] { desk.rows("case", R"({"case": "2"})", kOffice); });
  BOOST_TEST((refusal.status() == Status::denied));
  desk.refused([&] { desk.rows("timeline", R"({"person": "sis:student:south"})", kOffice); });
}

BOOST_AUTO_TEST_CASE(a_guardian_of_two_schools_shows_each_school_its_own_entries) {
  Desk desk;
  two_schools(desk);
  const char *both = R"({"person": "sis:guardian:both"})";
  BOOST_TEST(desk.rows("timeline", both).size() == 2u);
  const auto seen = desk.rows("timeline", both, kOffice);
  BOOST_TEST_REQUIRE(seen.size() == 1u);
  BOOST_TEST(seen.front().number("number") == 1);
}

BOOST_AUTO_TEST_CASE(a_limit_counts_what_the_actor_may_see) {
  Desk desk;
  two_schools(desk);  // case 2, the newest, is south's
  BOOST_TEST(desk.rows("cases", R"({"limit": 1})", kOffice).size() == 1u);
  BOOST_TEST(desk.rows("waiting", R"({"limit": 1})", kTeacher).size() == 1u);
  BOOST_TEST(desk.rows("people", R"({"limit": 2})", kTeacher).size() == 2u);
}

BOOST_AUTO_TEST_CASE(verifying_and_exporting_take_an_auditor_or_admin) {
  Desk desk;
  for (const char *actor : {kAdmin, kAuditor, kSystem, kOffice}) {
    const Status expected = actor == kOffice ? Status::denied : Status{0};
    const Record who = record_from_json("actor", actor);
    const auto sink = [](std::string_view) {};
    const Record all = record_from_json("what", R"({"all": 1})");
    BOOST_TEST((status_of([&] { desk.engine.verify(who, Record()); }) == expected), actor);
    BOOST_TEST((status_of([&] { desk.engine.rebuild(who, Record()); }) == expected), actor);
    BOOST_TEST((status_of([&] { desk.engine.write_export(who, all, sink); }) == expected), actor);
  }
  const Record replace = record_from_json("what", R"({"replace": 1})");
  BOOST_TEST((status_of([&] {
                desk.engine.rebuild(record_from_json("actor", kAuditor), replace);
              }) == Status::denied));
}

BOOST_AUTO_TEST_CASE(reading_a_protected_view_is_itself_an_entry) {
  Desk desk;
  two_schools(desk);
  const std::int64_t before = desk.size();
  desk.rows("waiting");
  desk.rows("cases");
  desk.rows("people");
  desk.rows("ledger");
  BOOST_TEST(desk.size() == before);
  desk.rows("case", R"({"case": "1"})", kOffice);
  desk.rows("timeline", R"({"person": "sis:student:north"})", kOffice);
  BOOST_TEST(desk.size() == before + 2);
  store::Ledger &ledger = desk.engine.journal().ledger();
  const auto case_body = ledger.body(before).value();
  BOOST_TEST(case_body.text(store::field_id::view) == "case");
  BOOST_TEST(case_body.text(store::field_id::actor) == "staff:7");
  BOOST_TEST(case_body.number(store::field_id::rows) == 1);
  BOOST_TEST(case_body.has(store::field_id::about_case));
  const auto timeline_body = ledger.body(before + 1).value();
  BOOST_TEST(timeline_body.text(store::field_id::view) == "timeline");
  BOOST_TEST(timeline_body.has(store::field_id::about_person));
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(actors_nobody_can_make_sense_of_are_refused) {
  Desk desk;
  for (const auto &[field, actor] : {std::pair("id", R"({"roles": ["admin"]})"),
                                     {"roles", R"({"id": "staff:7"})"},
                                     {"roles", R"({"id": "staff:7", "roles": ["king"]})"}}) {
    const auto refusal = desk.apply_refused("interaction.log", R"({"channel": "email"})", actor);
    BOOST_TEST((refusal.status() == Status::argument), actor);
    BOOST_TEST(refusal.detail("field") == field);
  }
}

BOOST_AUTO_TEST_SUITE_END()
