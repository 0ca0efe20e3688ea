// Walks through the rows of a verification or a rebuild and keeps what they say.
#pragma once

#include <string>
#include <vector>

#include "output.hpp"

namespace heard::cli {

struct CheckResult {
  json verdict = json::object();
  std::vector<json> findings;
  std::vector<json> coverage;  ///< who vouches for which entries
  bool is_intact() const { return verdict.value("intact", 0) == 1; }
};

/// Shows a progress bar with this title meanwhile.
CheckResult run_check(api::Rows rows, const std::string &title);

/// The verdict and the findings (as many as fit a screen) in sentences.
void print_check(const CheckResult &result);

}  // namespace heard::cli
