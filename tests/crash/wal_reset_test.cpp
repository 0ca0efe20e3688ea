// The race of SQLite 3.7.0 to 3.51.2 between a checkpoint that has read the header of the log and a
// commit that begins the log anew (ledger.md, finding 1): forced to happen, and shut out by ours.
#include <boost/test/unit_test.hpp>
#include <filesystem>

#include "support/outsider.hpp"
#include "support/shim_vfs.hpp"
#include "support/temporary_folder.hpp"
#include "unit/store/fresh_ledger.hpp"

using namespace heard;
using store::Connection;
using support::FileCall;
using support::Outsider;
using support::ShimVfs;
using support::TemporaryFolder;

namespace {

bool sqlite_is_affected() {
  const int version = sqlite3_libversion_number();
  return version < 3'051'003 && version != 3'050'007 &&
         !(version >= 3'044'006 && version < 3'045'000);
}

/// Somebody who uses the same file with SQLite alone and knows nothing of our locks.
class Stranger {
 public:
  explicit Stranger(const std::string &path) : database_(path) {
    database_.run("PRAGMA wal_autocheckpoint = 0; PRAGMA busy_timeout = 0");
    sqlite3_db_config(database_.handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    database_.text("PRAGMA schema_version");  // until it has read, it has no log to move
  }
  Outsider &database() { return database_; }
  /// A transaction of about this many pages; its SQLite code.
  int commit(int pages) {
    return database_.attempt("INSERT INTO meta(k, v) VALUES(hex(randomblob(8)), randomblob(" +
                             std::to_string(pages * 4096) + "))");
  }
  int checkpoint() {
    return sqlite3_wal_checkpoint_v2(database_.handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE,
                                     nullptr, nullptr);
  }

 private:
  Outsider database_;
};

/// A stranger moves the whole log just before our checkpoint begins, and commits in its window.
class Ambush {
 public:
  Ambush(ShimVfs &shim, const std::string &path) : shim_(shim), stranger_(path) {
    shim.before = [this](const FileCall &call) {
      if (armed_) see(call);
      return std::optional<int>();
    };
  }
  ~Ambush() { shim_.before = nullptr; }
  Ambush(const Ambush &) = delete;
  Ambush &operator=(const Ambush &) = delete;
  void arm() { armed_ = true; }
  Stranger &stranger() { return stranger_; }
  bool sprung() const { return sprung_; }
  /// The code of the commit inside the window.
  int answer() const { return answer_; }

 private:
  void see(const FileCall &call) {
    if (call.takes_checkpoint_lock()) {
      armed_ = false;
      stranger_.checkpoint();
      armed_ = true;
    } else if (call.what == FileCall::What::changed) {
      armed_ = false;
      sprung_ = true;
      answer_ = stranger_.commit(2);
    }
  }

  ShimVfs &shim_;
  Stranger stranger_;
  bool armed_ = false;
  bool sprung_ = false;
  int answer_ = -1;
};

/// Copies what the log has to say into the file, and asks SQLite whether the file is whole.
std::string integrity(const std::string &path) {
  try {
    Outsider fresh(path, true);
    fresh.run("PRAGMA wal_checkpoint(TRUNCATE)");
    return fresh.text("PRAGMA integrity_check(1)");
  } catch (const std::exception &failure) {
    return failure.what();
  }
}

void write_blob(Connection &connection, int pages) {
  store::WriteTransaction transaction(connection);
  store::Query meta(connection.database(),
                    "INSERT INTO meta(k, v) VALUES(hex(randomblob(8)), randomblob(?1))");
  meta.bind(1, pages * 4096).run();
  transaction.commit();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(wal_reset)

BOOST_AUTO_TEST_CASE(without_a_guard_a_commit_inside_a_checkpoint_ruins_the_file) {
  for (int run = 0; run < 5; ++run) {
    const TemporaryFolder folder;
    const std::string path = folder / "school.heard";
    ShimVfs shim;
    support::fresh_ledger(path);
    {
      Stranger writer(path), checkpointer(path);
      Ambush ambush(shim, path);
      BOOST_TEST(checkpointer.checkpoint() == SQLITE_OK);
      BOOST_TEST(writer.commit(40) == SQLITE_OK);
      ambush.arm();
      checkpointer.checkpoint();
      BOOST_TEST(ambush.sprung());
      BOOST_TEST(ambush.answer() == SQLITE_OK);
      // Of what this adds to the new log, much counts as copied already; then the log begins anew.
      for (int i = 0; i < 10; ++i) ambush.stranger().commit(4 + run);
      checkpointer.checkpoint();
      ambush.stranger().commit(1);
    }
    const std::string says = integrity(path);
    if (sqlite_is_affected())
      BOOST_TEST(says != "ok", "SQLite " << sqlite3_libversion() << " came out of it whole");
    else
      BOOST_TEST(says == "ok");
  }
}

BOOST_AUTO_TEST_CASE(our_guard_keeps_commits_out_while_the_log_is_moved) {
  for (int run = 0; run < 5; ++run) {
    const TemporaryFolder folder;
    const std::string path = folder / "school.heard";
    ShimVfs shim;
    support::fresh_ledger(path);
    store::TreeHead head;
    {
      const auto ours = Connection::open(path, store::Database::Mode::write);
      ours->checkpoint_frames = 30;
      write_blob(*ours, 40);
      Ambush ambush(shim, path);
      ambush.arm();
      write_blob(*ours, 40);
      BOOST_TEST(ambush.sprung());
      BOOST_TEST(ambush.answer() == SQLITE_BUSY);
      for (int i = 0; i < 10; ++i) write_blob(*ours, 4 + run);
      store::Ledger ledger(ours->database());
      head = support::append_notes(*ours, ledger, 3);
    }
    BOOST_TEST(integrity(path) == "ok");
    const auto again = Connection::open(path, store::Database::Mode::read);
    BOOST_TEST((store::Ledger(again->database()).head() == head));
  }
}

BOOST_AUTO_TEST_CASE(another_heard_waits_for_the_checkpoint) {
  const TemporaryFolder folder;
  const std::string path = folder / "school.heard";
  ShimVfs shim;
  support::fresh_ledger(path);
  const auto ours = Connection::open(path, store::Database::Mode::write);
  const auto other = Connection::open(path, store::Database::Mode::write);
  ours->checkpoint_frames = 30;
  other->wait_ms = 0;
  std::optional<Status> refused;
  shim.before = [&](const FileCall &call) {
    if (call.what == FileCall::What::changed) try {
        write_blob(*other, 1);
      } catch (const Failure &failure) {
        refused = failure.status();
      }
    return std::optional<int>();
  };
  write_blob(*ours, 40);
  write_blob(*ours, 40);
  BOOST_TEST((refused == Status::busy));
  write_blob(*other, 1);
  BOOST_TEST(integrity(path) == "ok");
}

BOOST_AUTO_TEST_SUITE_END()
