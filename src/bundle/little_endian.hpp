// Little-endian numbers in byte strings, as zip has them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace heard::bundle {

inline void put_little(std::string &out, std::uint64_t value, int width) {
  for (int i = 0; i < width; ++i) out += static_cast<char>((value >> (8 * i)) & 0xFF);
}

inline std::uint64_t get_little(std::string_view bytes) {
  std::uint64_t value = 0;
  for (auto byte = bytes.rbegin(); byte != bytes.rend(); ++byte)
    value = value << 8 | static_cast<unsigned char>(*byte);
  return value;
}

}  // namespace heard::bundle
