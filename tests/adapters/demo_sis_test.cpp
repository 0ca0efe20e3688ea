// The invented district: the same for the same seed, of the promised size, consistent.
#include <boost/test/unit_test.hpp>
#include <set>

#include "demo_sis/sis_server.hpp"

using namespace heard::demo;

BOOST_AUTO_TEST_CASE(a_district_has_the_promised_size_and_every_kind_of_family) {
  const District district = make_district(1);
  const Counts c = counts(district);
  BOOST_TEST(c.students == 1200U);
  BOOST_TEST(c.staff == 90U);
  BOOST_TEST(c.schools == 4U);
  BOOST_TEST(c.contacts > 1750U);
  BOOST_TEST(c.contacts < 2050U);
  BOOST_TEST(c.relationships > c.contacts);
  std::set<std::string> languages, ids;
  int restricted = 0, unsaid = 0, no_custody = 0;
  for (const Student &student : district.students) ids.insert(student.ref_id);
  for (const Contact &contact : district.contacts) {
    ids.insert(contact.ref_id);
    languages.insert(contact.language);
    for (const Relationship &link : contact.relationships) {
      BOOST_REQUIRE(link.student < district.students.size());
      restricted += !link.restriction.empty();
      unsaid += !link.communications.has_value();
      no_custody += link.custody == false;
    }
  }
  BOOST_TEST(ids.size() == c.students + c.contacts);
  for (const char *language : {"eng", "spa", "vie", "ara", "hat"}) {
    BOOST_TEST(languages.contains(language), language);
  }
  BOOST_TEST(restricted > 5);
  BOOST_TEST(unsaid > 20);
  BOOST_TEST(no_custody > 20);
}

BOOST_AUTO_TEST_CASE(the_same_seed_gives_the_same_district) {
  const auto text = [](unsigned seed) {
    std::string all;
    for (const Collection &collection : collections(make_district(seed, {100, 8, 3}))) {
      all += to_document(collection, 0, collection.records.size());
    }
    return all;
  };
  BOOST_TEST((text(5) == text(5)));
  BOOST_TEST((text(5) != text(6)));
}

BOOST_AUTO_TEST_CASE(every_student_has_somebody_and_a_class_in_their_school) {
  const District district = make_district(3);
  std::set<std::size_t> with_adult, in_class;
  for (const Contact &contact : district.contacts) {
    for (const Relationship &link : contact.relationships) with_adult.insert(link.student);
  }
  for (const Section &section : district.sections) {
    for (const std::size_t student : section.students) {
      in_class.insert(student);
      BOOST_REQUIRE(district.students[student].school == section.school);
    }
    BOOST_REQUIRE(district.staff[section.teacher].school == section.school);
  }
  BOOST_TEST(with_adult.size() == district.students.size());
  BOOST_TEST(in_class.size() == district.students.size());
}

// A preferred name was once cut in the middle of a letter, which made the whole page malformed.
BOOST_AUTO_TEST_CASE(initials_are_whole_letters) {
  int seen = 0;
  for (const Student &student : make_district(1, {4000, 90, 4}).students) {
    if (student.preferred.empty()) continue;
    ++seen;
    const std::string letter = student.preferred.substr(0, student.preferred.find('.'));
    BOOST_REQUIRE(student.given.starts_with(letter));
    BOOST_REQUIRE((student.given.c_str()[letter.size()] & 0xC0) != 0x80);
  }
  BOOST_TEST(seen > 0);
}

BOOST_AUTO_TEST_CASE(change_contacts_changes_exactly_so_many) {
  District district = make_district(2, {100, 8, 3});
  const Collection before = collections(district)[3];
  change_contacts(district, 17);
  const Collection after = collections(district)[3];
  int different = 0;
  for (std::size_t i = 0; i < before.records.size(); ++i) {
    different += before.records[i] != after.records[i];
  }
  BOOST_TEST(different == 17);
}

BOOST_AUTO_TEST_CASE(a_collection_is_cut_out_of_any_document_and_clipped) {
  const Collection cut = cut_collection(
      "xStudents", "xStudent",
      "<Item><Element>xStudent</Element></Item><xStudents>\n<xStudent refId='1'>a</xStudent>"
      "<xStudent\nrefId='2'>b</xStudent></xStudents>");
  BOOST_REQUIRE(cut.records.size() == 2U);
  BOOST_TEST(cut.records[0] == "<xStudent refId='1'>a</xStudent>");
  const std::string page = to_document(cut, 1, 9);
  BOOST_TEST(page.find("'1'") == std::string::npos);
  BOOST_TEST(page.find("'2'") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_server_can_be_stopped_at_once_and_twice) {
  SisServer server(make_district(1, {5, 2, 1}));
  BOOST_TEST(server.url() == "");
  server.stop();
  server.start();
  BOOST_TEST(server.url().substr(0, 17) == "http://127.0.0.1:");
  server.stop();
  server.stop();
}
