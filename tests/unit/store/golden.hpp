// Reads the golden files beside it: lines of words, the first of which says what the line is.
#pragma once

#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/text.hpp"
#include "source_dir.hpp"

namespace heard::golden {

using Line = std::vector<std::string>;

inline std::vector<Line> lines(const std::string &name) {
  const std::string path = std::string(HEARD_SOURCE_DIR "/tests/unit/store/golden/") + name;
  std::ifstream file(path);
  if (!file) throw std::runtime_error(path + " is missing");
  std::vector<Line> all;
  for (std::string text; std::getline(file, text);) {
    if (text.starts_with('#')) continue;
    std::istringstream in(text);
    Line &line = all.emplace_back();
    for (std::string word; in >> word;) line.push_back(word);
  }
  return all;
}

/// The bytes of a hexadecimal word; "-" stands for none.
inline std::string bytes(const std::string &word) {
  return word == "-" ? "" : from_hex(word).value();
}

}  // namespace heard::golden
