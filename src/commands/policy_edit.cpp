#include "commands/policy_edit.hpp"

#include <array>
#include <set>

#include "base/failure.hpp"
#include "directory/person.hpp"

namespace heard::commands {

namespace {

constexpr auto kPolicyFields = std::to_array<FieldSpec>({
    {"policy"},
    {"name"},
    {"order", FieldKind::number},
    {"active", FieldKind::number},
    {"when", FieldKind::records},
    {"targets", FieldKind::records},
    {"steps", FieldKind::records},
    {"warn_percent", FieldKind::number},
    {"reopen_days", FieldKind::number},
    {"pause_when_held", FieldKind::number},
});
constexpr auto kTargetFields = std::to_array<FieldSpec>({
    {"clock", FieldKind::text, true},
    {"priority"},
    {"amount", FieldKind::number, true},
    {"unit", FieldKind::text, true},
    {"ends"},
});
constexpr auto kStepFields = std::to_array<FieldSpec>({
    {"name", FieldKind::text, true},
    {"clock", FieldKind::text, true},
    {"offset", FieldKind::number, true},
    {"unit", FieldKind::text, true},
    {"from"},
    {"notify", FieldKind::text, true},
    {"urgent", FieldKind::number},
    {"at_least"},
    {"only_unassigned", FieldKind::number},
    {"raise_to"},
});
constexpr auto kWhenFields = std::to_array<FieldSpec>({
    {"school", FieldKind::texts},
    {"department", FieldKind::texts},
    {"topic", FieldKind::texts},
    {"moment", FieldKind::texts},
    {"requester_kind", FieldKind::texts},
    {"channel", FieldKind::texts},
    {"priority", FieldKind::texts},
    {"language", FieldKind::texts},
});

constexpr std::int64_t kYearOfMinutes = 525600;
constexpr std::int64_t kYearOfDays = 365;

std::int64_t most_of(bool minutes) { return minutes ? kYearOfMinutes : kYearOfDays; }

std::int32_t checked_amount(const Record &row, cases::Unit unit) {
  const std::int64_t amount = row.number("amount");
  const std::int64_t most =
      most_of(unit == cases::Unit::business_minutes || unit == cases::Unit::wall_minutes);
  if (amount < 1 || amount > most)
    throw bad_field("amount", "must be from 1 to " + std::to_string(most) + " " +
                                  std::string(cases::to_text(unit)));
  return static_cast<std::int32_t>(amount);
}

cases::ClockName checked_clock(const Record &record) {
  const auto clock = cases::clock_name(record.text("clock"));
  if (!clock)
    throw bad_field("clock", "'" + record.text("clock") +
                                 "' is not one of: acknowledgement first_response next_response "
                                 "update resolution ownership wait");
  return *clock;
}

std::optional<cases::Priority> checked_priority(const Record &record, const char *field) {
  if (!record.has(field)) return std::nullopt;
  const auto priority = cases::priority(record.text(field));
  if (!priority) throw bad_field(field, "is not one of: low normal high urgent");
  return priority;
}

cases::TargetRow target_from(const Record &record) {
  check_fields("targets of policy.save", kTargetFields, record);
  cases::TargetRow row{checked_clock(record), checked_priority(record, "priority"), {}};
  const auto unit = cases::unit(record.text("unit"));
  if (!unit)
    throw bad_field("unit",
                    "is not one of: business_days business_minutes wall_minutes calendar_days");
  const auto ends = cases::day_end(record.text("ends", "closing"));
  if (!ends) throw bad_field("ends", "is not one of: closing midnight same_time");
  if (*ends != cases::DayEnd::closing && *unit != cases::Unit::business_days)
    throw bad_field("ends", "says where a day ends; it goes with business_days only");
  row.target = {checked_amount(record, *unit), *unit, *ends};
  return row;
}

void check_notify(const std::string &notify) {
  if (notify == "assignee" || notify == "lead") return;
  if (notify.starts_with("role:") && notify.size() > 5) return;
  directory::check_key("notify", notify);
}

std::int32_t checked_offset(const Record &record, cases::OffsetUnit unit) {
  const std::int64_t offset = record.number("offset");
  const bool percent = unit == cases::OffsetUnit::percent;
  const std::int64_t most = percent ? 1000 : most_of(unit == cases::OffsetUnit::minutes);
  const std::int64_t least = percent ? 1 : -most;
  if (offset < least || offset > most)
    throw bad_field("offset", "must be from " + std::to_string(least) + " to " +
                                  std::to_string(most) + " " + std::string(cases::to_text(unit)));
  return static_cast<std::int32_t>(offset);
}

cases::EscalationStep step_from(const Record &record) {
  check_fields("steps of policy.save", kStepFields, record);
  cases::EscalationStep step;
  step.name = record.text("name");
  if (step.name.empty() || step.name.size() > 100)
    throw bad_field("name", "of a step must be 1 to 100 bytes long");
  step.clock = checked_clock(record);
  const auto unit = cases::offset_unit(record.text("unit"));
  if (!unit) throw bad_field("unit", "of a step is not one of: percent minutes business_days");
  const auto from = cases::offset_from(record.text("from", "due"));
  if (!from) throw bad_field("from", "is not one of: due start");
  step.unit = *unit;
  step.from = *from;
  step.amount = checked_offset(record, *unit);
  step.notify = record.text("notify");
  check_notify(step.notify);
  step.urgent = record.flag("urgent");
  step.at_least = checked_priority(record, "at_least");
  step.only_unassigned = record.flag("only_unassigned");
  step.raise_to = checked_priority(record, "raise_to");
  return step;
}

std::vector<cases::EscalationStep> steps_from(const std::vector<Record> &records) {
  std::vector<cases::EscalationStep> steps;
  std::set<std::string> names;
  for (const Record &record : records) {
    steps.push_back(step_from(record));
    if (!names.insert(steps.back().name).second)
      throw bad_field("name", "two steps are called '" + steps.back().name + "'");
  }
  if (steps.size() > cases::kMostSteps)
    throw Failure(Status::limit, "a ladder has at most 32 steps",
                  {{"field", "steps"}, {"limit", "32"}});
  return steps;
}

std::vector<cases::Condition> conditions_from(const std::vector<Record> &records) {
  std::vector<cases::Condition> conditions;
  if (records.empty()) return conditions;
  if (records.size() != 1)
    throw bad_field("when", "must be one record, like {\"topic\":[\"bus\"]}");
  check_fields("when of policy.save", kWhenFields, records.front());
  for (const FieldSpec &field : kWhenFields)
    for (const std::string &value : records.front().texts(field.name)) {
      if (value.empty()) throw bad_field(field.name, "names an empty value");
      conditions.push_back({*cases::trait(field.name), value});
    }
  return conditions;
}

std::int32_t number_between(const Record &fields, const char *name, std::int64_t fallback,
                            std::int64_t most) {
  const std::int64_t value = fields.number(name, fallback);
  if (value < 0 || value > most) throw bad_field(name, "must be from 0 to " + std::to_string(most));
  return static_cast<std::int32_t>(value);
}

void check_conditions(const cases::Policy &policy, bool is_fallback) {
  if (is_fallback && !policy.conditions.empty())
    throw bad_field("when", "the policy 'default' is the fallback and takes no conditions");
  if (is_fallback && !policy.active)
    throw bad_field("active", "the policy 'default' is the fallback and cannot be switched off");
  if (!is_fallback && policy.conditions.empty())
    throw bad_field("when", "is empty; only the fallback 'default' fits every case");
}

}  // namespace

std::span<const FieldSpec> policy_fields() { return kPolicyFields; }

cases::Policy edited_policy(cases::Policy policy, const Record &fields, bool is_fallback) {
  if (fields.has("targets")) {
    policy.targets.clear();
    for (const Record &record : fields.records("targets"))
      policy.targets.push_back(target_from(record));
    if (policy.target(cases::ClockName::first_response, cases::Priority::normal).amount == 0)
      throw bad_field("targets", "have none for first_response that holds for every priority");
  }
  if (fields.has("steps")) policy.steps = steps_from(fields.records("steps"));
  if (fields.has("when")) policy.conditions = conditions_from(fields.records("when"));
  policy.rank = number_between(fields, "order", policy.rank, 1000000);
  policy.active = fields.flag("active", policy.active);
  policy.warn_percent = number_between(fields, "warn_percent", policy.warn_percent, 99);
  policy.reopen_days = number_between(fields, "reopen_days", policy.reopen_days, 366);
  policy.pause_when_held = fields.flag("pause_when_held", policy.pause_when_held);
  check_conditions(policy, is_fallback);
  return policy;
}

}  // namespace heard::commands
