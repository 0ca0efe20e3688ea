// Bringing open cases to the policy they would get today: which ones, and what that changes.
#pragma once

#include <string>
#include <vector>

#include "commands/case_file.hpp"

namespace heard::commands {

struct Reapply {
  std::string policy;  ///< only cases that have it or would get it; "" all
  std::string school;  ///< "" all
  std::int64_t limit = 0;
};

/// Open cases whose policy, or its version, is not the one they would get now, oldest first.
std::vector<Id> cases_to_reapply(const Work &work, const Reapply &what);

/// What reapplying would change in a case; nothing is recorded.
cases::Step preview_reapply(const Work &work, const CaseFile &file);

/// Applies the policy the case would get now. Returns the entry's seq.
std::int64_t reapply_policy(const Work &work, CaseFile &file, const std::string &note);

}  // namespace heard::commands
