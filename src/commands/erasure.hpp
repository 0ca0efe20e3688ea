// One erasure: bodies are closed or removed, a tombstone says so, and the read tables follow.
#pragma once

#include <string>
#include <vector>

#include "commands/erasable.hpp"
#include "commands/work.hpp"

namespace heard::commands {

/// What goes, and what is said about it.
struct Erasure {
  std::string scope;  ///< person, case, entry or retention
  Erasables entries;
  bool removes = false;     ///< whole bodies; for retention alone
  bool is_whole = false;    ///< nothing personal is left in the entries
  store::FieldList says{};  ///< more fields of the tombstone: basis, approver ...
};

struct Erased {
  std::int64_t seq = 0;  ///< of the tombstone
  std::int64_t entries = 0, fields = 0, removed = 0;
};

/// Throws Failure(conflict) that names the hold when one covers any of the entries.
void refuse_held(const Work &work, const Erasables &entries);

/// Does it; the tombstone is appended even when there is nothing to erase. Holds are the caller's.
Erased erase(const Work &work, Erasure erasure);

}  // namespace heard::commands
