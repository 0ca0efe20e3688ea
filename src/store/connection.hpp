// One open store file: the connection that works, the lock in front of it, the one for checkpoints.
#pragma once

#include <sys/types.h>

#include <atomic>
#include <memory>
#include <string>

#include "store/database.hpp"
#include "store/writer_lock.hpp"

namespace heard::store {

constexpr std::string_view kMemoryPath = ":memory:";

/// Used by one thread at a time; `interrupt` alone may come from any thread.
class Connection {
 public:
  /// Opens an existing store (or ":memory:", empty). Throws Failure(not_found | corrupt | version |
  /// io) with the path in the sentence.
  static std::unique_ptr<Connection> open(const std::string &path, Database::Mode mode);
  /// The same for a store of an earlier format too, to bring it up to date.
  static std::unique_ptr<Connection> open_older(const std::string &path);
  /// Makes a new, empty store file (mode 0600; missing folders 0700) and opens it. The caller
  /// fills it inside one WriteTransaction.
  static std::unique_ptr<Connection> create(const std::string &path);
  ~Connection();

  Database &database() { return *database_; }
  const std::string &path() const { return path_; }
  bool read_only() const { return mode_ == Database::Mode::read; }
  bool in_memory() const { return path_ == kMemoryPath; }
  /// True in a child of the process that opened it: nothing may be touched any more.
  bool forked() const;
  /// True after a commit whose outcome is unknown: close it, open a new one.
  bool suspect() const { return suspect_; }
  /// False when the file at the path is no longer the one that was opened.
  bool same_file() const;
  std::pair<dev_t, ino_t> identity() const { return {device_, inode_}; }

  void interrupt();
  void clear_interrupt() { stop_ = false; }
  const std::atomic<bool> &stop() const { return stop_; }

  /// Moves the whole log into the file and empties it, so that nothing erased is left in it. Call
  /// outside a transaction. Throws Failure(busy) when a reader keeps it from being complete.
  void purge_log();

  std::int64_t wait_ms = 5000;

 private:
  friend class WriteTransaction;
  Connection(std::string path, Database::Mode mode, bool create);
  static std::unique_ptr<Connection> open_file(const std::string &path, Database::Mode mode);

  /// Moves the WAL into the file under both locks, so that the WAL-reset race cannot happen on any
  /// SQLite version (ledger.md finding 1). Call with the writer lock held, outside a transaction.
  void guarded_checkpoint();

  std::string path_;
  Database::Mode mode_;
  std::unique_ptr<Database> database_;
  std::unique_ptr<Database> checkpointer_;  // opened when first needed
  std::unique_ptr<WriterLock> lock_;        // made by the first write; none in memory
  std::atomic<bool> stop_ = false;
  bool suspect_ = false;
  pid_t pid_;
  dev_t device_ = 0;
  ino_t inode_ = 0;
  int wal_frames_ = 0;
};

/// Everything a command writes: writer lock, BEGIN IMMEDIATE, commit or roll back, unlock, and a
/// guarded checkpoint when the log has grown.
class WriteTransaction {
 public:
  explicit WriteTransaction(Connection &connection);
  /// Rolls back unless committed.
  ~WriteTransaction();
  WriteTransaction(const WriteTransaction &) = delete;
  WriteTransaction &operator=(const WriteTransaction &) = delete;

  /// Durable on return (synchronous=FULL). Throws Failure; then nothing was stored.
  void commit();

 private:
  void finish() noexcept;
  Connection &connection_;
  bool open_ = true;
};

/// A consistent view over several queries; ends at scope exit.
class ReadTransaction {
 public:
  explicit ReadTransaction(Database &database);
  ~ReadTransaction();
  ReadTransaction(const ReadTransaction &) = delete;
  ReadTransaction &operator=(const ReadTransaction &) = delete;

 private:
  Database &database_;
};

}  // namespace heard::store
