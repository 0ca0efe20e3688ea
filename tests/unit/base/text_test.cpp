// UTF-8, trimming, hexadecimal, numbers.
#include "base/text.hpp"

#include <boost/test/unit_test.hpp>

using namespace heard;
using namespace std::string_view_literals;

BOOST_AUTO_TEST_SUITE(text)

BOOST_AUTO_TEST_CASE(well_formed_utf8_is_told_from_the_rest) {
  for (const std::string_view good :
       {""sv, "plain"sv, "\xC2\x80"sv, "Zo\xC3\xAB"sv, "\xE0\xA0\x80"sv, "\xED\x9F\xBF"sv,
        "\xEE\x80\x80"sv, "\xEF\xBF\xBF"sv, "\xF0\x90\x80\x80"sv, "\xF4\x8F\xBF\xBF"sv})
    BOOST_TEST_CONTEXT(to_hex(good)) BOOST_TEST(is_utf8(good));
  for (const std::string_view bad :
       {"\0"sv, "a\0b"sv, "\x80"sv, "\xC3"sv, "\xC0\x80"sv, "\xC1\xBF"sv, "\xE0\x9F\xBF"sv,
        "\xED\xA0\x80"sv, "\xE2\x82"sv, "\xF0\x8F\xBF\xBF"sv, "\xF4\x90\x80\x80"sv,
        "\xF5\x80\x80\x80"sv, "\xFF"sv, "\xC3\x28"sv, "ok\xC3"sv})
    BOOST_TEST_CONTEXT(to_hex(bad)) BOOST_TEST(!is_utf8(bad));
}

BOOST_AUTO_TEST_CASE(one_bad_byte_is_seen_wherever_it_stands_in_a_long_text) {
  const std::string plain = "The bus was late\x01\x7f.";
  for (std::size_t at = 0; at < plain.size(); ++at) {
    for (const char bad : {'\0', '\x80', '\xFF'}) {
      std::string text = plain;
      text[at] = bad;
      BOOST_TEST(!is_utf8(text), "at " << at);
    }
    BOOST_TEST(is_utf8(std::string(plain).insert(at, "\xC3\xAB")), "at " << at);
  }
  BOOST_TEST(is_utf8(plain));
}

BOOST_AUTO_TEST_CASE(digits_are_put_with_zeros_before_them) {
  std::string text = "in ";
  put_digits(text, 7, 3);
  put_digits(text, 2026, 4);
  put_digits(text, 0, 2);
  BOOST_TEST(text == "in 007202600");
}

BOOST_AUTO_TEST_CASE(trimming_takes_blanks_off_both_ends_only) {
  BOOST_TEST(trimmed(" \t\r\n a b \n") == "a b");
  BOOST_TEST(trimmed("a") == "a");
  BOOST_TEST(trimmed(" \n ") == "");
}

BOOST_AUTO_TEST_CASE(hexadecimal_goes_there_and_back) {
  BOOST_TEST(to_hex("\x00\x7f\xff"sv) == "007fff");
  BOOST_TEST(from_hex("007FfF").value() == "\x00\x7f\xff"sv);
  BOOST_TEST(from_hex("").value() == "");
  for (const std::string_view bad : {"0"sv, "0g"sv, "0x00"sv, " 00"sv})
    BOOST_TEST_CONTEXT(bad) BOOST_TEST(!from_hex(bad).has_value());
}

BOOST_AUTO_TEST_CASE(whole_numbers_use_all_of_the_text) {
  BOOST_TEST(to_int("0").value() == 0);
  BOOST_TEST(to_int("-12").value() == -12);
  BOOST_TEST(to_int("9223372036854775807").value() == INT64_MAX);
  BOOST_TEST(to_int("-9223372036854775808").value() == INT64_MIN);
  for (const std::string_view bad :
       {""sv, "-"sv, "+1"sv, " 1"sv, "1 "sv, "1.0"sv, "1e3"sv, "0x1"sv, "9223372036854775808"sv})
    BOOST_TEST_CONTEXT(bad) BOOST_TEST(!to_int(bad).has_value());
}

BOOST_AUTO_TEST_CASE(splitting_keeps_empty_parts) {
  const auto check = [](std::string_view whole, std::vector<std::string_view> wanted) {
    const auto parts = split(whole, ',');
    BOOST_CHECK_EQUAL_COLLECTIONS(parts.begin(), parts.end(), wanted.begin(), wanted.end());
  };
  check("", {""});
  check("a", {"a"});
  check(",a,,b,", {"", "a", "", "b", ""});
}

BOOST_AUTO_TEST_CASE(lowering_touches_ascii_letters_only) {
  BOOST_TEST(lowered("AZaz09-\xC3\x84") == "azaz09-\xC3\x84");
}

BOOST_AUTO_TEST_SUITE_END()
