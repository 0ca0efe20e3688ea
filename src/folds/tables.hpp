// The read tables: what the ledger says, folded. Written by this folder only.
#pragma once

#include <span>
#include <string_view>

#include "store/database.hpp"

namespace heard::folds {

struct FoldTable {
  std::string_view name;
  std::string_view key;  ///< columns that order its rows for comparison
};

void create_tables(store::Database &database);
std::span<const FoldTable> tables();

}  // namespace heard::folds
