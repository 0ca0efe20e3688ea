// Folds the whole ledger again and compares the read tables bit for bit.
#pragma once

#include <string>
#include <vector>

#include "store/database.hpp"

namespace heard::folds {

struct Difference {
  std::string table;
  std::string says;  ///< which row, by its key
};

/// Folds entries [0, size) of `live` into `scratch`, an empty database. A range at a time, so that
/// the caller can report progress: returns the next seq.
std::int64_t fold_range(store::Database &live, store::Database &scratch, std::int64_t from,
                        std::int64_t to);

/// The first difference of each table; empty when they are equal.
std::vector<Difference> compare(store::Database &live, store::Database &scratch);

/// Empties the live read tables and folds the ledger into them. Call in a write transaction.
void refold(store::Database &live, std::int64_t size);

}  // namespace heard::folds
