// Ed25519: the test vectors of RFC 8032, and what must not verify.
#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "base/signature.hpp"
#include "base/text.hpp"

using namespace heard;

namespace {

struct Vector {
  const char *seed, *key, *text, *signature;
};

// RFC 8032, 7.1: tests 1, 2 and 3.
const Vector kVectors[] = {
    {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
     "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
     "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
     "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"},
    {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
     "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
     "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
     "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"},
    {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
     "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
     "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
     "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"}};

template <std::size_t N>
std::array<std::uint8_t, N> array_of(const char *hex) {
  const std::string bytes = from_hex(hex).value();
  BOOST_TEST_REQUIRE(bytes.size() == N);
  std::array<std::uint8_t, N> out{};
  std::copy(bytes.begin(), bytes.end(), out.begin());
  return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(signature)

BOOST_AUTO_TEST_CASE(published_vectors_are_signed_and_verified) {
  for (const Vector &vector : kVectors) {
    const auto seed = array_of<32>(vector.seed);
    const std::string text = from_hex(vector.text).value();
    const Signature wanted = array_of<64>(vector.signature);
    BOOST_TEST((public_key_of(seed) == array_of<32>(vector.key)));
    BOOST_TEST((sign(seed, text) == wanted));
    BOOST_TEST(verify(array_of<32>(vector.key), text, wanted));
  }
}

BOOST_AUTO_TEST_CASE(any_other_bit_does_not_verify) {
  const SigningSeed seed = new_signing_seed();
  const PublicKey key = public_key_of(seed);
  const std::string text = "18 entries";
  const Signature good = sign(seed, text);
  BOOST_TEST(verify(key, text, good));
  BOOST_TEST(!verify(key, "19 entries", good));
  BOOST_TEST(!verify(public_key_of(new_signing_seed()), text, good));
  for (std::size_t bit = 0; bit < 512; ++bit) {
    Signature bad = good;
    bad[bit / 8] = static_cast<std::uint8_t>(bad[bit / 8] ^ (1 << bit % 8));
    BOOST_TEST(!verify(key, text, bad));
  }
}

BOOST_AUTO_TEST_CASE(a_wiped_seed_is_gone) {
  SigningSeed seed = new_signing_seed();
  BOOST_TEST((seed != new_signing_seed()));
  wipe(seed);
  BOOST_TEST((seed == SigningSeed{}));
}

BOOST_AUTO_TEST_SUITE_END()
