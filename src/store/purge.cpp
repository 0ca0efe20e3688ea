#include "store/purge.hpp"

#include "store/writer_lock.hpp"

namespace heard::store {

namespace {

constexpr const char *kRewrite = "purge.rewrite";
constexpr const char *kEmptyLog = "purge.log";

bool is_pending(Database &database, const char *name) {
  Query row(database, "SELECT 1 FROM local_pending WHERE name = ?1");
  row.bind(1, name);
  return row.step();
}

void put_pending(Database &database, const char *name) {
  Query row(database, "INSERT OR REPLACE INTO local_pending(name, value) VALUES(?1, 1)");
  row.bind(1, name).run();
}

void settle(Connection &connection, const char *name) {
  WriteTransaction transaction(connection);
  Query done(connection.database(), "DELETE FROM local_pending WHERE name = ?1");
  done.bind(1, name).run();
  transaction.commit();
}

/// Only what is stored is copied, so nothing is left of what is not. Other writers wait.
void rewrite(Connection &connection) {
  WriterLock lock(connection.path());
  lock.lock(connection.wait_ms, connection.stop());
  connection.database().exec("VACUUM");
}

}  // namespace

void want_purge(Database &database) {
  put_pending(database, kRewrite);
  put_pending(database, kEmptyLog);
}

bool wants_purge(Database &database) { return is_pending(database, kEmptyLog); }

bool finish_purge(Connection &connection) {
  if (connection.read_only() || connection.rolled_back()) return false;
  if (!wants_purge(connection.database())) return true;
  if (connection.in_memory()) {
    settle(connection, kRewrite);
    settle(connection, kEmptyLog);
    return true;
  }
  if (is_pending(connection.database(), kRewrite)) {
    try {
      rewrite(connection);
    } catch (const Failure &failure) {
      // What was erased is erased; a full disk or another writer only puts this off.
      if (failure.status() != Status::busy && failure.status() != Status::io) throw;
      return false;
    }
    settle(connection, kRewrite);
  }
  if (!connection.purge_log()) return false;
  settle(connection, kEmptyLog);
  return true;
}

}  // namespace heard::store
