// policies, reapply, promise: which targets hold, what bringing cases to them changes, what to tell
// a family.
#include <array>

#include "base/failure.hpp"
#include "cases/clockwork.hpp"
#include "cases/due.hpp"
#include "cases/explain.hpp"
#include "commands/policy_reapply.hpp"
#include "views/looking.hpp"
#include "views/view_table.hpp"

namespace heard::views {

namespace {

Record target_record(const cases::TargetRow &row) {
  Record record("target");
  record.set("clock", cases::to_text(row.clock));
  if (row.priority) record.set("priority", cases::to_text(*row.priority));
  record.set("amount", row.target.amount).set("unit", cases::to_text(row.target.unit));
  return record.set("ends", cases::to_text(row.target.ends));
}

Record step_record(const cases::EscalationStep &step) {
  Record record("step");
  record.set("name", step.name).set("clock", cases::to_text(step.clock));
  record.set("offset", step.amount).set("unit", cases::to_text(step.unit));
  record.set("from", cases::to_text(step.from)).set("notify", step.notify);
  record.set("urgent", step.urgent).set("only_unassigned", step.only_unassigned);
  if (step.at_least) record.set("at_least", cases::to_text(*step.at_least));
  if (step.raise_to) record.set("raise_to", cases::to_text(*step.raise_to));
  return record;
}

Record policy_record(const folds::PolicyVersion &version) {
  const cases::Policy &policy = version.policy;
  Record row("policy");
  row.set("policy", version.id).set("name", version.name).set("version", version.version);
  row.set("order", policy.rank).set("active", policy.active);
  row.set("warn_percent", policy.warn_percent).set("reopen_days", policy.reopen_days);
  row.set("pause_when_held", policy.pause_when_held);
  Record when("when");
  for (const cases::Condition &condition : policy.conditions)
    when.add(cases::to_text(condition.trait), condition.value);
  row.set("when", std::vector<Record>{});
  if (!policy.conditions.empty()) row.set("when", std::vector<Record>{when});
  std::vector<Record> targets, steps;
  for (const cases::TargetRow &target : policy.targets) targets.push_back(target_record(target));
  for (const cases::EscalationStep &step : policy.steps) steps.push_back(step_record(step));
  return row.set("targets", std::move(targets)).set("steps", std::move(steps));
}

/// In the order they are tried, then those that are switched off.
std::unique_ptr<Rows> open_policies(const Reader &reader, const Record &) {
  std::vector<Record> rows;
  for (const auto &policy : folds::policies_in_order(reader.db()))
    rows.push_back(policy_record(*policy));
  std::vector<std::string> ids;
  {
    store::Query all(reader.db(), "SELECT DISTINCT id FROM fold_policy ORDER BY id");
    while (all.step()) ids.push_back(all.text(0));
  }
  for (const std::string &id : ids)
    if (const auto policy = folds::policy_at(reader.db(), id); !policy->policy.active)
      rows.push_back(policy_record(*policy));
  return all_rows(std::move(rows));
}

void put_due(const char *field, const cases::Clock &clock, const calendar::Calendar &hours,
             Record &row) {
  if (const auto due = cases::due_at(clock, hours)) row.set(field, *due * 1000);
}

std::unique_ptr<Rows> open_reapply(const Reader &reader, const Record &filter) {
  directory::require_admin(reader.actor);
  const Looking looking(reader);
  std::vector<Record> rows;
  const commands::Reapply what{filter.text("policy"), filter.text("school"),
                               filter.number("limit", 1000)};
  for (const Id &id : commands::cases_to_reapply(looking.work, what)) {
    const auto file = commands::CaseFile::load(looking.work, id);
    const auto policy = commands::choose_policy(reader.db(), file.traits());
    const calendar::Calendar &hours = *file.calendar().compiled;
    for (const auto &change : commands::preview_reapply(looking.work, file).changes) {
      if (change.what != cases::What::retargeted && change.what != cases::What::started) continue;
      Record &row = rows.emplace_back("reapply");
      row.set("case", hex(id)).set("number", file.number()).set("school", file.school());
      row.set("clock", cases::to_text(change.after.name)).set("no", change.after.no);
      row.set("policy", policy->name).set("version", policy->version);
      for (const cases::Clock &clock : file.state().clocks)
        if (clock.name == change.after.name && clock.no == change.after.no)
          put_due("due_before", clock, hours, row);
      put_due("due_after", change.after, hours, row);
      row.set("missed",
              !change.after.missed_at &&
                  cases::passed(cases::due_key(change.after, hours), reader.now_seconds(), hours));
    }
  }
  return all_rows(std::move(rows));
}

cases::Traits traits_from(const Record &filter) {
  cases::Traits traits;
  for (const cases::Trait trait :
       {cases::Trait::school, cases::Trait::department, cases::Trait::topic, cases::Trait::moment,
        cases::Trait::requester_kind, cases::Trait::channel, cases::Trait::priority,
        cases::Trait::language})
    traits[trait] = filter.text(cases::to_text(trait));
  return traits;
}

/// What a family that writes now may be told.
std::unique_ptr<Rows> open_promise(const Reader &reader, const Record &filter) {
  directory::require_school(reader.actor, filter.text("school"));
  cases::Traits traits = traits_from(filter);
  const auto priority = cases::priority(filter.text("priority", "normal"));
  if (!priority) throw bad_field("priority", "is not one of: low normal high urgent");
  traits[cases::Trait::priority] = cases::to_text(*priority);
  const auto policy = commands::choose_policy(reader.db(), traits);
  const auto calendar = folds::calendar_of_school(reader.db(), filter.text("school"));
  const calendar::Calendar &hours = *calendar->compiled;
  const cases::Clock clock =
      cases::start_clock(cases::ClockName::first_response, 1,
                         policy->policy.target(cases::ClockName::first_response, *priority),
                         reader.now_seconds(), hours);
  Record row("promise");
  row.set("policy", policy->name).set("calendar", calendar->id);
  row.set("open_now", hours.is_open(reader.now_seconds()));
  if (const auto opening = hours.next_open(reader.now_seconds()))
    row.set("next_open", *opening * 1000);
  if (const auto due = cases::due_at(clock, hours)) {
    row.set("promised_by", *due * 1000);
    row.set("promise", cases::promise(*due, reader.now_seconds(), hours));
  }
  std::vector<Record> rows;
  rows.push_back(std::move(row));
  return all_rows(std::move(rows));
}

constexpr auto kReapplyFilter =
    std::to_array<FilterField>({{"policy"}, {"school"}, {"limit", true}});
constexpr auto kPromiseFilter = std::to_array<FilterField>({{"school"},
                                                            {"department"},
                                                            {"topic"},
                                                            {"moment"},
                                                            {"requester_kind"},
                                                            {"channel"},
                                                            {"priority"},
                                                            {"language"}});

constexpr auto kViews = std::to_array<View>({
    {"policies", "1.0", {}, open_policies},
    {"reapply", "1.0", kReapplyFilter, open_reapply},
    {"promise", "1.0", kPromiseFilter, open_promise},
});

}  // namespace

std::span<const View> policy_views() { return kViews; }

}  // namespace heard::views
