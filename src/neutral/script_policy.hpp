// What a script says before its first event: targets by level, conditions, steps.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "neutral/rows.hpp"

namespace heard::neutral {

/// Minutes by clock. Clocks of an agreement that is attached on its own have its name in front:
/// "sla_resolution", "ola_ownership". A clock that is not in it has no target.
using Targets = std::map<std::string, std::int64_t>;
/// What is known of a case: priority, level, whatever its events state.
using Facts = std::map<std::string, Json>;

/// A step at a distance from the due time of one clock.
struct ScriptStep {
  Seconds offset = 0;  ///< open seconds, negative: before
  std::string clock;
  Json condition;  ///< facts that must hold when it is due
  Json sets;       ///< facts that hold from then on
};

struct ScriptPolicy {
  Targets targets;
  std::map<std::string, Targets> levels;  ///< what a level changes in them
  Json match;
  std::set<std::string> agreements;            ///< "sla", "ola", as far as there are such
  std::set<std::string> hidden_while_waiting;  ///< clocks not shown then
  std::optional<bool> credits_waiting;         ///< is time spent waiting given back?
  std::vector<ScriptStep> steps;

  /// The targets of a case with these facts.
  Targets targets_for(const Facts &facts) const;
};

/// Throws bad_field.
ScriptPolicy read_policy(const Json &policy);
/// Takes over the targets and agreements that `json` states; null takes a target away.
void read_changes(const Json &json, ScriptPolicy &policy);

/// True if every fact that `condition` names is what it says (or one of the list it gives).
bool holds(const Json &condition, const Facts &facts);

}  // namespace heard::neutral
