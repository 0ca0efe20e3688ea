#include "store/connection.hpp"

#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/ledger.hpp"
#include "store/schema.hpp"
#include "store/wal.hpp"

namespace heard::store {

namespace {

int remember_frames(void *frames, sqlite3 *, const char *, int count) {
  *static_cast<int *>(frames) = count;
  return SQLITE_OK;
}

Failure about(const std::string &path, const Failure &failure) {
  return Failure(failure.status(), "'" + path + "': " + failure.message(), failure.details(),
                 failure.retry_ms());
}

Failure is_behind(const HighWaterMark &mark, const std::string &mark_path) {
  return {Status::corrupt,
          fmt::format("the store is not the one that had {} entries (its mark is '{}'): an old "
                      "copy was put back, or another file; it can be read; to go on with it, "
                      "have the restore sanctioned with 'heard restore'",
                      mark.head.size, mark_path),
          {{"rolled_back", "1"}, {"wanted", std::to_string(mark.head.size)}}};
}

}  // namespace

std::string mark_beside(const std::string &path) { return path + ".mark"; }

Connection::Connection(std::string path, Database::Mode mode, std::string mark, bool create)
    : path_(std::move(path)), mode_(mode), pid_(::getpid()), mark_(std::move(mark)) {
  const bool frozen = mode_ == Database::Mode::read && is_frozen(path_);
  database_ = std::make_unique<Database>(path_, frozen ? Database::Mode::frozen : mode_,
                                         create || in_memory());
  database_->watch(&stop_);
  sqlite3_wal_hook(database_->handle(), remember_frames, &wal_frames_);
  if (!in_memory()) identity_ = identity_of(path_).value_or(FileIdentity{});
}

Connection::~Connection() {
  if (!forked()) return;
  // The parent still works with these: closing them here would drop its file locks.
  database_->abandon();
  if (checkpointer_) checkpointer_->abandon();
  if (lock_) lock_->abandon();
}

std::unique_ptr<Connection> Connection::open_file(const std::string &path, Database::Mode mode,
                                                  const std::string &mark) {
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0)
    throw Failure(Status::not_found, "there is no store; make one with 'heard init'");
  if (!S_ISREG(info.st_mode) || info.st_size == 0)
    throw Failure(Status::corrupt, "the file is not a Heard store; check the path");
  check_place(path);
  if (mode == Database::Mode::read) refuse_unusable_log(path);
  return std::unique_ptr<Connection>(new Connection(path, mode, mark, false));
}

std::unique_ptr<Connection> Connection::open(const std::string &path, Database::Mode mode) {
  return open(path, mode, mark_beside(path));
}

std::unique_ptr<Connection> Connection::open(const std::string &path, Database::Mode mode,
                                             const std::string &mark) {
  if (path == kMemoryPath)
    return std::unique_ptr<Connection>(new Connection(path, Database::Mode::write, "", true));
  try {
    std::unique_ptr<Connection> connection = open_file(path, mode, mark);
    check_version(connection->database(), mode);
    if (mode == Database::Mode::write) use_wal(connection->database());
    connection->compare_with_mark();
    return connection;
  } catch (const Failure &failure) {
    throw about(path, failure);
  }
}

std::unique_ptr<Connection> Connection::open_older(const std::string &path) {
  try {
    std::unique_ptr<Connection> connection =
        open_file(path, Database::Mode::write, mark_beside(path));
    if (!is_older(connection->database()))
      check_version(connection->database(), Database::Mode::write);
    return connection;
  } catch (const Failure &failure) {
    throw about(path, failure);
  }
}

std::unique_ptr<Connection> Connection::create(const std::string &path) {
  make_private_file(path);
  std::unique_ptr<Connection> connection(
      new Connection(path, Database::Mode::write, mark_beside(path), true));
  use_wal(connection->database());
  return connection;
}

bool Connection::forked() const { return ::getpid() != pid_; }

bool Connection::same_file() const { return in_memory() || identity_of(path_) == identity_; }

void Connection::interrupt() {
  stop_ = true;
  database_->interrupt();
}

void Connection::compare_with_mark() {
  rolled_back_.reset();
  const auto mark = mark_.read();
  if (!mark) return;
  Ledger ledger(*database_);
  try {
    const TreeHead head = ledger.head();
    if (mark->head == head && mark->ledger == ledger.id()) return;
    const bool continues = head.size >= mark->head.size && mark->ledger == ledger.id() &&
                           ledger.root_at(mark->head.size) == mark->head.root;
    if (!continues) rolled_back_ = mark;
  } catch (const Failure &) {
    rolled_back_ = mark;  // too damaged to be compared: 'heard verify' says how
  }
}

void Connection::refuse_shorter(std::int64_t size) {
  if (in_memory() || size >= synced_size_) return;
  compare_with_mark();
  throw is_behind(rolled_back_.value_or(HighWaterMark{{}, {synced_size_, {}}}), mark_path());
}

void Connection::raise_mark(const TreeHead &head) {
  if (in_memory() || read_only() || rolled_back_ || head.size == 0) return;
  synced_size_ = head.size;
  if (!ledger_) ledger_ = Ledger(*database_).id();
  mark_.write({*ledger_, head});
}

void Connection::accept_restore(const TreeHead &head) {
  rolled_back_.reset();
  ledger_.reset();
  synced_size_ = 0;
  raise_mark(head);
}

void Connection::lose_track(const Failure &failure) {
  // What was written before it failed may or may not survive: nobody may go on with this one.
  suspect_ = true;
  throw failure.with("committed", "unknown");
}

void Connection::sync() {
  try {
    sync_wal(*database_);
  } catch (const Failure &failure) {
    lose_track(failure);
  }
}

void Connection::ensure_synced(std::int64_t size) {
  if (in_memory() || size <= synced_size_) return;
  sync();
  synced_size_ = size;
}

void Connection::take_writer_lock() {
  if (in_memory()) return;
  if (!lock_) lock_ = std::make_unique<WriterLock>(path_);
  lock_->lock(wait_ms, stop_);
}

Database &Connection::checkpointer() {
  if (!checkpointer_) {
    checkpointer_ = std::make_unique<Database>(path_, Database::Mode::write, false);
    checkpointer_->exec("PRAGMA schema_version");  // until it has read, it has no log to move
  }
  return *checkpointer_;
}

void Connection::checkpoint_if_grown() {
  if (in_memory() || wal_frames_ < checkpoint_frames) return;
  try {
    guarded_checkpoint(*database_, checkpointer());
    wal_frames_ = 0;
  } catch (const Failure &failure) {
    sqlite3_exec(database_->handle(), "ROLLBACK", nullptr, nullptr, nullptr);
    // After a failed sync a later one may succeed and mean nothing.
    if (is_failed_sync(failure)) lose_track(failure);
    // Else what was committed stays committed; the log is moved another time.
  }
}

bool Connection::purge_log() {
  if (in_memory()) return true;
  take_writer_lock();
  bool is_empty = false;
  try {
    is_empty = truncate_wal(*database_, checkpointer());
  } catch (const Failure &failure) {
    lock_->unlock();
    if (is_failed_sync(failure)) lose_track(failure);  // as in checkpoint_if_grown
    throw;
  }
  lock_->unlock();
  wal_frames_ = 0;
  return is_empty;
}

WriteTransaction::WriteTransaction(Connection &connection, Purpose purpose)
    : connection_(connection) {
  if (connection_.suspect())
    throw Failure(Status::io,
                  "a write failed and what became of it is unknown; open the store again",
                  {{"committed", "unknown"}});
  if (connection_.read_only())
    throw Failure(Status::denied, "the store was opened for reading only; nothing was stored");
  if (connection_.rolled_back() && purpose != Purpose::sanctioned_restore)
    throw is_behind(*connection_.rolled_back(), connection_.mark_path());
  connection_.take_writer_lock();
  try {
    if (!connection_.same_file())
      throw Failure(Status::io,
                    "the store file was replaced or removed while it was open; open "
                    "it again");
    Query(*connection_.database_, "BEGIN IMMEDIATE").run();
    connection_.database_->begin_epoch();
  } catch (...) {
    if (connection_.lock_) connection_.lock_->unlock();
    throw;
  }
}

WriteTransaction::~WriteTransaction() {
  if (open_) {
    sqlite3_exec(connection_.database_->handle(), "ROLLBACK", nullptr, nullptr, nullptr);
    finish();
  }
}

void WriteTransaction::finish() noexcept {
  open_ = false;
  connection_.database_->end_epoch();
  if (connection_.lock_) connection_.lock_->unlock();
}

void WriteTransaction::commit(Durability durability) {
  try {
    Query(*connection_.database_, "COMMIT").run();
  } catch (const Failure &failure) {
    connection_.lose_track(failure);
  }
  connection_.checkpoint_if_grown();
  finish();
  if (durability == Durability::synced && !connection_.in_memory()) connection_.sync();
}

ReadTransaction::ReadTransaction(Database &database) : database_(database) {
  database_.exec("BEGIN");
}

ReadTransaction::~ReadTransaction() {
  sqlite3_exec(database_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

}  // namespace heard::store
