// The tampering matrix: what was done to a store, by whom, and what the check must say, written
// down before it is asked. L: noticed, and the place is named. D: noticed. M: missed, and known to
// be.
#include <array>
#include <filesystem>
#include <fstream>
#include <regex>

#include "base/base64.hpp"
#include "store/key_file.hpp"
#include "support/desk.hpp"
#include "support/temporary_folder.hpp"
#include "unit/audit/forger.hpp"

namespace {

using namespace heard;
using support::Desk;
using support::Forger;
using support::TemporaryFolder;

namespace fs = std::filesystem;

constexpr std::int64_t kEarly = 60;  // signed with the first key, which is destroyed
constexpr std::int64_t kLate = 200;  // signed with the second one, which may be stolen

void log_some(Desk &desk, int count) {
  for (int i = 0; i < count; ++i)
    desk.apply("interaction.log", R"({"channel": "phone", "from": "sis:guardian:1",
        "subject": "Late bus", "text": "Again", "needs_response": 0})");
}

/// A ledger of about 330 entries, two keys, and a checkpoint now and then, all of them anchored.
struct Scene {
  Scene() {
    Desk desk({{"store.path", live}, {"anchor.file", anchors}}, nullptr);
    log_some(desk, 100);
    desk.apply("checkpoint.make", "{}");
    copy_to(desk, folder / "before-the-key.heard");
    log_some(desk, 30);
    desk.apply("key.rotate", "{}");
    log_some(desk, 60);
    desk.apply("checkpoint.make", "{}");
    copy_to(desk, folder / "older.heard");
    log_some(desk, 120);
    desk.apply("checkpoint.make", "{}");
    log_some(desk, 2);
    copy_to(desk, folder / "whole.heard");
    copy_to(desk, folder / "other.heard");  // becomes another ledger below
    seed = store::KeyFile(live + ".key").read();
    receipt = desk.apply("department.save", R"({"department": "a"})").text("receipt");
    Desk second({{"store.path", folder / "second.heard"}}, nullptr);
    log_some(second, 340);
    second.apply("checkpoint.make", "{}");
    fs::remove(folder / "other.heard");
    copy_to(second, folder / "other.heard");
  }
  static void copy_to(Desk &desk, const std::string &path) {
    desk.engine.connection().database().exec(("VACUUM INTO '" + path + "'").c_str());
  }
  /// A fresh copy of one of them, to be tampered with.
  std::string copy(const std::string &name = "whole.heard") const {
    const std::string path = folder / "tampered.heard";
    for (const char *end : {"", "-wal", "-shm"}) fs::remove(path + end);
    fs::copy_file(folder / name, path);
    return path;
  }

  TemporaryFolder folder;
  std::string live = folder / "school.heard";
  std::string anchors = folder / "elsewhere.txt";
  SigningSeed seed{};
  std::string receipt;
};

/// Who checks what: the service with its key file, perhaps with copies of the checkpoints.
struct Check {
  std::string key_file;
  std::string anchors;
  Record what;
};

std::vector<Record> findings(const std::string &path, const Check &check) {
  support::StandingClock host;
  Options options;
  options.set("store.path", path);
  options.set("store.mode", "read");
  options.set("ledger.key", check.key_file);
  options.set("anchor.file", check.anchors);
  runtime::Engine engine(host, options);
  std::vector<Record> found;
  const auto rows = engine.verify(record_from_json("actor", support::kAuditor), check.what);
  for (const Record &row : support::drain(*rows)) {
    if (row.text("row") == "finding") found.push_back(row);
    if (row.text("row") == "verdict") BOOST_TEST(row.flag("intact") == found.empty());
  }
  return found;
}

bool names(const Record &finding, std::int64_t target) {
  if (finding.number("seq", -1) == target) return true;
  const std::string says = finding.text("says");
  std::smatch range;
  if (!std::regex_search(says, range, std::regex("one of (\\d+) to (\\d+)"))) return false;
  return std::stoll(range[1]) <= target && target <= std::stoll(range[2]);
}

char verdict(const std::vector<Record> &found, std::int64_t target) {
  if (found.empty()) return 'M';
  for (const Record &finding : found)
    if (target >= 0 && names(finding, target)) return 'L';
  return 'D';
}

struct Attack {
  const char *what;
  /// Somebody who edits; who also repairs the tree; who has the key and signs again; the same where
  /// copies of the checkpoints are held elsewhere.
  const char *expected;
  std::int64_t target;
  std::function<void(Forger &)> edit;             // before the repair
  std::function<void(Forger &)> edit_after = {};  // after it
};

std::function<void(Forger &)> sql(const char *text) {
  return [text](Forger &forger) { forger.run(text); };
}

const std::function<void(Forger &)> kNothing = [](Forger &) {};

const Attack kAttacks[] = {
    {"event.wall_ms", "LLML", kLate, sql("UPDATE event SET wall_ms = 1 WHERE seq = 200")},
    {"event.kind", "LLML", kLate, sql("UPDATE event SET kind = 3 WHERE seq = 200")},
    {"event.thread", "LLML", kLate, sql("UPDATE event SET thread = zeroblob(16) WHERE seq = 200")},
    {"event.rid", "LLML", kLate, sql("UPDATE event SET rid = randomblob(16) WHERE seq = 200")},
    {"event.ref", "LLML", kLate, sql("UPDATE event SET ref = 3 WHERE seq = 200")},
    {"event.v", "LLLL", kLate, sql("UPDATE event SET v = 2 WHERE seq = 200")},
    {"event.flags", "LLLL", kLate, sql("UPDATE event SET flags = 1 WHERE seq = 200")},
    {"event.cm", "LLLL", kLate, sql("UPDATE event SET cm = randomblob(32) WHERE seq = 200")},
    {"a text, sealed again", "LLML", kLate,
     [](Forger &forger) { forger.reseal(kLate, store::field_id::text, "Never"); }},
    {"a text of the first key's time", "LLLL", kEarly,
     [](Forger &forger) { forger.reseal(kEarly, store::field_id::text, "Never"); }},
    {"body.fields", "LLLL", kLate,
     sql("UPDATE body SET fields = (SELECT fields FROM body WHERE seq = 1) WHERE seq = 200")},
    {"body.salt of another", "LLLL", kLate,
     sql("UPDATE body SET salt = (SELECT salt FROM body WHERE seq = 201) WHERE seq = 200")},
    {"body.actor alone", "LLLL", kLate, sql("UPDATE body SET actor = 'x' WHERE seq = 200")},
    {"body.at alone", "LLLL", kLate, sql("UPDATE body SET at = at + 1 WHERE seq = 200")},
    {"body of another entry", "LLML", kLate,
     sql("UPDATE body SET (form, salt, fields, actor, at) = (SELECT form, salt, fields, actor, at"
         " FROM body WHERE seq = 190) WHERE seq = 200;"
         "UPDATE event SET cm = (SELECT cm FROM event WHERE seq = 190) WHERE seq = 200")},
    {"body taken away", "LLLL", kLate, sql("DELETE FROM body WHERE seq = 200")},
    {"first entry taken out", "LLLL", 0, [](Forger &forger) { forger.take_out(0); }},
    {"middle entry taken out", "LLML", kLate, [](Forger &forger) { forger.take_out(kLate); }},
    {"last entry taken out, unsigned yet", "DMMM", -1,
     [](Forger &forger) { forger.take_out(forger.size() - 1); }},
    {"last 20 entries taken out", "DDMD", -1,
     [](Forger &forger) {
       for (int i = 0; i < 20; ++i) forger.take_out(forger.size() - 1);
     }},
    {"two entries exchanged", "LLML", kLate, [](Forger &forger) { forger.swap(kLate); }},
    {"entry put in", "LLML", kLate, [](Forger &forger) { forger.put_in(kLate, 190); }},
    {"entry put at the end", "DMMM", -1, [](Forger &forger) { forger.put_in(forger.size(), 190); }},
    {"one hash of a tile", "LLLL", kLate, kNothing,
     sql("UPDATE tile SET hashes = CAST(substr(hashes, 1, 6400) || randomblob(32) ||"
         " substr(hashes, 6433) AS BLOB) WHERE level = 0 AND idx = 0")},
    {"tile taken away", "DDDD", -1, kNothing, sql("DELETE FROM tile")},
    {"head.root", "DDDD", -1, kNothing, sql("UPDATE head SET root = randomblob(32)")},
    {"head.size", "DDDD", -1, kNothing, sql("UPDATE head SET size = size - 1")},
    {"head.frontier", "DDDD", -1, kNothing,
     sql("UPDATE head SET frontier = randomblob(length(frontier))")},
    {"tile and head", "LLLL", kLate, kNothing,
     sql("UPDATE tile SET hashes = randomblob(8192); UPDATE head SET root = randomblob(32)")},
    {"meta.origin", "DDDD", -1, kNothing,
     sql("UPDATE meta SET v = CAST('x.example' AS BLOB) WHERE k = 'origin'")},
    {"meta.rid_key", "DDDD", -1, kNothing,
     sql("UPDATE meta SET v = randomblob(32) WHERE k = 'rid_key'")},
    {"key list: another key", "DDDD", -1, kNothing,
     sql("UPDATE fold_key SET vkey = (SELECT vkey FROM fold_key WHERE from_seq = 0)")},
    {"key list: one taken out", "DDDD", -1, kNothing,
     sql("DELETE FROM fold_key WHERE from_seq = 0")},
    {"key list: another beginning", "DDDD", -1, kNothing,
     sql("UPDATE fold_key SET to_seq = to_seq + 1 WHERE to_seq IS NOT NULL")},
    {"an old checkpoint in a new one's place", "DDDD", -1, kNothing,
     sql("UPDATE checkpoint SET note = (SELECT note FROM checkpoint ORDER BY size LIMIT 1)")},
    {"a checkpoint's signature", "DDDD", -1, kNothing,
     sql("UPDATE checkpoint SET note = substr(note, 1, length(note) - 9) || 'AAAAAAA=' || char(10)"
         " WHERE size = (SELECT MAX(size) FROM checkpoint)")},
    {"a checkpoint that is no note", "DDDD", -1, kNothing,
     sql("UPDATE checkpoint SET note = 'x' WHERE size = (SELECT MAX(size) FROM checkpoint)")},
    {"newest checkpoint taken away, nothing else", "MMMD", -1, kNothing,
     sql("DELETE FROM checkpoint WHERE size = (SELECT MAX(size) FROM checkpoint)")},
    {"the checkpoint that vouches for a key", "DDDD", -1, kNothing,
     sql("DELETE FROM checkpoint WHERE size = (SELECT from_seq + 1 FROM fold_key"
         " WHERE from_seq > 0)")},
    {"all checkpoints, and a text", "LMML", kLate,
     [](Forger &forger) { forger.reseal(kLate, store::field_id::text, "Never"); },
     sql("DELETE FROM checkpoint")},
    {"anchor list: a delivery that was none", "MMMD", -1, kNothing,
     sql("UPDATE local_anchor SET size = size + 1 WHERE size = (SELECT MAX(size) FROM "
         "local_anchor)")},
    {"all of it, signed with a key of his own", "DDDD", -1,
     [](Forger &forger) { forger.take_over(SigningSeed{1}); },
     [](Forger &forger) {
       forger.repair_tree();
       forger.sign_again({SigningSeed{1}});
     }},
};

constexpr std::array kAttackers{"edits", "repairs the tree", "has the key",
                                "has the key, anchored"};

char attacked(const Scene &scene, const Attack &attack, std::size_t attacker) {
  const std::string path = scene.copy();
  {
    Forger forger(path);
    attack.edit(forger);
    if (attacker >= 1) forger.repair_tree();
    if (attacker >= 2) forger.sign_again({scene.seed});
    if (attack.edit_after) attack.edit_after(forger);
  }
  const Check check{scene.live + ".key", attacker == 3 ? scene.anchors : "", Record()};
  return verdict(findings(path, check), attack.target);
}

Scene &scene() {
  static Scene made;
  return made;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(tamper)

BOOST_AUTO_TEST_CASE(every_attack_has_the_verdict_that_was_written_down) {
  int detected = 0, located = 0, total = 0;
  for (const Attack &attack : kAttacks)
    for (std::size_t attacker = 0; attacker < kAttackers.size(); ++attacker) {
      const char got = attacked(scene(), attack, attacker);
      BOOST_TEST(got == attack.expected[attacker],
                 attack.what << ", by who " << kAttackers[attacker] << ": " << got);
      ++total;
      detected += got != 'M';
      located += got == 'L';
    }
  BOOST_TEST_MESSAGE("tampering: " << detected << " detected, " << located << " of them located, "
                                   << total << " tried");
}

BOOST_AUTO_TEST_CASE(a_ledger_nobody_touched_raises_no_alarm) {
  int alarms = 0;
  for (const char *name : {"whole.heard", "older.heard"})
    for (const bool has_key : {false, true}) {
      const Check check{has_key ? scene().live + ".key" : "", "", Record()};
      alarms += static_cast<int>(findings(scene().copy(name), check).size());
    }
  Check check{scene().live + ".key", scene().anchors, Record()};
  alarms += static_cast<int>(findings(scene().copy(), check).size());
  BOOST_TEST(alarms == 0);
  BOOST_TEST_MESSAGE("tampering: " << alarms << " false alarms");
}

BOOST_AUTO_TEST_CASE(a_whole_file_put_in_the_place_is_noticed_by_who_holds_something) {
  const std::string key = scene().live + ".key";
  struct Row {
    const char *file;
    const char *expected;  // with nothing, with the key file, with anchors, with a receipt
  };
  for (const Row &row : {Row{"older.heard", "MMDD"}, Row{"before-the-key.heard", "MDDD"},
                         Row{"other.heard", "MDMD"}}) {
    const std::array<Check, 4> checks{Check{"", "", Record()}, Check{key, "", Record()},
                                      Check{"", scene().anchors, Record()},
                                      Check{"", "", Record().set("receipt", scene().receipt)}};
    for (std::size_t i = 0; i < checks.size(); ++i) {
      const char got = verdict(findings(scene().copy(row.file), checks[i]), -1);
      BOOST_TEST(got == row.expected[i], row.file << " with check " << i << ": " << got);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_rewritten_ledger_is_noticed_by_who_knows_its_key) {
  const std::string path = scene().copy();
  std::string known;
  {
    Forger forger(path);
    store::Database reader(path, store::Database::Mode::write, false);
    store::Query key(reader, "SELECT vkey FROM fold_key ORDER BY from_seq LIMIT 1");
    BOOST_TEST_REQUIRE(key.step());
    known = key.text(0);
    key.reset();
    forger.take_over(SigningSeed{1});
    forger.repair_tree();
    forger.sign_again({SigningSeed{1}});
  }
  BOOST_TEST(findings(path, {"", "", Record()}).empty());  // nothing to compare it with
  BOOST_TEST(!findings(path, {"", "", Record().set("key", known)}).empty());
  BOOST_TEST(findings(scene().copy(), {"", "", Record().set("key", known)}).empty());
}

BOOST_AUTO_TEST_CASE(an_anchor_for_another_root_is_noticed_and_a_missing_file_too) {
  std::ifstream in(scene().anchors);
  std::string line;
  std::getline(in, line);
  const std::string copies = scene().folder / "other-root.txt";
  const std::size_t root = line.find('=') - 43;
  std::ofstream(copies) << line.replace(root, 44, to_base64(std::string(32, 'x'))) << "\n";
  const auto with = [&](const std::string &path) {
    return findings(scene().copy(), {"", "", Record().set("anchors", path)});
  };
  BOOST_TEST(verdict(with(copies), 50) == 'L');
  BOOST_TEST(with(scene().anchors).empty());
  BOOST_TEST(!with(scene().folder / "no-such-file.txt").empty());
  std::ofstream(copies) << "heard-anchor/1 1 zwei AAAA x end\n";
  BOOST_TEST(!with(copies).empty());
}

BOOST_AUTO_TEST_SUITE_END()
