#include "store/event.hpp"

#include "store/bytes.hpp"

namespace heard::store {

std::string leaf_bytes(const Event &event) {
  std::string out;
  out.reserve(97);
  out += "HRD1";
  put_number(out, event.version, 1);
  put_number(out, static_cast<std::uint64_t>(event.seq), 8);
  put_number(out, static_cast<std::uint64_t>(event.wall_ms), 8);
  put_number(out, event.kind, 2);
  put_number(out, event.flags, 2);
  out += view(event.thread);
  out += view(event.rid);
  put_number(out, static_cast<std::uint64_t>(event.ref), 8);
  out += view(event.commitment);
  return out;
}

Hash leaf_hash(const Event &event) {
  std::string out(1, '\0');
  out += leaf_bytes(event);
  return sha256(out);
}

}  // namespace heard::store
