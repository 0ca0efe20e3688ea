// Who looked at what: each query page of a protected view, each search, export and verification.
#include "support/desk.hpp"

using namespace heard;
using support::Desk;
using support::kAdmin;
using support::kAuditor;
using support::kOffice;
using support::texts;

namespace {

/// An admin who reads on a ground.
std::string reader(const std::string &basis, const std::string &rest = "") {
  return R"({"id": "staff:1", "roles": ["admin"], "purpose": "request", "basis": ")" + basis +
         "\"" + rest + "}";
}

void export_all(Desk &desk, const std::string &actor, const char *what) {
  desk.engine.write_export(record_from_json("actor", actor), record_from_json("what", what),
                           [](std::string_view) {});
}

Desk &two_families(Desk &desk) {
  desk.apply("interaction.log", R"({"channel": "email", "from": "g:1", "about": ["student:1"]})");
  desk.apply("interaction.log", R"({"channel": "email", "from": "g:2", "about": ["student:2"]})");
  return desk;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(disclosures)

BOOST_AUTO_TEST_CASE(a_search_is_recorded_with_its_terms_even_when_it_finds_nobody) {
  Desk desk;
  desk.apply("person.save", R"({"person": "student:1", "name": "Ada Lee"})");
  desk.rows("people", R"({"search": "Nobody", "kind": "student"})");
  desk.rows("people", R"({"search": "Lee"})");
  desk.rows("people", R"({"kind": "student"})");  // a list, no search
  const auto rows = desk.rows("disclosures");
  BOOST_TEST_REQUIRE(rows.size() == 2u);
  BOOST_TEST(rows[0].text("terms") == "search: Nobody\nkind: student");
  BOOST_TEST(rows[0].number("rows") == 0);
  BOOST_TEST(rows[1].number("rows") == 1);
  BOOST_TEST(desk.rows("disclosures", R"({"person": "student:1"})").size() == 1u);
}

BOOST_AUTO_TEST_CASE(the_row_says_who_why_on_what_ground_and_which_entries) {
  Desk desk;
  two_families(desk);
  const std::string actor = reader("emergency", R"(, "threat": "a storm",
      "recipients": ["county nurse", "sheriff"])");
  desk.rows("timeline", R"({"person": "g:1"})", actor.c_str());
  const Record row = desk.row("disclosures");
  BOOST_TEST(row.text("actor") == "staff:1");
  BOOST_TEST(row.text("role") == "admin");
  BOOST_TEST(row.text("view") == "timeline");
  BOOST_TEST(row.text("purpose") == "request");
  BOOST_TEST(row.text("basis") == "emergency");
  BOOST_TEST(row.text("cite").find("99.36") != std::string::npos);
  BOOST_TEST(!row.flag("exempt"));
  BOOST_TEST((row.texts("recipients") == std::vector<std::string>{"county nurse", "sheriff"}));
  BOOST_TEST(row.text("threat") == "a storm");
  BOOST_TEST(row.text("person") == "g:1");
  BOOST_TEST(row.number("entries") == 1);
  BOOST_TEST(row.text("touched") == "3");
}

BOOST_AUTO_TEST_CASE(a_ground_must_be_one_and_an_emergency_must_say_what_threatens) {
  Desk desk;
  two_families(desk);
  for (const auto &[basis, field] : {std::pair("because", "basis"), {"emergency", "threat"}}) {
    const auto refusal = desk.refused([&, &code = basis] {
      desk.rows("timeline", R"({"person": "g:1"})", reader(code).c_str());
    });
    BOOST_TEST(refusal.detail("field") == field);
  }
}

BOOST_AUTO_TEST_CASE(the_report_a_family_may_ask_for_is_what_was_planted_minus_what_is_exempt) {
  Desk desk;
  two_families(desk);
  // Planted: about student 1 by four ways, and about the other family.
  const std::pair<const char *, bool> grounds[] = {{"school_official", false},
                                                   {"own_record", false},
                                                   {"consent", false},
                                                   {"subpoena_sealed", false},
                                                   {"directory_information", false},
                                                   {"subpoena", true},
                                                   {"audit", true},
                                                   {"idea", true},
                                                   {"other_school", true},
                                                   {"court_order", true}};
  std::vector<std::string> expected;
  for (const auto &[basis, listed] : grounds) {
    const std::string actor = reader(basis);
    desk.rows("timeline", R"({"person": "student:1"})", actor.c_str());
    desk.rows("timeline", R"({"person": "g:1"})", actor.c_str());  // shows the student's entry
    desk.rows("case", R"({"case": "1"})", actor.c_str());
    export_all(desk, actor, R"({"all": "1"})");
    desk.rows("timeline", R"({"person": "g:2"})", actor.c_str());
    export_all(desk, actor, R"({"case": "2"})");
    if (listed) expected.insert(expected.end(), 4, basis);
  }
  desk.rows("timeline", R"({"person": "student:1"})");            // own staff, no ground given
  desk.rows("timeline", R"({"person": "student:1"})", kAuditor);  // not own staff
  expected.emplace_back("");
  export_all(desk, kAdmin, R"({"person": "student:1"})");  // what leaves needs a ground
  expected.emplace_back("");
  desk.engine.verify(record_from_json("actor", kAdmin), Record());
  const auto report = desk.rows("disclosures", R"({"person": "student:1", "statutory": 1})");
  BOOST_TEST((texts(report, "basis") == expected));
  for (const Record &row : report) BOOST_TEST(!row.flag("exempt"));
  BOOST_TEST(desk.rows("disclosures", R"({"person": "student:1"})").size() == 10u * 4 + 3 + 1);
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(a_district_may_want_a_purpose_with_every_read) {
  Desk desk;
  two_families(desk);
  desk.apply("settings.save", R"({"name": "disclosure.require_purpose", "value": "1"})");
  const auto refusal = desk.refused([&] { desk.rows("case", R"({"case": "1"})"); });
  BOOST_TEST((refusal.status() == Status::denied));
  BOOST_TEST(refusal.detail("field") == "purpose");
  desk.refused([&] { desk.rows("people", R"({"search": "x"})"); });
  desk.refused([&] { export_all(desk, kAdmin, R"({"all": "1"})"); });
  desk.rows("case", R"({"case": "1"})", reader("school_official").c_str());
  desk.rows("cases");  // a list is not protected
}

BOOST_AUTO_TEST_CASE(an_intact_verification_leaves_an_entry_and_a_damaged_ledger_none) {
  Desk desk;
  two_families(desk);
  const Record auditor = record_from_json("actor", kAuditor);
  support::drain(*desk.engine.verify(auditor, Record()));
  const Record row = desk.row("disclosures");
  BOOST_TEST(row.text("view") == "verify");
  BOOST_TEST(row.text("actor") == "audit:1");
  desk.engine.connection().database().exec("UPDATE body SET at = at + 1 WHERE seq = 3");
  const std::int64_t size = desk.size();
  support::drain(*desk.engine.verify(auditor, Record()));
  BOOST_TEST(desk.size() == size);
}

BOOST_AUTO_TEST_CASE(an_auditor_reads_and_is_recorded_and_changes_nothing) {
  Desk desk;
  two_families(desk);
  desk.rows("timeline", R"({"person": "g:1"})", kAuditor);
  desk.rows("case", R"({"case": "1"})", kAuditor);
  export_all(desk, kAuditor, R"({"case": "1"})");
  BOOST_TEST(desk.rows("disclosures", R"({"actor": "audit:1"})", kAuditor).size() == 3u);
  for (const char *view : {"holds", "erasures", "retention"}) desk.rows(view, "{}", kAuditor);
  const std::pair<const char *, const char *> commands[] = {
      {"interaction.log", R"({"channel": "email"})"},
      {"hold.place", R"({"hold": "h", "kind": "other", "reason": "r", "all": 1})"},
      {"hold.release", R"({"hold": "h", "reason": "r", "released_by": "x"})"},
      {"records.erase", R"({"person": "g:1", "basis": "b", "approver": "x"})"},
      {"schedule.save", R"({"schedule": "s", "applies_to": "cases", "keep_days": 1,
                            "action": "erase", "basis": "b"})"},
      {"retention.run", "{}"},
      {"settings.save", R"({"name": "retention.automatic", "value": "1"})"}};
  for (const auto &[command, fields] : commands)
    BOOST_TEST((desk.apply_refused(command, fields, kAuditor).status() == Status::denied), command);
  for (const char *view : {"disclosures", "holds", "erasures", "retention"})
    desk.refused([&] { desk.rows(view, "{}", kOffice); });
}

BOOST_AUTO_TEST_CASE(one_person_may_be_subject_guardian_and_staff) {
  Desk desk;
  desk.apply("person.save", R"({"person": "staff:5", "name": "B. Both", "kind": "staff"})");
  desk.apply("interaction.log", R"({"channel": "email", "from": "staff:5", "about": ["student:1"],
      "text": "as a parent", "requester": "staff:5"})");
  desk.apply("interaction.log", R"({"channel": "email", "from": "g:2", "about": ["staff:5"],
      "text": "about them"})");
  desk.apply("interaction.log", R"({"channel": "phone", "direction": "outbound", "from": "staff:5",
      "to": ["g:2"], "text": "as staff"})");
  const auto rows = desk.rows("timeline", R"({"person": "staff:5"})");
  BOOST_TEST((texts(rows, "role") == std::vector<std::string>{"from", "about", "from"}));
  std::string exported;
  desk.engine.write_export(record_from_json("actor", kAdmin),
                           record_from_json("what", R"({"person": "staff:5"})"),
                           [&](std::string_view bytes) { exported += bytes; });
  for (const char *text : {"as a parent", "about them", "as staff"})
    BOOST_TEST(exported.find(text) != std::string::npos, text);
  BOOST_TEST(desk.rows("disclosures", R"({"person": "staff:5"})").size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_second_request_after_erasure_under_hold_finds_everything) {
  Desk desk;
  two_families(desk);
  desk.apply("hold.place", R"({"hold": "request 7", "kind": "records_request", "reason": "asked",
                               "case": "1"})");
  export_all(desk, reader("public_records"), R"({"case": "1"})");
  const auto refusal =
      desk.apply_refused("records.erase", R"({"person": "g:1", "basis": "b", "approver": "x"})");
  BOOST_TEST(refusal.detail("hold") == "request 7");
  BOOST_TEST(!desk.row("case", R"({"case": "1"})").records("entries").front().flag("erased"));
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(a_correction_stands_beside_what_it_corrects) {
  Desk desk;
  desk.apply("interaction.log", R"({"channel": "phone", "from": "g:1", "about": ["student:1"],
                                    "text": "the student was rude"})");
  const Record corrected = desk.apply("interaction.log", R"({"channel": "letter", "from": "g:1",
      "about": ["student:1"], "corrects": 3, "subject": "Statement under 99.20",
      "text": "the student was ill"})");
  const auto entries = desk.row("case", R"({"case": "1"})").records("entries");
  BOOST_TEST_REQUIRE(entries.size() == 2u);
  BOOST_TEST(entries[0].text("text") == "the student was rude");
  BOOST_TEST(entries[0].number("corrected_by") == corrected.number("seq"));
  BOOST_TEST(entries[1].number("corrects") == 3);
  desk.check_whole();
}

BOOST_AUTO_TEST_SUITE_END()
