// The end of an erasure: nothing of what was closed may be left in the log beside the store.
#pragma once

#include "store/connection.hpp"

namespace heard::store {

/// Notes, in the transaction that erases, that the log must be emptied.
void want_purge(Database &database);
bool wants_purge(Database &database);

/// Empties the log if that is still to be done; call outside a transaction. False when a reader
/// was in the way: it is done another time.
bool finish_purge(Connection &connection);

}  // namespace heard::store
