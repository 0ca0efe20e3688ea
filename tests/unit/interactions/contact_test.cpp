// One contact as a command states it: defaults, limits, words, and what counts as an answer.
#include "interactions/contact.hpp"

#include <boost/test/unit_test.hpp>

#include "base/failure.hpp"
#include "store/registry.hpp"

using namespace heard;
using interactions::Contact;
using interactions::contact_from;

namespace {

constexpr Millis kNow = 1795424400000;  // 2026-11-23T09:00Z

Contact contact(const std::string &json) {
  return contact_from(record_from_json("contact", json), kNow);
}

std::string refused_field(const std::string &json) {
  try {
    contact(json);
  } catch (const Failure &failure) {
    for (const auto &[name, value] : failure.details())
      if (name == "field") return value;
    return "?";
  }
  return "none";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(contacts)

BOOST_AUTO_TEST_CASE(what_is_not_said_has_its_default) {
  const Contact call = contact(R"({"channel": "phone"})");
  BOOST_TEST(call.is_inbound());
  BOOST_TEST(call.needs_response);
  BOOST_TEST((call.human && call.is_public && !call.bulk && !call.answered));
  BOOST_TEST(call.occurred_at == kNow);
  BOOST_TEST(!call.occurred_at_given);
  BOOST_TEST(!contact(R"({"channel": "phone", "direction": "outbound"})").needs_response);
  BOOST_TEST(!contact(R"({"channel": "phone", "direction": "internal"})").is_public);
  BOOST_TEST(!contact(R"({"channel": "phone", "corrects": 5})").needs_response);
}

BOOST_AUTO_TEST_CASE(a_human_public_single_message_that_left_the_house_is_an_answer) {
  const std::pair<const char *, bool> cases[] = {
      {R"("direction": "outbound")", true},
      {R"("direction": "outbound", "delivery": "sent")", true},
      {R"("direction": "outbound", "delivery": "read")", true},
      {R"("direction": "outbound", "delivery": "failed")", false},
      {R"("direction": "outbound", "delivery": "attempted")", false},
      {R"("direction": "outbound", "human": 0)", false},
      {R"("direction": "outbound", "public": 0)", false},
      {R"("direction": "outbound", "bulk": 1)", false},
      {R"("direction": "internal")", false},
      {R"("direction": "inbound")", false},
      {R"("direction": "inbound", "answered": 1)", true},
      {R"("direction": "inbound", "answered": 1, "human": 0)", false}};
  for (const auto &[fields, answers] : cases)
    BOOST_TEST(
        contact(R"({"channel": "phone", )" + std::string(fields) + "}").answers_family() == answers,
        fields);
}

BOOST_AUTO_TEST_CASE(words_keys_lengths_and_times_are_checked_and_the_field_is_named) {
  const std::pair<const char *, std::string> cases[] = {
      {"none", R"({"channel": "other"})"},
      {"channel", "{}"},
      {"channel", R"({"channel": "pigeon"})"},
      {"direction", R"({"channel": "sms", "direction": "sideways"})"},
      {"priority", R"({"channel": "sms", "priority": "mild"})"},
      {"delivery", R"({"channel": "sms", "delivery": "lost"})"},
      {"from", R"({"channel": "sms", "from": "nobody"})"},
      {"to", R"({"channel": "sms", "to": ["staff:1", "nobody"]})"},
      {"about", R"({"channel": "sms", "about": [":"]})"},
      {"requester", R"({"channel": "sms", "requester": "nobody"})"},
      {"source", R"({"channel": "sms", "host_ref": "1"})"},
      {"occurred_at", R"({"channel": "sms", "occurred_at": 1795424400001})"},
      {"occurred_at", R"({"channel": "sms", "occurred_at": 0})"},
      {"none", R"({"channel": "sms", "subject": ")" + std::string(1000, 'x') + R"("})"},
      {"subject", R"({"channel": "sms", "subject": ")" + std::string(1001, 'x') + R"("})"},
      {"none", R"({"channel": "sms", "text": ")" + std::string(262144, 'x') + R"("})"},
      {"text", R"({"channel": "sms", "text": ")" + std::string(262145, 'x') + R"("})"}};
  for (const auto &[field, json] : cases)
    BOOST_TEST(refused_field(json) == field, json.substr(0, 60));
}

BOOST_AUTO_TEST_CASE(the_first_differing_field_is_named_unless_it_was_erased) {
  const Contact sent = contact(R"({"channel": "sms", "text": "a", "subject": "s"})");
  store::FieldList fields;
  encode_contact(sent, fields);
  store::Body body = store::Body::sealed(std::move(fields).take());
  BOOST_TEST(differing_field(sent, body) == "");
  const Contact other = contact(R"({"channel": "sms", "text": "b", "subject": "s"})");
  BOOST_TEST(differing_field(other, body) == "text");
  for (std::size_t i = 0; i < body.fields().size(); ++i)
    if (body.fields()[i].id == store::field_id::text) body.close({i});
  BOOST_TEST(differing_field(other, body) == "");
}

BOOST_AUTO_TEST_SUITE_END()
