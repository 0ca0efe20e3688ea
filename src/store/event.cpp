#include "store/event.hpp"

#include "store/bytes.hpp"

namespace heard::store {

namespace {

void put_prefix(std::string &out, std::uint8_t version, std::int64_t seq) {
  out += "HRD1";
  put_number(out, version, 1);
  put_number(out, static_cast<std::uint64_t>(seq), 8);
}

}  // namespace

std::string leaf_prefix(std::int64_t seq) {
  std::string out;
  put_prefix(out, 1, seq);
  return out;
}

std::string leaf_bytes(const Event &event) {
  std::string out;
  out.reserve(kLeafBytes);
  put_prefix(out, event.version, event.seq);
  put_number(out, static_cast<std::uint64_t>(event.wall_ms), 8);
  put_number(out, event.kind, 2);
  put_number(out, event.flags, 2);
  out += view(event.thread);
  out += view(event.rid);
  put_number(out, static_cast<std::uint64_t>(event.ref), 8);
  out += view(event.commitment);
  return out;
}

Hash leaf_hash_of(std::string_view leaf) {
  std::string out(1, '\0');
  out += leaf;
  return sha256(out);
}

Hash leaf_hash(const Event &event) { return leaf_hash_of(leaf_bytes(event)); }

}  // namespace heard::store
