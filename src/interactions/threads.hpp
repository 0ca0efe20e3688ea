// Which case a contact belongs to (decisions.md 23).
#pragma once

#include <string>
#include <vector>

#include "base/instant.hpp"
#include "store/database.hpp"

namespace heard::interactions {

/// What joins a contact to a case.
struct Subject {
  Id requester{};
  std::vector<Id> students;
  std::string topic;
  std::string school;
};

/// A case by its id or number, as a person writes it; the one it was merged into, if it was. Throws
/// Failure(not_found).
Id case_by_name(store::Database &database, const std::string &name);

/// A case a contact might belong to.
struct Candidate {
  Id id{};
  std::int64_t status = 0;  ///< the number of a cases::CaseStatus
  Millis solved_at = 0;
  std::string policy;
  std::int64_t policy_version = 0;
};

/// The newest cases of the same requester, student and topic, at the same school where both name
/// one; open ones and old ones, newest first, at most twenty.
std::vector<Candidate> cases_about(store::Database &database, const Subject &subject);

}  // namespace heard::interactions
