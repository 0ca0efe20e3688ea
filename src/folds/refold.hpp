// After an erasure: the rows that took something from the entries it touched are made anew, so that
// the live tables are again what the whole ledger gives.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <vector>

#include "store/database.hpp"

namespace heard::folds {

struct Touched {
  std::set<Id> people;  ///< whose names, keys or links were closed
  std::set<Id> cases;   ///< whose subject or names were closed
  /// Entries whose bodies are gone, and who they concerned. Those of a case: all of it, and of
  /// every case it was merged with or split from.
  std::map<std::int64_t, std::vector<Id>> removed;
};

/// Call in the write transaction that closed the bodies. Costs what the touched people and cases
/// have, and one walk over the directory's entries when there are people.
void refold_touched(store::Database &live, const Touched &touched);

}  // namespace heard::folds
