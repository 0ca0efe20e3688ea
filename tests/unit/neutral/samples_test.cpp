// Figures that public test suites state, in neutral tables outside this repository. They are read
// where they lie, never copied; where the folder is absent there is nothing to run, which passes.
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>

#include "source_dir.hpp"
#include "support/neutral.hpp"

namespace {

const std::filesystem::path kTables = HEARD_SOURCE_DIR "/../shared/clocks";

}  // namespace

BOOST_AUTO_TEST_SUITE(neutral_samples)

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
    std::ifstream stream(file);
    const auto tally = heard::support::check_table(nlohmann::json::parse(stream));
    BOOST_TEST_MESSAGE(file.filename().string()
                       << ": " << tally.agreed << " figures agree, " << tally.differed
                       << " do not, " << tally.not_ours << " are rules of others");
    BOOST_TEST(tally.agreed > 0);
  }
}

BOOST_AUTO_TEST_SUITE_END()
