// When the ledger is signed, by which key, who gets copies, and that trouble with all of it never
// reaches the command that came before.
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "audit/anchor.hpp"
#include "base/base64.hpp"
#include "folds/keys.hpp"
#include "store/checkpoint.hpp"
#include "support/desk.hpp"
#include "support/temporary_folder.hpp"

namespace {

using namespace heard;
using support::Desk;
using support::TemporaryFolder;

namespace fs = std::filesystem;

/// A host that keeps its key in memory, as a module or a service would.
class HostSigner : public Signer {
 public:
  std::string verifier_key(const std::string &name) override {
    return store::format_key(store::verifier_key(name, public_key_of(seed)));
  }
  std::string sign(const std::string &key, std::string_view text) override {
    if (is_broken) throw Failure(Status::host, "the card was pulled out");
    const bool is_current = store::parse_key(key).key == public_key_of(seed);
    return std::string(view(heard::sign(is_current ? seed : former, text)));
  }
  void change() {
    former = seed;
    seed = new_signing_seed();
  }
  SigningSeed seed = new_signing_seed();
  SigningSeed former{};
  bool is_broken = false;
};

void log_one(Desk &desk) {
  desk.apply("interaction.log", R"({"channel": "phone", "from": "sis:guardian:1",
      "subject": "Late bus", "needs_response": 0})");
}

std::vector<std::int64_t> signed_sizes(Desk &desk) {
  return support::numbers(desk.rows("checkpoints"), "size");
}

void export_all(Desk &desk) {
  const Record what = Record().set("all", "1");
  desk.engine.write_export(record_from_json("actor", support::kAuditor), what,
                           [](std::string_view) {});
}

/// Every checkpoint is signed by the key that was in force, over the root of its entries.
void check_signatures(Desk &desk) {
  const auto keys = folds::ledger_keys(desk.engine.connection().database());
  for (const Record &row : desk.rows("checkpoints")) {
    const store::Note note = store::parse_note(row.text("note"));
    const auto place = folds::signer_at(keys, row.number("size"));
    BOOST_TEST_REQUIRE(place.has_value());
    BOOST_TEST(store::is_signed_by(note, keys[*place].key));
    BOOST_TEST((store::parse_checkpoint(note.text).head.root ==
                desk.engine.journal().ledger().root_at(row.number("size"))));
  }
}

std::string private_key(const std::string &path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(signing)

BOOST_AUTO_TEST_CASE(a_new_store_has_a_name_and_a_key_in_its_first_entry) {
  const TemporaryFolder folder;
  Desk desk("UTC", folder / "school.heard");
  const auto body = desk.engine.journal().ledger().body(0).value();
  const std::string id = hex(desk.engine.journal().ledger().id());
  BOOST_TEST(body.text(store::field_id::origin) == "heard.local/ledger/" + id);
  BOOST_TEST(desk.row("keys").text("key") == body.text(store::field_id::verifier_key));
  BOOST_TEST(fs::exists(folder / "school.heard.key"));
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(a_ledger_is_called_what_its_owner_says) {
  const TemporaryFolder folder;
  Desk desk({{"store.path", folder / "a.heard"}, {"ledger.origin", "north.example/log"}}, nullptr);
  BOOST_TEST(desk.row("keys").text("key").starts_with("north.example/log+"));
  const Record done = desk.apply("department.save", R"({"department": "office"})");
  const std::string receipt = done.text("receipt");
  BOOST_TEST(receipt == "north.example/log " + std::to_string(done.number("seq")) + "/" +
                            std::to_string(done.number("size")) + " " +
                            done.text("root").substr(0, 16));
  for (const char *bad : {"two words", "a+b", "", "a\nb"})
    BOOST_CHECK_THROW(Desk({{"store.path", folder / "b.heard"}, {"ledger.origin", bad}}, nullptr),
                      Failure);
}

BOOST_AUTO_TEST_CASE(a_store_without_a_key_signs_nothing_and_gets_one_when_asked) {
  const TemporaryFolder folder;
  {
    Desk desk({{"store.path", folder / "a.heard"}, {"ledger.key", ""}}, nullptr);
    export_all(desk);
    BOOST_TEST(desk.rows("keys").empty());
    BOOST_TEST(signed_sizes(desk).empty());
    BOOST_TEST(folder.files() == 5u);  // store, -wal, -shm, .lock, .mark
    BOOST_TEST(desk.apply_refused("checkpoint.make", "{}").says().find("key") != std::string::npos);
  }
  Desk desk("UTC", folder / "a.heard");
  desk.apply("key.rotate", "{}");
  desk.apply("checkpoint.make", "{}");
  BOOST_TEST(signed_sizes(desk) == std::vector<std::int64_t>{desk.size()});
  check_signatures(desk);
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(it_is_signed_a_minute_after_the_last_entry) {
  const TemporaryFolder folder;
  Desk desk("UTC", folder / "a.heard");
  log_one(desk);
  BOOST_TEST(desk.pump() == support::at("2026-11-23T09:01Z"));
  BOOST_TEST(signed_sizes(desk).empty());
  desk.now("2026-11-23T09:01Z").pump();
  BOOST_TEST(signed_sizes(desk) == std::vector<std::int64_t>{desk.size()});
  desk.now("2026-11-23T10:00Z").pump();  // nothing new
  BOOST_TEST(signed_sizes(desk).size() == 1u);
  BOOST_TEST(desk.size() == desk.row("checkpoints").number("size"));
  check_signatures(desk);
}

BOOST_AUTO_TEST_CASE(it_is_signed_after_each_thousand_entries_without_any_pump) {
  const TemporaryFolder folder;
  Desk desk("UTC", folder / "a.heard");
  std::string items;
  for (int i = 0; i < 1100; ++i)
    items += std::string(i == 0 ? "" : ",") +
             R"({"channel": "phone", "from": "sis:guardian:1", "needs_response": 0})";
  desk.apply("interaction.log_many", R"({"items": [)" + items + "]}");
  BOOST_TEST(signed_sizes(desk) == std::vector<std::int64_t>{desk.size()});
  log_one(desk);
  BOOST_TEST(signed_sizes(desk).size() == 1u);
}

BOOST_AUTO_TEST_CASE(it_is_signed_at_each_export_and_when_a_store_is_opened_after_growth) {
  const TemporaryFolder folder;
  {
    Desk desk({{"store.path", folder / "a.heard"}, {"store.pool", "0"}}, nullptr);
    export_all(desk);
    BOOST_TEST(signed_sizes(desk) == std::vector<std::int64_t>{desk.size()});
    log_one(desk);
  }
  support::StandingClock host;
  Options options;
  options.set("store.path", folder / "a.heard");
  options.set("store.pool", "0");
  host.now = support::at("2026-11-23T09:00:30Z");
  {
    runtime::Engine early(host, options);
    BOOST_TEST(store::newest_checkpoint(early.connection().database())->size ==
               early.journal().ledger().head().size - 1);
  }
  host.now = support::at("2026-11-23T09:05Z");
  runtime::Engine later(host, options);
  BOOST_TEST(store::newest_checkpoint(later.connection().database())->size ==
             later.journal().ledger().head().size);
}

BOOST_AUTO_TEST_CASE(a_key_that_cannot_be_used_stops_no_command) {
  const TemporaryFolder folder;
  Desk desk("UTC", folder / "a.heard");
  ::chmod((folder / "a.heard.key").c_str(), 0644);
  log_one(desk);
  desk.now("2026-11-23T09:05Z");
  BOOST_TEST(desk.pump() == support::at("2026-11-23T09:06Z"));  // again in a minute, not at once
  export_all(desk);
  BOOST_TEST(signed_sizes(desk).empty());
  BOOST_TEST_REQUIRE(!desk.host.warnings.empty());
  BOOST_TEST(desk.host.warnings.front().find("chmod 600") != std::string::npos);
  BOOST_TEST((desk.apply_refused("checkpoint.make", "{}").status() == Status::denied));
  ::chmod((folder / "a.heard.key").c_str(), 0600);
  desk.now("2026-11-23T09:06Z").pump();
  BOOST_TEST(signed_sizes(desk).size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_rewritten_ledger_is_not_signed_again) {
  const TemporaryFolder folder;
  Desk desk("UTC", folder / "a.heard");
  log_one(desk);
  desk.apply("checkpoint.make", "{}");
  log_one(desk);
  desk.engine.connection().database().exec(
      "DROP TRIGGER event_keep_update; UPDATE event SET wall_ms = 1 WHERE seq = 2");
  BOOST_TEST((desk.apply_refused("checkpoint.make", "{}").status() == Status::corrupt));
  desk.now("2026-11-23T09:05Z").pump();
  BOOST_TEST(signed_sizes(desk).size() == 1u);
  BOOST_TEST(!desk.host.warnings.empty());
}

BOOST_AUTO_TEST_CASE(the_next_key_is_vouched_for_by_the_one_before) {
  const TemporaryFolder folder;
  Desk desk("UTC", folder / "a.heard");
  const std::string before = private_key(folder / "a.heard.key");
  log_one(desk);
  const Record done = desk.apply("key.rotate", "{}");
  const std::int64_t seq = done.number("seq");
  BOOST_TEST(done.text("key") == desk.rows("keys").back().text("key"));
  BOOST_TEST(desk.rows("keys").front().number("to") == seq);
  BOOST_TEST(private_key(folder / "a.heard.key") != before);
  BOOST_TEST(!fs::exists(folder / "a.heard.key.next"));
  BOOST_TEST(!fs::exists(folder / "a.heard.key.old"));
  BOOST_TEST(signed_sizes(desk) == (std::vector<std::int64_t>{seq, seq + 1}));
  log_one(desk);
  desk.apply("checkpoint.make", "{}");
  const auto rows = desk.rows("checkpoints");
  BOOST_TEST(rows[0].texts("signed_by") == rows[1].texts("signed_by"));
  BOOST_TEST(rows[1].texts("signed_by") != rows[2].texts("signed_by"));
  check_signatures(desk);
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(the_key_changes_by_itself_once_a_month) {
  const TemporaryFolder folder;
  Desk desk("UTC", folder / "a.heard");
  desk.now("2026-12-22T09:00Z").pump();
  BOOST_TEST(desk.count("key.rotated") == 0);
  desk.now("2026-12-23T09:01Z").pump();
  desk.now("2026-12-23T09:05Z").pump();
  BOOST_TEST(desk.count("key.rotated") == 1);
  desk.now("2027-01-21T09:00Z").pump();
  BOOST_TEST(desk.count("key.rotated") == 1);
  desk.now("2027-02-01T09:00Z").pump();
  BOOST_TEST(desk.count("key.rotated") == 2);
  check_signatures(desk);
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(a_change_of_keys_that_was_stopped_anywhere_ends_with_a_key_that_signs) {
  // What stands on disk after each step, made from a store before and one after the entry.
  for (const bool entry_was_written : {false, true}) {
    for (const bool was_vouched : {false, true}) {
      if (was_vouched && !entry_was_written) continue;
      const TemporaryFolder folder;
      const std::string key = folder / "a.heard.key";
      {
        Desk desk({{"store.path", folder / "a.heard"}, {"store.pool", "0"}}, nullptr);
        log_one(desk);
        const std::string old = private_key(key);
        if (entry_was_written) {
          desk.apply("key.rotate", "{}");
          fs::rename(key, key + ".next");
          std::ofstream(key, std::ios::binary) << old;
          ::chmod(key.c_str(), 0600);
          if (!was_vouched)
            desk.engine.connection().database().exec(
                "DELETE FROM checkpoint WHERE size = (SELECT MAX(size) FROM checkpoint)");
        } else {
          store::KeyFile(key).make_next();
        }
      }
      Desk desk({{"store.path", folder / "a.heard"}, {"store.pool", "0"}}, nullptr);
      BOOST_TEST(!store::KeyFile(key).is_changing());
      log_one(desk);
      desk.apply("checkpoint.make", "{}");
      BOOST_TEST(signed_sizes(desk).back() == desk.size());
      BOOST_TEST(desk.host.warnings.empty());
      check_signatures(desk);
      desk.check_whole();
    }
  }
}

BOOST_AUTO_TEST_CASE(the_host_may_keep_the_key) {
  const TemporaryFolder folder;
  HostSigner signer;
  Desk desk({{"store.path", folder / "a.heard"}}, &signer);
  BOOST_TEST(!fs::exists(folder / "a.heard.key"));
  log_one(desk);
  desk.apply("checkpoint.make", "{}");
  BOOST_TEST((desk.apply_refused("key.rotate", "{}").status() == Status::conflict));
  signer.change();
  desk.apply("key.rotate", "{}");
  log_one(desk);
  desk.apply("checkpoint.make", "{}");
  BOOST_TEST(desk.rows("keys").size() == 2u);
  check_signatures(desk);
  signer.is_broken = true;
  log_one(desk);
  desk.now("2026-11-23T09:05Z").pump();
  BOOST_TEST(!desk.host.warnings.empty());
  signer.change();
  BOOST_TEST((desk.apply_refused("key.rotate", "{}").status() == Status::host));
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(copies_go_to_a_file_that_is_never_made_twice) {
  const TemporaryFolder folder;
  const std::string anchors = folder / "elsewhere.txt";
  Desk desk({{"store.path", folder / "a.heard"}, {"anchor.file", anchors}}, nullptr);
  desk.apply("checkpoint.make", "{}");
  desk.apply("checkpoint.make", "{}");  // nothing new, nothing handed on again
  log_one(desk);
  desk.apply("checkpoint.make", "{}");
  const auto lines = audit::read_anchor_file(anchors).lines;
  BOOST_TEST_REQUIRE(lines.size() == 2u);
  BOOST_TEST(lines[1].checkpoint.head.size == desk.size());
  BOOST_TEST(desk.rows("checkpoints").back().texts("anchored_by") ==
             std::vector<std::string>{"file"});
  fs::rename(anchors, anchors + ".away");
  log_one(desk);
  desk.apply("checkpoint.make", "{}");
  BOOST_TEST(!fs::exists(anchors));
  BOOST_TEST_REQUIRE(!desk.host.warnings.empty());
  BOOST_TEST(desk.host.warnings.back().find("is gone") != std::string::npos);
  fs::rename(anchors + ".away", anchors);
  std::ofstream(anchors, std::ios::app) << "heard-anchor/1 12";  // cut short when the power failed
  desk.apply("checkpoint.make", "{}");
  BOOST_TEST(audit::read_anchor_file(anchors).lines.size() == 3u);
  BOOST_TEST(audit::read_anchor_file(anchors).unreadable.empty());
  desk.check_whole();
}

BOOST_AUTO_TEST_SUITE_END()
