#include "store/tree.hpp"

#include <algorithm>
#include <bit>

#include "base/failure.hpp"

namespace heard::store {

namespace {

/// Largest power of two below `n`; n > 1.
std::int64_t split_point(std::int64_t n) {
  return static_cast<std::int64_t>(std::bit_floor(static_cast<std::uint64_t>(n - 1)));
}

bool is_complete(std::int64_t from, std::int64_t to) {
  const auto n = static_cast<std::uint64_t>(to - from);
  return std::has_single_bit(n) && from % (to - from) == 0;
}

Hash range_hash(NodeSource &nodes, std::int64_t from, std::int64_t to) {
  if (is_complete(from, to)) {
    const int level = std::countr_zero(static_cast<std::uint64_t>(to - from));
    return nodes.node(level, from >> level);
  }
  const std::int64_t middle = from + split_point(to - from);
  return node_hash(range_hash(nodes, from, middle), range_hash(nodes, middle, to));
}

void inclusion_path(NodeSource &nodes, std::int64_t seq, std::int64_t from, std::int64_t to,
                    std::vector<Hash> &out) {
  if (to - from <= 1) return;
  const std::int64_t middle = from + split_point(to - from);
  if (seq < middle) {
    inclusion_path(nodes, seq, from, middle, out);
    out.push_back(range_hash(nodes, middle, to));
  } else {
    inclusion_path(nodes, seq, middle, to, out);
    out.push_back(range_hash(nodes, from, middle));
  }
}

/// SUBPROOF of RFC 6962: `known` says that the verifier already holds the hash of [from, to).
void consistency_path(NodeSource &nodes, std::int64_t earlier, std::int64_t from, std::int64_t to,
                      bool known, std::vector<Hash> &out) {
  if (earlier == to) {
    if (!known) out.push_back(range_hash(nodes, from, to));
    return;
  }
  const std::int64_t middle = from + split_point(to - from);
  if (earlier <= middle) {
    consistency_path(nodes, earlier, from, middle, known, out);
    out.push_back(range_hash(nodes, middle, to));
  } else {
    consistency_path(nodes, earlier, middle, to, false, out);
    out.push_back(range_hash(nodes, from, middle));
  }
}

}  // namespace

Hash empty_root() { return sha256(""); }

Hash node_hash(const Hash &left, const Hash &right) {
  std::array<char, 65> in;
  in[0] = 1;
  std::copy(left.begin(), left.end(), in.begin() + 1);
  std::copy(right.begin(), right.end(), in.begin() + 33);
  return sha256({in.data(), in.size()});
}

Frontier::Frontier(std::int64_t size, std::string_view hashes) : size_(size) {
  const auto count = static_cast<std::size_t>(std::popcount(static_cast<std::uint64_t>(size)));
  if (size < 0 || hashes.size() != count * 32)
    throw Failure(Status::corrupt,
                  "the ledger's head is damaged: its frontier does not fit its size");
  subtrees_.resize(count);
  for (std::size_t i = 0; i < count; ++i)
    std::copy_n(hashes.begin() + static_cast<std::ptrdiff_t>(i * 32), 32, subtrees_[i].begin());
}

void Frontier::append(const Hash &leaf) {
  Hash hash = leaf;
  for (std::int64_t rest = size_; rest & 1; rest >>= 1) {
    hash = node_hash(subtrees_.back(), hash);
    subtrees_.pop_back();
  }
  subtrees_.push_back(hash);
  ++size_;
}

Hash Frontier::root() const {
  if (subtrees_.empty()) return empty_root();
  Hash root = subtrees_.back();
  for (auto left = subtrees_.rbegin() + 1; left != subtrees_.rend(); ++left)
    root = node_hash(*left, root);
  return root;
}

std::string Frontier::bytes() const {
  std::string out;
  for (const Hash &hash : subtrees_) out += view(hash);
  return out;
}

Hash root_of(NodeSource &nodes, std::int64_t size) {
  return size == 0 ? empty_root() : range_hash(nodes, 0, size);
}

std::vector<Hash> inclusion_proof(NodeSource &nodes, std::int64_t seq, std::int64_t size) {
  std::vector<Hash> proof;
  inclusion_path(nodes, seq, 0, size, proof);
  return proof;
}

std::vector<Hash> consistency_proof(NodeSource &nodes, std::int64_t earlier, std::int64_t size) {
  std::vector<Hash> proof;
  if (earlier > 0 && earlier < size) consistency_path(nodes, earlier, 0, size, true, proof);
  return proof;
}

bool proves_inclusion(const std::vector<Hash> &proof, const Hash &leaf, std::int64_t seq,
                      const TreeHead &head) {
  if (seq < 0 || seq >= head.size) return false;
  std::int64_t at = seq;
  std::int64_t last = head.size - 1;
  Hash hash = leaf;
  for (const Hash &sibling : proof) {
    if (last == 0) return false;
    if (at % 2 == 1 || at == last) {
      hash = node_hash(sibling, hash);
      while (at % 2 == 0 && at != 0) {
        at >>= 1;
        last >>= 1;
      }
    } else {
      hash = node_hash(hash, sibling);
    }
    at >>= 1;
    last >>= 1;
  }
  return last == 0 && hash == head.root;
}

bool proves_consistency(const std::vector<Hash> &proof, const TreeHead &earlier,
                        const TreeHead &later) {
  if (earlier.size < 0 || earlier.size > later.size) return false;
  if (earlier.size == later.size) return proof.empty() && earlier.root == later.root;
  if (earlier.size == 0) return proof.empty() && earlier.root == empty_root();
  std::int64_t at = earlier.size - 1;
  std::int64_t last = later.size - 1;
  while (at % 2 == 1) {
    at >>= 1;
    last >>= 1;
  }
  std::size_t next = 0;
  if (at != 0 && proof.empty()) return false;
  const Hash start = at == 0 ? earlier.root : proof[next++];
  Hash old_root = start;
  Hash new_root = start;
  for (; next < proof.size(); ++next) {
    if (last == 0) return false;
    if (at % 2 == 1 || at == last) {
      old_root = node_hash(proof[next], old_root);
      new_root = node_hash(proof[next], new_root);
      while (at % 2 == 0 && at != 0) {
        at >>= 1;
        last >>= 1;
      }
    } else {
      new_root = node_hash(new_root, proof[next]);
    }
    at >>= 1;
    last >>= 1;
  }
  return last == 0 && old_root == earlier.root && new_root == later.root;
}

}  // namespace heard::store
