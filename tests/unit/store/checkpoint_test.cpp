// Checkpoints: the example of the specification, and texts that are none.
#include <boost/test/unit_test.hpp>

#include "base/base64.hpp"
#include "base/failure.hpp"
#include "store/checkpoint.hpp"

using namespace heard;
using namespace heard::store;

namespace {

const std::string kExample =
    "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
const std::string kSigned =
    kExample +
    "\n\xE2\x80\x94 example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4UR"
    "YN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n";

bool is_refused(const std::string &text) {
  try {
    parse_checkpoint(text);
    return false;
  } catch (const Failure &failure) {
    return failure.status() == Status::corrupt;
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(checkpoint)

BOOST_AUTO_TEST_CASE(the_example_of_the_specification_is_read_and_written) {
  const Note note = parse_note(kSigned);
  BOOST_TEST_REQUIRE(note.signatures.size() == 1u);
  BOOST_TEST(note.signatures[0].hash == 0x033de0aeU);
  BOOST_TEST(note.signatures[0].bytes.size() == 64u);
  const Checkpoint checkpoint = parse_checkpoint(note.text);
  BOOST_TEST(checkpoint.origin == "example.com/behind-the-sofa");
  BOOST_TEST(checkpoint.head.size == 20852163);
  BOOST_TEST(to_base64(view(checkpoint.head.root)) ==
             "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=");
  BOOST_TEST(format_checkpoint(checkpoint) == kExample);
}

BOOST_AUTO_TEST_CASE(extensions_are_kept_and_texts_that_are_none_refused) {
  BOOST_TEST(parse_checkpoint(kExample + "one\ntwo\n").extensions == "one\ntwo\n");
  BOOST_TEST(format_checkpoint(parse_checkpoint(kExample + "one\n")) == kExample + "one\n");
  const std::string root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
  for (const std::string &bad :
       {std::string(), std::string("a\n"), "\n1\n" + root, "a\n01\n" + root, "a\n-1\n" + root,
        "a\n1 \n" + root, "a\n+1\n" + root, "a\n99999999999999999999\n" + root,
        std::string("a\n1\nAAAA\n"), kExample + "\n", kExample + "no end",
        kExample.substr(0, kExample.size() - 1)})
    BOOST_TEST(is_refused(bad), bad);
}

BOOST_AUTO_TEST_CASE(a_short_receipt_names_ledger_place_and_root) {
  const Checkpoint checkpoint = parse_checkpoint(kExample);
  BOOST_TEST(short_receipt("heard.local/ledger/ab", 17, {18, checkpoint.head.root}) ==
             "heard.local/ledger/ab 17/18 0ac5186a91863e8e");
}

BOOST_AUTO_TEST_SUITE_END()
