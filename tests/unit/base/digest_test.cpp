// Published vectors: SHA-256 from FIPS 180-4's examples, HMAC from RFC 4231.
#include "base/digest.hpp"

#include <boost/test/unit_test.hpp>

#include "base/text.hpp"

using namespace heard;

BOOST_AUTO_TEST_SUITE(digest)

BOOST_AUTO_TEST_CASE(sha256_gives_the_published_values) {
  const struct {
    std::string bytes;
    const char *hash;
  } rows[] = {
      {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
      {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
      {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
       "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
      {std::string(1000000, 'a'),
       "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"},
  };
  for (const auto &row : rows) BOOST_TEST(hex(sha256(row.bytes)) == row.hash);
}

BOOST_AUTO_TEST_CASE(pieces_give_the_hash_of_the_whole_and_then_it_begins_anew) {
  Hasher hasher;
  hasher.update("a");
  hasher.update("");
  hasher.update("bc");
  BOOST_TEST(hex(hasher.finish()) == hex(sha256("abc")));
  BOOST_TEST(hex(hasher.finish()) == hex(sha256("")));
}

BOOST_AUTO_TEST_CASE(hmac_gives_the_published_values) {
  const struct {
    std::string key, bytes;
    const char *hash;
  } rows[] = {
      {std::string(20, '\x0b'), "Hi There",
       "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
      {"Jefe", "what do ya want for nothing?",
       "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
      {std::string(20, '\xaa'), std::string(50, '\xdd'),
       "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"},
      {std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First",
       "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
  };
  for (const auto &row : rows) BOOST_TEST(hex(hmac_sha256(row.key, row.bytes)) == row.hash);
}

BOOST_AUTO_TEST_CASE(keyed_id_is_the_first_half_of_the_keyed_hash) {
  BOOST_TEST(hex(keyed_id("Jefe", "what do ya want for nothing?")) ==
             "5bdcc146bf60754e6a042426089575c7");
}

BOOST_AUTO_TEST_CASE(random_ids_differ) {
  BOOST_TEST((random_id() != random_id()));
  BOOST_TEST((random_id() != kNoId));
}

BOOST_AUTO_TEST_CASE(ids_and_hashes_are_read_back_from_hexadecimal) {
  Id id = kNoId;
  BOOST_TEST(parse_id("00112233445566778899aabbccddeeff", id));
  BOOST_TEST(hex(id) == "00112233445566778899aabbccddeeff");
  BOOST_TEST(!parse_id("00112233445566778899aabbccddee", id));
  BOOST_TEST(!parse_id("00112233445566778899aabbccddeefg", id));
  Hash hash{};
  BOOST_TEST(parse_hash(hex(sha256("abc")), hash));
  BOOST_TEST((hash == sha256("abc")));
  BOOST_TEST(!parse_hash("00", hash));
}

BOOST_AUTO_TEST_CASE(secrets_are_equal_only_whole) {
  BOOST_TEST(same_secret("key", "key"));
  BOOST_TEST(same_secret("", ""));
  BOOST_TEST(!same_secret("key", "kez"));
  BOOST_TEST(!same_secret("key", "keys"));
}

BOOST_AUTO_TEST_SUITE_END()
