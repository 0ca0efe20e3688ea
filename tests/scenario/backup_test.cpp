// Backups, old copies put back, and the sanctioned restore, with the `heard` command.
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <filesystem>

#include "support/command.hpp"
#include "support/temporary_folder.hpp"

namespace {

namespace fs = std::filesystem;
using heard::support::Ran;
using heard::support::run;
using heard::support::TemporaryFolder;
using heard::support::whole_file;

/// A school's store in a folder of its own, reached through the command line.
struct School {
  School() { BOOST_TEST_REQUIRE(run("init --zone America/Chicago" + at).code == 0); }
  void log(int count) const {
    for (int i = 0; i < count; ++i)
      BOOST_TEST_REQUIRE(run("log --channel phone --subject 'Late bus'" + at).code == 0);
  }
  std::int64_t size() const {
    const Ran verified = run("verify --json" + at);
    return verified.object().value("entries", std::int64_t{-1});
  }
  std::string file(const char *name) const { return folder / name; }

  TemporaryFolder folder;
  std::string store = folder / "school.heard";
  std::string at = " --store " + store;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(backup)

BOOST_AUTO_TEST_CASE(a_backup_is_the_store_in_one_private_file) {
  const School school;
  school.log(2);
  const Ran done = run("backup --json --out " + school.file("copy") + school.at);
  BOOST_TEST_REQUIRE(done.code == 0);
  BOOST_TEST(done.object()["intact"] == 1);
  BOOST_TEST(done.object()["bytes"].get<std::uintmax_t>() == fs::file_size(school.file("copy")));
  BOOST_TEST(static_cast<int>(fs::status(school.file("copy")).permissions()) == 0600);
  BOOST_TEST(run("verify --store " + school.file("copy")).code == 0);
  // Making it is a disclosure of everything; the copy says so itself.
  BOOST_TEST(done.object()["entries"] == school.size());
  BOOST_TEST(run("backup --out " + school.file("copy") + school.at).code == 3);
  BOOST_TEST(run("backup --out " + school.file("no/such/folder") + school.at).code == 4);
  BOOST_TEST(run("backup --as staff:9 --role office --out " + school.file("b") + school.at).code ==
             3);
  BOOST_TEST(!fs::exists(school.file("b")));
}

BOOST_AUTO_TEST_CASE(a_store_that_is_damaged_gives_no_backup) {
  const School school;
  school.log(1);
  const std::string tamper =
      "python3 -c \"import sqlite3; c = sqlite3.connect('" + school.store +
      "'); c.execute('UPDATE body SET at = at + 1 WHERE seq = 3'); c.commit()\"";
  BOOST_TEST_REQUIRE(std::system(tamper.c_str()) == 0);
  BOOST_TEST(run("backup --out " + school.file("copy") + school.at).code == 1);
  BOOST_TEST(!fs::exists(school.file("copy")));
}

BOOST_AUTO_TEST_CASE(an_old_copy_put_back_is_read_but_not_written_until_a_restore_is_sanctioned) {
  const School school;
  school.log(1);
  BOOST_TEST_REQUIRE(run("backup --out " + school.file("copy") + school.at).code == 0);
  school.log(3);
  const std::int64_t before = school.size();
  for (const char *part : {"-wal", "-shm"}) fs::remove(school.store + part);
  fs::copy_file(school.file("copy"), school.store, fs::copy_options::overwrite_existing);

  const std::string says = school.file("says");
  BOOST_TEST(run("log --channel phone" + school.at, says).code == 4);
  BOOST_TEST(whole_file(says).find("old copy") != std::string::npos, whole_file(says));
  BOOST_TEST(run("due" + school.at).code == 0);
  const Ran verified = run("verify --json" + school.at);
  BOOST_TEST(verified.code == 1);
  BOOST_TEST(verified.printed.find("mark") != std::string::npos, verified.printed);

  BOOST_TEST(
      run("restore --reason x --approved-by Y --as staff:9 --role office" + school.at).code == 3);
  const Ran restored =
      run("restore --json --reason 'The disk broke' --approved-by 'Board clerk'" + school.at);
  BOOST_TEST_REQUIRE(restored.code == 0);
  BOOST_TEST(restored.object()["epoch"] == 2);
  BOOST_TEST(restored.object()["last_size"] == before);
  school.log(1);
  BOOST_TEST(run("verify" + school.at).code == 0);
  BOOST_TEST(run("rebuild" + school.at).code == 0);
}

BOOST_AUTO_TEST_CASE(restore_puts_a_backup_in_place_and_keeps_what_was_there) {
  const School school;
  school.log(2);
  BOOST_TEST_REQUIRE(run("backup --out " + school.file("copy") + school.at).code == 0);
  school.log(1);
  const std::int64_t before = school.size();
  const Ran restored = run("restore --json --from " + school.file("copy") +
                           " --reason Test --approved-by 'Board clerk'" + school.at);
  BOOST_TEST_REQUIRE(restored.code == 0);
  BOOST_TEST(restored.object()["last_size"] == before);
  const std::string aside = restored.object()["set_aside"];
  BOOST_TEST(fs::exists(aside));
  BOOST_TEST(run("verify" + school.at).code == 0);
  BOOST_TEST(run("verify --json --store " + aside).object()["entries"] == before);
}

BOOST_AUTO_TEST_CASE(a_damaged_backup_takes_nothings_place) {
  const School school;
  school.log(1);
  BOOST_TEST_REQUIRE(run("backup --out " + school.file("copy") + school.at).code == 0);
  const std::int64_t before = school.size();
  fs::resize_file(school.file("copy"), fs::file_size(school.file("copy")) / 2);
  BOOST_TEST(
      run("restore --from " + school.file("copy") + " --reason x --approved-by y" + school.at)
          .code != 0);
  BOOST_TEST(school.size() == before);
  school.log(1);
}

BOOST_AUTO_TEST_SUITE_END()
