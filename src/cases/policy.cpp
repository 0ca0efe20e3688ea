#include "cases/policy.hpp"

namespace heard::cases {

std::optional<Target> Policy::target(ClockName clock, Priority priority) const {
  std::optional<Target> for_all;
  for (const TargetRow &row : targets) {
    if (row.clock != clock) continue;
    if (row.priority == priority) return row.target;
    if (!row.priority && !for_all) for_all = row.target;
  }
  return for_all;
}

Policy default_policy() {
  Policy policy;
  policy.targets = {{ClockName::first_response, std::nullopt, {1, Unit::business_days}},
                    {ClockName::next_response, std::nullopt, {1, Unit::business_days}},
                    {ClockName::resolution, std::nullopt, {5, Unit::business_days}}};
  return policy;
}

}  // namespace heard::cases
