// The auditor's bundle by the command line: made, refused where something is, checked by anybody.
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>

#include "support/command.hpp"
#include "support/temporary_folder.hpp"

using heard::support::Ran;
using heard::support::run;
using heard::support::TemporaryFolder;
using heard::support::whole_file;

namespace {

/// What the verify.py inside a bundle says, run as its first page tells.
int checked_by_itself(const std::string &bag) {
  const std::string line = "cd " + bag + " && python3 -B data/verify.py . > /dev/null";
  return WEXITSTATUS(std::system(line.c_str()));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(bundle_command)

BOOST_AUTO_TEST_CASE(a_records_officer_makes_a_bundle_and_anybody_checks_it) {
  const TemporaryFolder folder;
  const std::string at = " --store " + (folder / "school.heard");
  BOOST_TEST_REQUIRE(run("init --zone America/Chicago" + at).code == 0);
  BOOST_TEST_REQUIRE(run("log --channel phone --from host:guardian:12 --from-name 'Ada Lee'"
                         " --subject 'Late bus' --text 'A private matter'" +
                         at)
                         .code == 0);
  const std::string rules = folder / "rules.json";
  std::ofstream(rules) << R"([{"fields": ["text"], "reason": "privacy", "reviewer": "R. Ortiz"}])";

  const Ran preview = run("export --all --preview --json --redact " + rules + at);
  BOOST_TEST_REQUIRE(preview.code == 0);
  BOOST_TEST(preview.object()["fields_hidden"] == 1);

  const std::string zip = folder / "all.zip", bag = folder / "bag";
  const std::string make = "export --all --redact " + rules + " --bundle ";
  BOOST_TEST(run(make + zip + at).code == 0);
  BOOST_TEST(run(make + bag + at).code == 0);
  BOOST_TEST(run(make + zip + at).code == 3);  // somebody's file is never written over
  BOOST_TEST(run(make + bag + at).code == 3);
  BOOST_TEST(run("verify --export " + zip).code == 0);
  BOOST_TEST(run("verify --export " + bag).code == 0);
  BOOST_TEST(checked_by_itself(bag) == 0);
  BOOST_TEST(whole_file(bag + "/data/communications.csv").find("private") == std::string::npos);
  BOOST_TEST(run("verify --export " + bag + " --seal " + std::string(64, '0')).code == 1);

  std::ofstream(bag + "/data/sla.csv", std::ios::app) << "x\n";
  BOOST_TEST(run("verify --export " + bag).code == 1);
  BOOST_TEST(checked_by_itself(bag) == 1);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_exported_leaves_nothing_behind) {
  const TemporaryFolder folder;
  const std::string at = " --store " + (folder / "school.heard");
  BOOST_TEST_REQUIRE(run("init --zone UTC" + at).code == 0);
  const std::string bag = folder / "bag", zip = folder / "a.zip";
  BOOST_TEST(run("export --all" + at).code == 2);
  BOOST_TEST(run("export --bundle " + bag + at).code == 3);
  BOOST_TEST(run("export --person nobody:1 --bundle " + bag + at).code == 3);
  BOOST_TEST(run("export --person nobody:1 --bundle " + zip + at).code == 3);
  BOOST_TEST(run("export --all --bundle " + (folder / "no/such") + at).code == 4);
  BOOST_TEST(!std::filesystem::exists(bag));
  BOOST_TEST(!std::filesystem::exists(zip));
}

BOOST_AUTO_TEST_SUITE_END()
