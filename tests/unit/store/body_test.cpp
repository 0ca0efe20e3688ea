// Both forms of a body: golden bytes, closing fields, and bytes that are no body at all.
#include <boost/test/unit_test.hpp>
#include <numeric>

#include "base/failure.hpp"
#include "store/body.hpp"
#include "store/registry.hpp"
#include "unit/store/golden.hpp"

using namespace heard;
using golden::bytes;
using golden::Line;
using store::Body;
using store::FieldList;
using store::Group;

namespace {

/// One body of the golden file with all its forms.
struct Vector {
  std::string master, form_0, commitment;
  std::vector<std::pair<std::uint16_t, std::string>> fields;
  std::vector<std::pair<std::string, std::string>> form_1;  ///< closed places, bytes
};

std::vector<Vector> vectors() {
  std::vector<Vector> all;
  for (const Line &line : golden::lines("body.txt")) {
    if (line[0] == "body") all.emplace_back().master = bytes(line[1]);
    Vector &last = all.back();
    if (line[0] == "field")
      last.fields.emplace_back(static_cast<std::uint16_t>(std::stoul(line[1])), bytes(line[2]));
    if (line[0] == "form_0") last.form_0 = bytes(line[1]);
    if (line[0] == "commitment") last.commitment = line[1];
    if (line[0] == "form_1") last.form_1.emplace_back(line[1], bytes(line[2]));
  }
  return all;
}

std::vector<std::size_t> places(const std::string &text) {
  std::vector<std::size_t> all;
  if (text != "-")
    for (const std::string_view place : split(text, ','))
      all.push_back(static_cast<std::size_t>(to_int(place).value()));
  return all;
}

Body contact_body() {
  FieldList fields;
  fields.text(store::field_id::text, "The bus was late again").number(store::field_id::at, -7);
  fields.text(store::field_id::actor, "staff:7").text(store::field_id::subject, "Late bus");
  fields.group(store::field_id::party_personal, Group().text(1, "sis:guardian:9").text(2, "Zoë"));
  fields.group(store::field_id::party_personal, Group().text(1, "sis:guardian:10"));
  return Body::sealed(std::move(fields).take());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(body)

BOOST_AUTO_TEST_CASE(form_0_reads_and_writes_the_golden_bytes) {
  const auto all = vectors();
  BOOST_TEST(all.size() == 4u);
  for (const Vector &vector : all) {
    const Body body = Body::decode(0, vector.master, vector.form_0);
    BOOST_TEST(hex(body.commitment()) == vector.commitment);
    BOOST_TEST((body.encode() == vector.form_0));
    BOOST_TEST((body.salt() == vector.master));
    BOOST_REQUIRE_EQUAL(body.fields().size(), vector.fields.size());
    for (std::size_t i = 0; i < vector.fields.size(); ++i) {
      BOOST_TEST(body.fields()[i].id == vector.fields[i].first);
      BOOST_TEST((body.fields()[i].value == vector.fields[i].second));
    }
  }
}

BOOST_AUTO_TEST_CASE(form_1_is_the_golden_one_with_none_one_and_all_fields_closed) {
  for (const Vector &vector : vectors())
    for (const auto &[closed, expected] : vector.form_1) {
      Body body = Body::decode(0, vector.master, vector.form_0);
      body.close(places(closed));
      BOOST_TEST((body.encode() == expected), "closed " << closed);
      BOOST_TEST(body.form() == 1);
      BOOST_TEST(body.salt().empty());
      const Body read_back = Body::decode(1, "", expected);
      BOOST_TEST(hex(read_back.commitment()) == vector.commitment);
      BOOST_TEST((read_back.encode() == expected));
    }
}

BOOST_AUTO_TEST_CASE(fields_stand_in_order_of_id_and_repeated_ones_keep_theirs) {
  const Body body = contact_body();
  std::vector<int> ids;
  for (const auto &field : body.fields()) ids.push_back(field.id);
  BOOST_TEST(ids == (std::vector<int>{1, 5, 26, 26, 27, 28}), boost::test_tools::per_element());
  const auto parties = body.groups(store::field_id::party_personal);
  BOOST_TEST(parties.at(0)->text(1) == "sis:guardian:9");
  BOOST_TEST(parties.at(1)->text(1) == "sis:guardian:10");
  BOOST_TEST(body.number(store::field_id::at) == -7);
  BOOST_TEST(body.text(store::field_id::purpose) == "");
}

BOOST_AUTO_TEST_CASE(equal_fields_of_two_bodies_have_different_digests) {
  Body a = contact_body();
  Body b = contact_body();
  BOOST_TEST((a.commitment() != b.commitment()));
  a.close({0});
  b.close({0});
  BOOST_TEST((a.fields()[0].digest != b.fields()[0].digest));
}

BOOST_AUTO_TEST_CASE(closing_one_repeated_item_keeps_the_other_and_the_commitment) {
  Body body = contact_body();
  const Hash before = body.commitment();
  body.close({2});
  const Body stored = Body::decode(1, "", body.encode());
  BOOST_TEST((stored.commitment() == before));
  const auto parties = stored.groups(store::field_id::party_personal);
  BOOST_TEST(!parties.at(0).has_value());
  BOOST_TEST(parties.at(1)->text(1) == "sis:guardian:10");
  BOOST_TEST(stored.is_closed(store::field_id::party_personal));
  BOOST_TEST(!stored.is_closed(store::field_id::subject));
  BOOST_TEST(body.encode().find("sis:guardian:9") == std::string::npos);
  BOOST_TEST(body.encode().find("Zoë") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(closing_again_adds_to_what_is_closed) {
  Body body = contact_body();
  const Hash before = body.commitment();
  body.close({2});
  body.close({2, 4});
  BOOST_TEST((body.commitment() == before));
  BOOST_TEST(body.is_closed(store::field_id::subject));
}

BOOST_AUTO_TEST_CASE(every_truncation_of_a_body_is_refused_or_is_a_body_of_fewer_fields) {
  Body body = contact_body();
  const std::size_t whole = body.fields().size();
  for (const int form : {0, 1}) {
    if (form == 1) body.close({2, 4});
    const std::string stored = body.encode();
    for (std::size_t length = 0; length < stored.size(); ++length) {
      try {
        const Body cut = Body::decode(form, body.salt(), stored.substr(0, length));
        BOOST_TEST(cut.fields().size() < whole);
        BOOST_TEST((cut.commitment() != body.commitment()));
      } catch (const Failure &failure) {
        BOOST_TEST((failure.status() == Status::corrupt));
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(bytes_that_are_no_body_are_called_damaged) {
  const std::string salt(32, 's');
  const std::string open_flag_2 = std::string("\0\x01\x02", 3) + std::string(32, 'd');
  const std::tuple<int, std::string, std::string> cases[] = {
      {2, salt, ""},                                               // a form nobody knows
      {0, "", ""},                                                 // no master salt
      {0, salt.substr(1), ""},                                     // a short one
      {1, salt, ""},                                               // form 1 keeps none
      {0, salt, std::string("\0\x05\xff\xff\xff\xff", 6)},         // a length beyond the end
      {0, salt, std::string("\0\x05\0\0\0\0\0\x01\0\0\0\0", 12)},  // out of order
      {1, "", open_flag_2},                                        // neither open nor closed
  };
  for (const auto &[form, master, fields] : cases)
    BOOST_CHECK_EXCEPTION(Body::decode(form, master, fields), Failure,
                          [](const Failure &f) { return f.status() == Status::corrupt; });
  BOOST_CHECK_THROW(Group::decode(std::string("\x01\x05zo", 4)), Failure);
  BOOST_CHECK_THROW(Group::decode(std::string("\x01\xff\0\0\0", 5)), Failure);
}

BOOST_AUTO_TEST_CASE(the_registry_names_every_number_once) {
  std::vector<int> ids;
  std::vector<std::string> names;
  for (const auto &row : store::fields()) {
    ids.push_back(row.id);
    names.emplace_back(row.name);
    BOOST_TEST(store::field(row.id) == &row);
  }
  for (const auto &row : store::kinds()) {
    BOOST_TEST((store::kind(row.name) == row.kind));
    BOOST_TEST(store::to_text(row.kind) == row.name);
  }
  std::sort(names.begin(), names.end());
  BOOST_TEST((std::adjacent_find(names.begin(), names.end()) == names.end()));
  std::sort(ids.begin(), ids.end());
  BOOST_TEST((std::adjacent_find(ids.begin(), ids.end()) == ids.end()));
  BOOST_TEST(store::field(9999) == nullptr);
  BOOST_TEST(!store::kind("nothing.happened").has_value());
}

BOOST_AUTO_TEST_SUITE_END()
