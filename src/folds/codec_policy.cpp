// Policies into bodies and back.
#include "folds/codec.hpp"
#include "store/registry.hpp"

namespace heard::folds {

namespace {

using store::Group;
namespace field_id = store::field_id;

// Sub-ids of the group `target`.
enum : std::uint8_t {
  kClock = 1,
  kPriority = 2,
  kTargetAmount = 3,
  kTargetUnit = 4,
  kTargetEnds = 5
};
// Sub-ids of the groups `condition` and `step`.
enum : std::uint8_t { kTrait = 1, kValue = 2 };
enum : std::uint8_t {
  kStepName = 1,
  kStepClock = 2,
  kStepUnit = 3,
  kStepFrom = 4,
  kStepAmount = 5,
  kStepNotify = 6,
  kStepUrgent = 7,
  kStepAtLeast = 8,
  kStepUnassigned = 9,
  kStepRaiseTo = 10,
};

Group encode_step(const cases::EscalationStep &step) {
  Group group;
  group.text(kStepName, step.name).number(kStepClock, static_cast<std::int64_t>(step.clock));
  group.number(kStepUnit, static_cast<std::int64_t>(step.unit));
  group.number(kStepFrom, static_cast<std::int64_t>(step.from)).number(kStepAmount, step.amount);
  group.text(kStepNotify, step.notify).number(kStepUrgent, step.urgent ? 1 : 0);
  if (step.at_least) group.number(kStepAtLeast, static_cast<std::int64_t>(*step.at_least));
  if (step.only_unassigned) group.number(kStepUnassigned, 1);
  if (step.raise_to) group.number(kStepRaiseTo, static_cast<std::int64_t>(*step.raise_to));
  return group;
}

std::optional<cases::Priority> priority_in(const Group &group, std::uint8_t sub) {
  if (!group.has(sub)) return std::nullopt;
  return static_cast<cases::Priority>(group.number(sub));
}

cases::EscalationStep decode_step(const Group &group) {
  cases::EscalationStep step;
  step.name = group.text(kStepName);
  step.clock = static_cast<cases::ClockName>(group.number(kStepClock));
  step.unit = static_cast<cases::OffsetUnit>(group.number(kStepUnit));
  step.from = static_cast<cases::OffsetFrom>(group.number(kStepFrom));
  step.amount = static_cast<std::int32_t>(group.number(kStepAmount));
  step.notify = group.text(kStepNotify);
  step.urgent = group.number(kStepUrgent) != 0;
  step.at_least = priority_in(group, kStepAtLeast);
  step.only_unassigned = group.number(kStepUnassigned) != 0;
  step.raise_to = priority_in(group, kStepRaiseTo);
  return step;
}

Group encode_target(const cases::TargetRow &row) {
  Group group;
  group.number(kClock, static_cast<std::int64_t>(row.clock));
  if (row.priority) group.number(kPriority, static_cast<std::int64_t>(*row.priority));
  group.number(kTargetAmount, row.target.amount);
  group.number(kTargetUnit, static_cast<std::int64_t>(row.target.unit));
  if (row.target.ends != cases::DayEnd::closing)
    group.number(kTargetEnds, static_cast<std::int64_t>(row.target.ends));
  return group;
}

cases::TargetRow decode_target(const Group &group) {
  cases::TargetRow row;
  row.clock = static_cast<cases::ClockName>(group.number(kClock));
  row.priority = priority_in(group, kPriority);
  row.target.amount = static_cast<std::int32_t>(group.number(kTargetAmount));
  row.target.unit = static_cast<cases::Unit>(group.number(kTargetUnit));
  row.target.ends = static_cast<cases::DayEnd>(group.number(kTargetEnds));
  return row;
}

}  // namespace

void encode_policy(const cases::Policy &policy, store::FieldList &fields) {
  fields.number(field_id::warn_percent, policy.warn_percent);
  fields.number(field_id::reopen_days, policy.reopen_days);
  fields.number(field_id::pause_when_held, policy.pause_when_held ? 1 : 0);
  fields.number(field_id::rank, policy.rank).number(field_id::active, policy.active ? 1 : 0);
  for (const cases::TargetRow &row : policy.targets)
    fields.group(field_id::target, encode_target(row));
  for (const cases::Condition &condition : policy.conditions)
    fields.group(field_id::condition,
                 Group()
                     .number(kTrait, static_cast<std::int64_t>(condition.trait))
                     .text(kValue, condition.value));
  for (const cases::EscalationStep &step : policy.steps)
    fields.group(field_id::step, encode_step(step));
}

cases::Policy decode_policy(const store::Body &body) {
  cases::Policy policy;
  policy.warn_percent = static_cast<std::int32_t>(body.number(field_id::warn_percent));
  policy.reopen_days = static_cast<std::int32_t>(body.number(field_id::reopen_days));
  policy.pause_when_held = body.number(field_id::pause_when_held) != 0;
  policy.rank = static_cast<std::int32_t>(body.number(field_id::rank));
  policy.active = body.number(field_id::active, 1) != 0;
  for (const auto &group : body.fact_groups(field_id::target))
    policy.targets.push_back(decode_target(group));
  for (const auto &group : body.fact_groups(field_id::condition))
    policy.conditions.push_back(
        {static_cast<cases::Trait>(group.number(kTrait)), group.text(kValue)});
  for (const auto &group : body.fact_groups(field_id::step))
    policy.steps.push_back(decode_step(group));
  return policy;
}

}  // namespace heard::folds
