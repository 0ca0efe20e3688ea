// The ledger's own tables, their version, and how a store is told from another database.
#pragma once

#include <cstdint>

#include "store/database.hpp"

namespace heard::store {

constexpr std::int32_t kApplicationId = 0x48524431;  ///< "HRD1" in the SQLite header
constexpr int kSchemaVersion = 3;                    ///< what a reader and a writer must know

/// Compares the version of an open file with ours. A newer store says which formats may still read
/// or write it (`meta.min_reader`, `meta.min_writer`). Throws Failure(version | corrupt).
void check_version(Database &database, Database::Mode mode);

/// Sees to it that the file keeps a write-ahead log: a copy made by VACUUM INTO has none yet.
/// Throws Failure(io).
void use_wal(Database &database);

/// True for a store of an earlier format. Throws Failure(corrupt) for what is no store.
bool is_older(Database &database);
/// Notes that the file has our format now; inside the transaction that made it so.
void set_version(Database &database);

/// Makes the tables that a store of an earlier format lacks; those it has stay as they are.
void complete_tables(Database &database);

/// Makes the ledger's own tables (event, body, tile, head, meta, local_*) in an empty file.
void create_ledger_tables(Database &database);

}  // namespace heard::store
