// One open store file: the connection that works, the lock in front of it, the one for checkpoints.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>

#include "store/database.hpp"
#include "store/high_water.hpp"
#include "store/place.hpp"
#include "store/writer_lock.hpp"

namespace heard::store {

constexpr std::string_view kMemoryPath = ":memory:";

/// Where the mark of a store lies unless told otherwise.
std::string mark_beside(const std::string &path);

/// Whether a commit is on the disk before anybody hears of it.
enum class Durability {
  synced,
  relaxed,  ///< a power cut may take it back: records of looking, never of doing
};

/// Used by one thread at a time; `interrupt` alone may come from any thread.
class Connection {
 public:
  /// Opens an existing store (or ":memory:", empty). Throws Failure(not_found | corrupt | version |
  /// io) with the path in the sentence.
  static std::unique_ptr<Connection> open(const std::string &path, Database::Mode mode);
  /// The same with the high-water mark at `mark` instead of beside the store.
  static std::unique_ptr<Connection> open(const std::string &path, Database::Mode mode,
                                          const std::string &mark);
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
  FileIdentity identity() const { return identity_; }

  /// Looks again whether the store is behind its mark: for one that was out of sight for a while.
  void compare_with_mark();
  /// Throws Failure(corrupt) when the ledger in this transaction is shorter than one that was on
  /// the disk before: an old copy was written over the file while it was open.
  void refuse_shorter(std::int64_t size);
  /// The mark this store is behind of, or at odds with: an old copy was put back, or another file.
  /// Reading is allowed then; appending only by a sanctioned restore.
  const std::optional<HighWaterMark> &rolled_back() const { return rolled_back_; }
  const std::string &mark_path() const { return mark_.path(); }
  /// The last mark, as it stands in its file.
  std::optional<HighWaterMark> mark() const { return mark_.read(); }
  /// Notes outside the store how far the ledger has come. `head` is on the disk already.
  void raise_mark(const TreeHead &head);
  /// A restore was sanctioned, the old mark no longer holds: `head` is the new one.
  void accept_restore(const TreeHead &head);

  /// Before anything about the first `size` entries leaves the process: whoever wrote them may not
  /// have synced them yet. Throws Failure(io).
  void ensure_synced(std::int64_t size);

  /// Leaves an empty log, so that nothing erased is in it. False when a reader is in the way.
  bool purge_log();

  void interrupt();
  void clear_interrupt() { stop_ = false; }
  const std::atomic<bool> &stop() const { return stop_; }

  /// How long to wait for other writers; below 0: as long as it takes.
  std::int64_t wait_ms = 5000;
  /// A commit that finds this many frames in the log moves them into the file. About 8 MB.
  int checkpoint_frames = 2000;
  /// Set by whoever has seen to what earlier processes left undone; stays with a pooled connection.
  bool is_settled = false;

 private:
  friend class WriteTransaction;
  Connection(std::string path, Database::Mode mode, std::string mark, bool create);
  static std::unique_ptr<Connection> open_file(const std::string &path, Database::Mode mode,
                                               const std::string &mark);
  void take_writer_lock();
  Database &checkpointer();
  void checkpoint_if_grown();
  void sync();
  [[noreturn]] void lose_track(const Failure &failure);

  std::string path_;
  Database::Mode mode_;
  std::unique_ptr<Database> database_;
  std::unique_ptr<Database> checkpointer_;  // opened when first needed
  std::unique_ptr<WriterLock> lock_;        // made by the first write; none in memory
  std::atomic<bool> stop_ = false;
  bool suspect_ = false;
  pid_t pid_;
  FileIdentity identity_{};
  HighWaterFile mark_;
  std::optional<HighWaterMark> rolled_back_;
  std::optional<Id> ledger_;  // its id, read when first needed
  std::int64_t synced_size_ = 0;
  int wal_frames_ = 0;
};

/// Everything a command writes: writer lock, BEGIN IMMEDIATE, commit or roll back, a guarded
/// checkpoint when the log has grown, unlock, and then the sync: others write while the disk works.
class WriteTransaction {
 public:
  enum class Purpose { append, sanctioned_restore };
  explicit WriteTransaction(Connection &connection, Purpose purpose = Purpose::append);
  /// Rolls back unless committed.
  ~WriteTransaction();
  WriteTransaction(const WriteTransaction &) = delete;
  WriteTransaction &operator=(const WriteTransaction &) = delete;

  /// Durable on return, unless relaxed. Throws Failure; nothing was stored then, or its detail
  /// `committed` is "unknown" and the connection is of no more use.
  void commit(Durability durability = Durability::synced);

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
