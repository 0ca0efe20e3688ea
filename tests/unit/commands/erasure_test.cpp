// records.erase: what goes and what stays, for a person, a case and an entry; nothing is left on
// the disk, the ledger verifies and a rebuild gives the live tables.
#include <filesystem>
#include <fstream>

#include "store/pool.hpp"
#include "store/purge.hpp"
#include "support/desk.hpp"
#include "support/temporary_folder.hpp"

using namespace heard;
using support::Desk;
using support::kAuditor;
using support::kOffice;
using support::TemporaryFolder;
using support::texts;

namespace {

constexpr const char *kMarker = "Zqxmarker";

Record erase(Desk &desk, const std::string &what) {
  return desk.apply("records.erase",
                    "{" + what + R"(, "basis": "GDPR 17", "approver": "staff:2"})");
}

std::string whole(const std::filesystem::path &path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// Files in the folder of a store that have the text in them; read when nothing holds them open.
std::string files_with(const std::string &folder, const std::string &text) {
  std::string found;
  for (const auto &entry : std::filesystem::directory_iterator(folder)) {
    const std::string bytes = whole(entry.path());
    for (std::size_t at = bytes.find(text); at != std::string::npos; at = bytes.find(text, at + 1))
      found += entry.path().filename().string() + "@" + std::to_string(at) + " ";
  }
  return found;
}

/// The marker in every place where something personal of one guardian can stand.
void log_everywhere(Desk &desk) {
  const std::string m = kMarker;
  desk.apply("person.save", R"({"person": "sis:guardian:)" + m + R"(", "given": ")" + m +
                                R"(", "family": "Family)" + m + R"(", "email": ")" + m +
                                R"(@example.org", "phone": "555-)" + m +
                                R"(", "links": [{"student": "sis:student:1", "relation": ")" + m +
                                R"(", "restriction": "court )" + m + R"("}]})");
  desk.apply("interaction.log",
             R"({"channel": "email", "from": "sis:guardian:)" + m + R"(", "from_name": "N )" + m +
                 R"(", "about": ["sis:student:1"], "subject": "S )" + m + R"(", "text": "T )" + m +
                 R"(", "source": "mail", "host_ref": "ref-)" + m + R"("})");
  desk.apply("case.assign", R"({"case": "1", "to": "staff:9", "note": "call )" + m + R"("})");
  desk.apply("case.reply",
             R"({"case": "1", "subject": "Re: )" + m + R"(", "text": "Dear )" + m + R"("})");
  desk.apply("interaction.log", R"({"channel": "phone", "from": "sis:guardian:)" + m +
                                    R"(", "needs_response": 0, "text": "again )" + m + R"("})");
  const auto entries = desk.row("case", R"({"case": "1"})").records("entries");
  desk.apply("case.split", R"({"case": "1", "entries": [")" +
                               std::to_string(entries.back().number("seq")) +
                               R"("], "subject": "Apart )" + m + R"("})");
  const std::string actor = R"({"id": "staff:1", "roles": ["admin"], "basis": "emergency",
      "threat": "threat to )" +
                            m + R"(", "recipients": ["Dr )" + m + R"("]})";
  desk.rows("timeline", R"({"person": "sis:guardian:)" + m + R"("})", actor.c_str());
  desk.rows("people", R"({"search": ")" + m + R"("})");
  desk.rows("people", R"({"search": "Family)" + m + R"( misspelt"})");
  desk.apply("hold.place", R"({"hold": "h1", "kind": "other", "person": "sis:guardian:)" + m +
                               R"(", "reason": "because of )" + m + R"("})");
  desk.apply("hold.release", R"({"hold": "h1", "reason": "settled with )" + m +
                                 R"(", "released_by": "counsel of )" + m + R"("})");
}

std::string person_of_marker() {
  return R"("person": "sis:guardian:)" + std::string(kMarker) + "\"";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(erasure)

BOOST_AUTO_TEST_CASE(nothing_of_a_person_is_left_in_any_file) {
  const TemporaryFolder folder;
  {
    Desk desk("UTC", folder / "school.heard");
    log_everywhere(desk);
    store::drain_pool();
  }
  store::drain_pool();
  BOOST_TEST(files_with(folder / "", kMarker) != "");
  {
    Desk desk("UTC", folder / "school.heard");
    const Record erased =
        erase(desk, person_of_marker() + R"(, "requested_by": "sis:guardian:)" + kMarker + "\"");
    BOOST_TEST(erased.flag("purged"));
    desk.check_whole();
    BOOST_TEST(desk.rows("people", R"({"search": ")" + std::string(kMarker) + "\"}").empty());
    const auto searched = desk.engine.journal().ledger().head().size - 1;
    erase(desk, R"("entry": )" + std::to_string(searched) + R"(, "fields": ["terms"])");
    desk.check_whole();
  }
  store::drain_pool();
  BOOST_TEST(files_with(folder / "", kMarker) == "");
}

BOOST_AUTO_TEST_CASE(a_thousand_erased_contacts_leave_nothing_either) {
  const TemporaryFolder folder;
  const std::string path = folder / "school.heard";
  {
    Desk desk("UTC", path);
    for (int batch = 0; batch < 10; ++batch) {
      std::string items;
      for (int i = 0; i < 200; ++i)
        items += std::string(items.empty() ? "" : ",") + R"({"channel": "email", "from": "g:)" +
                 std::to_string(i % 7) + R"(", "needs_response": 0, "subject": ")" + kMarker +
                 R"(", "text": ")" + std::string(static_cast<std::size_t>(i) * 7 % 900, 'x') +
                 kMarker + R"("})";
      desk.apply("interaction.log_many", R"({"items": [)" + items + "]}");
    }
    for (int i = 0; i < 7; ++i)
      BOOST_TEST(erase(desk, R"("person": "g:)" + std::to_string(i) + "\"").flag("purged"));
    desk.check_whole();
  }
  store::drain_pool();
  BOOST_TEST(files_with(folder / "", kMarker) == "");
}

BOOST_AUTO_TEST_CASE(a_reader_in_the_way_is_told_of_and_the_pump_finishes) {
  const TemporaryFolder folder;
  Desk desk("UTC", folder / "school.heard");
  desk.apply("interaction.log", R"({"channel": "email", "from": "g:1", "text": "secret"})");
  desk.engine.connection().wait_ms = 0;
  {
    const auto other =
        store::Connection::open(folder / "school.heard", store::Database::Mode::read);
    const store::ReadTransaction reading(other->database());
    store::Query look(other->database(), "SELECT COUNT(*) FROM event");
    BOOST_TEST_REQUIRE(look.step());
    BOOST_TEST(!erase(desk, R"("person": "g:1")").flag("purged"));
    BOOST_TEST(store::wants_purge(desk.engine.connection().database()));
    desk.pump();
    BOOST_TEST(store::wants_purge(desk.engine.connection().database()));
  }
  desk.pump();
  BOOST_TEST(!store::wants_purge(desk.engine.connection().database()));
  BOOST_TEST(std::filesystem::file_size(std::filesystem::path(folder / "school.heard-wal")) <
             20000u);
}

BOOST_AUTO_TEST_CASE(facts_stay_and_so_do_the_clocks) {
  Desk desk;
  log_everywhere(desk);
  const auto before = desk.clock("1", "first_response");
  erase(desk, person_of_marker());
  const auto after = desk.clock("1", "first_response");
  for (const char *field : {"state", "verdict"})
    BOOST_TEST(before.text(field) == after.text(field));
  BOOST_TEST(before.number("due_at") == after.number("due_at"));
  const Record row = desk.row("case", R"({"case": "1"})");
  BOOST_TEST(row.text("subject") == "");
  BOOST_TEST(row.text("requester_name") == "");
  const Record &entry = row.records("entries").front();
  BOOST_TEST(entry.flag("erased"));
  BOOST_TEST(entry.text("text") == "");
  BOOST_TEST(entry.text("channel") == "email");
  const Record erasure = desk.rows("erasures").back();
  BOOST_TEST(entry.number("erased_by") == erasure.number("seq"));
  BOOST_TEST(erasure.text("basis") == "GDPR 17");
  BOOST_TEST(erasure.text("approver") == "staff:2");
  BOOST_TEST(erasure.text("person").size() == 32u);  // the key is gone, the id is not
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(what_is_about_others_stays) {
  Desk desk;
  desk.apply("interaction.log", R"({"channel": "email", "from": "g:1", "about": ["student:1",
      "student:2"], "text": "both"})");
  desk.apply("interaction.log", R"({"channel": "letter", "direction": "outbound", "from": "staff:7",
      "to": ["g:1", "g:2"], "text": "to two", "subject": "Trip"})");
  desk.apply("interaction.log", R"({"channel": "phone", "direction": "internal", "from": "staff:7",
      "text": "between us"})");
  const auto text_of = [&](const std::string &person, std::size_t at) {
    const auto rows = desk.rows("timeline", R"({"person": ")" + person + "\"}");
    return rows.at(rows.size() - 1 - at).text("text");
  };
  erase(desk, R"("person": "student:1")");  // the words are about a sibling too
  BOOST_TEST(text_of("g:1", 0) == "both");
  erase(desk, R"("person": "staff:7")");
  BOOST_TEST(text_of("g:2", 0) == "to two");
  erase(desk, R"("person": "student:2")");
  BOOST_TEST(text_of("g:1", 0) == "");
  erase(desk, R"("person": "g:1")");
  BOOST_TEST(text_of("g:2", 0) == "to two");
  erase(desk, R"("person": "g:2")");
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(a_person_first_named_in_an_erased_entry_is_known_by_the_next) {
  Desk desk;
  desk.apply("interaction.log", R"({"channel": "email", "from": "g:1", "from_name": "Ann",
                                    "text": "one"})");
  desk.apply("interaction.log", R"({"channel": "email", "from": "g:1", "from_name": "Ann B",
                                    "text": "two"})");
  const std::string id = desk.row("people", R"({"person": "g:1"})").text("id");
  erase(desk, R"("entry": 3)");
  desk.check_whole();
  const Record person = desk.row("people", R"({"person": "g:1"})");
  BOOST_TEST(person.text("id") == id);
  BOOST_TEST(person.text("name") == "Ann B");
  desk.apply("interaction.log", R"({"channel": "email", "from": "g:1"})");
  BOOST_TEST(desk.rows("timeline", R"({"person": "g:1"})").size() == 3u);
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(a_key_that_was_erased_names_somebody_new) {
  Desk desk;
  desk.apply("interaction.log", R"({"channel": "email", "from": "g:1"})");
  const std::string id = desk.row("people", R"({"person": "g:1"})").text("id");
  erase(desk, R"("person": "g:1")");
  desk.apply("interaction.log", R"({"channel": "email", "from": "g:1"})");
  const std::string other = desk.row("people", R"({"person": "g:1"})").text("id");
  BOOST_TEST(other != id);
  erase(desk, R"("person": ")" + other + "\"");
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(a_case_goes_with_what_was_merged_into_it) {
  Desk desk;
  for (const char *topic : {"bus", "grades", "lunch"})
    desk.apply("interaction.log", R"({"channel": "email", "from": "g:1", "topic": ")" +
                                      std::string(topic) + R"(", "subject": "about )" + topic +
                                      R"(", "text": "words"})");
  desk.apply("case.merge", R"({"case": "1", "into": "2"})");
  erase(desk, R"("case": "2")");
  desk.check_whole();
  const Record merged = desk.row("case", R"({"case": "2"})");
  for (const Record &entry : merged.records("entries")) BOOST_TEST(entry.text("text") == "");
  BOOST_TEST(desk.row("case", R"({"case": "3"})").text("subject") == "about lunch");
  const auto refusal =
      desk.apply_refused("records.erase", R"({"case": "2", "basis": "x", "approver": "staff:2"})");
  BOOST_TEST((refusal.status() == Status::not_found));
}

BOOST_AUTO_TEST_CASE(single_fields_may_be_erased_and_facts_may_not) {
  Desk desk;
  desk.apply("interaction.log", R"({"channel": "email", "from": "g:1", "subject": "Bus",
                                    "text": "secret"})");
  const auto refused = [&](const char *fields) {
    return desk.apply_refused("records.erase",
                              std::string(R"({"entry": 3, "basis": "b", )") + fields);
  };
  BOOST_TEST(refused(R"("approver": "staff:2", "fields": ["channel"]})").says().find("is a fact") !=
             std::string::npos);
  BOOST_TEST(refused(R"("approver": "staff:2", "fields": ["nothing"]})").detail("field") ==
             "fields");
  BOOST_TEST(refused(R"("approver": "STAFF:1"})").detail("field") == "approver");
  erase(desk, R"("entry": 3, "fields": ["text"])");
  const Record entry = desk.row("case", R"({"case": "1"})").records("entries").at(0);
  BOOST_TEST(entry.text("text") == "");
  BOOST_TEST(entry.text("subject") == "Bus");
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(only_an_admin_erases_and_only_one_thing_at_a_time) {
  Desk desk;
  desk.apply("interaction.log", R"({"channel": "email", "from": "g:1"})");
  const char *fields = R"({"person": "g:1", "basis": "b", "approver": "x"})";
  for (const char *actor : {kOffice, kAuditor})
    BOOST_TEST((desk.apply_refused("records.erase", fields, actor).status() == Status::denied));
  for (const char *wrong : {R"({"basis": "b", "approver": "x"})",
                            R"({"person": "g:1", "case": "1", "basis": "b", "approver": "x"})",
                            R"({"person": "g:1", "basis": " ", "approver": "x"})",
                            R"({"person": "g:1", "basis": "b", "approver": " "})",
                            R"({"person": "g:9", "basis": "b", "approver": "x"})",
                            R"({"person": "g:1", "basis": "b"})"})
    desk.apply_refused("records.erase", wrong);
  // Whoever has another role first is still an admin when erasing.
  desk.apply("records.erase", fields, R"({"id": "s:3", "roles": ["office", "admin"]})");
  BOOST_TEST(desk.rows("erasures").back().text("role") == "admin");
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(a_hold_keeps_what_it_covers_and_says_which_it_is) {
  Desk desk;
  desk.apply("person.save", R"({"person": "student:1", "school": "north"})");
  desk.apply("interaction.log", R"({"channel": "email", "from": "g:1", "about": ["student:1"]})");
  desk.apply("interaction.log", R"({"channel": "email", "from": "g:2", "school": "south"})");
  const char *g1 = R"({"person": "g:1", "basis": "b", "approver": "x"})";
  const std::pair<const char *, const char *> holds[] = {
      {"litigation", R"("person": "student:1")"},
      {"records_request", R"("case": "1")"},
      {"inspection_request", R"("school": "north")"},
      {"other", R"("all": 1)"},
  };
  for (const auto &[kind, scope] : holds) {
    const std::string hold = std::string("hold of ") + kind;
    desk.apply("hold.place", R"({"hold": ")" + hold + R"(", "kind": ")" + kind +
                                 R"(", "reason": "letter of 3 May", )" + scope + "}");
    const auto refusal = desk.apply_refused("records.erase", g1);
    BOOST_TEST((refusal.status() == Status::conflict));
    BOOST_TEST(refusal.detail("hold") == hold);
    BOOST_TEST(refusal.detail("hold_kind") == kind);
    BOOST_TEST(refusal.says().find("2026-11-23") != std::string::npos, refusal.says());
    desk.apply_refused("hold.release", R"({"hold": ")" + hold + R"(", "reason": "over"})");
    desk.apply("hold.release",
               R"({"hold": ")" + hold + R"(", "reason": "over", "released_by": "counsel"})");
  }
  desk.apply("hold.place",
             R"({"hold": "south", "kind": "other", "reason": "r", "school": "south"})");
  BOOST_TEST(desk.rows("holds", R"({"in_force": 1})").size() == 1u);
  BOOST_TEST(desk.rows("holds").front().text("released_by") == "counsel");
  desk.apply("records.erase", g1);  // not what it covers
  desk.apply_refused("records.erase", R"({"person": "g:2", "basis": "b", "approver": "x"})");
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(a_hold_ends_by_itself_when_it_says_so) {
  Desk desk;
  desk.apply("interaction.log", R"({"channel": "email", "from": "g:1"})");
  const std::string until = std::to_string(support::at("2026-11-24T09:00Z"));
  desk.apply("hold.place",
             R"({"hold": "h", "kind": "other", "reason": "r", "all": 1, "until": )" + until + "}");
  desk.apply_refused("records.erase", R"({"person": "g:1", "basis": "b", "approver": "x"})");
  desk.apply_refused("hold.place", R"({"hold": "h", "kind": "other", "reason": "r", "all": 1})");
  desk.now("2026-11-24T09:00Z");
  desk.apply("records.erase", R"({"person": "g:1", "basis": "b", "approver": "x"})");
  BOOST_TEST(!desk.row("holds").flag("in_force"));
  desk.check_whole();
}

BOOST_AUTO_TEST_SUITE_END()
