// Power cuts at every write of two writers that take turns: whatever was acknowledged is there
// afterwards, in order and whole. And the proof that these tests see a loss when there is one.
#include "crash/power_loss.hpp"

#include <boost/test/unit_test.hpp>

#include "support/campaign.hpp"
#include "support/outsider.hpp"
#include "support/temporary_folder.hpp"
#include "unit/store/fresh_ledger.hpp"

using namespace heard;
using crash::PowerLoss;
using store::Connection;
using support::Outsider;
using support::ShimVfs;
using support::TemporaryFolder;

namespace {

/// What the writers know: what stands at each seq, the root after it, and how much was promised.
struct Truth {
  std::vector<Hash> commitments;
  std::vector<Hash> roots{store::empty_root()};  // by size
  std::size_t acknowledged = 0;
};

struct Found {
  int lost = 0;
  int broken = 0;
  std::string first;  ///< what was wrong with the first bad image
};

class Rows {
 public:
  Rows(const Outsider &database, const char *sql) {
    sqlite3_prepare_v2(database.handle(), sql, -1, &statement_, nullptr);
  }
  Rows(const Rows &) = delete;
  Rows &operator=(const Rows &) = delete;
  ~Rows() { sqlite3_finalize(statement_); }
  bool next() { return sqlite3_step(statement_) == SQLITE_ROW; }
  std::int64_t number(int column) { return sqlite3_column_int64(statement_, column); }
  bool is(int column, const Hash &hash) {
    return std::string_view(static_cast<const char *>(sqlite3_column_blob(statement_, column)),
                            static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))) ==
           view(hash);
  }

 private:
  sqlite3_stmt *statement_ = nullptr;
};

/// What is wrong with the store at `path`, or ""; how many entries it has.
std::string flaw(Outsider &image, const Truth &truth, std::size_t &entries) {
  if (const std::string says = image.text("PRAGMA integrity_check(1)"); says != "ok") return says;
  Rows events(image,
              "SELECT e.seq, e.cm, b.seq FROM event e LEFT JOIN body b USING(seq) ORDER BY 1");
  for (entries = 0; events.next(); ++entries) {
    if (entries >= truth.commitments.size()) return "an entry nobody wrote";
    if (events.number(0) != static_cast<std::int64_t>(entries)) return "a gap";
    if (!events.is(1, truth.commitments[entries])) return "another entry";
    if (events.number(2) != events.number(0)) return "an entry without its body";
  }
  Rows head(image, "SELECT size, root FROM head");
  if (!head.next()) return "no head";
  if (head.number(0) != static_cast<std::int64_t>(entries)) return "a head of another size";
  return head.is(1, truth.roots[entries]) ? "" : "a head with another root";
}

void judge(const std::string &path, const Truth &truth, Found &found) {
  std::string wrong;
  std::size_t entries = 0;
  try {
    Outsider image(path, true);
    sqlite3_db_config(image.handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    image.run("PRAGMA locking_mode = EXCLUSIVE");
    wrong = flaw(image, truth, entries);
  } catch (const std::exception &failure) {
    wrong = failure.what();
  }
  if (!wrong.empty()) ++found.broken;
  if (wrong.empty() && entries < truth.acknowledged) {
    ++found.lost;
    wrong = std::to_string(truth.acknowledged - entries) + " acknowledged entries are missing";
  }
  if (found.first.empty()) found.first = wrong;
}

class Writer {
 public:
  Writer(const std::string &path, Truth &truth)
      : connection_(Connection::open(path, store::Database::Mode::write)),
        ledger_(connection_->database()),
        truth_(truth) {
    connection_->wait_ms = 0;
    connection_->checkpoint_frames = 24;
  }
  Connection &connection() { return *connection_; }

  /// One to three entries in one transaction, acknowledged when that is over.
  void log(std::mt19937 &random) {
    store::WriteTransaction transaction(*connection_);
    append(random);
    transaction.commit();
    truth_.acknowledged = std::max(truth_.acknowledged, size_);
  }

  /// The same by SQLite's own COMMIT, as it is set up on this connection.
  void log_bare(std::mt19937 &random) {
    connection_->database().exec("BEGIN IMMEDIATE");
    append(random);
    connection_->database().exec("COMMIT");
    truth_.acknowledged = std::max(truth_.acknowledged, size_);
  }

 private:
  void append(std::mt19937 &random) {
    ledger_.begin();
    size_ = static_cast<std::size_t>(ledger_.size());
    truth_.commitments.resize(size_);
    truth_.roots.resize(size_ + 1);
    for (auto count = 1 + random() % 3; count > 0; --count) {
      store::Draft draft = support::note(static_cast<std::int64_t>(random() % 1000));
      draft.fields.text(store::field_id::text, std::string(random() % 5 == 0 ? 6000 : 60, 'x'));
      truth_.commitments.push_back(ledger_.append(std::move(draft), 1000).event.commitment);
      truth_.roots.push_back(ledger_.finish().root);
      ++size_;
    }
  }

  std::unique_ptr<Connection> connection_;
  store::Ledger ledger_;
  Truth &truth_;
  std::size_t size_ = 0;
};

/// A store with two writers over a disk that may lose its power.
struct Scene {
  TemporaryFolder folder;
  std::string path = folder / "school.heard";
  ShimVfs shim;
  PowerLoss power{shim, path, folder / "image.heard", support::campaign_seed()};
  std::mt19937 random{support::campaign_seed()};
  Truth truth;
  Found found;
  int between = 0;  ///< commits of the other writer between a commit and its sync
  std::unique_ptr<Writer> writers[2];

  Scene() {
    support::fresh_ledger(path);
    for (auto &writer : writers) writer = std::make_unique<Writer>(path, truth);
    power.judge = [this] { judge(folder / "image.heard", truth, found); };
  }

  Writer &any() { return *writers[random() % 2]; }

  /// Lets the other writer commit, if it may, whenever one is about to sync.
  void interleave(Writer &other) {
    power.before_log_sync = [this, &other] {
      try {
        other.log(random);
        ++between;
      } catch (const Failure &) {
        // It has to wait for the one that syncs.
      }
    };
  }

  void report(const std::string &what) {
    power.cut_power();
    BOOST_TEST_MESSAGE(what << ": " << truth.acknowledged << " entries, " << between
                            << " commits before the sync of another, " << found.broken
                            << " broken images, e.g. " << found.first);
    support::report(what, power.images(), found.lost + found.broken);
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(power_loss)

BOOST_AUTO_TEST_CASE(acknowledged_entries_survive_power_cuts_at_every_write) {
  Scene scene;
  for (int i = 0; i < support::trials(25); ++i) scene.any().log(scene.random);
  scene.report("power cut, two writers in turn");
  BOOST_TEST(scene.power.images() > 1000);
  BOOST_TEST(scene.power.checkpoints() > 2);
  BOOST_TEST(scene.found.broken == 0, scene.found.first);
  BOOST_TEST(scene.found.lost == 0, scene.found.first);
}

BOOST_AUTO_TEST_CASE(they_survive_commits_and_checkpoints_between_a_commit_and_its_sync) {
  Scene scene;
  for (int i = 0; i < support::trials(15); ++i) {
    const std::size_t turn = scene.random() % 2;
    scene.interleave(*scene.writers[1 - turn]);
    scene.writers[turn]->log(scene.random);
  }
  scene.report("power cut, a commit before the sync of another");
  BOOST_TEST(scene.between > 0);
  BOOST_TEST(scene.power.images() > 1000);
  BOOST_TEST(scene.power.checkpoints() > 2);
  BOOST_TEST(scene.found.broken == 0, scene.found.first);
  BOOST_TEST(scene.found.lost == 0, scene.found.first);
}

BOOST_AUTO_TEST_CASE(they_survive_the_log_being_emptied_as_after_an_erasure) {
  Scene scene;
  for (int i = 0; i < support::trials(10); ++i) {
    const std::size_t turn = scene.random() % 2;
    scene.interleave(*scene.writers[1 - turn]);
    scene.writers[turn]->log(scene.random);
    BOOST_TEST(scene.writers[turn]->connection().purge_log());
  }
  scene.report("power cut, log emptied");
  BOOST_TEST(scene.power.checkpoints() >= 10);
  BOOST_TEST(scene.found.broken == 0, scene.found.first);
  BOOST_TEST(scene.found.lost == 0, scene.found.first);
}

BOOST_AUTO_TEST_CASE(a_disk_that_lies_about_its_syncs_is_found_out) {
  Scene scene;
  scene.power.lies = true;
  for (int i = 0; i < 10; ++i) scene.any().log(scene.random);
  scene.report("control: a disk that lies");
  BOOST_TEST(scene.found.lost + scene.found.broken > scene.power.images() / 4);
}

BOOST_AUTO_TEST_CASE(commits_without_a_sync_are_found_out) {
  Scene scene;
  for (const auto &writer : scene.writers)
    writer->connection().database().exec("PRAGMA synchronous = NORMAL");
  for (int i = 0; i < 10; ++i) scene.any().log_bare(scene.random);
  scene.report("control: no sync after a commit");
  BOOST_TEST(scene.found.lost > scene.power.images() / 4);
  BOOST_TEST(scene.found.broken == 0, scene.found.first);
}

BOOST_AUTO_TEST_SUITE_END()
