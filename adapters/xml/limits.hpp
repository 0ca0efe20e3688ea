// What an XML document may cost. Feeds come from outside: every amount is counted while streaming.
#pragma once

#include <cstddef>
#include <cstdint>

namespace heard::xml {

struct Limits {
  std::size_t depth = 64;  ///< the deepest real sample has 10
  std::size_t attributes = 64;
  std::size_t attribute_bytes = 64 << 10;
  std::size_t name_bytes = 256;
  std::size_t text_bytes = 64 << 10;   ///< of one element that is wanted
  std::size_t record_bytes = 1 << 20;  ///< of one record on the tape
  std::size_t token_bytes = 2 << 20;   ///< of one comment, tag or instruction
  std::uint64_t document_bytes = 1ULL << 30;
};

}  // namespace heard::xml
