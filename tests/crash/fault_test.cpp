// Every file call of the store fails once, in every way it can: whoever asked is told, and all that
// was acknowledged is there afterwards.
#include <boost/test/unit_test.hpp>
#include <map>

#include "crash/faults.hpp"
#include "support/campaign.hpp"
#include "support/child.hpp"
#include "support/outsider.hpp"
#include "support/temporary_folder.hpp"
#include "unit/store/fresh_ledger.hpp"

using namespace heard;
using crash::Fault;
using crash::FaultKind;
using store::Connection;
using store::Ledger;
using support::Outsider;
using support::ShimVfs;
using support::TemporaryFolder;

namespace {

constexpr std::int64_t kBefore = 3;  // entries in the store before anything goes wrong

struct Outcome {
  bool reached = false;       ///< there was such a call
  std::string call;           ///< which
  std::int64_t promised = 0;  ///< entries that were acknowledged
  std::string wrong;          ///< what was against the rules
};

/// One store, a connection that is about to do something, and the fault waiting for it.
struct Trial {
  TemporaryFolder folder;
  std::string path = folder / "school.heard";
  ShimVfs shim;
  crash::Faults faults{shim};

  Trial() {
    const auto made = support::fresh_ledger(path);
    Ledger ledger(made->database());
    support::append_notes(*made, ledger, kBefore);
  }
};

using Work = void (*)(Trial &trial, const FaultKind &kind, int number, Outcome &outcome);

/// A failure has to say what is so: an error of the disk is none of the store, and not ours.
void check_failure(const Failure &failure, const FaultKind &kind, Outcome &outcome) {
  const bool fits = failure.status() == Status::io ||
                    (failure.status() == Status::busy && kind.fault == Fault::busy);
  if (!fits)
    outcome.wrong += std::string("refused as ") +
                     std::to_string(static_cast<int>(failure.status())) + ": " + failure.message() +
                     "; ";
}

bool unknown(const Failure &failure) {
  for (const auto &[name, value] : failure.details())
    if (name == "committed") return value == "unknown";
  return false;
}

void append(Connection &connection, const FaultKind &kind, Outcome &outcome) {
  Ledger ledger(connection.database());
  try {
    outcome.promised = support::append_notes(connection, ledger, 1).size;
  } catch (const Failure &failure) {
    check_failure(failure, kind, outcome);
    if (unknown(failure) != connection.suspect())
      outcome.wrong += "the handle and the answer disagree on whether the outcome is known; ";
  }
}

/// A handle that does not know what became of its last write must not write again.
void append_again(Connection &connection, const FaultKind &kind, Outcome &outcome) {
  if (!connection.suspect()) return append(connection, kind, outcome);
  Ledger ledger(connection.database());
  try {
    support::append_notes(connection, ledger, 1);
    outcome.wrong += "a suspect handle went on; ";
  } catch (const Failure &failure) {
    if (failure.status() != Status::io || !unknown(failure))
      outcome.wrong += "a suspect handle says " + failure.message() + "; ";
  }
}

void append_twice(Trial &trial, const FaultKind &kind, int number, Outcome &outcome,
                  int checkpoint_frames) {
  const auto connection = Connection::open(trial.path, store::Database::Mode::write);
  connection->checkpoint_frames = checkpoint_frames;
  trial.faults.arm(number, kind);
  append(*connection, kind, outcome);
  outcome.call = trial.faults.last();
  if (!kind.lasting) trial.faults.disarm();
  append_again(*connection, kind, outcome);
  trial.faults.disarm();
}

void fail_append(Trial &trial, const FaultKind &kind, int number, Outcome &outcome) {
  append_twice(trial, kind, number, outcome, 10000);
}

void fail_checkpoint(Trial &trial, const FaultKind &kind, int number, Outcome &outcome) {
  append_twice(trial, kind, number, outcome, 1);
}

void fail_open(Trial &trial, const FaultKind &kind, int number, Outcome &outcome) {
  trial.faults.arm(number, kind);
  try {
    const auto connection = Connection::open(trial.path, store::Database::Mode::write);
    append(*connection, kind, outcome);
  } catch (const Failure &failure) {
    check_failure(failure, kind, outcome);
  }
  outcome.call = trial.faults.last();
  trial.faults.disarm();
}

/// In a process of its own, because the fault may end it. Its promise comes through the pipe.
Outcome run(Trial &trial, Work work, const FaultKind &kind, int number) {
  support::Pipe answer;
  support::Child child([&] {
    Outcome outcome;
    outcome.promised = kBefore;
    work(trial, kind, number, outcome);
    answer.write(std::to_string(outcome.promised) + " " + outcome.call + "|" + outcome.wrong);
    return outcome.call.empty() ? 1 : 0;
  });
  const int code = child.wait();
  answer.close_writing();
  const std::string text = answer.read_all();
  Outcome outcome;
  outcome.reached = code != 1;
  outcome.promised = kBefore;
  if (code == 9) outcome.call = "the end of the process";
  if (code == 9) return outcome;
  const std::size_t space = text.find(' '), bar = text.find('|');
  if (code > 1 || code < 0 || bar == std::string::npos) {
    outcome.wrong = "the process ended with " + std::to_string(code);
    return outcome;
  }
  outcome.promised = std::stoll(text.substr(0, space));
  outcome.call = text.substr(space + 1, bar - space - 1);
  outcome.wrong = text.substr(bar + 1);
  return outcome;
}

/// What is wrong with the store after it is opened again by somebody in good health.
std::string aftermath(Trial &trial, std::int64_t promised) {
  Outsider file(trial.path, true);
  sqlite3_db_config(file.handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  if (const std::string says = file.text("PRAGMA integrity_check(1)"); says != "ok") return says;
  const auto count = std::stoll(file.text("SELECT count(*) FROM event"));
  if (count < promised) return "an acknowledged entry is missing";
  if (std::stoll(file.text("SELECT max(seq) + 1 FROM event")) != count) return "there is a gap";
  const auto fresh = Connection::open(trial.path, store::Database::Mode::write);
  Ledger ledger(fresh->database());
  const store::TreeHead head = ledger.head();
  if (head.size != count) return "the head is of another size";
  if (ledger.root_at(head.size) != head.root) return "the head has another root";
  if (support::append_notes(*fresh, ledger, 1).size != count + 1) return "it does not go on";
  return "";
}

void run_matrix(const std::string &what, Work work, int at_least) {
  std::map<std::string, int> calls;
  int tried = 0, wrong = 0;
  for (const FaultKind &kind : crash::fault_kinds()) {
    bool reached = true;
    for (int number = 0; reached; ++number) {
      Trial trial;
      Outcome outcome = run(trial, work, kind, number);
      reached = outcome.reached;
      if (outcome.wrong.empty()) outcome.wrong = aftermath(trial, outcome.promised);
      BOOST_TEST(outcome.wrong == "", what << ", " << kind.name << " at call " << number << " ("
                                           << outcome.call << "): " << outcome.wrong);
      tried += reached;
      wrong += !outcome.wrong.empty();
      if (reached) ++calls[outcome.call];
    }
  }
  for (const auto &[call, count] : calls) BOOST_TEST_MESSAGE("  " << call << ": " << count);
  support::report("faults while " + what, tried, wrong);
  BOOST_TEST(tried >= at_least);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(faults)

BOOST_AUTO_TEST_CASE(every_file_call_of_an_append_may_fail) {
  run_matrix("appending", fail_append, 30);
}

BOOST_AUTO_TEST_CASE(every_file_call_of_a_checkpoint_may_fail) {
  run_matrix("moving the log", fail_checkpoint, 60);
}

BOOST_AUTO_TEST_CASE(every_file_call_of_opening_may_fail) { run_matrix("opening", fail_open, 40); }

BOOST_AUTO_TEST_CASE(a_failed_sync_is_told_and_the_handle_is_done_with) {
  Trial trial;
  const auto connection = Connection::open(trial.path, store::Database::Mode::write);
  bool failing = true;
  trial.shim.before = [&](const support::FileCall &call) {
    const bool fails = failing && call.what == support::FileCall::What::sync && call.is_log();
    return fails ? std::optional(SQLITE_IOERR_FSYNC) : std::nullopt;
  };
  Ledger ledger(connection->database());
  BOOST_CHECK_EXCEPTION(
      support::append_notes(*connection, ledger, 1), Failure,
      [](const Failure &failure) { return failure.status() == Status::io && unknown(failure); });
  BOOST_TEST(connection->suspect());
  failing = false;
  // The kernel may have dropped the pages: a later sync that works proves nothing.
  BOOST_CHECK_EXCEPTION(
      support::append_notes(*connection, ledger, 1), Failure,
      [](const Failure &failure) { return failure.status() == Status::io && unknown(failure); });
  const auto fresh = Connection::open(trial.path, store::Database::Mode::write);
  Ledger again(fresh->database());
  BOOST_TEST(support::append_notes(*fresh, again, 1).size >= kBefore + 1);
}

BOOST_AUTO_TEST_SUITE_END()
