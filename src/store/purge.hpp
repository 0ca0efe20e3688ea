// The end of an erasure: nothing of what was closed may be left in the log beside the store.
#pragma once

#include "store/connection.hpp"

namespace heard::store {

/// Notes, in the transaction that erases, that this is still to be done.
void want_purge(Database &database);
bool wants_purge(Database &database);

/// What was erased lies on in two places: in the log, and in gaps of the file's pages, where
/// SQLite once moved rows about. So the file is written anew and the log emptied; it takes about a
/// second for each 200 MB. Call outside a transaction. False when a reader of the log was in the
/// way: then only that is left to do another time.
bool finish_purge(Connection &connection);

}  // namespace heard::store
