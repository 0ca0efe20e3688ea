// Who acts, and what a role may do. The host is trusted for identity; rights are decided here.
#pragma once

#include <string>
#include <vector>

#include "base/record.hpp"

namespace heard::directory {

struct Actor {
  std::string id;
  std::string display;
  std::vector<std::string> roles;
  std::vector<std::string> schools;
  bool all_schools = false;  ///< no list was given; an empty list means none
  std::string purpose;
  std::string basis = {};  ///< code of disclosure_basis.hpp; "" when none was given
  std::vector<std::string> recipients = {};  ///< outside the school, who gets to see it
  std::string threat = {};                   ///< of an emergency

  bool has_role(std::string_view role) const;
  bool may_see_school(const std::string &school) const;
};

/// Throws bad_field when `id` is missing, a role is unknown or a field is misspelt: rights never
/// come from something that was not understood.
Actor actor_from(const Record &record);
/// The pump and other work of the library itself.
Actor system_actor();

/// Throws Failure(denied) with a sentence that names the missing role.
void require_write(const Actor &actor);
void require_admin(const Actor &actor);
void require_read(const Actor &actor);
/// Verifying and exporting: admins, auditors, system.
void require_audit(const Actor &actor);
/// Throws Failure(denied) when the actor is limited to other schools.
void require_school(const Actor &actor, const std::string &school);

}  // namespace heard::directory
