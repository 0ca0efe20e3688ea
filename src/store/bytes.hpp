// Big-endian numbers in byte strings, as FORMAT.md writes them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace heard::store {

inline void put_number(std::string &out, std::uint64_t value, int width) {
  for (int shift = (width - 1) * 8; shift >= 0; shift -= 8)
    out += static_cast<char>((value >> shift) & 0xFF);
}

inline std::uint64_t get_number(std::string_view bytes) {
  std::uint64_t value = 0;
  for (const char c : bytes) value = value << 8 | static_cast<unsigned char>(c);
  return value;
}

/// The next `n` bytes of `in`, taken off; `ok` turns false when there are fewer.
inline std::string_view take_bytes(std::string_view &in, std::size_t n, bool &ok) {
  if (in.size() < n) {
    ok = false;
    return {};
  }
  const std::string_view head = in.substr(0, n);
  in.remove_prefix(n);
  return head;
}

}  // namespace heard::store
