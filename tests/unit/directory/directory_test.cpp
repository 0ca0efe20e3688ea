// Keys of people, and what roles and schools allow.
#include <boost/test/unit_test.hpp>

#include "base/failure.hpp"
#include "directory/access.hpp"
#include "directory/person.hpp"

using namespace heard;
using namespace heard::directory;

namespace {

Actor actor_with(const char *role, const std::vector<std::string> &schools = {}) {
  Actor actor;
  actor.id = "id";
  actor.roles = {role};
  actor.schools = schools;
  return actor;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(directory_rules)

BOOST_AUTO_TEST_CASE(a_keys_type_says_what_kind_of_person_it_is) {
  const std::pair<const char *, const char *> cases[] = {
      {"sis:staff:7", "staff"},       {"teacher:7", "staff"},   {"host:Teacher:7", "staff"},
      {"sis:student:1", "student"},   {"student:1", "student"}, {"sis:guardian:1", "guardian"},
      {"sis:contact:1", "guardian"},  {"parent:1", "guardian"}, {"web:visitor:1", "community"},
      {"sis:student:a:b", "student"}, {"student", "student"},   {"x", "community"}};
  for (const auto &[key, kind] : cases) BOOST_TEST(kind_of_key(key) == kind, key);
}

BOOST_AUTO_TEST_CASE(keys_of_two_or_more_parts_are_accepted_and_others_refused) {
  for (const std::string &good : {std::string("staff:7"), std::string("sis:student:2041"),
                                  std::string("a:b:c:d"), "x:" + std::string(198, 'y')})
    BOOST_CHECK_NO_THROW(check_key("from", good));
  for (const std::string &bad :
       {std::string(""), std::string("staff"), std::string(":7"), std::string("staff:"),
        std::string("sis::7"), "x:" + std::string(199, 'y')})
    BOOST_CHECK_EXCEPTION(check_key("from", bad), Failure, [](const Failure &failure) {
      return failure.status() == Status::argument && failure.details().at(0).second == "from";
    });
}

BOOST_AUTO_TEST_CASE(roles_decide_who_writes_governs_and_audits) {
  const std::tuple<const char *, bool, bool, bool> cases[] = {{"admin", true, true, true},
                                                              {"office", true, false, false},
                                                              {"teacher", true, false, false},
                                                              {"auditor", false, false, true},
                                                              {"system", true, true, true}};
  const auto allowed = [](void (*check)(const Actor &), const char *role) {
    try {
      check(actor_with(role));
      return true;
    } catch (const Failure &failure) {
      BOOST_TEST((failure.status() == Status::denied));
      return false;
    }
  };
  for (const auto &[role, writes, governs, audits] : cases) {
    BOOST_TEST(allowed(require_write, role) == writes, role);
    BOOST_TEST(allowed(require_admin, role) == governs, role);
    BOOST_TEST(allowed(require_audit, role) == audits, role);
    BOOST_TEST(allowed(require_read, role), role);
  }
}

BOOST_AUTO_TEST_CASE(a_list_of_schools_limits_office_and_teachers_only) {
  const std::tuple<const char *, std::vector<std::string>, const char *, bool> cases[] = {
      {"office", {"north"}, "north", true},   {"office", {"north"}, "south", false},
      {"teacher", {"north"}, "south", false}, {"office", {}, "south", false},
      {"office", {"north"}, "", true},        {"admin", {"north"}, "south", true},
      {"auditor", {"north"}, "south", true},  {"system", {"north"}, "south", true}};
  for (const auto &[role, schools, school, allowed] : cases)
    BOOST_TEST(actor_with(role, schools).may_see_school(school) == allowed,
               role << " at " << school);
}

BOOST_AUTO_TEST_CASE(no_list_of_schools_means_all_and_an_empty_one_means_none) {
  const auto actor = [](const char *json) { return actor_from(record_from_json("actor", json)); };
  BOOST_TEST(actor(R"({"id": "t:1", "roles": ["teacher"]})").may_see_school("north"));
  BOOST_TEST(
      !actor(R"({"id": "t:1", "roles": ["teacher"], "schools": []})").may_see_school("north"));
}

BOOST_AUTO_TEST_CASE(an_actor_with_a_misspelt_or_mistyped_field_has_no_rights_at_all) {
  for (const char *json : {R"({"id": "t:1", "roles": ["teacher"], "school": ["north"]})",
                           R"({"id": "t:1", "roles": ["teacher"], "schools": 7})",
                           R"({"id": 7, "roles": ["teacher"]})", R"({"id": "t:1"})",
                           R"({"roles": ["admin"]})", R"({"id": "t:1", "roles": ["king"]})"})
    BOOST_CHECK_THROW(actor_from(record_from_json("actor", json)), Failure);
}

BOOST_AUTO_TEST_SUITE_END()
