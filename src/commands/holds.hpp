// Which holds are in force, and what they keep from being erased.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "base/instant.hpp"
#include "store/database.hpp"

namespace heard::commands {

/// What one entry is about, for a hold to cover.
struct HoldSubject {
  std::set<Id> people;
  std::set<Id> cases;
  std::set<std::string> schools;
};

struct Hold {
  std::string id, kind, scope, school;
  Id person{};
  Id case_id{};
  Millis placed_at = 0;
};

/// The holds in force at one moment.
class Holds {
 public:
  Holds(store::Database &database, Millis now);
  bool none() const { return holds_.empty(); }
  /// The first hold that covers it; null when none does.
  const Hold *covering(const HoldSubject &subject) const;

 private:
  std::vector<Hold> holds_;
};

/// "the litigation hold 'smith-2026', in force since 2026-11-23".
std::string says(const Hold &hold);

}  // namespace heard::commands
