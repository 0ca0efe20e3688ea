#include "interactions/threads.hpp"

#include <algorithm>

#include "base/failure.hpp"
#include "base/text.hpp"

namespace heard::interactions {

namespace {

using store::Query;

constexpr int kSolved = 5;
constexpr int kClosed = 6;

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

}  // namespace

Id case_by_name(store::Database &database, const std::string &name) {
  Id id{};
  std::string_view text = name;
  if (!text.empty() && text.front() == '#') text.remove_prefix(1);
  const bool is_id = parse_id(text, id);
  const std::optional<std::int64_t> number = is_id ? std::nullopt : to_int(text);
  if (is_id || number) {
    Query row(database, "SELECT id FROM fold_case WHERE id = ?1 OR number = ?2");
    row.bind(1, id).bind(2, number.value_or(-1));
    if (row.step()) return row.id(0);
  }
  throw Failure(Status::not_found, "there is no case '" + name.substr(0, 60) + "'",
                {{"field", "case"}, {"name", name.substr(0, 60)}});
}

std::optional<Id> joinable_case(store::Database &database, const Subject &subject,
                                Millis reopen_after) {
  if (subject.requester == kNoId) return std::nullopt;
  Query rows(database,
             "SELECT id, status, solved_at FROM fold_case WHERE requester = ?1 AND topic = ?2"
             " AND (?3 = '' OR school = '' OR school = ?3)"
             " ORDER BY number DESC");
  rows.bind(1, subject.requester).bind(2, subject.topic).bind(3, subject.school);
  while (rows.step()) {
    const std::int64_t status = rows.number(1);
    const bool over = status == kClosed || (status == kSolved && rows.number(2) < reopen_after);
    if (!over && shares_a_student(database, rows.id(0), subject.students)) return rows.id(0);
  }
  return std::nullopt;
}

}  // namespace heard::interactions
