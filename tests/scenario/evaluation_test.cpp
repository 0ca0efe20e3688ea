// `heard calendar eval` and `heard clocks eval` as a script uses them: one JSON line for each row.
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "source_dir.hpp"
#include "support/command.hpp"
#include "support/temporary_folder.hpp"

namespace {

using heard::support::Ran;
using heard::support::TemporaryFolder;
using nlohmann::json;

constexpr auto kTable = R"([{"calendar": {"tz": "UTC", "hours": {"mon": [["08:00", "16:00"]]}},
  "cases": [{"id": "a", "op": "add", "from": "2026-11-23T15:00:00Z", "amount_s": 7200},
            {"id": "b", "op": "add", "from": "never", "amount_s": 7200},
            {"id": 3, "op": "is_open", "at": "2026-11-23T08:00:00Z"}],
  "clocks": [{"id": "c", "start": "2026-11-23T15:00:00Z", "target": {"minutes": 60}}]},
 {"id": "s", "calendar": {"tz": "UTC", "hours": {"mon": [["08:00", "16:00"]]}},
  "policy": {"targets_min": {"first_response": 30}},
  "events": [{"at": "2026-11-23T15:00:00Z", "type": "open"},
             {"at": "2026-11-23T15:10:00Z", "type": "outbound"}]}])";

std::vector<std::string> lines_of(const std::string &text) {
  std::istringstream in(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

/// As many answers as a sample table has rows; for a script one for each event.
std::size_t rows_in(const std::filesystem::path &table) {
  std::ifstream in(table);
  std::size_t rows = 0;
  for (const json &group : json::parse(in))
    for (const char *list : {"cases", "clocks", "events"})
      rows += group.contains(list) ? group.at(list).size() : 0;
  return rows;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(evaluation)

BOOST_AUTO_TEST_CASE(every_row_gets_a_line_in_the_order_of_the_file) {
  const TemporaryFolder folder;
  const std::string file = folder / "table.json";
  std::ofstream(file) << kTable;
  const Ran ran = heard::support::run("calendar eval " + file);
  BOOST_TEST(ran.code == 0);
  const auto lines = lines_of(ran.printed);
  BOOST_TEST_REQUIRE(lines.size() == 6u);
  BOOST_TEST(lines[0] == R"({"id":"a","got":"2026-11-30T09:00:00Z"})");
  BOOST_TEST(json::parse(lines[1]).at("error") ==
             "field 'from': \"never\" is no instant like 2026-11-22T09:00:00Z");
  BOOST_TEST(lines[2] == R"({"id":3,"got":true})");
  BOOST_TEST(json::parse(lines[3]).at("got").at("due") == "2026-11-23T16:00:00Z");
  BOOST_TEST(lines[4].starts_with(R"({"id":"s","after_event":0,"got":{)"));
  BOOST_TEST(json::parse(lines[4]).at("got").at("first_response_due") == "2026-11-23T15:30:00Z");
  BOOST_TEST(json::parse(lines[5]).at("got").at("first_response_met") == true);
  BOOST_TEST(heard::support::run("clocks eval - < " + file).printed == ran.printed);
}

BOOST_AUTO_TEST_CASE(a_file_that_is_no_table_is_one_sentence_and_code_3) {
  const TemporaryFolder folder;
  const std::string file = folder / "table.json", said = folder / "said";
  for (const char *text : {"", "[{\"cases\": ", "\"hello\""}) {
    std::ofstream(file) << text;
    BOOST_TEST(heard::support::run("calendar eval " + file, said).code == 3);
    BOOST_TEST(lines_of(heard::support::whole_file(said)).size() == 1u);
  }
  BOOST_TEST(heard::support::run("clocks eval " + (folder / "none.json"), said).code == 3);
  BOOST_TEST(heard::support::run("calendar", said).code == 2);
}

BOOST_AUTO_TEST_CASE(the_sample_tables_are_answered_without_an_error) {
  const std::filesystem::path tables = HEARD_SOURCE_DIR "/../shared/clocks";
  if (!std::filesystem::exists(tables)) return;
  for (const auto &entry : std::filesystem::directory_iterator(tables)) {
    if (entry.path().extension() != ".json") continue;
    const Ran ran = heard::support::run("clocks eval " + entry.path().string());
    BOOST_TEST(ran.code == 0);
    BOOST_TEST(ran.printed.find("\"error\"") == std::string::npos, entry.path());
    BOOST_TEST(lines_of(ran.printed).size() == rows_in(entry.path()), entry.path());
  }
}

BOOST_AUTO_TEST_SUITE_END()
