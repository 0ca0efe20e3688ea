// What a host sees when the disk fails under a call: an error that says so, never a wrong verdict;
// and the store is whole when the disk works again.
#include <boost/test/unit_test.hpp>
#include <filesystem>

#include "crash/faults.hpp"
#include "crash/writers.hpp"
#include "support/campaign.hpp"
#include "support/outsider.hpp"
#include "support/temporary_folder.hpp"

using namespace heard;
using crash::Fault;
using crash::FaultKind;
using support::OpenStore;
using support::Outsider;
using support::ShimVfs;
using support::TemporaryFolder;

namespace fs = std::filesystem;

namespace {

/// A store whose files each trial gets a copy of.
class Origin {
 public:
  Origin() {
    OpenStore open(folder_ / "open.heard");
    for (int i = 0; i < 6; ++i)
      size_ = open.apply("interaction.log", crash::contact_json(std::to_string(i)))
                  .row()
                  .number("size");
    Outsider(folder_ / "open.heard").run("VACUUM INTO '" + path() + "'");
  }
  std::string path() const { return folder_ / "origin.heard"; }
  std::int64_t size() const { return size_; }

 private:
  TemporaryFolder folder_;
  std::int64_t size_ = 0;
};

const Origin &origin() {
  static const Origin kOrigin;
  return kOrigin;
}

struct Trial {
  TemporaryFolder folder;
  std::string path = folder / "school.heard";
  ShimVfs shim;
  crash::Faults faults{shim};
  std::int64_t promised = origin().size();
  std::string wrong;

  Trial() { fs::copy_file(origin().path(), path); }
};

void log_contact(Trial &trial, OpenStore &open) {
  trial.promised = open.apply("interaction.log", crash::contact_json("new")).row().number("size");
}

void verify(Trial &trial, OpenStore &open) { trial.wrong = open.verify(); }
void rebuild(Trial &trial, OpenStore &open) { trial.wrong = open.rebuild(); }

void export_all(Trial &trial, OpenStore &open) {
  api::Sink sink = api::Sink::to_new_file(trial.folder / "export.jsonl");
  open.store.export_to(sink, open.admin, api::Record("what", {{"all", 1}}));
  sink.close();
}

void read_rows(Trial &trial, OpenStore &open) {
  std::int64_t rows = 0;
  for ([[maybe_unused]] const api::Row row : open.rows("ledger")) ++rows;
  if (rows < origin().size()) trial.wrong = "rows are missing and nobody says so";
}

using Work = void (*)(Trial &trial, OpenStore &open);

/// The sentence of an error that is against the rules; "" for one that tells what is so.
std::string judge(const api::Error &error, const FaultKind &kind) {
  const std::string says = error.what();
  const bool fits =
      error.status() == HEARD_E_IO || (error.status() == HEARD_E_BUSY && kind.fault == Fault::busy);
  return fits && says.find('\n') == std::string::npos ? ""
                                                      : std::to_string(error.status()) + " " + says;
}

/// True if there was such a call to fail.
bool run(Trial &trial, const FaultKind &kind, int number, Work work) {
  OpenStore open(trial.path);
  trial.faults.arm(number, kind);
  try {
    work(trial, open);
  } catch (const api::Error &error) {
    trial.wrong = judge(error, kind);
  }
  trial.faults.disarm();
  return !trial.faults.last().empty();
}

bool run_migrate(Trial &trial, const FaultKind &kind, int number, Work) {
  Outsider(trial.path).run("DROP TABLE fold_clock; PRAGMA user_version = 1");
  const api::Runtime runtime;
  const api::Options options({{"store.path", trial.path}, {"store.pool", "0"}});
  trial.faults.arm(number, kind);
  try {
    api::Store::migrate(runtime, options);
  } catch (const api::Error &error) {
    trial.wrong = judge(error, kind);
  }
  trial.faults.disarm();
  return !trial.faults.last().empty();
}

void check_aftermath(Trial &trial) {
  OpenStore open(trial.path);
  const std::string found = open.verify() + open.rebuild();
  if (!found.empty()) trial.wrong += "afterwards: " + found;
  const std::int64_t size =
      open.apply("interaction.log", crash::contact_json("after")).row().number("size");
  if (size <= trial.promised) trial.wrong += "an acknowledged entry is missing";
}

template <class Run>
void run_matrix(const std::string &what, Run run_one, Work work) {
  int tried = 0, wrong = 0;
  for (const FaultKind &kind : crash::fault_kinds()) {
    if (kind.fault == Fault::kill) continue;  // kill_test and fault_test end processes
    // Every call at first, then in longer and longer steps.
    for (int number = 0;; number += 1 + number / support::trials(6)) {
      Trial trial;
      if (!run_one(trial, kind, number, work)) {
        BOOST_TEST(trial.wrong == "", what << " without any fault: " << trial.wrong);
        break;
      }
      const std::string call = trial.faults.last();
      check_aftermath(trial);
      BOOST_TEST(trial.wrong == "", what << ", " << kind.name << " at call " << number << " ("
                                         << call << "): " << trial.wrong);
      ++tried;
      wrong += !trial.wrong.empty();
    }
  }
  support::report("faults while " + what, tried, wrong);
  BOOST_TEST(tried > 4);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(interface_faults)

BOOST_AUTO_TEST_CASE(logging_a_contact) { run_matrix("logging a contact", run, log_contact); }
BOOST_AUTO_TEST_CASE(verifying) { run_matrix("verifying", run, verify); }
BOOST_AUTO_TEST_CASE(rebuilding) { run_matrix("rebuilding", run, rebuild); }
BOOST_AUTO_TEST_CASE(exporting) { run_matrix("exporting", run, export_all); }
BOOST_AUTO_TEST_CASE(reading) { run_matrix("reading rows", run, read_rows); }
BOOST_AUTO_TEST_CASE(migrating) { run_matrix("migrating", run_migrate, nullptr); }

BOOST_AUTO_TEST_SUITE_END()
