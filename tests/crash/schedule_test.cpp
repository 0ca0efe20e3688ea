// Two connections step by step: one thread runs at a time and hands over before a lock, a sync or
// the copying of the log. All schedules with at most two hand-overs, for each pair of works.
#include <boost/test/unit_test.hpp>
#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>

#include "support/campaign.hpp"
#include "support/outsider.hpp"
#include "support/shim_vfs.hpp"
#include "support/temporary_folder.hpp"
#include "unit/store/fresh_ledger.hpp"

using namespace heard;
using store::Connection;
using store::Ledger;
using support::FileCall;
using support::Outsider;
using support::ShimVfs;
using support::TemporaryFolder;

namespace {

struct Schedule {
  int first = 0;             ///< who begins
  std::set<int> hand_overs;  ///< steps, counted over both, after which the other goes on
};

/// Lets two threads run in turn as a schedule says.
class Baton {
 public:
  explicit Baton(const Schedule &schedule) : schedule_(schedule), turn_(schedule.first) {}

  void begin(int me) {
    mine() = me;
    std::unique_lock lock(mutex_);
    wait(lock, me);
  }
  /// One step of whoever runs now; a thread that takes no part goes through.
  void step() {
    std::unique_lock lock(mutex_);
    if (mine() >= 0 && schedule_.hand_overs.count(steps_++) != 0) give_away(lock, mine());
  }
  /// Somebody has what the caller needs: the other goes on.
  void yield() {
    std::unique_lock lock(mutex_);
    if (mine() >= 0) give_away(lock, mine());
  }
  void end(int me) {
    const std::unique_lock lock(mutex_);
    done_[me] = true;
    turn_ = 1 - me;
    changed_.notify_all();
  }
  int steps() const { return steps_; }

 private:
  static int &mine() {
    thread_local int number = -1;
    return number;
  }
  void give_away(std::unique_lock<std::mutex> &lock, int me) {
    turn_ = 1 - me;
    changed_.notify_all();
    wait(lock, me);
  }
  void wait(std::unique_lock<std::mutex> &lock, int me) {
    changed_.wait(lock, [&] { return turn_ == me || done_[1 - me]; });
  }

  const Schedule &schedule_;
  std::mutex mutex_;
  std::condition_variable changed_;
  int turn_;
  int steps_ = 0;
  bool done_[2] = {};
};

/// One of the two: its connection, what it was promised, what went wrong.
struct Actor {
  std::string path;
  std::unique_ptr<Connection> connection;
  Baton *baton = nullptr;
  std::int64_t promised = 0;
  std::string wrong;

  void open() {
    connection = Connection::open(path, store::Database::Mode::write);
    connection->wait_ms = 0;
    connection->checkpoint_frames = 10000;
  }
  void append() {
    Ledger ledger(connection->database());
    for (;;) try {
        promised = support::append_notes(*connection, ledger, 1).size;
        return;
      } catch (const Failure &failure) {
        if (failure.status() != Status::busy) throw;
        baton->yield();
      }
  }
};

void append(Actor &actor) { actor.append(); }

void append_and_checkpoint(Actor &actor) {
  actor.connection->checkpoint_frames = 1;
  actor.append();
}

/// The next commit of this one begins the log anew.
void append_checkpoint_append(Actor &actor) {
  append_and_checkpoint(actor);
  actor.connection->checkpoint_frames = 10000;
  actor.append();
}

void close_and_reopen(Actor &actor) {
  actor.append();
  actor.connection.reset();
  actor.open();
  actor.append();
}

/// Looks at the head, then at the entries, twice.
void read_bare(Actor &actor) {
  Ledger ledger(actor.connection->database());
  for (int look = 0; look < 2; ++look) {
    const store::TreeHead head = ledger.head();
    actor.baton->step();
    std::int64_t events = 0;
    ledger.each(0, 1000, [&](const store::Event &, const std::optional<store::Body> &body) {
      events += body.has_value();
    });
    if (events != head.size) actor.wrong = "a reader sees half a commit";
    if (ledger.root_at(head.size) != head.root) actor.wrong = "a reader sees another root";
  }
}

/// All looks of one transaction see the same, and it is whole.
void read(Actor &actor) {
  const store::ReadTransaction moment(actor.connection->database());
  read_bare(actor);
}

using Work = void (*)(Actor &actor);

bool is_step(const FileCall &call) {
  return call.what == FileCall::What::shared_lock || call.what == FileCall::What::lock ||
         call.what == FileCall::What::sync || call.what == FileCall::What::changed;
}

/// What is wrong with the store when both are done.
std::string aftermath(const std::string &path, std::int64_t entries) {
  Outsider file(path, true);
  sqlite3_db_config(file.handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  if (const std::string says = file.text("PRAGMA integrity_check(1)"); says != "ok") return says;
  if (std::stoll(file.text("SELECT count(*) FROM event")) != entries) return "entries are missing";
  const auto fresh = Connection::open(path, store::Database::Mode::write);
  Ledger ledger(fresh->database());
  const store::TreeHead head = ledger.head();
  if (head.size != entries) return "the head is of another size";
  if (ledger.root_at(entries) != head.root) return "the head has another root";
  return support::append_notes(*fresh, ledger, 1).size == entries + 1 ? "" : "it does not go on";
}

struct Ran {
  int steps = 0;
  std::string wrong;
};

Ran run(const Work (&works)[2], const int (&appends)[2], const Schedule &schedule) {
  const TemporaryFolder folder;
  const std::string path = folder / "school.heard";
  ShimVfs shim;
  Baton baton(schedule);
  shim.before = [&](const FileCall &call) -> std::optional<int> {
    if (is_step(call)) baton.step();
    if (call.what == FileCall::What::sleep) baton.yield();
    const bool is_fast = call.what == FileCall::What::sync || call.what == FileCall::What::sleep;
    return is_fast ? std::optional(SQLITE_OK) : std::nullopt;
  };
  support::fresh_ledger(path);
  Actor actors[2];
  std::thread threads[2];
  for (Actor &actor : actors) {
    actor.path = path;
    actor.baton = &baton;
    actor.open();
  }
  for (int me = 0; me < 2; ++me)
    threads[me] = std::thread([&, me] {
      baton.begin(me);
      try {
        works[me](actors[me]);
      } catch (const std::exception &failure) {
        actors[me].wrong = failure.what();
      }
      baton.end(me);
    });
  for (std::thread &thread : threads) thread.join();
  Ran ran{baton.steps(), actors[0].wrong + actors[1].wrong};
  if (ran.wrong.empty()) ran.wrong = aftermath(path, appends[0] + appends[1]);
  return ran;
}

std::string describe(const Schedule &schedule) {
  std::string text = std::to_string(schedule.first) + " begins, hand-over after";
  for (const int step : schedule.hand_overs) text += " " + std::to_string(step);
  return text;
}

std::vector<Schedule> schedules(int steps) {
  std::vector<Schedule> all;
  for (const int first : {0, 1}) {
    all.push_back({first, {}});
    for (int i = 0; i < steps; ++i) {
      all.push_back({first, {i}});
      for (int k = i + 1; k < steps; ++k) all.push_back({first, {i, k}});
    }
  }
  return all;
}

/// How many of the schedules went wrong; `what` is empty for those that may.
int enumerate(const std::string &what, const Work (&works)[2], const int (&appends)[2]) {
  const std::vector<Schedule> all = schedules(run(works, appends, {}).steps + 4);
  const auto most = static_cast<std::size_t>(support::trials(80));
  const std::size_t stride = 1 + all.size() / most;
  int tried = 0, wrong = 0;
  for (std::size_t i = support::campaign_seed() % stride; i < all.size(); i += stride) {
    const Ran ran = run(works, appends, all[i]);
    ++tried;
    wrong += !ran.wrong.empty();
    if (what.empty()) continue;
    BOOST_TEST(ran.wrong == "", what << ", " << describe(all[i]) << ": " << ran.wrong);
  }
  BOOST_TEST_MESSAGE(what << ": " << tried << " of " << all.size() << " schedules");
  support::report(what.empty() ? "control: reads without a transaction" : "schedules of " + what,
                  tried, wrong);
  return wrong;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(schedule)

BOOST_AUTO_TEST_CASE(append_and_append) { enumerate("append x append", {append, append}, {1, 1}); }
BOOST_AUTO_TEST_CASE(append_and_a_checkpoint) {
  enumerate("append x checkpoint", {append, append_and_checkpoint}, {1, 1});
}
BOOST_AUTO_TEST_CASE(append_and_a_log_begun_anew) {
  enumerate("append x log begun anew", {append, append_checkpoint_append}, {1, 2});
}
BOOST_AUTO_TEST_CASE(checkpoint_and_checkpoint) {
  enumerate("checkpoint x checkpoint", {append_and_checkpoint, append_and_checkpoint}, {1, 1});
}
BOOST_AUTO_TEST_CASE(append_and_close) {
  enumerate("append x close", {append, close_and_reopen}, {1, 2});
}
BOOST_AUTO_TEST_CASE(read_and_a_log_begun_anew) {
  enumerate("read x log begun anew", {read, append_checkpoint_append}, {0, 2});
}
BOOST_AUTO_TEST_CASE(reads_that_share_no_transaction_are_found_out) {
  BOOST_TEST(enumerate("", {read_bare, append}, {0, 1}) > 0);
}

BOOST_AUTO_TEST_SUITE_END()
