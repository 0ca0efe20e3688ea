// What the checks must notice: of a store whose tables were edited, and of an edited export.
#include <cstdio>
#include <fstream>

#include "base/text.hpp"
#include "support/desk.hpp"

namespace {

using heard::Record;
using heard::support::Desk;
using heard::support::drain;

Record auditor() {
  Record actor;
  actor.set("id", "a:1").set("roles", "auditor");
  return actor;
}

/// The findings' sentences, one a line; the verdict must agree with them.
std::string findings(heard::views::Rows &rows) {
  std::string all;
  for (const Record &row : drain(rows)) {
    if (row.text("row") == "finding") all += row.text("says") + "\n";
    if (row.text("row") == "verdict") BOOST_TEST(row.flag("intact") == all.empty());
  }
  return all;
}

std::string findings(Desk &desk, const Record &what = Record()) {
  return findings(*desk.engine.verify(auditor(), what));
}

void log_some(Desk &desk, int count) {
  for (int i = 0; i < count; ++i)
    desk.apply("interaction.log", R"({"channel": "phone", "from": "sis:guardian:1",
        "subject": "Late bus", "text": "Again", "needs_response": 0})");
}

struct Edit {
  const char *sql;
  const char *noticed;
};

// The triggers stop accidents; somebody who can write the file can drop them.
constexpr const char *kNoGuards =
    "DROP TRIGGER event_keep_update; DROP TRIGGER event_keep_delete;"
    "DROP TRIGGER tile_keep_update; DROP TRIGGER tile_keep_delete;";

const Edit kEdits[] = {
    {"UPDATE event SET wall_ms = wall_ms + 1 WHERE seq = 7", "entry 7"},
    {"UPDATE event SET kind = 3 WHERE seq = 7", "entry 7"},
    {"UPDATE event SET flags = 1 WHERE seq = 7", "entry 7"},
    {"UPDATE event SET thread = randomblob(16) WHERE seq = 7", "entry 7"},
    {"UPDATE event SET rid = randomblob(16) WHERE seq = 7", "entry 7"},
    {"UPDATE event SET ref = 3 WHERE seq = 7", "entry 7"},
    {"UPDATE event SET cm = randomblob(32) WHERE seq = 7", "entry 7"},
    {"DELETE FROM event WHERE seq = 7", "entry 7 is missing"},
    {"DELETE FROM body WHERE seq = 7", "body of entry 7 is missing"},
    {"UPDATE body SET fields = (SELECT fields FROM body WHERE seq = 2) WHERE seq = 7", "entry 7"},
    {"UPDATE body SET salt = randomblob(32) WHERE seq = 7", "entry 7"},
    {"UPDATE body SET actor = 'x' WHERE seq = 7", "columns beside the body of entry 7"},
    {"UPDATE body SET at = at + 1 WHERE seq = 7", "columns beside the body of entry 7"},
    {"UPDATE body SET fields = x'00' WHERE seq = 7", "body of entry 7"},
    {"DELETE FROM event WHERE seq = (SELECT MAX(seq) FROM event)", "missing"},
    {"UPDATE head SET root = randomblob(32)", "root"},
    {"UPDATE head SET size = 1099511627776", "missing"},
    {"UPDATE head SET size = size - 1, root = randomblob(32)", "root"},
    {"UPDATE head SET frontier = randomblob(length(frontier))", "frontier"},
    {"UPDATE tile SET hashes = randomblob(8192) WHERE level = 0", "tile"},
    {"DELETE FROM tile WHERE level = 0", "tile 0 is missing"},
    {"INSERT INTO tile VALUES(0, 5, randomblob(8192))", "tiles of level 0 stand after"},
    {"INSERT INTO body VALUES(99999, 0, randomblob(32), x'', '', 0)", "belong to no entry"},
    {"INSERT INTO event SELECT seq + 100000, v, wall_ms, kind, flags, thread, randomblob(16), ref,"
     " cm FROM event WHERE seq = 7",
     "after the ledger's end"},
    {"UPDATE meta SET v = randomblob(32) WHERE k = 'rid_key'", "repeated contacts"},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(verify)

BOOST_AUTO_TEST_CASE(every_edit_of_the_tables_is_noticed_and_located) {
  for (const Edit &edit : kEdits) {
    Desk desk;
    log_some(desk, 300);
    BOOST_TEST_REQUIRE(findings(desk) == "");
    desk.engine.connection().database().exec(kNoGuards);
    desk.engine.connection().database().exec(edit.sql);
    const std::string found = findings(desk);
    BOOST_TEST(found.find(edit.noticed) != std::string::npos, edit.sql << " gave: " << found);
  }
}

BOOST_AUTO_TEST_CASE(a_field_taken_away_without_an_erasure_is_noticed) {
  Desk desk;
  log_some(desk, 3);
  auto &ledger = desk.engine.journal().ledger();
  auto body = *ledger.body(4);
  for (std::size_t place = 0; place < body.fields().size(); ++place)
    if (body.fields()[place].id == heard::store::field_id::text) body.close({place});
  const std::string bytes = body.encode();
  heard::store::Query edit(desk.engine.connection().database(),
                           "UPDATE body SET form = 1, salt = NULL, fields = ?1 WHERE seq = 4");
  edit.blob(1, bytes).run();
  BOOST_TEST(findings(desk).find("field 'text' of entry 4") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_receipt_shows_that_the_newest_entries_were_taken_away) {
  Desk desk;
  log_some(desk, 3);
  const auto head = desk.engine.journal().ledger().head();
  Record what;
  what.set("receipt", std::to_string(head.size + 1) + ":" + heard::hex(head.root));
  BOOST_TEST(findings(desk, what).find("entries were taken away") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(every_edit_of_an_export_is_noticed) {
  Desk desk;
  log_some(desk, 5);
  Record actor = auditor();
  Record all;
  all.set("all", "1");
  std::string file;
  desk.engine.write_export(actor, all, [&](std::string_view bytes) { file += bytes; });
  const std::string path = "verify_test_export.jsonl";
  const auto check = [&](std::string edited) {
    std::ofstream(path, std::ios::binary) << edited;
    Record what;
    what.set("export", path);
    return findings(desk, what);
  };
  const auto replaced = [&](const std::string &from, const std::string &to) {
    std::string edited = file;
    const auto at = edited.find(from);
    BOOST_TEST_REQUIRE(at != std::string::npos, from);
    return edited.replace(at, from.size(), to);
  };
  BOOST_TEST(check(file) == "");
  const std::string bus = heard::to_hex("Late bus");
  BOOST_TEST(check(replaced(bus, heard::to_hex("Late cab"))).find("was changed") !=
             std::string::npos);
  BOOST_TEST(check(replaced("\"subject\":\"Late bus\"", "\"subject\":\"No bus\"")) != "");
  BOOST_TEST(check(replaced("\"kind\":\"interaction.logged\"", "\"kind\":\"case.solved\"")) != "");
  BOOST_TEST(check(replaced("\"body\":", "\"nobody\":")) != "");
  BOOST_TEST(check(file.substr(0, file.size() - 20)) != "");
  // One whole line less, the count put right.
  const auto second = file.find('\n', file.find('\n') + 1);
  std::string shorter = file.substr(0, file.find('\n') + 1) + file.substr(second + 1);
  const std::string count = "\"entries\":" + std::to_string(desk.size());
  const std::string less = "\"entries\":" + std::to_string(desk.size() - 1);
  const auto at = shorter.find(count);
  BOOST_TEST_REQUIRE(at != std::string::npos);
  BOOST_TEST(check(shorter.replace(at, count.size(), less)).find("not hold every entry") !=
             std::string::npos);
  std::remove(path.c_str());
}

namespace {

/// The texts of `explain` of every entry of that kind in an export of everything.
std::vector<std::string> explained(Desk &desk, const std::string &kind) {
  std::string file;
  desk.engine.write_export(auditor(), Record().set("all", "1"),
                           [&](std::string_view bytes) { file += bytes; });
  std::vector<std::string> texts;
  for (const std::string_view line : heard::split(file, '\n')) {
    if (line.empty()) continue;
    const Record row = heard::record_from_json("line", line);
    if (row.records("read").empty() || row.records("read").front().text("kind") != kind) continue;
    for (const std::string &text : row.texts("explain")) texts.push_back(text);
  }
  return texts;
}

bool says(const std::string &text, std::string_view words) {
  return text.find(words) != std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_CASE(an_export_explains_each_clock_by_the_versions_that_decided) {
  Desk desk;
  desk.apply("interaction.log", R"({"channel": "phone", "from": "sis:guardian:1",
      "school": "north", "subject": "Late bus"})");
  desk.apply("policy.save", R"({"name": "Quicker", "targets": [
      {"clock": "first_response", "amount": 60, "unit": "business_minutes"}]})");
  desk.apply("calendar.close", R"({"school": "north", "closed": ["2026-11-24"]})");
  desk.now("2026-11-25T09:00Z").apply("case.reply", R"({"case": "1", "text": "It comes."})");
  const auto opened = explained(desk, "case.opened");
  BOOST_TEST_REQUIRE(opened.size() == 2u);  // first response and resolution
  BOOST_TEST(says(opened[0], "1 business day by policy Default (version 1)"), opened[0]);
  BOOST_TEST(says(opened[0], "on calendar School days (version 1)"), opened[0]);
  BOOST_TEST(says(opened[0], "Due 2026-11-24 16:00."), opened[0]);
  const auto answered = explained(desk, "case.contacted");
  BOOST_TEST_REQUIRE(!answered.empty());
  BOOST_TEST(says(answered[0], "by policy Default (version 1)"), answered[0]);
  BOOST_TEST(says(answered[0], "on calendar north (version 1)"), answered[0]);
  BOOST_TEST(says(answered[0], "Due 2026-11-25 16:00."), answered[0]);
  BOOST_TEST(says(answered[0], "met."), answered[0]);
}

BOOST_AUTO_TEST_CASE(an_export_with_explanations_verifies_and_readable_lies_beside_them_do_not) {
  Desk desk;
  desk.apply("interaction.log", R"({"channel": "phone", "subject": "Late bus",
      "from": "sis:guardian:1"})");
  std::string file;
  desk.engine.write_export(auditor(), Record().set("all", "1"),
                           [&](std::string_view bytes) { file += bytes; });
  const std::string path = "verify_test_explained.jsonl";
  const auto check = [&](const std::string &text) {
    std::ofstream(path, std::ios::binary) << text;
    return findings(desk, Record().set("export", path));
  };
  BOOST_TEST(check(file) == "");
  const auto place = file.find(",\"explain\":");
  BOOST_TEST_REQUIRE(place != std::string::npos);
  for (const char *lie : {R"(,"subject":"No bus")", R"(,"explain":["met"])"})
    BOOST_TEST(check(std::string(file).insert(place, lie)) != "", lie);
  const auto end = file.find("}\n", place);
  for (const char *lie : {R"(,"subject":"No bus")", R"(,"read":{"subject":"No bus"})"})
    BOOST_TEST(check(std::string(file).insert(end, lie)) != "", lie);
  std::remove(path.c_str());
}

BOOST_AUTO_TEST_SUITE_END()
