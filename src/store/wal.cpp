#include "store/wal.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include "store/schema.hpp"

namespace heard::store {

void sync_wal(Database &database) {
  sqlite3_file *log = nullptr;
  const int found =
      sqlite3_file_control(database.handle(), "main", SQLITE_FCNTL_JOURNAL_POINTER, &log);
  if (found != SQLITE_OK) throw_sqlite(database.handle(), found, "finding the log");
  if (log == nullptr || log->pMethods == nullptr) return;  // nothing was ever written
  const int code = log->pMethods->xSync(log, SQLITE_SYNC_NORMAL | SQLITE_SYNC_DATAONLY);
  if (code != SQLITE_OK) throw_sqlite(nullptr, code, "making the log durable");
}

void guarded_checkpoint(Database &writer, Database &checkpointer) {
  writer.exec("BEGIN IMMEDIATE");
  int frames = 0, moved = 0;
  const int code = sqlite3_wal_checkpoint_v2(checkpointer.handle(), nullptr,
                                             SQLITE_CHECKPOINT_PASSIVE, &frames, &moved);
  writer.exec("ROLLBACK");
  // A reader in the way is normal: the next checkpoint goes on from here.
  if (code != SQLITE_OK && (code & 0xFF) != SQLITE_BUSY)
    throw_sqlite(checkpointer.handle(), code, "moving the log into the store");
  // A commit that changes nothing begins the log anew. Left to the next commit, that would never
  // happen where each process makes one: who opens a log alone counts it as not moved.
  if (code == SQLITE_OK && frames > 0 && frames == moved)
    writer.exec(fmt::format("PRAGMA application_id = {}", kApplicationId).c_str());
}

bool truncate_wal(Database &writer, Database &checkpointer) {
  guarded_checkpoint(writer, checkpointer);
  // TRUNCATE takes the write lock itself, before it reads the log's header, so `writer` cannot hold
  // it meanwhile. The writer lock keeps all others of our kind out.
  int left = 0;
  const int code = sqlite3_wal_checkpoint_v2(checkpointer.handle(), nullptr,
                                             SQLITE_CHECKPOINT_TRUNCATE, &left, nullptr);
  if ((code & 0xFF) == SQLITE_BUSY || (code & 0xFF) == SQLITE_LOCKED) return false;
  if (code != SQLITE_OK) throw_sqlite(checkpointer.handle(), code, "emptying the log");
  return left == 0;
}

bool is_failed_sync(const Failure &failure) {
  const int code = sqlite_code(failure);
  return code == SQLITE_IOERR_FSYNC || code == SQLITE_IOERR_DIR_FSYNC;
}

}  // namespace heard::store
