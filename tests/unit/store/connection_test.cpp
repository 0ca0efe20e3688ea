// Connections: one writer at a time, files that are no stores, forks, the pool, and the log's size.
#include "store/connection.hpp"

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <thread>

#include "store/pool.hpp"
#include "support/child.hpp"
#include "support/temporary_folder.hpp"
#include "unit/store/fresh_ledger.hpp"

using namespace heard;
using namespace heard::store;
using support::Child;
using support::fresh_ledger;
using support::Pipe;
using support::TemporaryFolder;

namespace fs = std::filesystem;

namespace {

auto with(Status status, const std::string &words = "") {
  return [=](const Failure &failure) {
    BOOST_TEST_MESSAGE(failure.message());
    return failure.status() == status && failure.message().find(words) != std::string::npos &&
           failure.message().find('\n') == std::string::npos;
  };
}

std::unique_ptr<Connection> reopen(const std::string &path, std::int64_t wait_ms = 0) {
  auto connection = Connection::open(path, Database::Mode::write);
  connection->wait_ms = wait_ms;
  return connection;
}

void write_file(const std::string &path, const std::string &bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

std::string read_file(const std::string &path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write_to(Connection &connection) { const WriteTransaction transaction(connection); }

/// One commit that makes the log grow by about `kilobytes`.
void write_blob(Connection &connection, int kilobytes) {
  WriteTransaction transaction(connection);
  Query meta(connection.database(),
             "INSERT INTO meta(k, v) VALUES('blob', randomblob(?1)) ON CONFLICT(k)"
             " DO UPDATE SET v = excluded.v");
  meta.bind(1, kilobytes * 1024).run();
  transaction.commit();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(connection)

BOOST_AUTO_TEST_CASE(two_connections_of_one_process_exclude_each_other) {
  const TemporaryFolder folder;
  const auto first = fresh_ledger(folder / "a.heard");
  const auto second = reopen(folder / "a.heard", 3);
  {
    WriteTransaction holds(*first);
    BOOST_CHECK_EXCEPTION(write_to(*second), Failure, [](const Failure &failure) {
      return with(Status::busy, "try again")(failure) && failure.retry_ms() > 0;
    });
  }
  WriteTransaction free_again(*second);
  BOOST_CHECK_THROW(write_to(*reopen(folder / "a.heard")), Failure);
}

BOOST_AUTO_TEST_CASE(two_processes_exclude_each_other) {
  const TemporaryFolder folder;
  const auto mine = fresh_ledger(folder / "a.heard");
  mine->wait_ms = 0;
  Pipe holds, let_go;
  Child other([&] {
    const auto theirs = reopen(folder / "a.heard");
    WriteTransaction transaction(*theirs);
    holds.write("x");
    let_go.read(1);
    return 0;
  });
  BOOST_TEST(holds.read(1) == "x");
  BOOST_CHECK_EXCEPTION(write_to(*mine), Failure, with(Status::busy));
  let_go.write("x");
  BOOST_TEST(other.wait() == 0);
  WriteTransaction free_again(*mine);
}

BOOST_AUTO_TEST_CASE(a_writer_killed_while_it_holds_the_lock_leaves_it_free) {
  const TemporaryFolder folder;
  const auto mine = fresh_ledger(folder / "a.heard");
  mine->wait_ms = 0;
  Pipe holds;
  Child other([&] {
    const auto theirs = reopen(folder / "a.heard");
    WriteTransaction transaction(*theirs);
    Ledger ledger(theirs->database());
    ledger.begin();
    ledger.append(support::note(1), 1);
    ledger.finish();
    holds.write("x");
    ::pause();
    return 0;
  });
  holds.read(1);
  other.kill_now();
  Ledger ledger(mine->database());
  BOOST_TEST(support::append_notes(*mine, ledger, 1).size == 1);
}

BOOST_AUTO_TEST_CASE(a_waiting_writer_can_be_interrupted) {
  const TemporaryFolder folder;
  const auto first = fresh_ledger(folder / "a.heard");
  const auto second = reopen(folder / "a.heard", 600'000);
  WriteTransaction holds(*first);
  std::thread other([&] { second->interrupt(); });
  BOOST_CHECK_EXCEPTION(write_to(*second), Failure, with(Status::interrupted));
  other.join();
}

BOOST_AUTO_TEST_CASE(what_was_not_committed_is_not_there) {
  const TemporaryFolder folder;
  const auto first = fresh_ledger(folder / "a.heard");
  Ledger ledger(first->database());
  {
    WriteTransaction transaction(*first);
    ledger.begin();
    ledger.append(support::note(1), 1);
    ledger.finish();
  }
  BOOST_TEST(ledger.head().size == 0);
  BOOST_TEST(support::append_notes(*first, ledger, 1).size == 1);
}

BOOST_AUTO_TEST_CASE(a_file_replaced_or_removed_while_open_is_not_written_to) {
  const TemporaryFolder folder;
  const std::string path = folder / "a.heard";
  const auto open = fresh_ledger(path);
  fs::rename(path, folder / "old.heard");
  BOOST_TEST(!open->same_file());
  BOOST_CHECK_EXCEPTION(write_to(*open), Failure, with(Status::io, "replaced or removed"));
  write_file(path, "another file");
  BOOST_CHECK_EXCEPTION(write_to(*open), Failure, with(Status::io, "open it again"));
}

BOOST_AUTO_TEST_CASE(a_new_store_is_private_to_its_owner) {
  const TemporaryFolder folder;
  const auto open = fresh_ledger(folder / "new/folder/a.heard");
  const auto mode = [&](const char *name) {
    return static_cast<int>(fs::status(folder / name).permissions());
  };
  BOOST_TEST(mode("new/folder/a.heard") == 0600);
  BOOST_TEST(mode("new/folder/a.heard-wal") == 0600);
  BOOST_TEST(mode("new/folder/a.heard.lock") == 0600);
  BOOST_TEST(mode("new/folder") == 0700);
}

BOOST_AUTO_TEST_CASE(a_folder_everyone_may_write_to_is_refused) {
  const TemporaryFolder folder;
  fs::create_directory(folder / "open");
  fs::permissions(folder / "open", fs::perms::all);
  BOOST_CHECK_EXCEPTION(Connection::create(folder / "open/a.heard"), Failure, with(Status::io));
  BOOST_TEST(fs::is_empty(folder / "open"));
}

BOOST_AUTO_TEST_CASE(files_that_are_no_stores_are_refused_and_left_as_they_are) {
  const TemporaryFolder folder;
  const std::string path = folder / "a.heard";
  {
    Database other(folder / "other.db", Database::Mode::write, true);
    other.exec("CREATE TABLE t(x); INSERT INTO t VALUES(1);");
  }
  fresh_ledger(folder / "newer.heard")
      ->database()
      .exec(
          "PRAGMA user_version = 9; UPDATE meta SET v = x'39' WHERE k IN"
          " ('min_reader', 'min_writer')");
  const std::tuple<std::string, std::string, Status, const char *> bad[] = {
      {"a text file", "Dear school,\nthe bus was late.\n", Status::corrupt, "not a Heard store"},
      {"an empty file", "", Status::corrupt, "not a Heard store"},
      {"another database", read_file(folder / "other.db"), Status::corrupt, "not a Heard store"},
      {"half a header", read_file(folder / "other.db").substr(0, 50), Status::corrupt, "store"},
  };
  for (const auto &[what, bytes, status, words] : bad) {
    write_file(path, bytes);
    const std::size_t files = folder.files();
    for (const auto mode : {Database::Mode::write, Database::Mode::read})
      BOOST_CHECK_EXCEPTION(Connection::open(path, mode), Failure, with(status, words));
    BOOST_TEST((read_file(path) == bytes), what << " was changed");
    BOOST_TEST(folder.files() == files, what << " got company");
  }
  static const Details kNewer{{"wanted", "9"}, {"provided", std::to_string(kSchemaVersion)}};
  BOOST_CHECK_EXCEPTION(reopen(folder / "newer.heard"), Failure, [](const Failure &failure) {
    return with(Status::version, "update Heard")(failure) && failure.details() == kNewer;
  });
  BOOST_CHECK_EXCEPTION(reopen(folder / "none.heard"), Failure, with(Status::not_found, "none"));
  BOOST_CHECK_THROW(reopen(folder / "."), Failure);
  fs::create_symlink(folder / "newer.heard", folder / "link.heard");
  BOOST_CHECK_THROW(reopen(folder / "link.heard"), Failure);
}

BOOST_AUTO_TEST_CASE(a_store_opened_for_reading_cannot_be_written) {
  const TemporaryFolder folder;
  const auto writer = fresh_ledger(folder / "a.heard");
  const auto reader = Connection::open(folder / "a.heard", Database::Mode::read);
  BOOST_CHECK_EXCEPTION(write_to(*reader), Failure, with(Status::denied));
  BOOST_CHECK_THROW(reader->database().exec("DELETE FROM meta"), Failure);
}

BOOST_AUTO_TEST_CASE(a_newer_store_says_what_we_may_still_do_with_it) {
  const TemporaryFolder folder;
  const std::string path = folder / "a.heard";
  const auto newer = [&](const char *min_reader, const char *min_writer) {
    fs::remove(path);
    const auto store = fresh_ledger(path);
    store->database().exec("PRAGMA user_version = 9");
    Query says(store->database(), "UPDATE meta SET v = ?2 WHERE k = ?1");
    says.bind(1, "min_reader").blob(2, min_reader).run();
    says.bind(1, "min_writer").blob(2, min_writer).run();
  };
  newer("1", "1");
  reopen(path);
  newer("1", "9");
  Connection::open(path, Database::Mode::read);
  BOOST_CHECK_EXCEPTION(reopen(path), Failure, with(Status::version, "for reading only"));
  newer("9", "9");
  BOOST_CHECK_EXCEPTION(Connection::open(path, Database::Mode::read), Failure,
                        with(Status::version, "update Heard"));
}

BOOST_AUTO_TEST_CASE(a_copy_without_a_log_gets_one_again) {
  const TemporaryFolder folder;
  fresh_ledger(folder / "a.heard")
      ->database()
      .exec(("VACUUM INTO '" + (folder / "copy.heard") + "'").c_str());
  write_blob(*reopen(folder / "copy.heard"), 1);
  BOOST_TEST(fs::file_size(folder / "copy.heard-wal") > 0u);
}

BOOST_AUTO_TEST_CASE(memory_is_a_store_of_its_own_each_time) {
  const auto one = fresh_ledger(":memory:");
  Ledger ledger(one->database());
  support::append_notes(*one, ledger, 3);
  const auto two = fresh_ledger(":memory:");
  BOOST_TEST(Ledger(two->database()).head().size == 0);
  BOOST_TEST(one->same_file());
}

BOOST_AUTO_TEST_CASE(the_pool_hands_back_the_same_connection_until_the_file_is_another) {
  const TemporaryFolder folder;
  const std::string path = folder / "a.heard";
  fresh_ledger(path);
  auto first = take_connection(path);
  const Connection *warm = first.get();
  first->interrupt();
  give_back(std::move(first));
  first = take_connection(path);
  BOOST_TEST(first.get() == warm);
  BOOST_TEST(!first->stop().load());
  auto second = take_connection(path);
  BOOST_TEST(second.get() != warm);
  give_back(std::move(second));
  give_back(std::move(first));
  drain_pool();
  fs::remove(path);
  BOOST_CHECK_THROW(take_connection(path), Failure);
}

BOOST_AUTO_TEST_CASE(the_pool_never_keeps_a_connection_to_a_file_that_is_gone) {
  const TemporaryFolder folder;
  const std::string path = folder / "a.heard";
  fresh_ledger(path);
  auto stale = take_connection(path);
  fs::rename(path, folder / "moved.heard");
  fresh_ledger(path);
  give_back(std::move(stale));
  const auto fresh = take_connection(path);
  BOOST_TEST(fresh->same_file());
  drain_pool();
}

// SQLite would remember the file in the child without the locks behind it.
BOOST_AUTO_TEST_CASE(nothing_idle_stays_open_across_a_fork) {
  const TemporaryFolder folder;
  const std::string path = folder / "s.heard";
  fresh_ledger(path);
  give_back(take_connection(path));
  const auto open_here = [&] {
    int count = 0;
    for (const auto &entry : fs::directory_iterator("/proc/self/fd")) {
      std::error_code gone;
      if (fs::read_symlink(entry, gone).string() == fs::canonical(path)) ++count;
    }
    return count;
  };
  BOOST_TEST_REQUIRE(open_here() > 0);
  Child child(open_here);
  BOOST_TEST(child.wait() == 0);
  BOOST_TEST(take_connection(path)->path() == path);
}

BOOST_AUTO_TEST_CASE(a_child_abandons_what_its_parent_opened_and_the_parent_goes_on) {
  const TemporaryFolder folder;
  const std::string path = folder / "a.heard";
  auto parents = fresh_ledger(path);
  give_back(take_connection(path));
  {
    WriteTransaction holds(*parents);
    Child child([&] {
      if (!parents->forked()) return 1;
      parents.reset();  // must not let go of the parent's locks
      const auto own = take_connection(path);
      if (own->forked()) return 2;
      own->wait_ms = 0;
      try {
        WriteTransaction refused(*own);
        return 3;
      } catch (const Failure &failure) {
        return failure.status() == Status::busy ? 0 : 4;
      }
    });
    BOOST_TEST(child.wait() == 0);
    BOOST_CHECK_EXCEPTION(write_to(*reopen(path)), Failure, with(Status::busy));
  }
  Ledger ledger(parents->database());
  BOOST_TEST(support::append_notes(*parents, ledger, 2).size == 2);
  Child writer([&] {
    const auto own = take_connection(path);
    Ledger theirs(own->database());
    return support::append_notes(*own, theirs, 1).size == 3 ? 0 : 1;
  });
  BOOST_TEST(writer.wait() == 0);
  BOOST_TEST(ledger.head().size == 3);
  drain_pool();
}

BOOST_AUTO_TEST_CASE(the_log_stays_small_over_many_commits) {
  const TemporaryFolder folder;
  const auto open = fresh_ledger(folder / "a.heard");
  std::uintmax_t largest = 0;
  for (int i = 0; i < 400; ++i) {  // 27 MB of log if it were never moved
    write_blob(*open, 64);
    largest = std::max(largest, fs::file_size(folder / "a.heard-wal"));
  }
  BOOST_TEST(largest > 4u << 20);
  BOOST_TEST(largest < 12u << 20);
}

// It grew for ever: the first checkpoint of a connection that had not read yet did nothing, and a
// log that was moved is begun anew by the next commit of a connection that knows it.
BOOST_AUTO_TEST_CASE(the_log_stays_small_when_each_connection_commits_once) {
  const TemporaryFolder folder;
  const std::string path = folder / "a.heard";
  fresh_ledger(path);
  std::uintmax_t largest = 0;
  for (int i = 0; i < 60; ++i) {
    const auto once = reopen(path);
    once->checkpoint_frames = 64;
    write_blob(*once, 64);
    largest = std::max(largest, fs::file_size(folder / "a.heard-wal"));
  }
  BOOST_TEST(largest < 1u << 20);
}

BOOST_AUTO_TEST_CASE(a_long_reader_blocks_no_writer_and_sees_one_moment) {
  const TemporaryFolder folder;
  const auto writer = fresh_ledger(folder / "a.heard");
  const auto reader = reopen(folder / "a.heard");
  Ledger theirs(reader->database());
  Ledger mine(writer->database());
  {
    ReadTransaction moment(reader->database());
    BOOST_TEST(theirs.head().size == 0);
    for (int i = 0; i < 60; ++i) {
      write_blob(*writer, 256);
      support::append_notes(*writer, mine, 1);
    }
    BOOST_TEST(theirs.head().size == 0);
  }
  BOOST_TEST(theirs.head().size == 60);
  const auto grown = fs::file_size(folder / "a.heard-wal");
  for (int i = 0; i < 60; ++i) write_blob(*writer, 256);
  BOOST_TEST(fs::file_size(folder / "a.heard-wal") <= grown + (12u << 20));
}

BOOST_AUTO_TEST_CASE(a_purge_leaves_an_empty_log_or_says_that_a_reader_is_in_the_way) {
  const TemporaryFolder folder;
  const auto writer = fresh_ledger(folder / "a.heard");
  write_blob(*writer, 64);
  const auto reader = Connection::open(folder / "a.heard", Database::Mode::read);
  reader->database().exec("PRAGMA busy_timeout = 0");
  writer->database().exec("PRAGMA busy_timeout = 0");
  {
    const ReadTransaction looking(reader->database());
    Query(reader->database(), "SELECT COUNT(*) FROM meta").step();
    write_blob(*writer, 64);
    BOOST_TEST(!writer->purge_log());
    BOOST_TEST(fs::file_size(folder / "a.heard-wal") > 0u);
  }
  BOOST_TEST(writer->purge_log());
  BOOST_TEST(fs::file_size(folder / "a.heard-wal") == 0u);
  write_blob(*writer, 1);
  BOOST_TEST(reopen(folder / "a.heard")->purge_log());
}

BOOST_AUTO_TEST_CASE(a_writer_without_a_deadline_waits_for_its_turn) {
  const TemporaryFolder folder;
  const auto mine = fresh_ledger(folder / "a.heard");
  mine->wait_ms = -1;
  Pipe holds, let_go;
  Child other([&] {
    const auto theirs = reopen(folder / "a.heard");
    WriteTransaction transaction(*theirs);
    holds.write("x");
    let_go.read(1);
    return 0;
  });
  holds.read(1);
  std::thread waits([&] { write_blob(*mine, 1); });
  let_go.write("x");
  waits.join();
  BOOST_TEST(other.wait() == 0);
}

BOOST_AUTO_TEST_SUITE_END()
