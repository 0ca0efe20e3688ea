// The write-ahead log of a store: when it reaches the disk, and how it is moved into the file.
#pragma once

#include "store/database.hpp"

namespace heard::store {

/// Makes durable whatever the log holds now, from whichever process it came. Needs no lock: where
/// another process began the log anew meanwhile, its checkpoint has synced what we wrote. Throws
/// Failure(io); the kernel may then have dropped the pages, so nobody may try the sync again.
void sync_wal(Database &database);

/// Moves the log into the file, as far as no reader is in the way. `writer` takes SQLite's write
/// lock meanwhile, so that the WAL-reset race of SQLite before 3.51.3 cannot happen (ledger.md,
/// finding 1). Call with the writer lock held, outside a transaction.
void guarded_checkpoint(Database &writer, Database &checkpointer);

/// The same, and leaves an empty log: nothing that was erased is in it any more. False when a
/// reader was in the way.
bool truncate_wal(Database &writer, Database &checkpointer);

/// True when what failed was a sync: what the disk holds is then unknown.
bool is_failed_sync(const Failure &failure);

}  // namespace heard::store
