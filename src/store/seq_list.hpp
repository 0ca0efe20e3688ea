// Lists of entries inside a body: seqs as runs, and places of fields by seq (FORMAT.md, "Lists").
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace heard::store {

/// Entries first to last, both listed.
struct Run {
  std::int64_t first = 0;
  std::int64_t last = 0;
  bool operator==(const Run &) const = default;
};

/// `seqs` in any order, repeated ones count once.
std::string encode_runs(std::vector<std::int64_t> seqs);
/// In order, without overlap. Throws Failure(corrupt).
std::vector<Run> decode_runs(std::string_view bytes);
/// Entries in all of them together.
std::int64_t count(const std::vector<Run> &runs);
/// True if a run has the entry.
bool contains(const std::vector<Run> &runs, std::int64_t seq);

/// One entry and the places of fields in its body, in order.
struct Places {
  std::int64_t seq = 0;
  std::vector<std::size_t> places;
  bool operator==(const Places &) const = default;
};

/// `list` in order of seq, each seq once.
std::string encode_places(const std::vector<Places> &list);
/// Throws Failure(corrupt).
std::vector<Places> decode_places(std::string_view bytes);

}  // namespace heard::store
