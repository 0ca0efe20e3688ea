// Repeatable randomness: the same numbers on every machine, which std:: distributions do not give.
#pragma once

#include <cstdint>
#include <random>
#include <span>
#include <string>

namespace heard::demo {

class Chance {
 public:
  explicit Chance(std::uint64_t seed) : engine_(seed) {}

  /// 0 .. below-1
  std::size_t number(std::size_t below) { return static_cast<std::size_t>(engine_() % below); }
  int between(int first, int last) {
    return first + static_cast<int>(number(static_cast<std::size_t>(last - first + 1)));
  }
  bool percent(int chance) { return between(1, 100) <= chance; }
  template <typename Word>
  Word pick(std::span<const Word> words) {
    return words[number(words.size())];
  }
  /// 32 upper-case hexadecimal digits, 8-4-4-4-12, marked as a random UUID.
  std::string ref_id();

 private:
  std::mt19937_64 engine_;
};

}  // namespace heard::demo
