// Real sample documents, read where they lie (../shared/feeds); passes with a message without them.
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "adapters/fake_feed.hpp"
#include "demo_sis/sis_server.hpp"
#include "source_dir.hpp"

using namespace heard::demo;

namespace {

const std::filesystem::path kFolder = HEARD_SOURCE_DIR "/../shared/feeds/sif-xpress";

bool samples_are_here() {
  const bool here = std::filesystem::exists(kFolder);
  if (!here) BOOST_TEST_MESSAGE("no sample documents on this machine: nothing to check");
  return here;
}

std::string content(const char *file) {
  std::ifstream in(kFolder / file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

Collection sample(const char *collection, const char *record, const char *file) {
  return cut_collection(collection, record, content(file));
}

}  // namespace

BOOST_AUTO_TEST_CASE(the_public_samples_are_read_completely) {
  if (!samples_are_here()) return;
  SisServer server({sample("xSchools", "xSchool", "xSchools.xml"),
                    sample("xStudents", "xStudent", "xStudents.xml"),
                    sample("xStaffs", "xStaff", "spec-objects/xStaff.xml"),
                    sample("xContacts", "xContact", "spec-objects/xContact.xml"),
                    sample("xRosters", "xRoster", "spec-objects/xRoster.xml")});
  server.start();
  heard_feed feed = heard::tests::feed_for(server.url());
  feed.settings["page_size"] = "33";
  const auto outcome = heard::tests::sync(feed);
  BOOST_TEST(outcome.status == HEARD_OK, outcome.message);
  BOOST_TEST(feed.count("student") == 100U);
  BOOST_TEST(feed.count("school") == 14U);
  BOOST_TEST(feed.done.size() == 5U);
  BOOST_TEST(feed.rejects.empty());

  const heard_record &student = feed.record("student", "43358328-754c-4aab-bf61-c1569895c00e");
  BOOST_TEST(student.text("given") == "Kurt");
  BOOST_TEST(student.text("local_id") == "768454");
  BOOST_TEST(student.text("state_id") == "464785586");
  BOOST_TEST(student.text("phone") == "5553847861");
  BOOST_TEST(student.text("email") == "KurtWest@HudsonNorthHS.edu");
  BOOST_TEST(student.lists.at("other_emails").at(0) == "KurtWest@Personal.com");
  BOOST_TEST(student.text("address") == "713 Kennedy Lane, EASTCHESTER, NY, 10709, US");
  BOOST_TEST(student.text("school") == "2351b3f4-c788-4500-177b-23e0d87aec97");

  const heard_record &contact = feed.record("contact", "05dd5254-43d7-11e6-beb8-9e71128cae77");
  const heard_record &link = contact.records.at("relationships").at(0);
  BOOST_TEST(link.text("relation") == "Father");
  BOOST_TEST(link.text("custody") == "yes");
  BOOST_TEST(link.text("communications") == "yes");
  BOOST_TEST(link.numbers.at("sequence") == 2);

  const heard_record &staff = feed.record("staff", "0a363e64-8a65-4873-a971-006192de8d55");
  BOOST_TEST(staff.text("local_id") == "471442674");
  const heard_record &section = feed.record("section", "0a85d682-8151-4897-b226-867c1d585281");
  BOOST_TEST(section.text("name") == "Tech 7");
  BOOST_TEST(section.lists.at("students").size() == 20U);
}

BOOST_AUTO_TEST_CASE(nothing_private_leaves_the_samples) {
  if (!samples_are_here()) return;
  SisServer server({sample("xStudents", "xStudent", "xStudents.xml")});
  server.start();
  heard_feed feed = heard::tests::feed_for(server.url());
  heard::tests::sync(feed);
  for (const auto &[key, item] : feed.stored) {
    for (const auto &[name, value] : item.first.texts) {
      BOOST_TEST((value != "Male" && value != "Female" && value != "true" && value != "false"),
                 name);
      BOOST_TEST(value.substr(0, 4) != "1998", name);  // birth dates
    }
  }
}
