// Invented but plausible names, by the language a family speaks at home.
#pragma once

#include <span>
#include <string_view>

namespace heard::demo {

struct Origin {
  const char *language;  ///< three letters, as xPress writes it
  int weight;            ///< families of this origin among 100
  std::span<const std::string_view> women, men, families;
};

/// Weights add up to 100.
std::span<const Origin> origins();

std::span<const std::string_view> streets();
std::span<const std::string_view> subjects();
std::span<const std::string_view> school_names();

}  // namespace heard::demo
