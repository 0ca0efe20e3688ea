#include "neutral/script_policy.hpp"

#include <algorithm>

#include "base/failure.hpp"

namespace heard::neutral {

namespace {

constexpr std::int64_t kMostMinutes = 60 * 24 * 366 * 100;
constexpr std::string_view kMinutes = "_min";

/// "keep_in_loop_min" is the target of the clock "update".
std::string clock_of(std::string name) {
  if (name.ends_with(kMinutes)) name.resize(name.size() - kMinutes.size());
  return name == "keep_in_loop" || name == "periodic_update" ? "update" : name;
}

void read_target(const std::string &name, const Json &minutes, Targets &targets) {
  if (minutes.is_null()) {
    targets.erase(clock_of(name));
    return;
  }
  const std::int64_t amount = to_number(minutes, name);
  if (amount < 1 || amount > kMostMinutes)
    throw bad_field(name, "a target must be between 1 minute and 100 years");
  targets[clock_of(name)] = amount;
}

void read_targets(const Json &json, Targets &targets) {
  for (const auto &[name, minutes] : object(json, "targets_min").items())
    read_target(name, minutes, targets);
  if (has(json, "keep_in_loop_min"))
    read_target("keep_in_loop_min", json.at("keep_in_loop_min"), targets);
}

/// A level that is a mere number speaks of the only clock there is, else of the resolution.
Targets read_level(const Json &level, const Targets &base) {
  ScriptPolicy own;
  if (level.is_number())
    read_target(base.size() == 1 ? base.begin()->first : "resolution", level, own.targets);
  if (!level.is_object()) return own.targets;
  read_changes(level, own);
  for (const auto &[name, minutes] : level.items())
    if (minutes.is_number()) read_target(name, minutes, own.targets);
  return own.targets;
}

void read_hidden(const Json &json, ScriptPolicy &policy) {
  const Json &hidden = field(json, "ignored_while_waiting");
  if (hidden.is_array())
    for (const Json &name : hidden)
      if (name.is_string()) policy.hidden_while_waiting.insert(clock_of(name.get<std::string>()));
  if (hidden.is_string()) policy.hidden_while_waiting.insert(clock_of(hidden.get<std::string>()));
  if (hidden == true)
    for (const auto &[name, minutes] : policy.targets) policy.hidden_while_waiting.insert(name);
}

/// Steps hang on the resolution, unless they say otherwise or there is none.
std::string clock_of_step(const Json &step, const ScriptPolicy &policy) {
  for (const char *name : {"clock", "metric"})
    if (has(step, name)) return clock_of(text(step, name));
  for (const char *name : {"resolution", "sla_resolution", "ola_resolution"})
    if (policy.targets.count(name)) return name;
  const bool by_level = std::any_of(policy.levels.begin(), policy.levels.end(),
                                    [](const auto &l) { return l.second.count("resolution") > 0; });
  return by_level || policy.targets.empty() ? "resolution" : policy.targets.begin()->first;
}

void read_steps(const Json &json, ScriptPolicy &policy) {
  const auto add = [&](const Json &step, std::int64_t offset) {
    policy.steps.push_back(
        {offset, clock_of_step(step, policy), object(step, "if"), object(step, "set")});
  };
  if (const auto offset = optional_number(json, "escalation_offset_s")) add(json, *offset);
  for (const Json &offset : list(json, "escalation_offsets_s"))
    add(json, to_number(offset, "escalation_offsets_s"));
  for (const Json &step : list(json, "escalations")) add(step, number(step, "offset_s"));
}

}  // namespace

Targets ScriptPolicy::targets_for(const Facts &facts) const {
  Targets all = targets;
  for (const char *name : {"priority", "level"}) {
    const auto fact = facts.find(name);
    if (fact == facts.end() || fact->second.is_null()) continue;
    const Json &value = fact->second;
    const auto level = levels.find(value.is_string() ? value.get<std::string>() : value.dump());
    if (level == levels.end()) continue;
    for (const auto &[clock, minutes] : level->second) all[clock] = minutes;
  }
  return all;
}

ScriptPolicy read_policy(const Json &json) {
  ScriptPolicy policy;
  read_changes(json, policy);
  for (const auto &[name, level] : object(json, "levels").items())
    policy.levels[name] = read_level(level, policy.targets);
  policy.match = object(json, "match");
  if (has(json, "credit_waiting_time"))
    policy.credits_waiting = flag(json, "credit_waiting_time", true);
  read_hidden(json, policy);
  read_steps(json, policy);
  return policy;
}

void read_changes(const Json &json, ScriptPolicy &policy) {
  read_targets(json, policy.targets);
  for (const char *agreement : {"sla", "ola"}) {
    const Json &minutes_of = field(json, agreement);
    if (!minutes_of.is_object()) continue;
    policy.agreements.insert(agreement);
    for (const char *clock : {"ownership", "resolution"}) {
      const std::string name = std::string(agreement) + "_" + clock;
      const Json &minutes = field(minutes_of, std::string(clock) + "_min");
      read_target(name, minutes, policy.targets);
    }
  }
}

bool holds(const Json &condition, const Facts &facts) {
  for (const auto &[name, wanted] : condition.items()) {
    const auto fact = facts.find(name);
    const Json value = fact == facts.end() ? Json() : fact->second;
    const bool listed =
        wanted.is_array() && std::find(wanted.begin(), wanted.end(), value) != wanted.end();
    if (value != wanted && !listed) return false;
  }
  return true;
}

}  // namespace heard::neutral
