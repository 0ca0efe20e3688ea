// Which people an actor may see: those of their schools, and the families of those.
#pragma once

#include "directory/access.hpp"
#include "store/database.hpp"

namespace heard::directory {

/// A person with a school is seen by that school. One without (a guardian) is seen where a student
/// they are linked to goes, or by everybody when linked to nobody.
bool may_see_person(store::Database &database, const Actor &actor, const Id &person);

/// Throws Failure(denied).
void require_person(store::Database &database, const Actor &actor, const Id &person);

}  // namespace heard::directory
