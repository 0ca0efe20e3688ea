#include "cases/policy.hpp"

#include <initializer_list>

namespace heard::cases {

namespace {

/// The value whose text is `text`.
template <class Value>
std::optional<Value> value_of(std::string_view text, std::initializer_list<Value> values) {
  for (const Value value : values)
    if (to_text(value) == text) return value;
  return std::nullopt;
}

}  // namespace

Target Policy::target(ClockName clock, Priority priority) const {
  Target for_all;
  for (const TargetRow &row : targets) {
    if (row.clock != clock) continue;
    if (row.priority == priority) return row.target;
    if (!row.priority && for_all.amount == 0) for_all = row.target;
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

std::string_view to_text(Priority priority) {
  switch (priority) {
    case Priority::low:
      return "low";
    case Priority::normal:
      return "normal";
    case Priority::high:
      return "high";
    case Priority::urgent:
      return "urgent";
  }
  return {};
}

std::string_view to_text(OffsetUnit unit) {
  switch (unit) {
    case OffsetUnit::percent:
      return "percent";
    case OffsetUnit::minutes:
      return "minutes";
    case OffsetUnit::business_days:
      return "business_days";
  }
  return {};
}

std::string_view to_text(OffsetFrom from) {
  switch (from) {
    case OffsetFrom::due:
      return "due";
    case OffsetFrom::start:
      return "start";
  }
  return {};
}

std::string_view to_text(Trait trait) {
  switch (trait) {
    case Trait::school:
      return "school";
    case Trait::department:
      return "department";
    case Trait::topic:
      return "topic";
    case Trait::moment:
      return "moment";
    case Trait::requester_kind:
      return "requester_kind";
    case Trait::channel:
      return "channel";
    case Trait::priority:
      return "priority";
    case Trait::language:
      return "language";
  }
  return {};
}

std::optional<Priority> priority(std::string_view text) {
  return value_of(text, {Priority::low, Priority::normal, Priority::high, Priority::urgent});
}

std::optional<OffsetUnit> offset_unit(std::string_view text) {
  return value_of(text, {OffsetUnit::percent, OffsetUnit::minutes, OffsetUnit::business_days});
}

std::optional<OffsetFrom> offset_from(std::string_view text) {
  return value_of(text, {OffsetFrom::due, OffsetFrom::start});
}

std::optional<Trait> trait(std::string_view text) {
  return value_of(text, {Trait::school, Trait::department, Trait::topic, Trait::moment,
                         Trait::requester_kind, Trait::channel, Trait::priority, Trait::language});
}

}  // namespace heard::cases
