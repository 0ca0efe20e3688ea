#include "cases/matching.hpp"

#include <algorithm>
#include <set>

namespace heard::cases {

namespace {

using Values = std::map<Trait, std::set<std::string>>;

Values values_of(const Policy &policy) {
  Values values;
  for (const Condition &condition : policy.conditions)
    values[condition.trait].insert(condition.value);
  return values;
}

}  // namespace

bool matches(const Policy &policy, const Traits &traits) {
  const Values values = values_of(policy);
  return std::all_of(values.begin(), values.end(), [&](const auto &named) {
    const auto trait = traits.find(named.first);
    return named.second.count(trait == traits.end() ? "" : trait->second) > 0;
  });
}

bool covers(const Policy &earlier, const Policy &later) {
  const Values wide = values_of(earlier), narrow = values_of(later);
  return std::all_of(wide.begin(), wide.end(), [&](const auto &named) {
    const auto other = narrow.find(named.first);
    return other != narrow.end() && std::includes(named.second.begin(), named.second.end(),
                                                  other->second.begin(), other->second.end());
  });
}

bool overlaps(const Policy &one, const Policy &other) {
  const Values left = values_of(one), right = values_of(other);
  return std::all_of(left.begin(), left.end(), [&](const auto &named) {
    const auto same = right.find(named.first);
    return same == right.end() ||
           std::any_of(named.second.begin(), named.second.end(),
                       [&](const std::string &value) { return same->second.count(value) > 0; });
  });
}

}  // namespace heard::cases
