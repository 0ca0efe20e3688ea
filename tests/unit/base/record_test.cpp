// Records: setting and reading fields, JSON there and back, what is refused.
#include "base/record.hpp"

#include <boost/test/unit_test.hpp>

#include "base/failure.hpp"

using namespace heard;

namespace {

Record parsed(std::string_view json) { return record_from_json("thing", json); }

void check_refused(std::string_view json) {
  BOOST_TEST_CONTEXT(json.substr(0, 60))
  BOOST_CHECK_EXCEPTION(parsed(json), Failure, [](const Failure &failure) {
    return failure.status() == Status::argument;
  });
}

std::string nested(int levels) {
  std::string json;
  for (int i = 0; i < levels; ++i) json += "{\"a\":";
  return json + "1" + std::string(static_cast<std::size_t>(levels), '}');
}

}  // namespace

BOOST_AUTO_TEST_SUITE(record)

BOOST_AUTO_TEST_CASE(fields_keep_the_order_of_their_first_setting) {
  Record record("thing");
  record.set("b", 1).set("a", "text").set("b", 2);
  BOOST_REQUIRE(record.fields().size() == 2u);
  BOOST_TEST(record.fields()[0].first == "b");
  BOOST_TEST(record.number("b") == 2);
  BOOST_TEST(record.kind() == "thing");
  record.erase("b");
  BOOST_TEST(!record.has("b"));
}

BOOST_AUTO_TEST_CASE(reading_is_lenient_and_falls_back) {
  Record record;
  record.set("text", "t").set("number", 7).set("list", std::vector<std::string>{"x", "y"});
  BOOST_TEST(record.text("number", "none") == "none");
  BOOST_TEST(record.number("text", -1) == -1);
  BOOST_TEST(record.flag("number"));
  BOOST_TEST(record.flag("absent", true));
  BOOST_TEST(record.texts("list").size() == 2u);
  BOOST_TEST(record.texts("text").front() == "t");
  BOOST_TEST(record.texts("absent").empty());
  BOOST_TEST(record.records("text").empty());
}

BOOST_AUTO_TEST_CASE(lists_grow_and_refuse_another_type) {
  Record record;
  record.add("names", "a").add("names", "b").add("things", Record("x").set("n", 1));
  BOOST_TEST(record.texts("names").size() == 2u);
  BOOST_TEST(record.records("things").front().number("n") == 1);
  record.set("number", 1);
  BOOST_CHECK_THROW(record.add("number", "a"), Failure);
  BOOST_CHECK_THROW(record.add("names", Record("x")), Failure);
}

BOOST_AUTO_TEST_CASE(json_goes_there_and_back) {
  const std::string json =
      "{\"text\":\"Zo\xC3\xAB \\\"q\\\" \\n\",\"number\":-5,\"big\":9223372036854775807,"
      "\"names\":[\"a\",\"b\"],\"things\":[{\"n\":1},{\"n\":2,\"deep\":[{\"m\":3}]}]}";
  const Record record = parsed(json);
  BOOST_TEST(record.text("text") == "Zo\xC3\xAB \"q\" \n");
  BOOST_TEST(record.number("big") == INT64_MAX);
  BOOST_TEST(record.records("things")[1].records("deep")[0].number("m") == 3);
  BOOST_TEST(to_json(record) == json);
  BOOST_TEST((parsed(to_json(record)) == record));
}

BOOST_AUTO_TEST_CASE(truth_becomes_a_number_null_is_absent_and_one_object_is_a_list_of_one) {
  const Record record = parsed("{\"yes\":true,\"no\":false,\"none\":null,\"one\":{\"n\":1}}");
  BOOST_TEST(record.number("yes") == 1);
  BOOST_TEST(record.has("no"));
  BOOST_TEST(!record.flag("no"));
  BOOST_TEST(!record.has("none"));
  BOOST_TEST(record.records("one").size() == 1u);
}

BOOST_AUTO_TEST_CASE(what_a_record_cannot_hold_is_refused) {
  for (const char *json :
       {"", "{", "[]", "1", "\"text\"", "{\"a\":1.5}", "{\"a\":1e3}", "{\"a\":9223372036854775808}",
        "{\"a\":[1,2]}", "{\"a\":[\"x\",{}]}", "{\"a\":[\"x\",1]}", "{\"a\":[[\"x\"]]}",
        "{\"a\":[null]}", "{\"a\":\"\\u0000\"}", "{\"a\\u0000\":1}", "{\"a\":\"\\ud800\"}",
        "{\"a\":1} x", "{\"a\":\"\xC3\x28\"}", "{\"a\":[\"\xFF\"]}"})
    check_refused(json);
}

BOOST_AUTO_TEST_CASE(depth_is_limited_before_the_stack_is) {
  BOOST_TEST(parsed(nested(64)).has("a"));
  check_refused(nested(70));
  check_refused(std::string(1000000, '['));
  check_refused("{\"a\":" + std::string(1000000, '['));
}

BOOST_AUTO_TEST_CASE(quoting_escapes_what_json_needs) {
  BOOST_TEST(json_quoted("a\"b\\\n") == "\"a\\\"b\\\\\\n\"");
}

// Setting one field moves the others: their texts were once read after they had moved.
BOOST_AUTO_TEST_CASE(a_text_of_the_record_itself_may_be_set_and_added) {
  Record record;
  record.set("from", "short");
  const auto from = [&] { return std::string_view(std::get<std::string>(*record.find("from"))); };
  record.set("copy", from());
  record.add("to", from());
  record.add("cc", from());
  BOOST_TEST(record.text("copy") == "short");
  BOOST_TEST(record.texts("to").front() == "short");
  BOOST_TEST(record.texts("cc").front() == "short");
}

BOOST_AUTO_TEST_SUITE_END()
