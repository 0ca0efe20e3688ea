#include "directory/access.hpp"

#include <algorithm>
#include <array>

#include "base/failure.hpp"
#include "directory/disclosure_basis.hpp"

namespace heard::directory {

namespace {

constexpr std::array<std::string_view, 5> kRoles{"admin", "office", "teacher", "auditor", "system"};

constexpr std::array<std::string_view, 8> kFields{"id",      "display", "roles",      "schools",
                                                  "purpose", "basis",   "recipients", "threat"};

void check_actor(const Record &record) {
  for (const auto &[name, value] : record.fields()) {
    if (std::find(kFields.begin(), kFields.end(), name) == kFields.end())
      throw Failure(Status::unknown_name, "field '" + name + "' is not known to an actor",
                    {{"name", name}, {"field", name}});
    const bool is_list = name == "roles" || name == "schools" || name == "recipients";
    const bool is_text = std::holds_alternative<std::string>(value);
    if (!is_text && !(is_list && std::holds_alternative<std::vector<std::string>>(value)))
      throw bad_field(name, is_list ? "must be a list of texts" : "must be a text");
  }
}

/// Before anything is shown: an emergency that nobody describes is none.
void check_basis(const Actor &actor) {
  if (!actor.basis.empty() && disclosure_basis(actor.basis) == nullptr)
    throw bad_field("basis", "'" + actor.basis +
                                 "' is not a ground for showing records; the view 'names' lists "
                                 "them, like school_official or emergency");
  if (actor.basis == "emergency" && actor.threat.empty())
    throw bad_field("threat", "is missing; an emergency is recorded with the threat it was about");
}

[[noreturn]] void deny(const Actor &actor, std::string_view what, std::string_view roles) {
  throw Failure(Status::denied, "'" + actor.id + "' may not " + std::string(what) +
                                    "; that takes the role " + std::string(roles));
}

}  // namespace

bool Actor::has_role(std::string_view role) const {
  return std::find(roles.begin(), roles.end(), role) != roles.end();
}

bool Actor::may_see_school(const std::string &school) const {
  if (all_schools || school.empty() || has_role("admin") || has_role("auditor") ||
      has_role("system"))
    return true;
  return std::find(schools.begin(), schools.end(), school) != schools.end();
}

Actor actor_from(const Record &record) {
  check_actor(record);
  Actor actor;
  actor.id = record.text("id");
  actor.display = record.text("display", actor.id);
  actor.roles = record.texts("roles");
  actor.schools = record.texts("schools");
  actor.all_schools = !record.has("schools");
  actor.purpose = record.text("purpose");
  actor.basis = record.text("basis");
  actor.recipients = record.texts("recipients");
  actor.threat = record.text("threat");
  check_basis(actor);
  if (actor.id.empty())
    throw bad_field("id", "the actor has none; say who acts, like {\"id\":\"staff:7\"}");
  if (actor.roles.empty())
    throw bad_field("roles", "the actor has none; give admin, office, teacher, auditor or system");
  for (const std::string &role : actor.roles)
    if (std::find(kRoles.begin(), kRoles.end(), role) == kRoles.end())
      throw bad_field("roles", "'" + role +
                                   "' is not a role; know admin, office, teacher, "
                                   "auditor, system");
  return actor;
}

Actor system_actor() { return {"system:heard", "Heard", {"system"}, {}, true, "clock"}; }

void require_write(const Actor &actor) {
  for (const auto role : {"admin", "office", "teacher", "system"})
    if (actor.has_role(role)) return;
  deny(actor, "change anything", "office, teacher or admin");
}

void require_admin(const Actor &actor) {
  if (!actor.has_role("admin") && !actor.has_role("system"))
    deny(actor, "change settings", "admin");
}

void require_read(const Actor &actor) {
  if (actor.roles.empty()) deny(actor, "read", "office, teacher, admin or auditor");
}

void require_audit(const Actor &actor) {
  for (const auto role : {"admin", "auditor", "system"})
    if (actor.has_role(role)) return;
  deny(actor, "verify or export", "auditor or admin");
}

void require_school(const Actor &actor, const std::string &school) {
  if (!actor.may_see_school(school))
    throw Failure(Status::denied, "'" + actor.id + "' has no right at school '" + school + "'",
                  {{"name", school}});
}

}  // namespace heard::directory
