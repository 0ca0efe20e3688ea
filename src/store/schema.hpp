// The ledger's own tables, their version, and how a store is told from another database.
#pragma once

#include <cstdint>

#include "store/database.hpp"

namespace heard::store {

constexpr std::int32_t kApplicationId = 0x48524431;  ///< "HRD1" in the SQLite header
constexpr int kSchemaVersion = 1;                    ///< what a reader and a writer must know

/// Compares the version of an open file with ours. Throws Failure(version | corrupt).
void check_version(Database &database);

/// Makes the ledger's own tables (event, body, tile, head, meta, local_*) in an empty file.
void create_ledger_tables(Database &database);

}  // namespace heard::store
