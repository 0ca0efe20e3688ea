// The mark outside the store: an old copy that is put back is noticed, read, and not written to.
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>

#include "base/failure.hpp"
#include "store/pool.hpp"
#include "support/temporary_folder.hpp"
#include "unit/store/fresh_ledger.hpp"

using namespace heard;
using namespace heard::store;
using support::append_notes;
using support::fresh_ledger;
using support::TemporaryFolder;

namespace fs = std::filesystem;

namespace {

std::unique_ptr<Connection> reopen(const std::string &path) {
  return Connection::open(path, Database::Mode::write);
}

/// Appends `count` notes and raises the mark, as the runtime does after each commit.
void grow(Connection &connection, int count) {
  Ledger ledger(connection.database());
  connection.raise_mark(append_notes(connection, ledger, count));
}

void copy_store(const std::string &from, const std::string &to) {
  const auto connection = reopen(from);
  BOOST_TEST_REQUIRE(connection->purge_log());
  fs::copy_file(from, to);
}

void put_back(const std::string &copy, const std::string &path) {
  fs::remove(path + "-wal");
  fs::remove(path + "-shm");
  fs::copy_file(copy, path, fs::copy_options::overwrite_existing);
}

bool is_refused(Connection &connection) {
  try {
    const WriteTransaction transaction(connection);
    return false;
  } catch (const Failure &failure) {
    BOOST_TEST(failure.message().find("old copy") != std::string::npos, failure.message());
    return failure.status() == Status::corrupt;
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(mark)

BOOST_AUTO_TEST_CASE(a_store_that_has_grown_since_its_mark_is_the_same_store) {
  const TemporaryFolder folder;
  const std::string path = folder / "a.heard";
  grow(*fresh_ledger(path), 3);
  {
    const auto open = reopen(path);
    Ledger ledger(open->database());
    append_notes(*open, ledger, 700);  // and no mark: a crash came between
  }
  BOOST_TEST(!reopen(path)->rolled_back().has_value());
}

BOOST_AUTO_TEST_CASE(an_old_copy_that_is_put_back_is_read_and_not_written) {
  const TemporaryFolder folder;
  const std::string path = folder / "a.heard";
  grow(*fresh_ledger(path), 3);
  copy_store(path, folder / "old");
  grow(*reopen(path), 2);
  put_back(folder / "old", path);
  const auto open = reopen(path);
  BOOST_TEST_REQUIRE(open->rolled_back().has_value());
  BOOST_TEST(open->rolled_back()->head.size == 5);
  BOOST_TEST(Ledger(open->database()).head().size == 3);
  BOOST_TEST(is_refused(*open));
}

BOOST_AUTO_TEST_CASE(an_old_copy_that_was_written_to_elsewhere_is_noticed_too) {
  const TemporaryFolder folder;
  const std::string path = folder / "a.heard";
  grow(*fresh_ledger(path), 3);
  copy_store(path, folder / "other.heard");
  grow(*reopen(path), 2);
  grow(*reopen(folder / "other.heard"), 300);
  copy_store(folder / "other.heard", folder / "old");
  put_back(folder / "old", path);
  BOOST_TEST(is_refused(*reopen(path)));
}

BOOST_AUTO_TEST_CASE(another_ledger_in_its_place_is_noticed) {
  const TemporaryFolder folder;
  const std::string path = folder / "a.heard";
  grow(*fresh_ledger(path), 3);
  grow(*fresh_ledger(folder / "b.heard"), 9);
  copy_store(folder / "b.heard", folder / "other");
  put_back(folder / "other", path);
  BOOST_TEST(is_refused(*reopen(path)));
}

BOOST_AUTO_TEST_CASE(a_missing_or_empty_mark_is_no_accusation_and_comes_back) {
  const TemporaryFolder folder;
  const std::string path = folder / "a.heard";
  grow(*fresh_ledger(path), 3);
  for (const char *bytes : {"", "heard-high-water/1 nonsense", "\x01\x02"}) {
    std::ofstream(mark_beside(path), std::ios::binary) << bytes;
    const auto open = reopen(path);
    BOOST_TEST(!open->rolled_back().has_value());
    grow(*open, 1);
    BOOST_TEST((open->mark()->head == Ledger(open->database()).head()));
  }
  fs::remove(mark_beside(path));
  BOOST_TEST(!reopen(path)->rolled_back().has_value());
}

BOOST_AUTO_TEST_CASE(the_pool_does_not_keep_a_store_that_is_behind) {
  const TemporaryFolder folder;
  const std::string path = folder / "a.heard";
  grow(*fresh_ledger(path), 3);
  copy_store(path, folder / "old");
  grow(*reopen(path), 2);
  put_back(folder / "old", path);
  give_back(take_connection(path));
  fs::remove(mark_beside(path));
  BOOST_TEST(!take_connection(path)->rolled_back().has_value());
  drain_pool();
}

BOOST_AUTO_TEST_SUITE_END()
