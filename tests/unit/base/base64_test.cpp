// Base 64: the vectors of RFC 4648, and every spelling that is not the one.
#include <boost/test/unit_test.hpp>

#include "base/base64.hpp"

using namespace heard;

BOOST_AUTO_TEST_SUITE(base64)

BOOST_AUTO_TEST_CASE(the_published_vectors_go_both_ways) {
  const std::pair<const char *, const char *> known[] = {{"", ""},
                                                         {"f", "Zg=="},
                                                         {"fo", "Zm8="},
                                                         {"foo", "Zm9v"},
                                                         {"foob", "Zm9vYg=="},
                                                         {"fooba", "Zm9vYmE="},
                                                         {"foobar", "Zm9vYmFy"},
                                                         {"\xff\xfe\xfd", "//79"}};
  for (const auto &[bytes, text] : known) {
    BOOST_TEST(to_base64(bytes) == text);
    BOOST_TEST((from_base64(text) == std::string(bytes)));
  }
}

BOOST_AUTO_TEST_CASE(other_spellings_are_refused) {
  for (const char *text : {"Zg", "Zg=", "Zh==", "Zg==\n", " Zg==", "Zm9=", "Zm9v=", "====", "Z===",
                           "Zm9vZg==Zm9v", "Zm-_", "Zm9vYg==="})
    BOOST_TEST(!from_base64(text).has_value(), text);
}

BOOST_AUTO_TEST_SUITE_END()
