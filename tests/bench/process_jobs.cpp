// Many processes logging into one store at once, beside SQLite as it is usually shared: how much
// they log together, how evenly, and how long the unluckiest waits.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <thread>
#include <vector>

#include "bare.hpp"
#include "history.hpp"
#include "jobs.hpp"
#include "product.hpp"
#include "support/child.hpp"
#include "support/shim_vfs.hpp"

namespace heard::bench {

namespace {

using Clock = std::chrono::steady_clock;
using support::Child;
using support::Pipe;

constexpr int kProcesses = 32;

/// What one process did until the time was up.
struct Done {
  std::int64_t commits = 0;
  double worst_ms = 0;
};

/// What all did in one round.
struct Together {
  std::int64_t commits = 0, least = INT64_MAX, most = 0;
  double worst_ms = 0, seconds = 0;
  Spent per_commit() const { return {seconds / static_cast<double>(commits), 0}; }
  std::string says(const char *side) const {
    return fmt::format("{} least/most {}/{} worst wait {:.0f} ms", side, least, most, worst_ms);
  }
};

Done commit_until(Clock::time_point end, const std::function<void()> &commit) {
  Done done;
  while (Clock::now() < end) {
    const auto began = Clock::now();
    commit();
    const std::chrono::duration<double, std::milli> took = Clock::now() - began;
    done.worst_ms = std::max(done.worst_ms, took.count());
    ++done.commits;
  }
  return done;
}

/// `prepare` opens what it needs in the child and answers what makes one durable commit.
using Prepare = std::function<std::function<void()>(int process)>;

int child_work(const Prepare &prepare, int process, double seconds, const Pipe &ready,
               const Pipe &start, const Pipe &results) {
  const std::function<void()> commit = prepare(process);
  ready.write("r");
  start.read(1);
  const auto end = Clock::now() + std::chrono::duration_cast<Clock::duration>(
                                      std::chrono::duration<double>(seconds));
  const Done done = commit_until(end, commit);
  results.write(fmt::format("{} {}\n", done.commits, done.worst_ms));
  return 0;
}

Together together(const Prepare &prepare, double seconds) {
  Pipe ready, start, results;
  std::vector<std::unique_ptr<Child>> children;
  for (int i = 0; i < kProcesses; ++i)
    children.push_back(std::make_unique<Child>(
        [&, i] { return child_work(prepare, i, seconds, ready, start, results); }));
  ready.close_writing();
  for (std::size_t i = 0; i < kProcesses;) {
    const std::string some = ready.read(kProcesses);
    if (some.empty()) throw std::runtime_error("a process of the benchmark failed");
    i += some.size();
  }
  const auto began = Clock::now();
  start.write(std::string(kProcesses, 's'));
  for (const auto &child : children)
    if (child->wait() != 0) throw std::runtime_error("a process of the benchmark failed");
  Together all;
  all.seconds = std::chrono::duration<double>(Clock::now() - began).count();
  results.close_writing();
  std::istringstream lines(results.read_all());
  for (Done one; lines >> one.commits >> one.worst_ms;) {
    all.commits += one.commits;
    all.least = std::min(all.least, one.commits);
    all.most = std::max(all.most, one.commits);
    all.worst_ms = std::max(all.worst_ms, one.worst_ms);
  }
  return all;
}

std::function<void()> product_commits(const std::string &path, const History &past, int process) {
  auto product = std::make_shared<Product>(path);
  const auto number = std::make_shared<int>(past.contacts + process * 100'000);
  return
      [product, number, &past] { product->apply("interaction.log", past.mail.note((*number)++)); };
}

/// A plain row of about 300 bytes with three indexes, shared as is usual: a busy timeout.
std::function<void()> floor_commits(const std::string &path, int process) {
  auto database = std::make_shared<BareDatabase>(path);
  database->exec(
      "PRAGMA synchronous=FULL; PRAGMA busy_timeout=2000;"
      "PRAGMA wal_autocheckpoint=1000");
  sqlite3_stmt *insert = database->prepare(
      "INSERT INTO plain(wall_ms, person, ref, text) VALUES(?1, ?2, randomblob(16),"
      " randomblob(250))");
  return [database, insert, process, now = kBeginning]() mutable {
    // Shared in this way, one process may wait in vain for longer than any timeout.
    while (sqlite3_exec(database->handle(), "BEGIN IMMEDIATE", nullptr, nullptr, nullptr) ==
           SQLITE_BUSY)
      continue;
    bind(insert, 1, now++);
    bind(insert, 2, process);
    database->run(insert);
    database->exec("COMMIT");
  };
}

void make_plain(const std::string &path) {
  std::filesystem::remove(path);
  std::filesystem::remove(path + "-wal");
  std::ofstream(path).flush();  // an empty file is an empty database
  BareDatabase database(path);
  database.exec(
      "PRAGMA journal_mode=WAL;"
      "CREATE TABLE plain(id INTEGER PRIMARY KEY, wall_ms INTEGER, person INTEGER, ref BLOB,"
      " text BLOB); CREATE INDEX plain_at ON plain(wall_ms);"
      "CREATE INDEX plain_person ON plain(person, wall_ms); CREATE INDEX plain_ref ON plain(ref)");
}

/// The median seconds of one sync of five pages, written in place.
double sync_seconds(const std::string &path) {
  const std::unique_ptr<FILE, int (*)(FILE *)> file(std::fopen(path.c_str(), "w+b"), std::fclose);
  const std::string pages(5 * 4096, 'x');
  std::vector<double> took;
  for (int i = 0; i < 201; ++i) {
    const auto began = Clock::now();
    if (::pwrite(::fileno(file.get()), pages.data(), pages.size(), 0) < 0 ||
        ::fdatasync(::fileno(file.get())) != 0)
      throw std::runtime_error("the scratch folder cannot be synced");
    took.push_back(std::chrono::duration<double>(Clock::now() - began).count());
  }
  std::nth_element(took.begin(), took.begin() + 100, took.end());
  return took[100];
}

Figure many(const Settings &settings, const std::string &name) {
  const History &past = history(settings);
  const std::string ours = settings.folder + "/many.heard", plain = settings.folder + "/plain.db";
  const double seconds = settings.is_small ? 0.5 : 2;
  std::vector<Spent> product, floor;
  std::string note;
  for (int round = 0; round < (settings.is_small ? 1 : 5); ++round) {
    copy_store(past.path, ours);
    make_plain(plain);
    const Together us = together([&](int i) { return product_commits(ours, past, i); }, seconds);
    const Together usual = together([&](int i) { return floor_commits(plain, i); }, seconds);
    product.push_back(us.per_commit());
    floor.push_back(usual.per_commit());
    note = us.says("ours") + ", " + usual.says("usual");
  }
  Figure figure = figure_of(name, Shown::rate, 1, product, floor);
  figure.note =
      fmt::format("{}; one sync {:.2f} ms", note, 1000 * sync_seconds(settings.folder + "/sync"));
  return figure;
}

/// The same where the disk takes 4 ms for each sync, as a busy host or a real disk does.
Figure many_slowly(const Settings &settings) {
  history(settings);
  support::ShimVfs slow;
  slow.before = [](const support::FileCall &call) -> std::optional<int> {
    if (call.what == support::FileCall::What::sync)
      std::this_thread::sleep_for(std::chrono::milliseconds(4));
    return std::nullopt;
  };
  Figure figure = many(settings, "log_processes_slow");
  figure.note += " and 4 ms";
  return figure;
}

}  // namespace

void process_jobs(const Settings &settings, const Runner &run) {
  run("log_processes", [&] { return many(settings, "log_processes"); });
  run("log_processes_slow", [&] { return many_slowly(settings); });
}

}  // namespace heard::bench
