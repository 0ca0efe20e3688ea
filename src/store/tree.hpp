// The Merkle tree of RFC 6962 over leaf hashes: roots, frontier, inclusion and consistency proofs.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.hpp"

namespace heard::store {

Hash empty_root();
Hash node_hash(const Hash &left, const Hash &right);

/// The hashes of the complete subtrees that make up a tree of `size` leaves, largest first.
class Frontier {
 public:
  Frontier() = default;
  /// From head's columns. Throws Failure(corrupt) when the number of hashes does not fit `size`.
  Frontier(std::int64_t size, std::string_view hashes);

  void append(const Hash &leaf);
  std::int64_t size() const { return size_; }
  Hash root() const;
  std::string bytes() const;

 private:
  std::int64_t size_ = 0;
  std::vector<Hash> subtrees_;
};

/// Where proofs get the hash of the complete subtree number `index` of 2^`level` leaves.
class NodeSource {
 public:
  virtual ~NodeSource() = default;
  virtual Hash node(int level, std::int64_t index) = 0;
};

/// Root over the first `size` leaves.
Hash root_of(NodeSource &nodes, std::int64_t size);
/// Sibling hashes from leaf `seq` to the root of the first `size` leaves; seq < size.
std::vector<Hash> inclusion_proof(NodeSource &nodes, std::int64_t seq, std::int64_t size);
/// That the tree of `size` leaves begins with the one of `earlier`; 0 <= earlier <= size.
std::vector<Hash> consistency_proof(NodeSource &nodes, std::int64_t earlier, std::int64_t size);

struct TreeHead {
  std::int64_t size = 0;
  Hash root{};
  bool operator==(const TreeHead &) const = default;
};

bool proves_inclusion(const std::vector<Hash> &proof, const Hash &leaf, std::int64_t seq,
                      const TreeHead &head);
bool proves_consistency(const std::vector<Hash> &proof, const TreeHead &earlier,
                        const TreeHead &later);

}  // namespace heard::store
