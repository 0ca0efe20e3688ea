#include "store/purge.hpp"

namespace heard::store {

void want_purge(Database &database) {
  Query note(database, "INSERT OR REPLACE INTO local_pending(name, value) VALUES('purge', 1)");
  note.run();
}

bool wants_purge(Database &database) {
  Query row(database, "SELECT 1 FROM local_pending WHERE name = 'purge'");
  return row.step();
}

bool finish_purge(Connection &connection) {
  if (!wants_purge(connection.database())) return true;
  try {
    connection.purge_log();
  } catch (const Failure &failure) {
    if (failure.status() != Status::busy) throw;
    return false;
  }
  WriteTransaction transaction(connection);
  Query done(connection.database(), "DELETE FROM local_pending WHERE name = 'purge'");
  done.run();
  transaction.commit();
  return true;
}

}  // namespace heard::store
