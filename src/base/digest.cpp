#include "base/digest.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include <algorithm>
#include <memory>

#include "base/failure.hpp"
#include "base/text.hpp"

namespace heard {

namespace {

struct FreeContext {
  void operator()(EVP_MD_CTX *context) const { EVP_MD_CTX_free(context); }
};

/// The fetched algorithm lives as long as the process: fetching costs more than hashing.
const EVP_MD *algorithm() {
  static const EVP_MD *md = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  return md;
}

EVP_MD_CTX *context() {
  thread_local std::unique_ptr<EVP_MD_CTX, FreeContext> reused(EVP_MD_CTX_new());
  return reused.get();
}

[[noreturn]] void crypto_failure(const char *what) {
  throw Failure(Status::internal, std::string("the crypto library refused to ") + what);
}

template <std::size_t N>
bool parse_fixed(std::string_view text, std::array<std::uint8_t, N> &out) {
  const auto bytes = from_hex(text);
  if (!bytes || bytes->size() != N) return false;
  std::copy(bytes->begin(), bytes->end(), out.begin());
  return true;
}

}  // namespace

Hash sha256(std::string_view bytes) {
  Hash hash;
  EVP_MD_CTX *c = context();
  if (c == nullptr || EVP_DigestInit_ex2(c, algorithm(), nullptr) != 1 ||
      EVP_DigestUpdate(c, bytes.data(), bytes.size()) != 1 ||
      EVP_DigestFinal_ex(c, hash.data(), nullptr) != 1)
    crypto_failure("hash");
  return hash;
}

struct Hasher::State {
  std::unique_ptr<EVP_MD_CTX, FreeContext> context{EVP_MD_CTX_new()};
  void begin() {
    if (!context || EVP_DigestInit_ex2(context.get(), algorithm(), nullptr) != 1)
      crypto_failure("hash");
  }
};

Hasher::Hasher() : state_(std::make_unique<State>()) { state_->begin(); }
Hasher::~Hasher() = default;

void Hasher::update(std::string_view bytes) {
  if (EVP_DigestUpdate(state_->context.get(), bytes.data(), bytes.size()) != 1)
    crypto_failure("hash");
}

Hash Hasher::finish() {
  Hash hash;
  if (EVP_DigestFinal_ex(state_->context.get(), hash.data(), nullptr) != 1) crypto_failure("hash");
  state_->begin();
  return hash;
}

Hash hmac_sha256(std::string_view key, std::string_view bytes) {
  std::array<char, 64> block{};
  if (key.size() > block.size()) {
    const Hash shorter = sha256(key);
    std::copy(shorter.begin(), shorter.end(), block.begin());
  } else {
    std::copy(key.begin(), key.end(), block.begin());
  }
  std::string inner, outer;
  inner.reserve(64 + bytes.size());
  for (const char c : block) {
    inner += static_cast<char>(c ^ 0x36);
    outer += static_cast<char>(c ^ 0x5c);
  }
  inner += bytes;
  outer += view(sha256(inner));
  return sha256(outer);
}

void fill_random(std::span<std::uint8_t> out) {
  if (RAND_bytes(out.data(), static_cast<int>(out.size())) != 1)
    crypto_failure("draw random bytes");
}

Id random_id() {
  Id id;
  fill_random(id);
  return id;
}

Id keyed_id(std::string_view key, std::string_view bytes) {
  const Hash hash = hmac_sha256(key, bytes);
  Id id;
  std::copy_n(hash.begin(), id.size(), id.begin());
  return id;
}

std::string hex(const Hash &hash) { return to_hex(view(hash)); }
std::string hex(const Id &id) { return to_hex(view(id)); }
bool parse_id(std::string_view text, Id &out) { return parse_fixed(text, out); }
bool parse_hash(std::string_view text, Hash &out) { return parse_fixed(text, out); }

bool same_secret(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace heard
