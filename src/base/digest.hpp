// Hashing and randomness, the only door to the crypto library. Thread-safe; contexts are per
// thread.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace heard {

using Hash = std::array<std::uint8_t, 32>;  ///< SHA-256
using Id = std::array<std::uint8_t, 16>;    ///< random or keyed 128-bit name

Hash sha256(std::string_view bytes);

/// SHA-256 of bytes that come a piece at a time.
class Hasher {
 public:
  Hasher();
  ~Hasher();
  Hasher(const Hasher &) = delete;
  Hasher &operator=(const Hasher &) = delete;
  void update(std::string_view bytes);
  /// The hash of all so far; the next update begins anew.
  Hash finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

Hash hmac_sha256(std::string_view key, std::string_view bytes);
void fill_random(std::span<std::uint8_t> out);
Id random_id();
/// The first half of a keyed hash, for names that must not be guessable without the key.
Id keyed_id(std::string_view key, std::string_view bytes);

template <std::size_t N>
std::string_view view(const std::array<std::uint8_t, N> &bytes) {
  return {reinterpret_cast<const char *>(bytes.data()), N};
}

std::string hex(const Hash &hash);
std::string hex(const Id &id);
/// False if `text` is not 32 hexadecimal digits.
bool parse_id(std::string_view text, Id &out);
bool parse_hash(std::string_view text, Hash &out);

constexpr Id kNoId{};

/// Equal in a time that does not depend on where they differ.
bool same_secret(std::string_view a, std::string_view b);

}  // namespace heard
