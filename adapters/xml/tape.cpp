// Lays items on the tape and reads them back.
#include "xml/tape.hpp"

#include <heard/heard.h>
#include <openssl/evp.h>

#include <algorithm>
#include <cstring>
#include <memory>

#include "feed/failure.hpp"

namespace heard::xml {
namespace {

constexpr std::size_t kLong = 0xFF;  ///< instead of a length: four bytes of length follow

struct FreeDigest {
  void operator()(EVP_MD_CTX *context) const { EVP_MD_CTX_free(context); }
};

}  // namespace

void Tape::append(Kind kind, std::string_view text) {
  bytes_ += static_cast<char>(kind);
  if (text.size() < kLong) {
    bytes_ += static_cast<char>(text.size());
  } else {
    bytes_ += static_cast<char>(kLong);
    for (const unsigned shift : {0U, 8U, 16U, 24U}) {
      bytes_ += static_cast<char>((text.size() >> shift) & 0xFF);
    }
  }
  bytes_.append(text);
}

void Tape::start(std::string_view name, std::span<const Attribute> attributes) {
  append(Kind::start, name);
  sorted_.assign(attributes.begin(), attributes.end());
  std::ranges::sort(sorted_, {}, &Attribute::name);
  for (const Attribute &attribute : sorted_) {
    append(Kind::name, attribute.name);
    append(Kind::value, attribute.value);
  }
}

Tape::Item Tape::next(std::size_t &at) const {
  const auto take = [&] {
    return static_cast<std::size_t>(static_cast<unsigned char>(bytes_[at++]));
  };
  const auto kind = static_cast<Kind>(bytes_[at++]);
  if (kind == Kind::end) return {kind, {}};
  std::size_t length = take();
  if (length == kLong) {
    length = 0;
    for (const unsigned shift : {0U, 8U, 16U, 24U}) length |= take() << shift;
  }
  const Item item{kind, std::string_view(bytes_).substr(at, length)};
  at += length;
  return item;
}

std::optional<std::string_view> Tape::attribute(std::string_view name) const {
  std::size_t at = 0;
  if (at < size()) next(at);
  while (at < size()) {
    const Item key = next(at);
    if (key.kind != Kind::name) return std::nullopt;
    const Item value = next(at);
    if (key.text == name) return value.text;
  }
  return std::nullopt;
}

std::array<std::uint8_t, 16> Tape::hash(std::string_view salt) const {
  static thread_local const std::unique_ptr<EVP_MD_CTX, FreeDigest> context(EVP_MD_CTX_new());
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int length = 0;
  if (!context || EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) != 1 ||
      EVP_DigestUpdate(context.get(), salt.data(), salt.size()) != 1 ||
      EVP_DigestUpdate(context.get(), bytes_.data(), bytes_.size()) != 1 ||
      EVP_DigestFinal_ex(context.get(), digest, &length) != 1) {
    throw heard::feed::Failure(HEARD_E_INTERNAL, "SHA-256 is not available in libcrypto");
  }
  std::array<std::uint8_t, 16> half;
  std::memcpy(half.data(), digest, half.size());
  return half;
}

}  // namespace heard::xml
