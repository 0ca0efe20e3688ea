// A file system for SQLite that shows a test every file call before it is made, and after.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace heard::support {

/// One call of SQLite to a file.
struct FileCall {
  enum class What {
    open,
    remove,
    read,
    write,
    truncate,
    sync,
    size,
    lock,         ///< of the database file
    shared_map,   ///< a piece of the -shm file
    shared_lock,  ///< of the -shm file; `offset` is the first lock
    changed,      ///< a checkpoint has read a new header of the log and has not begun to copy
  };
  What what;
  const std::string &path;
  std::int64_t offset = 0;
  std::string_view bytes;  ///< what is written
  int flags = 0;
  sqlite3_file *file = nullptr;  ///< the system's own

  bool is_log() const { return path.ends_with("-wal"); }
  /// The -shm lock that a checkpoint takes before anything else.
  bool takes_checkpoint_lock() const {
    return what == What::shared_lock && offset == 1 &&
           flags == (SQLITE_SHM_LOCK | SQLITE_SHM_EXCLUSIVE);
  }
};

const char *name_of(FileCall::What what);

/// Writes the first `size` bytes of a write, past all hooks.
void write_through(const FileCall &call, std::size_t size);

/// Stands in front of the system's file system for every connection opened while it lives; also in
/// a shared library that uses the same SQLite. Close those connections before it goes.
class ShimVfs {
 public:
  /// An answer is given to SQLite in place of making the call.
  using Before = std::function<std::optional<int>(const FileCall &)>;
  using After = std::function<void(const FileCall &)>;

  ShimVfs();
  ~ShimVfs();
  ShimVfs(const ShimVfs &) = delete;
  ShimVfs &operator=(const ShimVfs &) = delete;

  /// Called by any thread that uses a connection, and again for what the hooks themselves do with
  /// one; nothing may be thrown through SQLite.
  Before before;
  After after;

 private:
  struct Vfs;
  std::unique_ptr<Vfs> vfs_;
};

}  // namespace heard::support
