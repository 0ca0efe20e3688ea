#include "store/seq_list.hpp"

#include <algorithm>

#include "base/failure.hpp"

namespace heard::store {

namespace {

constexpr std::uint64_t kLargest = std::uint64_t{1} << 62;

[[noreturn]] void damaged() {
  throw Failure(Status::corrupt, "a list of entries in a stored body is damaged");
}

/// Seven bits a byte, low ones first; the high bit says that more follow.
void put(std::string &out, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) out += static_cast<char>(0x80 | (value & 0x7F));
  out += static_cast<char>(value);
}

/// Only the shortest form is read, so that one list has one encoding.
std::uint64_t take(std::string_view &in) {
  std::uint64_t value = 0;
  for (int shift = 0; shift < 63 && !in.empty(); shift += 7) {
    const auto byte = static_cast<unsigned char>(in.front());
    in.remove_prefix(1);
    value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
    if (byte >= 0x80) continue;
    if ((byte == 0 && shift > 0) || value > kLargest) damaged();
    return value;
  }
  damaged();
}

/// The next number of an ascending list: `gap` after what stands at `next`.
std::int64_t advance(std::int64_t next, std::uint64_t gap) {
  if (gap > kLargest - static_cast<std::uint64_t>(next)) damaged();
  return next + static_cast<std::int64_t>(gap);
}

std::vector<std::size_t> take_places(std::string_view &in) {
  const std::uint64_t count = take(in);
  if (count > in.size()) damaged();
  std::vector<std::size_t> places;
  std::int64_t next = 0;
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::int64_t place = advance(next, take(in));
    places.push_back(static_cast<std::size_t>(place));
    next = place + 1;
  }
  return places;
}

}  // namespace

std::string encode_runs(std::vector<std::int64_t> seqs) {
  std::sort(seqs.begin(), seqs.end());
  seqs.erase(std::unique(seqs.begin(), seqs.end()), seqs.end());
  std::string out;
  std::int64_t next = 0;
  for (std::size_t i = 0; i < seqs.size();) {
    std::size_t end = i + 1;
    while (end < seqs.size() && seqs[end] == seqs[end - 1] + 1) ++end;
    put(out, static_cast<std::uint64_t>(seqs[i] - next));
    put(out, end - i);
    next = seqs[end - 1] + 1;
    i = end;
  }
  return out;
}

std::vector<Run> decode_runs(std::string_view bytes) {
  std::vector<Run> runs;
  std::int64_t next = 0;
  while (!bytes.empty()) {
    const std::int64_t first = advance(next, take(bytes));
    const std::uint64_t length = take(bytes);
    if (length == 0) damaged();
    next = advance(first, length);
    runs.push_back({first, next - 1});
  }
  return runs;
}

std::int64_t count(const std::vector<Run> &runs) {
  std::int64_t all = 0;
  for (const Run &run : runs) all += run.last - run.first + 1;
  return all;
}

bool contains(const std::vector<Run> &runs, std::int64_t seq) {
  const auto after = std::upper_bound(runs.begin(), runs.end(), seq,
                                      [](std::int64_t s, const Run &run) { return s < run.first; });
  return after != runs.begin() && seq <= std::prev(after)->last;
}

std::string encode_places(const std::vector<Places> &list) {
  std::string out;
  std::int64_t next = 0;
  for (const Places &entry : list) {
    put(out, static_cast<std::uint64_t>(entry.seq - next));
    put(out, entry.places.size());
    next = entry.seq + 1;
    std::size_t next_place = 0;
    for (const std::size_t place : entry.places) {
      put(out, place - next_place);
      next_place = place + 1;
    }
  }
  return out;
}

std::vector<Places> decode_places(std::string_view bytes) {
  std::vector<Places> list;
  std::int64_t next = 0;
  while (!bytes.empty()) {
    const std::int64_t seq = advance(next, take(bytes));
    list.push_back({seq, take_places(bytes)});
    next = seq + 1;
  }
  return list;
}

}  // namespace heard::store
