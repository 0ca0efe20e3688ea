// Ed25519 (RFC 8032): sign, verify, make a key. The second half of the door to the crypto library,
// beside digest.hpp. Thread-safe.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace heard {

using SigningSeed = std::array<std::uint8_t, 32>;  ///< the private key; wipe it after use
using PublicKey = std::array<std::uint8_t, 32>;
using Signature = std::array<std::uint8_t, 64>;

SigningSeed new_signing_seed();
PublicKey public_key_of(const SigningSeed &seed);
Signature sign(const SigningSeed &seed, std::string_view text);
/// False for a signature of another text or key, and for a key that is none.
bool verify(const PublicKey &key, std::string_view text, const Signature &signature);
/// Overwrites the seed in a way that the compiler keeps.
void wipe(SigningSeed &seed);

}  // namespace heard
