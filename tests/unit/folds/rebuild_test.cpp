// Rebuilding finds every read table that says something else than the ledger, and mends it.
#include "commands/directory_page.hpp"
#include "folds/tables.hpp"
#include "support/desk.hpp"
#include "support/temporary_folder.hpp"

using namespace heard;
using support::Desk;
using support::drain;
using support::kAdmin;

namespace {

/// A desk whose ledger has something for every read table.
void tell_everything(Desk &desk) {
  desk.apply("department.save", R"({"department": "office", "lead": "host:staff:1"})");
  desk.apply("topic.save", R"({"topic": "bus", "department": "office"})");
  desk.apply("absence.save", R"({"person": "host:staff:1", "from": 0, "to": 9000000000000,
      "stand_in": "host:staff:2"})");
  desk.apply("policy.save", R"({"steps": [{"name": "due", "clock": "first_response",
      "offset": 100, "unit": "percent", "notify": "lead"}]})");
  desk.apply("person.save", R"({"person": "sis:guardian:9", "name": "Ana", "links": [
      {"student": "sis:student:4", "relation": "mother"}]})");
  desk.apply("interaction.log", R"({"channel": "email", "from": "sis:guardian:9",
      "about": ["sis:student:4"], "topic": "bus", "school": "north"})");
  desk.apply("calendar.save", R"({"schools": ["north"]})");
  desk.apply("settings.save", R"({"name": "feed.sis.url", "value": "https://sis.example/"})");
  desk.engine.write(directory::system_actor(), [&](const commands::Work &work) {
    commands::DirectoryPage page(work.database(), "sis");
    page.add(record_from_json("school", R"({"key": "n", "name": "North"})"));
    page.add(record_from_json("section", R"({"key": "7a", "name": "7a", "school": "n",
                                             "teacher": "3", "students": ["4", "5"]})"));
    store::Draft draft = work.draft(store::Kind::directory_page_applied, random_id());
    draft.fields.append(page.take());
    work.append(std::move(draft));
  });
  desk.apply("hold.place", R"({"hold": "smith", "kind": "litigation", "reason": "suit",
      "person": "sis:student:5"})");
  desk.apply("schedule.save", R"({"schedule": "old", "applies_to": "interactions",
      "keep_days": 365, "action": "remove", "basis": "class 3"})");
  desk.apply("interaction.log", R"({"channel": "phone", "from": "host:guardian:8",
      "needs_response": 0, "text": "words"})");
  desk.apply("records.erase", R"({"person": "host:guardian:8", "basis": "request",
      "approver": "staff:2"})");
  desk.rows("timeline", R"({"person": "sis:student:4"})");
  desk.apply("restore.sanction", R"({"reason": "a drill", "approved_by": "Board clerk"})");
  desk.now("2026-11-30T09:00Z").pump();
}

std::int64_t rows_in(store::Database &database, const std::string &table) {
  store::Query count(database, "SELECT COUNT(*) FROM " + table);
  return count.step() ? count.number(0) : 0;
}

std::vector<std::string> findings(Desk &desk, const char *what = "{}") {
  std::vector<std::string> all;
  const auto rows =
      desk.engine.rebuild(record_from_json("actor", kAdmin), record_from_json("what", what));
  for (const Record &row : drain(*rows))
    if (row.text("row") == "finding") all.push_back(row.text("says"));
  return all;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(rebuild)

BOOST_AUTO_TEST_CASE(a_row_lost_in_any_read_table_is_found_and_mended) {
  const support::TemporaryFolder folder;
  Desk desk("UTC", folder / "a.heard");  // in a file, so that it has a key
  tell_everything(desk);
  BOOST_TEST(findings(desk).empty());
  for (const folds::FoldTable &table : folds::tables()) {
    const std::string name(table.name);
    store::Database &database = desk.engine.connection().database();
    BOOST_TEST_REQUIRE(rows_in(database, name) > 0, name << " is empty: the test shows nothing");
    database.exec(("DELETE FROM " + name).c_str());
    const auto found = findings(desk);
    BOOST_TEST_REQUIRE(found.size() == 1u, name);
    BOOST_TEST(found.front().find(name) != std::string::npos);
    BOOST_TEST(findings(desk, R"({"replace": 1})").size() == 1u);
    BOOST_TEST(findings(desk).empty(), name << " was not mended");
  }
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(a_changed_or_added_row_is_found) {
  Desk desk;
  tell_everything(desk);
  store::Database &database = desk.engine.connection().database();
  for (const char *sql :
       {"UPDATE fold_clock SET due_key = due_key + 1", "UPDATE fold_person SET name = 'X'",
        "UPDATE fold_case SET solved_at = 7", "INSERT INTO fold_setting VALUES('a', 'b', 1)",
        "UPDATE fold_link SET custody = 2"}) {
    database.exec(sql);
    BOOST_TEST(findings(desk).size() == 1u, sql);
    findings(desk, R"({"replace": 1})");
  }
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(an_entry_that_contradicts_others_is_damage_and_the_tables_stay) {
  Desk desk;
  tell_everything(desk);
  desk.apply("interaction.log", R"({"channel": "email", "from": "sis:guardian:10"})");
  // The second case is opened with the number of the first.
  desk.engine.connection().database().exec(
      "UPDATE body SET (form, salt, fields) = (SELECT b.form, b.salt, b.fields FROM body b"
      " JOIN fold_case c ON c.seq = b.seq WHERE c.number = 1)"
      " WHERE seq = (SELECT seq FROM fold_case WHERE number = 2)");
  const std::size_t cases = desk.rows("cases").size();
  for (const char *what : {"{}", R"({"replace": 1})"})
    BOOST_CHECK_EXCEPTION(findings(desk, what), Failure, [](const Failure &failure) {
      return failure.status() == Status::corrupt &&
             failure.message().find("contradicts") != std::string::npos;
    });
  BOOST_TEST(desk.rows("cases").size() == cases);
}

BOOST_AUTO_TEST_CASE(commands_go_on_after_a_rebuild) {
  Desk desk;
  tell_everything(desk);
  desk.engine.connection().database().exec("DELETE FROM fold_clock");
  BOOST_TEST(desk.rows("waiting").empty());
  findings(desk, R"({"replace": 1})");
  BOOST_TEST(desk.rows("waiting").size() == 1u);
  desk.apply("case.reply", R"({"case": "1"})");
  BOOST_TEST(desk.rows("waiting").empty());
  desk.check_whole();
}

BOOST_AUTO_TEST_SUITE_END()
