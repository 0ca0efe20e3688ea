// person.save and the people whom entries name before anybody has announced them.
#include "support/desk.hpp"

using namespace heard;
using support::Desk;

namespace {

Record person(Desk &desk, const std::string &key) {
  return desk.row("people", R"({"person": ")" + key + R"("})");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(people)

BOOST_AUTO_TEST_CASE(a_key_nobody_announced_makes_an_unverified_person_that_a_save_claims) {
  Desk desk;
  desk.apply("interaction.log",
             R"({"channel": "email", "from": "sis:guardian:9", "from_name": "Ana",
                 "about": ["sis:student:4"]})");
  const Record stub = person(desk, "sis:guardian:9");
  BOOST_TEST(!stub.flag("verified"));
  BOOST_TEST(stub.text("name") == "Ana");
  BOOST_TEST(stub.text("kind") == "guardian");
  const Record saved = desk.apply("person.save", R"({"person": "sis:guardian:9", "given": "Ana",
                                                     "family": "Ruiz", "language": "es"})");
  BOOST_TEST(saved.text("id") == stub.text("id"));
  const Record known = person(desk, "sis:guardian:9");
  BOOST_TEST(known.flag("verified"));
  BOOST_TEST(known.text("name") == "Ana Ruiz");
  BOOST_TEST(desk.rows("timeline", R"({"person": "sis:guardian:9"})").size() == 1u);
  // What was frozen into the entry stays as it was said then.
  BOOST_TEST(desk.rows("timeline", R"({"person": "sis:guardian:9"})").front().text("from_name") ==
             "Ana");
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(a_save_changes_what_it_names_and_keeps_the_rest) {
  Desk desk;
  desk.apply("person.save", R"({"person": "sis:student:4", "given": "Leo", "family": "Ruiz",
                                "school": "north", "grade": "7", "email": "leo@example.org"})");
  desk.apply("person.save", R"({"person": "sis:student:4", "grade": "8"})");
  Record row = person(desk, "sis:student:4");
  BOOST_TEST(row.text("grade") == "8");
  BOOST_TEST(row.text("name") == "Leo Ruiz");
  BOOST_TEST(row.text("school") == "north");
  BOOST_TEST(row.text("email") == "leo@example.org");
  desk.apply("person.save", R"({"person": "sis:student:4", "family": "Ruiz-Vega"})");
  BOOST_TEST(person(desk, "sis:student:4").text("name") == "Leo Ruiz-Vega");
  desk.apply("person.save", R"({"person": "sis:student:4", "active": 0})");
  BOOST_TEST(!person(desk, "sis:student:4").flag("active"));
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(links_work_from_both_ends_and_others_stay) {
  Desk desk;
  desk.apply("person.save", R"({"person": "sis:guardian:9", "name": "Ana", "links": [
      {"student": "sis:student:4", "relation": "mother", "custody": "yes",
       "communications": "no", "restriction": "no pick-up", "sequence": 1}]})");
  desk.apply("person.save", R"({"person": "sis:student:4", "name": "Leo", "links": [
      {"contact": "sis:guardian:10", "relation": "uncle", "sequence": 2}]})");
  const Record leo = person(desk, "sis:student:4");
  BOOST_TEST(support::texts(leo.records("links"), "person") ==
                 (std::vector<std::string>{"sis:guardian:9", "sis:guardian:10"}),
             boost::test_tools::per_element());
  const Record &mother = leo.records("links").front();
  BOOST_TEST(mother.text("custody") == "yes");
  BOOST_TEST(mother.text("communications") == "no");
  BOOST_TEST(mother.text("legal") == "unknown");
  BOOST_TEST(mother.text("restriction") == "no pick-up");
  BOOST_TEST(person(desk, "sis:guardian:10").records("links").size() == 1u);
  BOOST_TEST(!person(desk, "sis:guardian:10").flag("verified"));
  desk.apply("person.save", R"({"person": "sis:guardian:9", "links": [
      {"student": "sis:student:4", "active": 0}]})");
  BOOST_TEST(person(desk, "sis:student:4").records("links").size() == 1u);
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(people_that_make_no_sense_are_refused) {
  Desk desk;
  for (const char *fields :
       {R"({"person": "nobody"})", R"({"person": "a::b"})", R"({"person": "x:y", "kind": "ghost"})",
        R"({"person": "x:y", "links": [{"relation": "aunt"}]})",
        R"({"person": "x:y", "links": [{"student": "s:1", "contact": "c:1"}]})",
        R"({"person": "x:y", "links": [{"student": "s:1", "custody": "perhaps"}]})"})
    BOOST_TEST((desk.apply_refused("person.save", fields).status() == Status::argument), fields);
}

BOOST_AUTO_TEST_CASE(an_assignment_names_a_person_or_a_department) {
  Desk desk;
  desk.apply("interaction.log", R"({"channel": "email", "from": "sis:guardian:9"})");
  desk.apply("case.assign", R"({"case": "1", "to": "host:staff:7", "to_name": "A. Clerk"})");
  BOOST_TEST(desk.row("waiting", R"({"assignee": "host:staff:7"})").text("assignee_name") ==
             "A. Clerk");
  BOOST_TEST(desk.rows("waiting", R"({"assignee": "host:staff:8"})").empty());
  desk.apply("case.assign", R"({"case": "1", "department": "Transport"})");
  BOOST_TEST(desk.row("case", R"({"case": "1"})").text("department") == "Transport");
  BOOST_TEST((desk.apply_refused("case.assign", R"({"case": "1"})").status() == Status::argument));
  desk.check_whole();
}

BOOST_AUTO_TEST_SUITE_END()
