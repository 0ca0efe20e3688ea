// Many processes on one store: writers, a reader, an exporter and a verifier at once; hosts that
// fork, that open and close all the time, that are stopped in the middle. Nobody loses anything.
#include <boost/test/unit_test.hpp>
#include <memory>
#include <vector>

#include "crash/writers.hpp"
#include "support/campaign.hpp"
#include "support/shim_vfs.hpp"
#include "support/temporary_folder.hpp"

using namespace heard;
using crash::Acknowledged;
using support::Child;
using support::OpenStore;
using support::Pipe;
using support::TemporaryFolder;

namespace {

/// A process, and the pipe it tells its acknowledgements through.
struct Worker {
  Pipe acknowledged;
  std::unique_ptr<Child> child;
};
using Workers = std::vector<std::unique_ptr<Worker>>;

template <class Work>
void start(Workers &workers, Work work) {
  workers.push_back(std::make_unique<Worker>());
  const Pipe &pipe = workers.back()->acknowledged;
  workers.back()->child = std::make_unique<Child>([&] { return work(pipe); });
}

/// Everybody's end must be a good one; what they were promised.
Acknowledged finish(const Workers &workers) {
  Acknowledged all;
  for (const auto &worker : workers) {
    worker->acknowledged.close_writing();
    all.merge(crash::read_lines(worker->acknowledged.read_all()));
    BOOST_TEST(worker->child->wait() == 0);
  }
  return all;
}

/// Rows are a prefix without a gap, and later looks see no fewer.
int keep_reading(const std::string &path, int looks) {
  OpenStore open(path);
  for (std::int64_t before = 0; looks > 0; --looks) {
    std::int64_t expected = 0;
    for (const api::Row row : open.rows("ledger"))
      if (row.number("seq") != expected++) return 1;
    if (expected < before) return 2;
    before = expected;
  }
  return 0;
}

int keep_verifying(const std::string &path, int looks) {
  OpenStore open(path);
  for (; looks > 0; --looks)
    if (!open.verify().empty()) return 1;
  return 0;
}

int keep_exporting(const std::string &path, const std::string &file, int looks) {
  OpenStore open(path);
  for (; looks > 0; --looks) {
    const std::string name = file + std::to_string(looks);
    api::Sink sink = api::Sink::to_new_file(name);
    crash::patiently([&] {
      open.store.export_to(sink, open.admin, api::Record("what", {{"all", 1}}));
      return 0;
    });
    sink.close();
    if (!open.verify(R"({"export": ")" + name + "\"}").empty()) return 1;
  }
  return 0;
}

/// The store holds what was promised, each entry once, and is whole.
void check_store(const std::string &path, const Acknowledged &all, std::size_t contacts) {
  OpenStore open(path);
  BOOST_TEST(all.size() == contacts);
  BOOST_TEST(crash::missing(open, all) == "");
  BOOST_TEST(open.verify() == "");
  BOOST_TEST(open.rebuild() == "");
  std::int64_t expected = 0;
  std::size_t found = 0;
  for (const api::Row row : open.rows("ledger")) {
    BOOST_TEST_REQUIRE(row.number("seq") == expected++);
    found += row.text("kind") == "interaction.logged";
  }
  BOOST_TEST(found == contacts);
}

int log_singly(OpenStore &open, const std::string &name, int count, const Pipe &acknowledged) {
  for (int i = 0; i < count; ++i) {
    const std::string reference = name + "-" + std::to_string(i);
    const api::Record done = crash::patiently(
        [&] { return open.apply("interaction.log", crash::contact_json(reference)); });
    const std::string seq = std::to_string(done.row().number("seq"));
    if (!acknowledged.write(reference + " " + seq + "\n")) return 1;
  }
  return 0;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(many_processes)

BOOST_AUTO_TEST_CASE(writers_a_reader_an_exporter_and_a_verifier_share_one_store) {
  for (const int writers : {1, 2, 8, 32}) {
    const int each = support::trials(std::max(4, 24 / writers));
    const TemporaryFolder folder;
    const std::string path = folder / "school.heard";
    { const OpenStore created(path); }
    Workers workers;
    for (int i = 0; i < writers; ++i)
      start(workers, [&, i](const Pipe &acknowledged) {
        OpenStore open(path);
        return log_singly(open, "w" + std::to_string(i), each, acknowledged);
      });
    const int looks = support::trials(2);
    start(workers, [&](const Pipe &) { return keep_reading(path, looks); });
    start(workers, [&](const Pipe &) { return keep_verifying(path, looks); });
    start(workers, [&](const Pipe &) { return keep_exporting(path, folder / "export", looks); });
    const Acknowledged all = finish(workers);
    const auto expected = static_cast<std::size_t>(writers * each);
    check_store(path, all, expected);
    support::report(std::to_string(writers) + " writers, a reader, an exporter, a verifier",
                    static_cast<long>(expected), static_cast<long>(expected - all.size()));
  }
}

BOOST_AUTO_TEST_CASE(a_host_that_forks_after_opening_and_children_that_open_their_own) {
  const TemporaryFolder folder;
  const std::string path = folder / "school.heard";
  OpenStore parents(path);
  parents.apply("interaction.log", crash::contact_json("before"));
  Workers workers;
  for (int i = 0; i < 4; ++i)
    start(workers, [&, i](const Pipe &acknowledged) {
      try {
        parents.apply("interaction.log", crash::contact_json("inherited"));
        return 1;
      } catch (const api::Error &error) {
        if (error.status() != HEARD_E_FORKED) return 2;
      }
      OpenStore own(path);
      return log_singly(own, "c" + std::to_string(i), 5, acknowledged);
    });
  Pipe own;
  BOOST_TEST(log_singly(parents, "p", 5, own) == 0);
  own.close_writing();
  Acknowledged all = finish(workers);
  all.merge(crash::read_lines(own.read_all()));
  all["before"] =
      parents.apply("interaction.log", crash::contact_json("before")).row().number("seq");
  check_store(path, all, 4u * 5 + 5 + 1);
}

BOOST_AUTO_TEST_CASE(workers_that_open_serve_three_requests_and_close_again_and_again) {
  const TemporaryFolder folder;
  const std::string path = folder / "school.heard";
  { const OpenStore created(path); }
  const int lives = support::trials(4);
  Workers workers;
  for (int i = 0; i < 8; ++i)
    start(workers, [&, i](const Pipe &acknowledged) {
      for (int life = 0; life < lives; ++life) {
        OpenStore open(path);
        const std::string name = "f" + std::to_string(i) + "x" + std::to_string(life);
        if (log_singly(open, name, 3, acknowledged) != 0) return 1;
      }
      return 0;
    });
  const Acknowledged all = finish(workers);
  check_store(path, all, 8u * 3 * static_cast<std::size_t>(lives));
  support::report("8 workers that open and close", 24L * lives,
                  24L * lives - static_cast<long>(all.size()));
}

BOOST_AUTO_TEST_CASE(a_writer_that_is_stopped_keeps_its_lock_and_the_others_are_told_to_wait) {
  const TemporaryFolder folder;
  const std::string path = folder / "school.heard";
  { const OpenStore created(path); }
  Pipe acknowledged;
  Child stopped([&] {
    support::ShimVfs shim;
    OpenStore open(path);
    bool once = true;
    shim.before = [&](const support::FileCall &call) {
      if (call.is_log() && call.what == support::FileCall::What::write &&
          std::exchange(once, false))
        ::raise(SIGSTOP);  // in the middle of its commit
      return std::optional<int>();
    };
    return log_singly(open, "stopped", 1, acknowledged);
  });
  BOOST_TEST_REQUIRE(stopped.wait_until_stopped());
  const api::Runtime runtime;
  OpenStore open(path);
  const auto log = [&](const char *reference) {
    return api::Store(runtime, api::Options({{"store.path", path}, {"store.wait_ms", "20"}}))
        .apply(open.admin, "interaction.log",
               api::Record::from_json("fields", crash::contact_json(reference)));
  };
  for (int i = 0; i < 3; ++i)
    BOOST_CHECK_EXCEPTION(log("hurried"), api::Error, [](const api::Error &error) {
      return error.status() == HEARD_E_BUSY && error.retry_ms() > 0;
    });
  BOOST_TEST(open.verify() == "");  // readers wait for nobody
  stopped.go_on();
  BOOST_TEST(stopped.wait() == 0);
  acknowledged.close_writing();
  Acknowledged all = crash::read_lines(acknowledged.read_all());
  all["hurried"] = log("hurried").row().number("seq");
  check_store(path, all, 2);
}

BOOST_AUTO_TEST_SUITE_END()
