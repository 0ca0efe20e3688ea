// Files that are no store, are damaged or too new, and a disk that is full: one clear sentence,
// nothing changed on disk, and the next run works.
#include <sys/resource.h>

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>

#include "crash/writers.hpp"
#include "support/outsider.hpp"
#include "support/temporary_folder.hpp"

using namespace heard;
using support::Child;
using support::OpenStore;
using support::Outsider;
using support::TemporaryFolder;

namespace fs = std::filesystem;

namespace {

std::string read_file(const std::string &path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write_file(const std::string &path, const std::string &bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

/// As stores were before there were checkpoints.
void make_without_key(const std::string &path) {
  const api::Runtime runtime;
  api::Store::migrate(runtime, api::Options({{"store.path", path},
                                             {"calendar.timezone", "America/Chicago"},
                                             {"ledger.key", ""}}));
}

/// A store of a few hundred entries in one file without a log beside it.
void make_store(const TemporaryFolder &folder, const std::string &path) {
  OpenStore open(folder / "origin.heard");
  for (int i = 0; i < 60; ++i)
    open.apply("interaction.log", crash::contact_json(std::to_string(i)));
  Outsider(folder / "origin.heard").run("VACUUM INTO '" + path + "'");
}

/// No file may grow beyond `bytes`, at most the limit the process was born with.
void limit_files_to(rlim_t bytes) {
  rlimit limit{};
  ::getrlimit(RLIMIT_FSIZE, &limit);
  limit.rlim_cur = std::min(bytes, limit.rlim_max);
  ::setrlimit(RLIMIT_FSIZE, &limit);
}

void log_one(OpenStore &open, int number, const support::Pipe &acknowledged) {
  const std::string reference = "d-" + std::to_string(number);
  const api::Record done = open.apply("interaction.log", crash::contact_json(reference));
  acknowledged.write(reference + " " + std::to_string(done.row().number("seq")) + "\n");
}

/// The status and sentence with which the file is refused, by opening or by the first check.
std::pair<std::int32_t, std::string> refusal(const std::string &path) {
  try {
    OpenStore open(path);
    const std::string found = open.verify();
    return {found.empty() ? 0 : HEARD_E_CORRUPT, found};
  } catch (const api::Error &error) {
    return {error.status(), error.what()};
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(damage)

BOOST_AUTO_TEST_CASE(a_store_of_an_earlier_format_is_brought_up_to_date_from_its_ledger) {
  for (const char *older :
       {"DROP TABLE fold_clock; CREATE TABLE fold_clock(old); CREATE TABLE fold_older(x);"
        "DROP TABLE checkpoint; DROP TABLE local_anchor; DELETE FROM meta WHERE k = 'origin';"
        "PRAGMA user_version = 1",
        "DROP TABLE fold_key; DROP TABLE checkpoint; DROP TABLE local_anchor;"
        "DELETE FROM meta WHERE k = 'origin'; PRAGMA user_version = 2"}) {
    const TemporaryFolder folder;
    const std::string path = folder / "school.heard";
    make_without_key(folder / "origin.heard");
    make_store(folder, path);
    Outsider(path).run(older);
    OpenStore store(path);  // migrates
    BOOST_TEST(store.verify() == "");
    BOOST_TEST(store.rebuild() == "");
    BOOST_TEST(store.apply("interaction.log", crash::contact_json("next")).row().number("seq") >
               60);
    BOOST_TEST(store.apply("checkpoint.make", "{}").row().number("size") > 61);
    BOOST_TEST(store.verify() == "");
  }
}

BOOST_AUTO_TEST_CASE(a_file_that_is_no_store_is_refused_in_one_sentence_and_not_touched) {
  const TemporaryFolder folder;
  const std::string path = folder / "school.heard";
  make_store(folder, folder / "good.heard");
  Outsider(folder / "other.db").run("CREATE TABLE grades(x); INSERT INTO grades VALUES(1)");
  Outsider(folder / "newer.heard")
      .run(
          "PRAGMA application_id = 1213350961; PRAGMA user_version = 9;"
          "CREATE TABLE meta(k)");
  const std::string good = read_file(folder / "good.heard");
  const std::tuple<const char *, std::string, std::int32_t, const char *> cases[] = {
      {"a text file", "Minutes of the parents' evening\n", HEARD_E_CORRUPT, "not a Heard store"},
      {"another database", read_file(folder / "other.db"), HEARD_E_CORRUPT, "not a Heard store"},
      {"a newer store", read_file(folder / "newer.heard"), HEARD_E_VERSION, "update Heard"},
      {"half a store", good.substr(0, good.size() / 2), HEARD_E_CORRUPT, "damaged"},
      {"a beheaded store", std::string(100, '\0') + good.substr(100), HEARD_E_CORRUPT, "store"},
  };
  for (const auto &[what, bytes, status, words] : cases) {
    write_file(path, bytes);
    const std::size_t files = folder.files();
    const auto [got, says] = refusal(path);
    BOOST_TEST(got == status, what << ": " << says);
    BOOST_TEST(says.find(words) != std::string::npos, what << ": " << says);
    BOOST_TEST(says.find(path) != std::string::npos, what << " is not named: " << says);
    BOOST_TEST(says.find('\n') == std::string::npos, what << ": " << says);
    BOOST_TEST((read_file(path) == bytes), what << " was changed");
    BOOST_TEST(folder.files() == files, what << " got company");
    fs::remove(path);
    fs::remove(path + ".lock");
  }
  OpenStore next(folder / "good.heard");
  BOOST_TEST(next.verify() == "");
}

BOOST_AUTO_TEST_CASE(an_empty_file_is_refused_by_open_and_filled_by_migrate) {
  const TemporaryFolder folder;
  const std::string path = folder / "school.heard";
  write_file(path, "");
  const api::Runtime runtime;
  const api::Options options({{"store.path", path}, {"calendar.timezone", "America/Chicago"}});
  BOOST_CHECK_EXCEPTION(api::Store(runtime, options), api::Error,
                        [](const api::Error &error) { return error.status() == HEARD_E_CORRUPT; });
  BOOST_TEST(fs::file_size(path) == 0u);
  BOOST_TEST(folder.files() == 1u);
  BOOST_TEST(refusal(path).first == 0);
}

BOOST_AUTO_TEST_CASE(a_full_disk_stores_nothing_and_afterwards_all_goes_on) {
  const TemporaryFolder folder;
  const std::string path = folder / "school.heard";
  { const OpenStore created(path); }
  support::Pipe acknowledged;
  Child child([&] {
    ::signal(SIGXFSZ, SIG_IGN);
    limit_files_to(fs::file_size(path + "-wal") + 300'000);
    int logged = 0;
    try {
      OpenStore open(path);
      for (; logged < 3000; ++logged) log_one(open, logged, acknowledged);
      return 2;  // the disk never was full
    } catch (const api::Error &error) {
      if (error.status() != HEARD_E_IO) return 3;
    }
    if (logged == 0) return 4;
    limit_files_to(RLIM_INFINITY);
    OpenStore again(path);  // what a failed write left behind is unknown to the old handle
    log_one(again, 5000, acknowledged);
    return again.verify().empty() ? 0 : 5;
  });
  BOOST_TEST(child.wait() == 0);
  acknowledged.close_writing();
  OpenStore open(path);
  BOOST_TEST(crash::missing(open, crash::read_lines(acknowledged.read_all())) == "");
  BOOST_TEST(open.verify() == "");
  BOOST_TEST(open.rebuild() == "");
}

BOOST_AUTO_TEST_SUITE_END()
