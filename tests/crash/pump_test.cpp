// Processes that pump one store at once, one of them killed: everything is recorded exactly once.
#include <boost/test/unit_test.hpp>
#include <map>
#include <memory>
#include <random>
#include <vector>

#include "crash/writers.hpp"
#include "support/temporary_folder.hpp"

using namespace heard;
using support::Child;
using support::HostClock;
using support::OpenStore;
using support::Pipe;
using support::TemporaryFolder;

namespace {

constexpr int kPumps = 5;
constexpr int kCases = 600;  // three transactions of the pump

constexpr const char *kLadder = R"({"warn_percent": 25,
    "targets": [{"clock": "first_response", "amount": 60, "unit": "wall_minutes"}],
    "steps": [
      {"name": "half", "clock": "first_response", "offset": 50, "unit": "percent",
       "notify": "role:admin"},
      {"name": "due", "clock": "first_response", "offset": 100, "unit": "percent",
       "notify": "role:office", "urgent": 1}]})";

/// A store with cases that all have something due at `when`: a warning, a step, or the miss itself.
void make_store(const std::string &path) {
  HostClock clock("2026-11-23T15:00Z");
  OpenStore open(path, clock.table());
  open.apply("policy.save", kLadder);
  api::Record batch("batch");
  for (int i = 0; i < kCases; ++i) {
    std::string json = R"({"channel": "email", "from": "sis:guardian:)" + std::to_string(i) + "\"}";
    batch.add("items", api::Record::from_json("item", json));
  }
  open.store.apply(open.admin, "interaction.log_many", batch);
}

/// Pumps at each of these times until nothing is due; who comes first does the work.
int pump_through(const std::string &path, const Pipe &go) {
  HostClock clock("2026-11-23T15:00Z");
  OpenStore open(path, clock.table());
  (void)go.read(1);  // all begin together: when the parent closes its end
  for (const char *when :
       {"2026-11-23T15:15:01Z", "2026-11-23T15:30:01Z", "2026-11-23T16:00:01Z"}) {
    clock.set(when);
    std::int64_t next = 0;
    while (crash::patiently([&] { return open.store.pump(1000, next); })) {
    }
  }
  return 0;
}

std::vector<std::unique_ptr<Child>> start_pumps(const std::string &path, Pipe &go) {
  std::vector<std::unique_ptr<Child>> pumps;
  for (int i = 0; i < kPumps; ++i)
    pumps.push_back(std::make_unique<Child>([&] {
      go.close_writing();
      return pump_through(path, go);
    }));
  return pumps;
}

/// Whatever was recorded, counted by kind; and how often each case has it, at the most.
struct Counted {
  std::map<std::string, int> kinds;
  int most = 0;
};

Counted count_entries(OpenStore &open) {
  Counted counted;
  std::map<std::string, int> by_case;
  for (const api::Row row : open.rows("ledger")) {
    const std::string kind = row.text("kind");
    if (kind.find("case.") != 0) continue;
    ++counted.kinds[kind];
    counted.most = std::max(counted.most, ++by_case[kind + " " + row.text("thread")]);
  }
  return counted;
}

void check_store(const std::string &path) {
  HostClock clock("2026-11-23T16:00:01Z");
  OpenStore open(path, clock.table());
  std::int64_t next = 0;
  BOOST_TEST(!open.store.pump(0, next));
  Counted counted = count_entries(open);
  for (const char *kind : {"case.clock_warned", "case.escalated", "case.clock_missed"})
    BOOST_TEST(counted.kinds[kind] == kCases, kind << ": " << counted.kinds[kind]);
  BOOST_TEST(counted.most == 1);
  std::map<std::string, int> keys, steps;
  for (const api::Row row : open.rows("outbox", R"({"held": 1})")) {
    ++keys[row.text("key")];
    ++steps[row.text("step")];
  }
  BOOST_TEST(keys.size() == 2u * kCases);
  BOOST_TEST(steps["half"] == kCases);
  BOOST_TEST(steps["due"] == kCases);
  BOOST_TEST(open.verify() == "");
  BOOST_TEST(open.rebuild() == "");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(pumps)

BOOST_AUTO_TEST_CASE(five_processes_that_pump_at_once_record_everything_once) {
  const TemporaryFolder folder;
  const std::string path = folder / "school.heard";
  make_store(path);
  Pipe go;
  const auto pumps = start_pumps(path, go);
  go.close_writing();
  for (const auto &pump : pumps) BOOST_TEST(pump->wait() == 0);
  check_store(path);
}

BOOST_AUTO_TEST_CASE(a_pump_that_is_killed_takes_nothing_with_it_and_nothing_is_told_twice) {
  std::mt19937 random(5);
  for (int round = 0; round < 5; ++round) {
    const TemporaryFolder folder;
    const std::string path = folder / "school.heard";
    make_store(path);
    Pipe go;
    const auto pumps = start_pumps(path, go);
    go.close_writing();
    crash::dither(static_cast<unsigned>(random() % 200'000'000));
    pumps.front()->kill_now();
    for (std::size_t i = 1; i < pumps.size(); ++i) BOOST_TEST(pumps[i]->wait() == 0);
    check_store(path);
  }
}

BOOST_AUTO_TEST_SUITE_END()
