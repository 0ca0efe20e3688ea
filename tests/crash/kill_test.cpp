// Writers killed at random moments: what was acknowledged is there, and the ledger is whole.
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <memory>

#include "crash/writers.hpp"
#include "support/campaign.hpp"
#include "support/temporary_folder.hpp"

using namespace heard;
using crash::Acknowledged;
using support::Child;
using support::OpenStore;
using support::Pipe;
using support::TemporaryFolder;

namespace {

constexpr int kKills = 100;
constexpr int kLargestBatch = 60;  // so that the log is moved in between

struct Writer {
  Pipe acknowledged;
  std::unique_ptr<Child> child;
  std::string text;
};

std::unique_ptr<Writer> start(const std::string &path, const std::string &name, int largest = 5) {
  auto writer = std::make_unique<Writer>();
  Pipe &pipe = writer->acknowledged;
  writer->child = std::make_unique<Child>([&] {
    pipe.close_reading();
    return crash::write_contacts(path, name, -1, pipe, largest);
  });
  pipe.close_writing();
  return writer;
}

/// Lets one or two writers run, kills them after a few acknowledgements, adds what they had got.
int kill_round(const std::string &path, int round, std::mt19937 &random, Acknowledged &all) {
  std::vector<std::unique_ptr<Writer>> writers;
  for (int i = 0; i < (round % 4 == 3 ? 2 : 1); ++i)
    writers.push_back(start(path, "w" + std::to_string(round) + "x" + std::to_string(i)));
  for (const auto &writer : writers)
    for (unsigned reads = random() % 4; reads > 0; --reads)
      writer->text += writer->acknowledged.read();
  crash::dither(static_cast<unsigned>(random() % 3'000'000));
  for (const auto &writer : writers) writer->child->kill_now();
  for (const auto &writer : writers) {
    writer->text += writer->acknowledged.read_all();
    for (const auto &[reference, seq] : crash::read_lines(writer->text)) all[reference] = seq;
  }
  return static_cast<int>(writers.size());
}

/// Eight writers at once, all killed somewhere in their work; what they had been promised.
Acknowledged kill_eight(const std::string &path, int round, std::mt19937 &random) {
  std::vector<std::unique_ptr<Writer>> writers;
  for (int i = 0; i < 8; ++i)
    writers.push_back(
        start(path, "e" + std::to_string(round) + "x" + std::to_string(i), kLargestBatch));
  const auto &leader = writers[random() % 8];
  for (auto reads = 2 + random() % 6; reads > 0; --reads)
    leader->text += leader->acknowledged.read();
  crash::dither(static_cast<unsigned>(random() % 3'000'000));
  Acknowledged all;
  for (const auto &writer : writers) writer->child->kill_now();
  for (const auto &writer : writers) {
    writer->text += writer->acknowledged.read_all();
    all.merge(crash::read_lines(writer->text));
  }
  return all;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(killed)

BOOST_AUTO_TEST_CASE(after_100_kills_every_acknowledged_contact_is_there) {
  const TemporaryFolder folder;
  const std::string path = folder / "school.heard";
  { const OpenStore created(path); }
  std::mt19937 random(100);
  Acknowledged all;
  for (int kills = 0, round = 0; kills < kKills; ++round) {
    Acknowledged fresh;
    kills += kill_round(path, round, random, fresh);
    OpenStore open(path);
    BOOST_TEST_REQUIRE(crash::missing(open, fresh) == "", "round " << round);
    if (round % 10 == 0) BOOST_TEST_REQUIRE(open.verify() == "", "round " << round);
    all.merge(fresh);
  }
  OpenStore open(path);
  BOOST_TEST(crash::missing(open, all) == "");
  BOOST_TEST(open.verify() == "");
  BOOST_TEST(open.rebuild() == "");
  BOOST_TEST(all.size() > 50u);
  BOOST_TEST_MESSAGE(all.size() << " acknowledged contacts survived " << kKills << " kills");
}

BOOST_AUTO_TEST_CASE(eight_writers_killed_together_lose_nothing_that_was_acknowledged) {
  const TemporaryFolder folder;
  const std::string path = folder / "school.heard";
  { const OpenStore created(path); }
  const auto begun = std::filesystem::file_size(path);
  const auto log_was_moved = [&] { return std::filesystem::file_size(path) > begun; };
  std::mt19937 random(support::campaign_seed());
  const int least = support::trials(4);
  Acknowledged all;
  int rounds = 0;
  // How much a writer logs before it is killed is the machine's affair: a slow one takes more
  // rounds.
  while (rounds < least || (!log_was_moved() && rounds < 20 * least))
    all.merge(kill_eight(path, rounds++, random));
  BOOST_TEST(log_was_moved());
  OpenStore open(path);
  const std::string lost = crash::missing(open, all);
  BOOST_TEST(lost == "");
  BOOST_TEST(open.verify() == "");
  BOOST_TEST(open.rebuild() == "");
  BOOST_TEST(all.size() > 50u);
  BOOST_TEST_MESSAGE(all.size() << " contacts were acknowledged to writers that were killed");
  support::report("kill -9 of eight writers", 8L * rounds, lost.empty() ? 0 : 1);
}

BOOST_AUTO_TEST_CASE(two_processes_that_log_at_once_lose_nothing_and_leave_no_gap) {
  constexpr int kEach = 120;
  const TemporaryFolder folder;
  const std::string path = folder / "school.heard";
  { const OpenStore created(path); }
  Pipe acknowledged[2];
  std::unique_ptr<Child> children[2];
  for (int i = 0; i < 2; ++i)
    children[i] = std::make_unique<Child>([&] {
      return crash::write_contacts(path, "p" + std::to_string(i), kEach, acknowledged[i]);
    });
  OpenStore open(path);
  // Checking while they write finds nothing wrong either.
  for (int i = 0; i < 5; ++i) {
    BOOST_TEST(open.verify() == "");
    BOOST_TEST(open.rebuild() == "");
  }
  Acknowledged all;
  for (int i = 0; i < 2; ++i) {
    BOOST_TEST(children[i]->wait() == 0);
    acknowledged[i].close_writing();
    all.merge(crash::read_lines(acknowledged[i].read_all()));
  }
  BOOST_TEST(all.size() >= 2u * kEach);
  BOOST_TEST(crash::missing(open, all) == "");
  BOOST_TEST(open.verify() == "");
  BOOST_TEST(open.rebuild() == "");
  std::int64_t expected = 0;
  std::size_t contacts = 0;
  for (const api::Row row : open.rows("ledger")) {
    BOOST_TEST_REQUIRE(row.number("seq") == expected++);
    contacts += row.text("kind") == "interaction.logged";
  }
  BOOST_TEST(contacts == all.size());
}

BOOST_AUTO_TEST_CASE(a_writer_killed_in_the_middle_of_making_the_store_leaves_it_makeable) {
  std::mt19937 random(7);
  for (int i = 0; i < 10; ++i) {
    const TemporaryFolder folder;
    const std::string path = folder / "school.heard";
    Child maker([&] {
      const OpenStore open(path);
      return 0;
    });
    crash::dither(static_cast<unsigned>(random() % 4'000'000));
    maker.kill_now();
    OpenStore open(path);
    BOOST_TEST(open.verify() == "");
    open.apply("interaction.log", R"({"channel": "email"})");
  }
}

BOOST_AUTO_TEST_SUITE_END()
