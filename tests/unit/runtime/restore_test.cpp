// An old copy put back, with sanction: what was lost stays visible, and the ledger can be signed
// again although its newest key came after the copy.
#include <filesystem>

#include "support/desk.hpp"
#include "support/temporary_folder.hpp"

using namespace heard;
using support::Desk;
using support::drain;
using support::TemporaryFolder;

namespace fs = std::filesystem;

namespace {

Record admin() { return record_from_json("actor", support::kAdmin); }

void log_some(Desk &desk, int count) {
  for (int i = 0; i < count; ++i)
    desk.apply("interaction.log", R"({"channel": "phone", "needs_response": 0})");
}

/// A store that had five more entries and another key when a copy from before was put back.
struct Disaster {
  Disaster() {
    Desk desk({{"store.path", path}, {"store.pool", "0"}}, nullptr);
    log_some(desk, 3);
    kept = desk.size();
    drain(*desk.engine.backup(admin(), Record().set("path", copy)));
    desk.apply("key.rotate", "{}");
    receipt = desk.apply("interaction.log", R"({"channel": "phone"})").text("receipt");
    log_some(desk, 5);
    lost = desk.size();
  }
  /// As somebody would who has stopped all others first.
  void put_back() const {
    for (const char *part : {"-wal", "-shm"}) fs::remove(path + part);
    fs::copy_file(copy, path, fs::copy_options::overwrite_existing);
  }

  TemporaryFolder folder;
  std::string path = folder / "school.heard", copy = folder / "copy";
  std::string receipt;
  std::int64_t kept = 0, lost = 0;
};

std::string findings(Desk &desk, const Record &what = Record()) {
  std::string all;
  for (const Record &row : drain(*desk.engine.verify(admin(), what)))
    if (row.text("row") == "finding") all += row.text("says") + "\n";
  return all;
}

bool says(const std::string &text, std::string_view words) {
  return text.find(words) != std::string::npos;
}

constexpr const char *kSanction = R"({"reason": "The disk broke", "approved_by": "Board clerk"})";

}  // namespace

BOOST_AUTO_TEST_SUITE(restore)

BOOST_AUTO_TEST_CASE(a_copy_put_back_is_read_only_and_verify_says_why) {
  const Disaster disaster;
  disaster.put_back();
  Desk desk("UTC", disaster.path);
  const auto refusal = desk.apply_refused("interaction.log", R"({"channel": "phone"})");
  BOOST_TEST(refusal.detail("rolled_back") == "1");
  BOOST_TEST(desk.rows("waiting").empty());
  BOOST_TEST(says(findings(desk), "the mark beside the store is for"));
  // Protected records are shown to auditors only while nothing can be recorded.
  const auto teacher = R"({"id": "t:1", "roles": ["teacher"]})";
  BOOST_CHECK_THROW(desk.rows("people", R"({"search": "Ada"})", teacher), Failure);
}

BOOST_AUTO_TEST_CASE(a_sanctioned_restore_begins_an_epoch_that_verifies_and_shows_the_gap) {
  const Disaster disaster;
  disaster.put_back();
  Desk desk("UTC", disaster.path);
  const Record done = desk.apply("restore.sanction", kSanction);
  BOOST_TEST(done.number("epoch") == 2);
  BOOST_TEST(done.number("last_size") == disaster.lost);
  log_some(desk, 20);
  desk.apply("checkpoint.make", "{}");
  desk.check_whole();
  const Record epoch = desk.row("epochs");
  BOOST_TEST(epoch.text("reason") == "The disk broke");
  BOOST_TEST(epoch.number("last_size") == disaster.lost);
  bool gap = false;
  for (const Record &row : drain(*desk.engine.verify(admin(), Record())))
    if (row.text("by") == "lost") gap = row.number("size") == disaster.lost;
  BOOST_TEST(gap);
}

BOOST_AUTO_TEST_CASE(a_receipt_of_a_lost_entry_is_told_what_became_of_it) {
  const Disaster disaster;
  disaster.put_back();
  Desk desk("UTC", disaster.path);
  desk.apply("restore.sanction", kSanction);
  log_some(desk, 20);
  BOOST_TEST(
      says(findings(desk, Record().set("receipt", disaster.receipt)), "were lost in the restore"));
}

BOOST_AUTO_TEST_CASE(a_backup_that_is_not_walked_to_its_end_leaves_no_file) {
  const TemporaryFolder folder;
  Desk desk("UTC", folder / "a.heard");
  {
    const auto rows = desk.engine.backup(admin(), Record().set("path", folder / "copy"));
    Record row;
    BOOST_TEST(rows->next(row));
  }
  BOOST_TEST(!fs::exists(folder / "copy"));
  BOOST_CHECK_THROW(desk.engine.backup(admin(), Record().set("path", folder / "a.heard")), Failure);
  BOOST_TEST(desk.size() > 0);
}

BOOST_AUTO_TEST_SUITE_END()
