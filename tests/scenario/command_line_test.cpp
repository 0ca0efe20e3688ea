// The `heard` command as a person or a script uses it: the demo, a school's own store, exit codes.
#include <boost/test/unit_test.hpp>
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

}  // namespace

BOOST_AUTO_TEST_SUITE(command_line)

BOOST_AUTO_TEST_CASE(the_demo_leaves_a_store_that_verifies_and_rebuilds) {
  const TemporaryFolder folder;
  const std::string store = folder / "demo.heard";
  const Ran demo = run("demo --exit --json --store " + store);
  BOOST_TEST_REQUIRE(demo.code == 0);
  const json told = demo.object();
  BOOST_TEST(told["first_sync"]["written"] == told["first_sync"]["records"]);
  BOOST_TEST(told["second_sync"]["unchanged"] == told["first_sync"]["records"]);
  BOOST_TEST(told["second_sync"]["written"] == 0);
  BOOST_TEST(told["contacts"].get<int>() > 2500);
  BOOST_TEST(told["doubled"] == 0);
  BOOST_TEST(told["missed"].get<int>() > 0);
  BOOST_TEST(told["measures"].size() == 4U);
  BOOST_TEST(told["export"]["verdict"]["intact"] == 1);
  BOOST_TEST(told["store_verdict"]["intact"] == 1);
  BOOST_TEST(told["tampered"]["verdict"]["intact"] == 0);
  // The finding names the very entry the family's receipt is for.
  const std::string receipt = told["export"]["receipt"];
  BOOST_TEST(told["tampered"]["findings"].size() == 1U);
  BOOST_TEST(receipt.starts_with(told["tampered"]["findings"][0]["seq"].dump() + ":"));

  const Ran verified = run("verify --json --store " + store);
  BOOST_TEST(verified.code == 0);
  BOOST_TEST(verified.object()["intact"] == 1);
  BOOST_TEST(verified.object()["entries"].get<int>() > 7000);
  BOOST_TEST(run("rebuild --store " + store).code == 0);
  BOOST_TEST(run("due --json --store " + store).code == 0);
  BOOST_TEST(run("demo --exit --store " + store).code != 0);  // never over somebody's store
}

BOOST_AUTO_TEST_CASE(a_school_logs_answers_exports_and_checks) {
  const TemporaryFolder folder;
  const std::string at = " --store " + (folder / "school.heard");
  BOOST_TEST_REQUIRE(run("init --zone America/Chicago" + at).code == 0);
  const Ran logged =
      run("log --json --channel phone --from host:guardian:12 --from-name 'Ada Lee'"
          " --subject 'Late bus'" +
          at);
  BOOST_TEST_REQUIRE(logged.code == 0);
  BOOST_TEST(logged.object()["number"] == 1);
  const std::string receipt = std::to_string(logged.object()["seq"].get<int>()) + ":" +
                              std::to_string(logged.object()["size"].get<int>()) + ":" +
                              logged.object()["root"].get<std::string>();
  BOOST_TEST(run("due" + at).printed.find("Late bus") != std::string::npos);
  const std::string told = run("case 1" + at).printed;
  BOOST_TEST(told.find("1 business day") != std::string::npos);
  BOOST_TEST(told.find(":00") != std::string::npos);
  BOOST_TEST(told.find("22:00") == std::string::npos);  // closing is 16:00 in Chicago, not in UTC
  BOOST_TEST(told.find(", ,") == std::string::npos, told);
  BOOST_TEST(run("pump" + at).code == 0);

  const std::string file = folder / "family.jsonl";
  BOOST_TEST_REQUIRE(
      run("export --person host:guardian:12 --receipt " + receipt + " --out " + file + at).code ==
      0);
  const std::string check = "verify --export " + file + " --receipt " + receipt + at;
  BOOST_TEST(run(check).code == 0);
  std::string edited = whole_file(file);
  edited[edited.find("Late bus")] = 'G';
  std::ofstream(file, std::ios::binary) << edited;
  BOOST_TEST(run(check).code == 1);
}

BOOST_AUTO_TEST_CASE(what_goes_wrong_is_one_sentence_and_a_code) {
  const TemporaryFolder folder;
  const std::string text = folder / "letter.txt", said = folder / "said";
  std::ofstream(text) << "Dear school,\n" << std::string(200, 'x');
  const std::pair<std::string, int> cases[] = {
      {"due --store " + (folder / "nothing.heard"), 3},
      {"due --store " + text, 4},
      {"init --zone Mars/Olympus --store " + (folder / "a.heard"), 3},
      {"init --store " + (folder / "b.heard"), 3},
      {"bogus", 2},
      {"log --channel pigeon --store " + text, 4},
  };
  for (const auto &[arguments, code] : cases) {
    const Ran ran = run(arguments, said);
    BOOST_TEST(ran.code == code, arguments << " ended with " << ran.code);
    const std::string complaint = whole_file(said);
    BOOST_TEST(!complaint.empty(), arguments);
    BOOST_TEST(complaint.find("Sanitizer") == std::string::npos, complaint);
  }
  BOOST_TEST(whole_file(text).size() == 213U);
  BOOST_TEST(folder.files() == 2U);  // the letter and what was said: nothing was made
}

BOOST_AUTO_TEST_CASE(what_is_stored_cannot_give_the_terminal_orders) {
  const TemporaryFolder folder;
  const std::string at = " --store " + (folder / "school.heard");
  BOOST_TEST_REQUIRE(run("init --zone UTC" + at).code == 0);
  BOOST_TEST_REQUIRE(run("log --channel chat --from host:guardian:1 --subject \"$(printf "
                         "'evil \\033[2J title')\"" +
                         at)
                         .code == 0);
  const std::string table = run("due" + at).printed;
  BOOST_TEST(table.find("evil") != std::string::npos);
  BOOST_TEST(table.find('\033') == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_school_keeps_its_calendar_from_the_shell) {
  const TemporaryFolder folder;
  const std::string store = " --store " + (folder / "school.heard");
  const std::string file = folder / "days.ics";
  std::ofstream(file) << "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\n"
                         "DTSTART;VALUE=DATE:20261224\r\nDTEND;VALUE=DATE:20261226\r\n"
                         "SUMMARY:Break\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
  const Ran dry = run("calendar import --dry-run " + file +
                      " --from 2026-12-01 --to 2026-12-24 --zone America/Chicago");
  BOOST_TEST(dry.code == 0);
  BOOST_TEST(dry.printed == "{\"2026-12-24\":\"Break\"}\n");
  BOOST_TEST_REQUIRE(run("init --zone America/Chicago" + store).code == 0);
  run("log --channel phone --school north" + store);
  BOOST_TEST(run("calendar save north --parent default --school north" + store).code == 0);
  BOOST_TEST(run("calendar import " + file + " --from 2026-12-01 --to 2026-12-31" + store).code ==
             0);
  const Ran closed = run("calendar close 2026-12-23 --school north --name Snow --json" + store);
  BOOST_TEST(closed.object()["cases"] == 1);
  const Ran days =
      run("calendar days --school north --from 2026-12-22 --to 2026-12-25 --json" + store);
  std::string whys;
  for (const json &day : days.object()) whys += day["why"].get<std::string>() + ",";
  BOOST_TEST(whys == ",Snow,Break,Break,");
  BOOST_TEST(run("calendar show north --json" + store).object().at(0)["parent"] == "default");
  std::ofstream(file) << "<html>";
  const auto entries = run("verify --json" + store).printed;
  BOOST_TEST(run("calendar import " + file + " --feed other" + store).code != 0);
  BOOST_TEST(run("verify --json" + store).printed == entries);
}

BOOST_AUTO_TEST_SUITE_END()
