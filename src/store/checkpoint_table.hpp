// The signed checkpoints of a store, by size; and which copies of them were taken elsewhere.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/instant.hpp"
#include "store/database.hpp"

namespace heard::store {

struct StoredCheckpoint {
  std::int64_t size = 0;
  std::string note;
  Millis at = 0;
};

std::optional<StoredCheckpoint> newest_checkpoint(Database &database);
/// The smallest one of at least `size` entries.
std::optional<StoredCheckpoint> checkpoint_from(Database &database, std::int64_t size);
/// The largest one of less than `size` entries.
std::optional<StoredCheckpoint> checkpoint_before(Database &database, std::int64_t size);
/// At most `limit` of at least `size` entries, in order.
std::vector<StoredCheckpoint> checkpoints_from(Database &database, std::int64_t size,
                                               std::int64_t limit);
/// Inside a write transaction; one that is there stays.
void keep_checkpoint(Database &database, const StoredCheckpoint &checkpoint);

struct AnchorRow {
  std::int64_t size = 0;
  std::string sink;
  bool delivered = false;
  std::string receipt;  ///< of the sink, or what went wrong
  Millis at = 0;
};

/// Of the checkpoint of `size`, or all of them when `size` is negative.
std::vector<AnchorRow> anchor_rows(Database &database, std::int64_t size);
/// Inside a write transaction.
void keep_anchor(Database &database, const AnchorRow &row);

}  // namespace heard::store
