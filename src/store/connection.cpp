#include "store/connection.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "store/schema.hpp"

namespace heard::store {

namespace {

constexpr int kCheckpointFrames = 2000;  // about 8 MB of log

int remember_frames(void *frames, sqlite3 *, const char *, int count) {
  *static_cast<int *>(frames) = count;
  return SQLITE_OK;
}

Failure about(const std::string &path, const Failure &failure) {
  return Failure(failure.status(), "'" + path + "': " + failure.message(), failure.details(),
                 failure.retry_ms());
}

/// Anyone could plant files in a world-writable folder without the sticky bit.
void refuse_open_folder(const std::filesystem::path &folder) {
  struct stat info {};
  if (::stat(folder.c_str(), &info) != 0 || (info.st_mode & S_IWOTH) == 0) return;
  if ((info.st_mode & S_ISVTX) != 0) return;
  throw Failure(Status::io, fmt::format("the folder '{}' is writable by everyone; choose another "
                                        "one, or take that right away (chmod o-w)",
                                        folder.string()));
}

std::filesystem::path folder_of(const std::string &path) {
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  return folder.empty() ? std::filesystem::path(".") : folder;
}

void make_folder(const std::filesystem::path &folder) {
  std::error_code error;
  if (!std::filesystem::create_directories(folder, error)) {
    if (error)
      throw Failure(Status::io, fmt::format("the folder '{}' cannot be made", folder.string()));
    return;
  }
  std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);
}

/// 0600 from the first byte on; SQLite gives -wal and -shm the same mode.
void make_private_file(const std::string &path) {
  const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0)
    throw Failure(Status::io,
                  fmt::format("'{}' cannot be made; check the folder's permissions", path));
  ::close(fd);
}

/// A -wal with content belongs to the store; a reader that cannot use it would tell half the truth.
void refuse_unusable_log(const std::string &path) {
  struct stat info {};
  if (::stat((path + "-wal").c_str(), &info) != 0 || info.st_size == 0) return;
  if (::access((path + "-shm").c_str(), R_OK) == 0 || ::access(folder_of(path).c_str(), W_OK) == 0)
    return;
  throw Failure(Status::io, fmt::format("'{}' has a log beside it ('-wal') that cannot be used on "
                                        "a read-only medium; open the store once where it can be "
                                        "written, then copy it again",
                                        path));
}

}  // namespace

Connection::Connection(std::string path, Database::Mode mode, bool create)
    : path_(std::move(path)), mode_(mode), pid_(::getpid()) {
  database_ = std::make_unique<Database>(path_, mode_, create || in_memory());
  database_->watch(&stop_);
  sqlite3_wal_hook(database_->handle(), remember_frames, &wal_frames_);
  struct stat info {};
  if (!in_memory() && ::stat(path_.c_str(), &info) == 0) {
    device_ = info.st_dev;
    inode_ = info.st_ino;
  }
}

Connection::~Connection() {
  if (!forked()) return;
  // The parent still works with these: closing them here would drop its file locks.
  database_->abandon();
  if (checkpointer_) checkpointer_->abandon();
  if (lock_) lock_->abandon();
}

std::unique_ptr<Connection> Connection::open_file(const std::string &path, Database::Mode mode) {
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0)
    throw Failure(Status::not_found, "there is no store; make one with 'heard init'");
  if (!S_ISREG(info.st_mode) || info.st_size == 0)
    throw Failure(Status::corrupt, "the file is not a Heard store; check the path");
  if (mode == Database::Mode::read) refuse_unusable_log(path);
  return std::unique_ptr<Connection>(new Connection(path, mode, false));
}

std::unique_ptr<Connection> Connection::open(const std::string &path, Database::Mode mode) {
  if (path == kMemoryPath)
    return std::unique_ptr<Connection>(new Connection(path, Database::Mode::write, true));
  try {
    std::unique_ptr<Connection> connection = open_file(path, mode);
    check_version(connection->database());
    return connection;
  } catch (const Failure &failure) {
    throw about(path, failure);
  }
}

std::unique_ptr<Connection> Connection::open_older(const std::string &path) {
  try {
    std::unique_ptr<Connection> connection = open_file(path, Database::Mode::write);
    if (!is_older(connection->database())) check_version(connection->database());
    return connection;
  } catch (const Failure &failure) {
    throw about(path, failure);
  }
}

std::unique_ptr<Connection> Connection::create(const std::string &path) {
  make_folder(folder_of(path));
  refuse_open_folder(folder_of(path));
  make_private_file(path);
  std::unique_ptr<Connection> connection(new Connection(path, Database::Mode::write, true));
  connection->database().exec("PRAGMA journal_mode=WAL");
  return connection;
}

bool Connection::forked() const { return ::getpid() != pid_; }

bool Connection::same_file() const {
  if (in_memory()) return true;
  struct stat info {};
  return ::stat(path_.c_str(), &info) == 0 && info.st_dev == device_ && info.st_ino == inode_;
}

void Connection::interrupt() {
  stop_ = true;
  database_->interrupt();
}

void Connection::guarded_checkpoint() {
  if (!checkpointer_)
    checkpointer_ = std::make_unique<Database>(path_, Database::Mode::write, false);
  database_->exec("BEGIN IMMEDIATE");
  const int code = sqlite3_wal_checkpoint_v2(checkpointer_->handle(), nullptr,
                                             SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
  database_->exec("ROLLBACK");
  // A reader in the way is normal: the next checkpoint goes on from here.
  if (code != SQLITE_OK && (code & 0xFF) != SQLITE_BUSY)
    throw_sqlite(checkpointer_->handle(), code, "moving the log into the store");
  wal_frames_ = 0;
}

void Connection::purge_log() {
  if (in_memory()) return;
  if (!lock_) lock_ = std::make_unique<WriterLock>(path_);
  lock_->lock(wait_ms, stop_);
  int frames = 0;
  const int code = sqlite3_wal_checkpoint_v2(database_->handle(), nullptr,
                                             SQLITE_CHECKPOINT_TRUNCATE, &frames, nullptr);
  lock_->unlock();
  if ((code & 0xFF) == SQLITE_BUSY || (code == SQLITE_OK && frames != 0))
    throw Failure(Status::busy, "a reader still uses the log; it is emptied when that one ends");
  if (code != SQLITE_OK) throw_sqlite(database_->handle(), code, "emptying the log");
  wal_frames_ = 0;
}

WriteTransaction::WriteTransaction(Connection &connection) : connection_(connection) {
  if (connection_.suspect())
    throw Failure(Status::io,
                  "a write failed and what became of it is unknown; open the store again",
                  {{"committed", "unknown"}});
  if (connection_.read_only())
    throw Failure(Status::denied, "the store was opened for reading only; nothing was stored");
  if (!connection_.in_memory() && !connection_.lock_)
    connection_.lock_ = std::make_unique<WriterLock>(connection_.path_);
  if (connection_.lock_) connection_.lock_->lock(connection_.wait_ms, connection_.stop_);
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

void WriteTransaction::commit() {
  try {
    Query(*connection_.database_, "COMMIT").run();
  } catch (const Failure &failure) {
    // What SQLite wrote before it failed may or may not survive: nobody may go on with this one.
    connection_.suspect_ = true;
    throw failure.with("committed", "unknown");
  }
  if (!connection_.in_memory() && connection_.wal_frames_ >= kCheckpointFrames) {
    try {
      connection_.guarded_checkpoint();
    } catch (const Failure &) {
      // What was committed stays committed; the log is moved another time.
      sqlite3_exec(connection_.database_->handle(), "ROLLBACK", nullptr, nullptr, nullptr);
    }
  }
  finish();
}

ReadTransaction::ReadTransaction(Database &database) : database_(database) {
  database_.exec("BEGIN");
}

ReadTransaction::~ReadTransaction() {
  sqlite3_exec(database_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

}  // namespace heard::store
