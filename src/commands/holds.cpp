#include "commands/holds.hpp"

#include <fmt/format.h>

namespace heard::commands {

using store::Query;

Holds::Holds(store::Database &database, Millis now) {
  Query rows(database,
             "SELECT id, kind, scope, school, person, case_id, placed_at FROM fold_hold"
             " WHERE released_at IS NULL AND (until IS NULL OR until > ?1) ORDER BY seq");
  rows.bind(1, now);
  while (rows.step())
    holds_.push_back({rows.text(0), rows.text(1), rows.text(2), rows.text(3), rows.id(4),
                      rows.id(5), rows.number(6)});
}

const Hold *Holds::covering(const HoldSubject &subject) const {
  for (const Hold &hold : holds_) {
    const bool covers = hold.scope == "all" ||
                        (hold.scope == "person" && subject.people.contains(hold.person)) ||
                        (hold.scope == "case" && subject.cases.contains(hold.case_id)) ||
                        (hold.scope == "school" && subject.schools.contains(hold.school));
    if (covers) return &hold;
  }
  return nullptr;
}

std::string says(const Hold &hold) {
  return fmt::format("the {} hold '{}', in force since {}", hold.kind, hold.id,
                     format_utc(floor_seconds(hold.placed_at)));
}

}  // namespace heard::commands
