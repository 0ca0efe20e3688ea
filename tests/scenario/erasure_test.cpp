// heard erase, hold, retention and disclosures, as a records officer uses them.
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "support/command.hpp"
#include "support/temporary_folder.hpp"

namespace {

using heard::support::Ran;
using heard::support::run;
using heard::support::TemporaryFolder;
using heard::support::whole_file;
using nlohmann::json;

/// A store with one contact whose words must not be found later.
struct Office {
  Office() {
    BOOST_TEST_REQUIRE(run("init --zone UTC" + at).code == 0);
    BOOST_TEST_REQUIRE(
        run("log --channel email --from host:guardian:Quillmark --from-name Quillmark"
            " --subject 'About Quillmark' --text 'Quillmark again'" +
            at)
            .code == 0);
  }
  /// Files of the store that have the words in them.
  int files_with(const std::string &words) const {
    int count = 0;
    for (const auto &entry : std::filesystem::directory_iterator(folder / ""))
      if (whole_file(entry.path().string()).find(words) != std::string::npos) ++count;
    return count;
  }

  TemporaryFolder folder;
  const std::string at = " --store " + (folder / "school.heard");
};

}  // namespace

BOOST_AUTO_TEST_SUITE(erasure_commands)

BOOST_AUTO_TEST_CASE(a_hold_refuses_an_erasure_that_leaves_nothing_once_it_is_released) {
  const Office office;
  BOOST_TEST(office.files_with("Quillmark") > 0);
  const std::string erase =
      "erase --json --person host:guardian:Quillmark --right request --approver staff:2" +
      office.at;
  BOOST_TEST_REQUIRE(run("hold place smith --kind litigation --reason suit"
                         " --person host:guardian:Quillmark" +
                         office.at)
                         .code == 0);
  BOOST_TEST(run(erase).code == 3);
  BOOST_TEST(run("hold list --in-force" + office.at).printed.find("smith") != std::string::npos);
  BOOST_TEST_REQUIRE(
      run("hold release smith --reason over --released-by counsel" + office.at).code == 0);
  const json erased = run(erase).object();
  BOOST_TEST(erased["purged"] == 1);
  BOOST_TEST(office.files_with("Quillmark") == 0);
  BOOST_TEST(run("verify" + office.at).code == 0);
  BOOST_TEST(run("rebuild" + office.at).code == 0);
  // The clerk's own name is left in it; after that there is nothing.
  const std::string again = "erase --entry 3 --right r --approver staff:2" + office.at;
  BOOST_TEST(run(again).code == 0);
  BOOST_TEST(run(again).code == 3);
}

BOOST_AUTO_TEST_CASE(retention_is_saved_previewed_and_run) {
  const Office office;
  const std::string file = office.folder / "schedule.json";
  std::ofstream(file) << R"({"schedule": "old", "applies_to": "interactions", "keep_days": 30,
                             "action": "remove", "basis": "class 3"})";
  BOOST_TEST_REQUIRE(run("retention save " + file + office.at).code == 0);
  const json due = run("retention preview --json" + office.at).object();
  BOOST_TEST(due.at(0)["due"] == 0);
  const json done = run("retention run --json" + office.at).object();
  BOOST_TEST(done["removed"] == 0);
  BOOST_TEST(run("retention run --schedule new" + office.at).code == 3);
}

BOOST_AUTO_TEST_CASE(a_family_gets_the_list_of_who_saw_its_records) {
  const Office office;
  const std::string person = " host:guardian:Quillmark" + office.at;
  run("person" + person);
  run("person --basis subpoena --recipient 'County court' --purpose case-7" + person);
  BOOST_TEST(run("person --basis emergency" + person).code == 3);
  const json listed =
      run("disclosures --json --statutory --person host:guardian:Quillmark" + office.at).object();
  BOOST_TEST_REQUIRE(listed.size() == 2u);  // the person and the timeline
  for (const json &row : listed) {
    BOOST_TEST(row["recipients"].at(0) == "County court");
    BOOST_TEST(row["purpose"] == "case-7");
  }
  const json all = run("disclosures --json --person host:guardian:Quillmark" + office.at).object();
  BOOST_TEST(all.size() == 5u);  // also what own staff looked at, the first list too
}

BOOST_AUTO_TEST_SUITE_END()
