// Compares the answers to a neutral table with the expectations that stand in it.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace heard::support {

/// How many figures a table states; 0 where it states none.
struct Tally {
  int agreed = 0;
  int differed = 0;
  int not_ours = 0;  ///< rules of a product that ours differ from on purpose
};

/// Every expectation of `groups` (a list) against the product's answer, as checks of the running
/// test. A row may state `expect_error` instead: a part of the sentence.
Tally check_table(const nlohmann::json &groups);

}  // namespace heard::support
