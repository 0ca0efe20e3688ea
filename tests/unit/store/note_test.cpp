// Signed notes: the keys and signatures other implementations publish, and hostile input.
#include <boost/test/unit_test.hpp>
#include <random>

#include "base/base64.hpp"
#include "base/failure.hpp"
#include "store/note.hpp"

using namespace heard;
using namespace heard::store;

namespace {

// Keys, text and signatures of the tests of Go's sumdb/note.
const std::string kPeter = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const std::string kPeterSeed = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
const std::string kEnoch = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop";
const std::string kText =
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n";
const std::string kPeterLine =
    "\xE2\x80\x94 PeterNeumann "
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqd"
    "ngotpRZb6KE6RyyBwJnAM=\n";
const std::string kEnochLine =
    "\xE2\x80\x94 EnochRoot "
    "rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTG"
    "wnWLox33WWd1RvMc+QQ=\n";

std::string refusal(const std::string &bytes) {
  try {
    parse_note(bytes);
  } catch (const Failure &failure) {
    BOOST_TEST(failure.message().find('\n') == std::string::npos);
    return failure.message();
  }
  return "";
}

std::string refused_key(const std::string &text) {
  try {
    parse_key(text);
  } catch (const Failure &failure) {
    return failure.message();
  }
  return "";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(note)

BOOST_AUTO_TEST_CASE(published_keys_are_read_and_written) {
  for (const std::string &text : {kPeter, kEnoch}) BOOST_TEST(format_key(parse_key(text)) == text);
  BOOST_TEST(parse_key(kPeter).hash == 0xc74f20a3U);
  BOOST_TEST(key_id(parse_key(kEnoch)) == "af0cfe78");
}

BOOST_AUTO_TEST_CASE(no_part_of_a_key_and_no_other_letter_is_a_key) {
  for (std::size_t from = 0; from < kPeter.size(); ++from)
    for (std::size_t to = from + 1; to <= kPeter.size(); ++to)
      if (from != 0 || to != kPeter.size())
        BOOST_TEST(refused_key(kPeter.substr(from, to - from)) != "");
  for (std::size_t at = 0; at < kPeter.size(); ++at) {
    std::string other = kPeter;
    ++other[at];
    BOOST_TEST(refused_key(other) != "", other);
  }
  // A key of the wrong length and one of an unknown type, both with the hash that fits.
  BOOST_TEST(
      refused_key("PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==") !=
      "");
  BOOST_TEST(refused_key("PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
                 .find("type") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_published_note_is_signed_to_the_byte) {
  const std::string seed_bytes = from_base64(kPeterSeed).value();
  SigningSeed seed{};
  std::copy(seed_bytes.begin() + 1, seed_bytes.end(), seed.begin());
  const VerifierKey key = verifier_key("PeterNeumann", public_key_of(seed));
  BOOST_TEST(format_key(key) == kPeter);
  const Signature signature = sign(seed, kText);
  const std::string_view bytes(reinterpret_cast<const char *>(signature.data()), signature.size());
  BOOST_TEST(format_note({kText, {note_signature(key, bytes)}}) == kText + "\n" + kPeterLine);
}

BOOST_AUTO_TEST_CASE(of_several_signatures_each_speaks_for_its_own_key) {
  const Note both = parse_note(kText + "\n" + kPeterLine + kEnochLine);
  BOOST_TEST(both.text == kText);
  BOOST_TEST(both.signatures.size() == 2u);
  BOOST_TEST(is_signed_by(both, parse_key(kPeter)));
  BOOST_TEST(is_signed_by(both, parse_key(kEnoch)));
  BOOST_TEST(format_note(both) == kText + "\n" + kPeterLine + kEnochLine);
  const Note one = parse_note(kText + "\n" + kEnochLine);
  BOOST_TEST(!is_signed_by(one, parse_key(kPeter)));
  const Note other = parse_note("X" + kText.substr(1) + "\n" + kPeterLine);
  BOOST_TEST(!is_signed_by(other, parse_key(kPeter)));
}

BOOST_AUTO_TEST_CASE(a_wrong_signature_beside_a_right_one_spoils_it) {
  Note note = parse_note(kText + "\n" + kPeterLine);
  note.signatures.push_back(note.signatures.front());
  note.signatures.back().bytes[7] = static_cast<char>(note.signatures.back().bytes[7] ^ 1);
  BOOST_TEST(!is_signed_by(note, parse_key(kPeter)));
}

BOOST_AUTO_TEST_CASE(what_is_no_note_is_refused_in_a_sentence) {
  const std::string good = kText + "\n" + kPeterLine;
  BOOST_TEST(refusal(good) == "");
  std::string many = kText + "\n";
  for (int i = 0; i < 101; ++i) many += kPeterLine;
  for (const std::string &bad :
       {std::string(), kText, kText + "\n", good.substr(0, good.size() - 1), "\x01" + good,
        "\xff" + good, kText + "\n\xE2\x80\x94 Bad Name AAAAAAAA\n", good + "Unexpected line.\n",
        kText + "\n\xE2\x80\x94 a+b AAAAAAAA\n", kText + "\n\xE2\x80\x94 a AAAA\n",
        kText + "\n\xE2\x80\x94 a !!!!\n", many, std::string("\n\n") + kPeterLine + "\r",
        std::string(1'100'000, 'x') + "\n" + good})
    BOOST_TEST(refusal(bad) != "", bad.substr(0, 60));
}

BOOST_AUTO_TEST_CASE(damaged_notes_are_refused_or_not_signed) {
  const std::string good = kText + "\n" + kPeterLine;
  const VerifierKey key = parse_key(kPeter);
  std::mt19937 random(7);
  for (int round = 0; round < 3000; ++round) {
    std::string bytes = good;
    const std::size_t at = random() % bytes.size();
    switch (random() % 3) {
      case 0:
        bytes[at] = static_cast<char>(bytes[at] ^ (1 << random() % 8));
        break;
      case 1:
        bytes.erase(at, 1 + random() % 9);
        break;
      default:
        bytes.insert(at, 1, static_cast<char>(random()));
    }
    if (bytes != good && refusal(bytes).empty()) BOOST_TEST(!is_signed_by(parse_note(bytes), key));
  }
}

BOOST_AUTO_TEST_SUITE_END()
