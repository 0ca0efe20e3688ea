// One row of the ledger and the bytes it is hashed as (FORMAT.md, "Leaf").
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/digest.hpp"
#include "base/instant.hpp"

namespace heard::store {

struct Event {
  std::int64_t seq = 0;
  std::uint8_t version = 1;
  Millis wall_ms = 0;
  std::uint16_t kind = 0;
  std::uint16_t flags = 0;
  Id thread{};
  Id rid{};
  std::int64_t ref = 0;
  Hash commitment{};
  bool operator==(const Event &) const = default;
};

constexpr std::size_t kLeafBytes = 97;

std::string leaf_bytes(const Event &event);
/// What the leaf of entry `seq` begins with: magic, version, seq.
std::string leaf_prefix(std::int64_t seq);
/// H(0x00 || leaf).
Hash leaf_hash_of(std::string_view leaf);
Hash leaf_hash(const Event &event);

}  // namespace heard::store
