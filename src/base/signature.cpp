#include "base/signature.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <memory>

#include "base/digest.hpp"
#include "base/failure.hpp"

namespace heard {

namespace {

struct FreeKey {
  void operator()(EVP_PKEY *key) const { EVP_PKEY_free(key); }
};
struct FreeContext {
  void operator()(EVP_MD_CTX *context) const { EVP_MD_CTX_free(context); }
};
using Key = std::unique_ptr<EVP_PKEY, FreeKey>;
using Context = std::unique_ptr<EVP_MD_CTX, FreeContext>;

const unsigned char *bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char *>(text.data());
}

Key private_key(const SigningSeed &seed) {
  return Key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.data(), seed.size()));
}

[[noreturn]] void crypto_failure(const char *what) {
  throw Failure(Status::internal, std::string("the crypto library refused to ") + what);
}

}  // namespace

SigningSeed new_signing_seed() {
  SigningSeed seed;
  fill_random(seed);
  return seed;
}

PublicKey public_key_of(const SigningSeed &seed) {
  const Key key = private_key(seed);
  PublicKey out{};
  std::size_t length = out.size();
  if (!key || EVP_PKEY_get_raw_public_key(key.get(), out.data(), &length) != 1 ||
      length != out.size())
    crypto_failure("make a public key");
  return out;
}

Signature sign(const SigningSeed &seed, std::string_view text) {
  const Key key = private_key(seed);
  const Context context(EVP_MD_CTX_new());
  Signature out{};
  std::size_t length = out.size();
  if (!key || !context ||
      EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) != 1 ||
      EVP_DigestSign(context.get(), out.data(), &length, bytes_of(text), text.size()) != 1 ||
      length != out.size())
    crypto_failure("sign");
  return out;
}

bool verify(const PublicKey &public_key, std::string_view text, const Signature &signature) {
  const Key key(
      EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, public_key.data(), public_key.size()));
  const Context context(EVP_MD_CTX_new());
  if (!key || !context) return false;
  return EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
         EVP_DigestVerify(context.get(), signature.data(), signature.size(), bytes_of(text),
                          text.size()) == 1;
}

void wipe(SigningSeed &seed) { OPENSSL_cleanse(seed.data(), seed.size()); }

}  // namespace heard
