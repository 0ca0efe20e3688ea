// Figures that public test suites state, in neutral tables outside this repository. They are read
// where they lie, never copied; where the folder is absent there is nothing to run, which passes.
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <map>

#include "support/neutral.hpp"

using namespace heard;
using neutral::Json;
using neutral::Outcome;

namespace {

const std::filesystem::path kTables = HEARD_SOURCE_DIR "/../shared/clocks";
const std::string kZones = "/usr/share/zoneinfo";

struct Tally {
  int passed = 0;
  int failed = 0;
  std::map<std::string, int> left_out;

  void leave_out(const std::string &why, int rows) { left_out[why] += rows; }
  void count(const Outcome &outcome) {
    if (!outcome.left_out.empty()) return leave_out(outcome.left_out, 1);
    const bool right = outcome.got == outcome.wanted;
    BOOST_TEST_CONTEXT(outcome.id) BOOST_TEST(outcome.got == outcome.wanted);
    ++(right ? passed : failed);
  }
  void print(const std::string &file) const {
    BOOST_TEST_MESSAGE(file << ": " << passed << " figures agree, " << failed << " do not");
    for (const auto &[why, rows] : left_out)
      BOOST_TEST_MESSAGE("  left out " << rows << ": " << why);
  }
};

int rows_of(const Json &group) {
  for (const char *list : {"cases", "clocks", "expect"})
    if (group.contains(list)) return static_cast<int>(group.at(list).size());
  return 1;
}

void run_group(const Json &group, Tally &tally) {
  if (!group.value("compatible_with_recommendation", true))
    return tally.leave_out("a rule of that product which we do not follow", rows_of(group));
  if (!group.contains("calendar")) return tally.leave_out("no calendar in it", rows_of(group));
  const std::string zone = group.at("calendar").at("tz");
  if (zone != "UTC" && !std::filesystem::exists(kZones + "/" + zone))
    return tally.leave_out("no zone data on this machine", rows_of(group));

  const auto definition = neutral::read_calendar(group.at("calendar"), kZones);
  const calendar::Calendar calendar(definition);
  std::vector<Outcome> outcomes;
  if (group.contains("cases"))
    outcomes = neutral::run_operations(group, definition);
  else if (group.contains("clocks"))
    outcomes = neutral::run_clocks(group, calendar);
  else if (group.contains("events"))
    outcomes = neutral::run_script(group, calendar);
  else
    tally.leave_out("a kind of table not known here", rows_of(group));
  for (const Outcome &outcome : outcomes) tally.count(outcome);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(neutral_tables)

BOOST_AUTO_TEST_CASE(figures_of_other_suites_agree_where_the_rules_do) {
  if (!std::filesystem::exists(kTables)) {
    BOOST_TEST_MESSAGE("left out: no sample tables beside the repository");
    return;
  }
  std::vector<std::filesystem::path> files;
  for (const auto &entry : std::filesystem::directory_iterator(kTables))
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  for (const auto &file : files) {
    Tally tally;
    std::ifstream stream(file);
    for (const Json &group : Json::parse(stream)) run_group(group, tally);
    tally.print(file.filename().string());
    BOOST_TEST(tally.passed > 0);
  }
}

BOOST_AUTO_TEST_CASE(rows_written_here_show_that_the_reader_runs_them) {
  const Json group = Json::parse(R"({
    "calendar": {"tz": "UTC", "hours": {"mon": [["08:00", "16:00"]], "tue": [["08:00", "16:00"]]},
                 "holidays": ["2026-12-01"]},
    "cases": [
      {"id": "a", "op": "add", "from": "2026-11-23T15:00Z", "amount_s": 7200,
       "expect": "2026-11-24T09:00:00Z"},
      {"id": "b", "op": "elapsed", "from": "2026-11-23T00:00Z", "to": "2026-12-02T00:00Z",
       "expect_s": 86400},
      {"id": "c", "op": "subtract", "from": "2026-11-23T15:00Z", "amount_s": 1, "expect": "x"}]})");
  const auto definition = neutral::read_calendar(group.at("calendar"), kZones);
  const auto outcomes = neutral::run_operations(group, definition);
  BOOST_REQUIRE(outcomes.size() == 3u);
  BOOST_TEST(outcomes[0].got == outcomes[0].wanted);
  BOOST_TEST(outcomes[1].got == outcomes[1].wanted);
  BOOST_TEST(outcomes[2].left_out == "subtract: no function");
}

BOOST_AUTO_TEST_SUITE_END()
