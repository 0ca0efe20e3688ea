// Which case a contact belongs to (decisions.md 23).
#pragma once

#include <optional>
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

/// A case by its id or number, as a person writes it. Throws Failure(not_found).
Id case_by_name(store::Database &database, const std::string &name);

/// The newest case of the same requester, student and topic, at the same school where both name
/// one, that is open or was solved after `reopen_after`.
std::optional<Id> joinable_case(store::Database &database, const Subject &subject,
                                Millis reopen_after);

}  // namespace heard::interactions
