#include "interactions/threads.hpp"

#include <algorithm>

#include "base/failure.hpp"
#include "base/text.hpp"

namespace heard::interactions {

namespace {

using store::Query;

constexpr std::size_t kMostCandidates = 20;

bool shares_a_student(store::Database &database, const Id &case_id,
                      const std::vector<Id> &students) {
  Query rows(database, "SELECT person FROM fold_case_student WHERE case_id = ?1");
  rows.bind(1, case_id);
  bool any = false;
  while (rows.step()) {
    any = true;
    if (std::find(students.begin(), students.end(), rows.id(0)) != students.end()) return true;
  }
  return !any && students.empty();
}

/// Follows merges to the case that was merged into no other.
Id merged_into(store::Database &database, Id id) {
  for (;;) {
    Query row(database, "SELECT merged_into FROM fold_case WHERE id = ?1");
    row.bind(1, id);
    if (!row.step() || row.is_null(0)) return id;
    id = row.id(0);
  }
}

}  // namespace

Id case_by_name(store::Database &database, const std::string &name) {
  Id id{};
  std::string_view text = name;
  if (!text.empty() && text.front() == '#') text.remove_prefix(1);
  const bool is_id = parse_id(text, id);
  const std::optional<std::int64_t> number = is_id ? std::nullopt : to_int(text);
  if (is_id || number) {
    Query row(database, "SELECT id, merged_into FROM fold_case WHERE id = ?1 OR number = ?2");
    row.bind(1, id).bind(2, number.value_or(-1));
    if (row.step()) return row.is_null(1) ? row.id(0) : merged_into(database, row.id(1));
  }
  throw Failure(Status::not_found, "there is no case '" + name.substr(0, 60) + "'",
                {{"field", "case"}, {"name", name.substr(0, 60)}});
}

std::vector<Candidate> cases_about(store::Database &database, const Subject &subject) {
  std::vector<Candidate> found;
  if (subject.requester == kNoId) return found;
  Query rows(database,
             "SELECT id, status, solved_at, policy, policy_version FROM fold_case"
             " WHERE requester = ?1 AND topic = ?2 AND merged_into IS NULL"
             " AND (?3 = '' OR school = '' OR school = ?3) ORDER BY number DESC");
  rows.bind(1, subject.requester).bind(2, subject.topic).bind(3, subject.school);
  while (found.size() < kMostCandidates && rows.step())
    if (shares_a_student(database, rows.id(0), subject.students))
      found.push_back({rows.id(0), rows.number(1), rows.number(2), rows.text(3), rows.number(4)});
  return found;
}

}  // namespace heard::interactions
