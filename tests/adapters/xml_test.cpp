// The XML reader: what it accepts, what it refuses, and that hashes follow content alone.
#include <heard/heard.h>

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "feed/failure.hpp"
#include "xml/encodings.hpp"
#include "xml/record_reader.hpp"
#include "xml/record_tree.hpp"

namespace {

using heard::xml::Limits;
using heard::xml::Tape;

constexpr std::string_view kWanted[] = {"name", "email", "photoless"};
constexpr heard::xml::Shape kShape{"xStudents", "xStudent", kWanted};

struct Read {
  std::vector<Tape> tapes;
  std::int32_t status = HEARD_OK;
  std::string message;
};

Read read(std::string_view document, std::size_t block = 1 << 16, const Limits &limits = {},
          std::string charset = {}) {
  Read result;
  heard::xml::RecordReader reader(kShape, limits,
                                  [&](const Tape &tape) { result.tapes.push_back(tape); });
  const auto source = heard::xml::open_source(reader, limits, std::move(charset));
  try {
    for (std::size_t at = 0; at < document.size(); at += block) {
      source->feed(document.substr(at, block));
    }
    source->finish();
  } catch (const heard::feed::Failure &failure) {
    result.status = failure.status();
    result.message = failure.what();
  }
  return result;
}

std::string collection(std::string_view records) {
  return "<xStudents>" + std::string(records) + "</xStudents>";
}

std::string student(std::string_view inside) {
  return collection("<xStudent refId='1'>" + std::string(inside) + "</xStudent>");
}

/// The record's name/givenName, as a mapping would read it.
std::string given(const Read &result) {
  BOOST_REQUIRE_EQUAL(result.tapes.size(), 1U);
  heard::xml::RecordTree tree;
  return heard::xml::text_at(&tree.build(result.tapes[0]), {"name", "givenName"});
}

std::string given_in(std::string_view document, std::string charset = {}) {
  return given(read(document, 1 << 16, {}, std::move(charset)));
}

bool same_hash(std::string_view a, std::string_view b) {
  const Read first = read(student(a)), second = read(student(b));
  BOOST_REQUIRE_EQUAL(first.tapes.size(), 1U);
  BOOST_REQUIRE_EQUAL(second.tapes.size(), 1U);
  return first.tapes[0].hash("s") == second.tapes[0].hash("s");
}

bool contains(const std::string &text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_record_is_the_same_in_blocks_of_any_size) {
  const std::string document = student("<name><givenName>Zo\xC3\xAB &amp; co</givenName></name>");
  for (const std::size_t block : {1U, 2U, 3U, 7U, 64U}) {
    BOOST_TEST(given(read(document, block)) == "Zo\xC3\xAB & co");
  }
}

BOOST_AUTO_TEST_CASE(spacing_quotes_cdata_comments_prefixes_and_attribute_order_are_no_change) {
  const std::string plain = "<name a='1' b='2'><givenName>Ada</givenName></name>";
  const std::string_view same[] = {
      "\n  <name a='1' b='2'>\n <givenName>Ada</givenName>\n</name>\n",
      "<name b=\"2\" a=\"1\"><givenName>Ada</givenName></name>",
      "<name a='1' b='2'><givenName><![CDATA[Ada]]></givenName></name>",
      "<name a='1' b='2'><givenName>A<!-- x -->da</givenName></name>",
      "<name a='1' b='2'><givenName>\n    Ada\n  </givenName></name>",
      "<name a='1' b='2'><givenName>&#65;da</givenName></name>",
      "<s:name xmlns:s='urn:x' a='1' b='2'><s:givenName>Ada</s:givenName></s:name>"};
  for (const std::string_view other : same) BOOST_TEST(same_hash(plain, other), other);
}

BOOST_AUTO_TEST_CASE(every_difference_in_content_is_a_change) {
  const std::string plain = "<name a='1'><givenName>Ada</givenName></name>";
  const std::string_view different[] = {
      "<name a='1'><givenName>Adb</givenName></name>",
      "<name a='2'><givenName>Ada</givenName></name>",
      "<name b='1'><givenName>Ada</givenName></name>",
      "<name a='1'><familyName>Ada</familyName></name>",  // a renamed element must be noticed
      "<name a='1'><givenName>A</givenName><givenName>da</givenName></name>",
      "<name a='1'/><givenName>Ada</givenName>",
      "<name a='1'><givenName>Ada</givenName></name><email/>"};
  for (const std::string_view other : different) BOOST_TEST(!same_hash(plain, other), other);
}

BOOST_AUTO_TEST_CASE(what_came_before_in_the_document_does_not_change_a_hash) {
  const std::string first =
      "<xStudent refId='1'><name><givenName>Ada</givenName></name></xStudent>";
  const std::string second =
      "<xStudent refId='2'><email><emailAddress>b@x</emailAddress></email>"
      "</xStudent>";
  const Read forward = read(collection(first + second)),
             backward = read(collection(second + first));
  BOOST_TEST((forward.tapes[0].hash("s") == backward.tapes[1].hash("s")));
  BOOST_TEST((forward.tapes[1].hash("s") == backward.tapes[0].hash("s")));
  BOOST_TEST((forward.tapes[0].hash("s") != forward.tapes[0].hash("t")));
}

BOOST_AUTO_TEST_CASE(what_is_not_wanted_is_not_kept_and_may_be_of_any_size) {
  const std::string photo(1 << 20, 'x');
  const Read with = read(student("<photo>" + photo +
                                 "</photo><name><givenName>Ada</givenName>"
                                 "</name>"));
  BOOST_TEST(given(with) == "Ada");
  BOOST_TEST(with.tapes[0].size() < 200U);
}

BOOST_AUTO_TEST_CASE(a_single_object_may_be_the_whole_document) {
  BOOST_TEST(given_in("<xStudent refId='1'><name><givenName>Ada</givenName></name></xStudent>") ==
             "Ada");
}

BOOST_AUTO_TEST_CASE(encodings_of_real_feeds_are_read) {
  const std::string body = "<name><givenName>\xE9\xA4\xA8</givenName></name>";
  const auto declared = [&](const std::string &encoding) {
    return "<?xml version='1.0' encoding='" + encoding + "'?>" + student(body);
  };
  BOOST_TEST(given_in(declared("ISO-8859-1")) == "\xC3\xA9\xC2\xA4\xC2\xA8");
  BOOST_TEST(given_in(declared("ISO-8859-15")) == "\xC3\xA9\xE2\x82\xAC\xC5\xA1");
  BOOST_TEST(given_in("<?xml version='1.0' encoding='windows-1252'?>" +
                      student("<name><givenName>\x80\x9C</givenName></name>")) ==
             "\xE2\x82\xAC\xC5\x93");
  BOOST_TEST(given_in(student(body), "iso-8859-15") == "\xC3\xA9\xE2\x82\xAC\xC5\xA1");
  BOOST_TEST(given_in("\xEF\xBB\xBF" + student("<name><givenName>\xC3\xA9</givenName></name>"),
                      "iso-8859-1") == "\xC3\xA9");
  BOOST_TEST(given_in("<?xml version='1.0' encoding='utf-16'?>" +
                      student("<name><givenName>\xC3\xA9</givenName></name>")) == "\xC3\xA9");
  BOOST_TEST(read("<?xml version='1.0' encoding='koi8-r'?>" + student(body)).status == HEARD_E_IO);
}

BOOST_AUTO_TEST_CASE(hostile_and_broken_documents_are_refused_with_line_and_column) {
  struct Case {
    std::string document;
    std::int32_t status;
    std::string_view says;
  };
  const std::string laughs =
      "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]>" + student("&b;");
  const Case cases[] = {
      {laughs, HEARD_E_IO, "DOCTYPE"},
      {"<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>" + student("&e;"), HEARD_E_IO,
       "DOCTYPE"},
      {"<!DOCTYPE x [<!ENTITY % p SYSTEM 'http://x/'> %p;]>" + student(""), HEARD_E_IO, "DOCTYPE"},
      {"<!DOCTYPE x []>" + student(""), HEARD_E_IO, "DOCTYPE"},
      {"<!DOCTYPE xStudents SYSTEM 'x.dtd'>" + student("<name>&who;</name>"), HEARD_E_IO, "entity"},
      {student("<name>&who;</name>"), HEARD_E_IO, "entity"},
      {student("<name>\x01</name>"), HEARD_E_IO, "not XML"},
      {student("<name>\xED\xA0\x80</name>"), HEARD_E_IO, "not XML"},
      {student("") + student(""), HEARD_E_IO, "not XML"},
      {"id,name\n", HEARD_E_IO, "not XML"},
      {"", HEARD_E_IO, "too early"},
      {"<xStudents>", HEARD_E_IO, "too early"},
      {"<xStudents><xStud", HEARD_E_IO, "too early"},
      {"<environment/>", HEARD_E_IO, "<environment>"},
  };
  for (const Case &c : cases) {
    const Read result = read(c.document);
    BOOST_TEST(result.status == c.status, c.document << ": " << result.message);
    BOOST_TEST(contains(result.message, c.says), c.document << ": " << result.message);
    BOOST_TEST(!contains(result.message, "passwd"));
  }
  BOOST_TEST(contains(read(laughs).message, "line 1, column "));
}

BOOST_AUTO_TEST_CASE(a_doctype_that_only_names_a_file_is_tolerated) {
  BOOST_TEST(given_in("<!DOCTYPE xStudents SYSTEM \"http://127.0.0.1:9/x.dtd\">" +
                      student("<name><givenName>Ada</givenName></name>")) == "Ada");
}

BOOST_AUTO_TEST_CASE(a_document_cut_anywhere_is_an_error) {
  const std::string document = student("<name><givenName>Ada</givenName></name>");
  for (std::size_t length = 0; length < document.size(); ++length) {
    BOOST_TEST(read(document.substr(0, length)).status == HEARD_E_IO, length);
  }
}

BOOST_AUTO_TEST_CASE(every_amount_has_a_limit) {
  std::string deep, attributes, big_text;
  for (int i = 0; i < 70; ++i) deep += "<name>";
  for (int i = 0; i < 65; ++i) attributes += " a" + std::to_string(i) + "='1'";
  const std::string letters(70 << 10, 'x');
  for (int i = 0; i < 20; ++i) big_text += "<email>" + letters.substr(0, 60 << 10) + "</email>";
  const std::string documents[] = {
      student(deep),
      student("<photo>" + deep),
      student("<name" + attributes + "/>"),
      student("<name a='" + letters + "'/>"),
      student("<" + std::string(300, 'n') + "/>"),
      student("<name>" + letters + "</name>"),
      student(big_text),
      student("<!--" + std::string(5 << 20, '-').replace(0, 5 << 20, 5 << 20, 'c') + "-->"),
  };
  for (const std::string &document : documents) {
    const Read result = read(document);
    BOOST_TEST(result.status == HEARD_E_LIMIT, document.substr(0, 60) << ": " << result.message);
    BOOST_TEST(result.message.substr(0, 5) == "line ");
    BOOST_TEST(result.message.size() < 200U);
  }
  Limits small;
  small.document_bytes = 100;
  BOOST_TEST(read(student(std::string(100, ' ')), 10, small).status == HEARD_E_LIMIT);
}

BOOST_AUTO_TEST_CASE(the_tree_is_rebuilt_for_each_record) {
  const Read result = read(
      collection("<xStudent refId='1'><name><givenName>Ada</givenName></name></xStudent>"
                 "<xStudent refId='2'><name x='y'><givenName>Bo</givenName></name></xStudent>"));
  heard::xml::RecordTree tree;
  BOOST_TEST(heard::xml::text_at(&tree.build(result.tapes[0]), {"name", "givenName"}) == "Ada");
  const auto &second = tree.build(result.tapes[1]);
  BOOST_TEST(heard::xml::text_at(&second, {"name", "givenName"}) == "Bo");
  BOOST_TEST(second.FirstChildElement("name")->Attribute("x") == std::string("y"));
  BOOST_TEST(second.NextSibling() == nullptr);
  BOOST_TEST(tree.built() == 2U);
}
