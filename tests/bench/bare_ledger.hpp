// The floor of logging: the bare loop that writes ledger entries, straight from the format page.
#pragma once

#include <string>
#include <vector>

#include "bare.hpp"

namespace heard::bench {

/// What one ledger entry says; everything hashed is computed when it is written.
struct Entry {
  std::int64_t seq = 0;
  std::int64_t wall_ms = 0;
  std::int64_t kind = 0;
  std::string thread;
  std::string rid;
  std::int64_t ref = 0;
  std::string salt;
  std::string fields;  ///< id (2) length (4) value, one after the other
  std::string actor;
  std::int64_t at = 0;
};

/// An entry as a store has it.
Entry read_entry(BareDatabase &database, std::int64_t seq);

/// Commitment to the fields of a body (src/store/FORMAT.md). `scratch` saves allocations.
Hash commitment(std::string_view salt, std::string_view fields, std::string &scratch);
Hash leaf_hash(const Entry &entry, const Hash &commitment, std::string &scratch);

/// The complete subtrees of an RFC 6962 tree, largest first.
class BareTree {
 public:
  BareTree() = default;
  BareTree(std::int64_t size, std::string_view frontier);
  void append(Hash leaf);
  Hash root() const;
  std::string frontier() const;
  std::int64_t size() const { return size_; }

 private:
  std::int64_t size_ = 0;
  std::vector<Hash> subtrees_;
};

/// Entries into event, body, tile and head. Between begin and commit.
class BareLedger {
 public:
  explicit BareLedger(BareDatabase &database);
  void begin();
  std::int64_t size() const { return tree_.size(); }
  void append(const Entry &entry);
  void commit();

 private:
  void insert_tile();

  BareDatabase &database_;
  BareTree tree_;
  std::vector<Hash> tail_;  // leaves since the last full tile
  std::string scratch_;
  sqlite3_stmt *event_, *body_, *head_, *save_head_, *tile_;
};

}  // namespace heard::bench
