#include "neutral/case_rules.hpp"

#include <algorithm>

#include "base/failure.hpp"
#include "neutral/script_policy.hpp"

namespace heard::neutral {

namespace {

/// A field of the row, else of its group.
const Json &shared(const Json &row, const Json &group, std::string_view name) {
  return has(row, name) ? field(row, name) : field(group, name);
}

/// The first of several names for the same thing.
const Json &first_of(const Json &object, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names)
    if (has(object, name)) return field(object, name);
  return field(object, *names.begin());
}

const Json &condition_of(const Json &policy) {
  return first_of(policy, {"match", "conditions", "condition", "if"});
}

bool is_marked(const Json &object) {
  return first_of(object, {"fallback", "default", "is_default"}) == true;
}

/// Nothing stated is no condition; only the fallback may go without.
bool is_blank(const Json &condition) { return condition.is_null() || condition.empty(); }

const Json &policies_of(const Json &row, const Json &group) {
  const Json &policies = shared(row, group, "policies");
  if (!policies.is_array()) throw bad_field("policies", "must be a list of policies");
  return policies;
}

/// In the order of the list, the first whose condition holds; else the marked fallback.
Json pick_policy(const Json &row, const Json &group) {
  const Json &known = shared(row, group, "case");
  const Facts facts = known.is_object() ? known.get<Facts>() : Facts{};
  Json fallback;
  for (const Json &policy : policies_of(row, group)) {
    const Json &condition = condition_of(policy);
    if (is_marked(policy) && fallback.is_null()) fallback = field(policy, "name");
    if (condition.is_object() && !is_blank(condition) && holds(condition, facts))
      return field(policy, "name");
  }
  return fallback;
}

/// What the case says if there is such a priority, else the one that is marked.
Json pick_priority(const Json &row, const Json &group) {
  const Json &wanted =
      has(row, "priority") ? field(row, "priority") : field(shared(row, group, "case"), "priority");
  const Json &priorities = shared(row, group, "priorities");
  Json marked = shared(row, group, "default_priority");
  for (const Json &priority : priorities) {
    const Json &name = priority.is_object() ? field(priority, "name") : priority;
    if (name == wanted) return wanted;
    if (is_marked(priority)) marked = name;
  }
  return priorities.empty() && !wanted.is_null() ? wanted : marked;
}

void check_policy(const Json &policy) {
  if (!policy.is_object()) throw bad_field("policy", "must be an object");
  if (is_blank(condition_of(policy)) && !is_marked(policy))
    throw bad_field("match", "only the fallback may be without a condition");
  read_policy(policy);
}

/// One policy, or a list in which exactly one must be the fallback.
Json validate_policy(const Json &row, const Json &group) {
  try {
    if (has(row, "policy")) {
      check_policy(field(row, "policy"));
      return "ok";
    }
    const Json &policies = policies_of(row, group);
    for (const Json &policy : policies) check_policy(policy);
    return std::count_if(policies.begin(), policies.end(), is_marked) == 1 ? "ok" : "error";
  } catch (const Failure &) {
    return "error";
  }
}

}  // namespace

std::optional<Json> answer_case_rule(const std::string &operation, const Json &row,
                                     const Json &group) {
  if (operation == "pick_policy") return pick_policy(row, group);
  if (operation == "pick_priority") return pick_priority(row, group);
  if (operation == "validate_policy") return validate_policy(row, group);
  return std::nullopt;
}

}  // namespace heard::neutral
