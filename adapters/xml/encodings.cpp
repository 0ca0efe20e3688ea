// Tables of the two single-byte encodings that feeds really use.
#include "xml/encodings.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace heard::xml {
namespace {

/// Where ISO-8859-15 differs from ISO-8859-1.
constexpr std::pair<int, int> kLatin9[] = {{0xA4, 0x20AC}, {0xA6, 0x0160}, {0xA8, 0x0161},
                                           {0xB4, 0x017D}, {0xB8, 0x017E}, {0xBC, 0x0152},
                                           {0xBD, 0x0153}, {0xBE, 0x0178}};

/// windows-1252, bytes 0x80 to 0x9F.
constexpr int kWindows[] = {0x20AC, -1,     0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                            0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, -1,     0x017D, -1,
                            -1,     0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                            0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, -1,     0x017E, 0x0178};

std::string lowered(std::string_view text) {
  std::string low(text);
  std::ranges::transform(low, low.begin(), [](unsigned char c) {
    return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  });
  return low;
}

bool starts_with_mark(std::string_view bytes) {
  return bytes.starts_with("\xEF\xBB\xBF") || bytes.starts_with("\xFE\xFF") ||
         bytes.starts_with("\xFF\xFE");
}

}  // namespace

bool fill_encoding(std::string_view name, int (&map)[256]) {
  const std::string low = lowered(name);
  const bool latin9 = low == "iso-8859-15" || low == "latin-9" || low == "latin9";
  const bool windows = low == "windows-1252" || low == "cp1252";
  if (!latin9 && !windows) return false;
  for (int i = 0; i < 256; ++i) map[i] = i;
  if (latin9) {
    for (const auto &[byte, point] : kLatin9) map[byte] = point;
  } else {
    std::ranges::copy(kWindows, map + 0x80);
  }
  return true;
}

std::string encoding_to_force(std::string_view charset, std::string_view first_bytes) {
  if (starts_with_mark(first_bytes)) return {};
  if (first_bytes.starts_with("<?xml")) {
    const std::string declaration = lowered(first_bytes.substr(0, first_bytes.find("?>")));
    const bool wide = declaration.find("utf-16") != std::string::npos || charset == "utf-16";
    if (wide) return "UTF-8";
  }
  return std::string(charset);
}

}  // namespace heard::xml
