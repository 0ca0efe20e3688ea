// RFC 6962 section 2.1 as it is written there, over a plain list of leaf hashes: slow and obvious.
#pragma once

#include <vector>

#include "base/digest.hpp"

namespace heard::naive {

using Leaves = std::vector<Hash>;

inline Hash parent(const Hash &left, const Hash &right) {
  return sha256("\x01" + std::string(view(left)) + std::string(view(right)));
}

inline std::size_t split(std::size_t n) {
  std::size_t k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

/// MTH over leaves [from, to).
inline Hash root(const Leaves &leaves, std::size_t from, std::size_t to) {
  if (from == to) return sha256("");
  if (to - from == 1) return leaves[from];
  const std::size_t k = from + split(to - from);
  return parent(root(leaves, from, k), root(leaves, k, to));
}

/// PATH(m, D[from:to]); m counts from `from`.
inline std::vector<Hash> path(const Leaves &leaves, std::size_t m, std::size_t from,
                              std::size_t to) {
  if (to - from <= 1) return {};
  const std::size_t k = split(to - from);
  const bool left = m < k;
  std::vector<Hash> proof =
      left ? path(leaves, m, from, from + k) : path(leaves, m - k, from + k, to);
  proof.push_back(left ? root(leaves, from + k, to) : root(leaves, from, from + k));
  return proof;
}

/// SUBPROOF(m, D[from:to], b); PROOF(m, D[n]) is subproof(leaves, m, 0, n, true).
inline std::vector<Hash> subproof(const Leaves &leaves, std::size_t m, std::size_t from,
                                  std::size_t to, bool b) {
  if (m == to - from) return b ? std::vector<Hash>{} : std::vector<Hash>{root(leaves, from, to)};
  const std::size_t k = split(to - from);
  const bool left = m <= k;
  std::vector<Hash> proof =
      left ? subproof(leaves, m, from, from + k, b) : subproof(leaves, m - k, from + k, to, false);
  proof.push_back(left ? root(leaves, from + k, to) : root(leaves, from, from + k));
  return proof;
}

}  // namespace heard::naive
