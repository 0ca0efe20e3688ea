#include "directory/visibility.hpp"

#include "base/failure.hpp"

namespace heard::directory {

using store::Query;

bool may_see_person(store::Database &database, const Actor &actor, const Id &person) {
  if (actor.all_schools) return true;
  Query own(database, "SELECT school FROM fold_person WHERE id = ?1");
  own.bind(1, person);
  if (!own.step()) return true;  // nobody yet
  if (!own.bytes(0).empty()) return actor.may_see_school(own.text(0));
  Query students(database,
                 "SELECT p.school FROM fold_link l JOIN fold_person p ON p.id = l.student"
                 " WHERE l.contact = ?1 AND l.active = 1");
  students.bind(1, person);
  bool linked = false;
  while (students.step()) {
    linked = true;
    if (actor.may_see_school(students.text(0))) return true;
  }
  return !linked;
}

void require_person(store::Database &database, const Actor &actor, const Id &person) {
  if (!may_see_person(database, actor, person))
    throw Failure(Status::denied,
                  "'" + actor.id + "' has no right at the school of this person or their family");
}

}  // namespace heard::directory
