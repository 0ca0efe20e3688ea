#include "reports/proposal.hpp"

#include <algorithm>

#include "base/failure.hpp"
#include "calendar/inherit.hpp"
#include "commands/calendar_change.hpp"
#include "commands/calendar_edit.hpp"
#include "commands/command_table.hpp"
#include "commands/policy_edit.hpp"

namespace heard::reports {

namespace {

using folds::CalendarVersion;
using folds::PolicyVersion;
using PolicyList = std::vector<std::shared_ptr<const PolicyVersion>>;

constexpr Seconds kDay = 86400;

/// The fields of a command as JSON, checked as the command checks them.
Record fields_from(const Record &filter, const char *field, std::string_view command) {
  const Record fields = record_from_json("fields", filter.text(field));
  commands::check_fields(command, commands::command(command).fields, fields);
  return fields;
}

bool exists(store::Database &database, const std::string &policy) {
  store::Query row(database, "SELECT 1 FROM fold_policy WHERE id = ?1 LIMIT 1");
  row.bind(1, policy);
  return row.step();
}

/// As policy.save would make it; a new one goes behind all others.
std::shared_ptr<const PolicyVersion> edited(const commands::Work &work, const Record &fields) {
  store::Database &database = work.database();
  auto made = std::make_shared<PolicyVersion>();
  made->id = fields.text("policy", folds::kDefault);
  cases::Policy before = cases::default_policy();
  if (exists(database, made->id)) {
    const auto newest = folds::policy_at(database, made->id);
    before = newest->policy;
    made->version = newest->version;
    made->name = newest->name;
  } else {
    for (const auto &other : folds::policies_in_order(database))
      before.rank = std::max(before.rank, other->policy.rank + 10);
  }
  ++made->version;
  made->name = fields.text("name", made->name.empty() ? made->id : made->name);
  made->policy = commands::edited_policy(before, fields, made->id == folds::kDefault);
  return made;
}

/// The fallback stays last; of equal ranks the one that was there comes first.
PolicyList with_policy(PolicyList policies, const std::shared_ptr<const PolicyVersion> &proposed) {
  std::erase_if(policies, [&](const auto &policy) { return policy->id == proposed->id; });
  const auto place =
      proposed->id == folds::kDefault
          ? policies.end()
          : std::find_if(policies.begin(), policies.end(), [&](const auto &policy) {
              return policy->id == folds::kDefault || policy->policy.rank > proposed->policy.rank;
            });
  policies.insert(place, proposed);
  return policies;
}

/// New hours are to hold for the whole period, not from today on, unless they say otherwise.
void begin_hours(const CalendarVersion *before, Seconds since, Record &fields) {
  const bool has_hours = fields.has("hours") || fields.has("zone");
  if (before == nullptr || !has_hours || fields.has("from")) return;
  const calendar::Day first = before->definition.first_day;
  const bool early = since < Seconds{first} * kDay + kDay;
  fields.set("from", format_date(early ? first : before->compiled->local_day(since)));
}

void propose_calendar(const commands::Work &work, Record fields, Seconds since,
                      Proposal &proposal) {
  commands::CalendarChange change =
      commands::open_calendar(work, fields.text("calendar", folds::kDefault));
  begin_hours(change.before.get(), since, fields);
  commands::edit_calendar(work, change.before.get(), fields, change.own);
  proposal.names_schools = fields.has("schools");
  proposal.schools = fields.texts("schools");
  if (change.is_new() && proposal.schools.empty())
    throw bad_field("schools", "are missing: the calendar '" + change.id +
                                   "' would be new, so say which schools would use it");
  auto made = std::make_shared<CalendarVersion>();
  made->id = change.id;
  made->version = change.before ? change.before->version + 1 : 1;
  made->name = fields.text("name", change.name);
  made->definition = commands::whole_calendar(work, change.id, change.own);
  made->compiled = std::make_shared<const calendar::Calendar>(made->definition);
  proposal.calendar = std::move(made);
}

/// A calendar below the proposed one, as it would be saved with it.
std::shared_ptr<const calendar::Calendar> child_of(const CalendarVersion &parent,
                                                   const CalendarVersion &child) {
  const calendar::Definition own = calendar::own_parts(child.definition);
  calendar::Definition whole = calendar::inherit(own, parent.definition);
  whole.offsets = own.own_hours ? child.definition.offsets : parent.definition.offsets;
  return std::make_shared<const calendar::Calendar>(whole);
}

}  // namespace

bool Proposal::fits(const cases::Traits &traits) const {
  if (!policy) return false;
  for (const auto &one : in_order)
    if (one->id == folds::kDefault || cases::matches(one->policy, traits)) return one == policy;
  return false;
}

Proposal proposal_from(const commands::Work &work, const Record &filter, Seconds since) {
  if (filter.has("policy") && filter.has("policy_json"))
    throw bad_field("policy", "and policy_json name two policies; try one at a time");
  if (!filter.has("policy") && !filter.has("policy_json") && !filter.has("calendar_json"))
    throw bad_field("policy", "is missing; name a policy, or give policy_json or calendar_json");
  Proposal proposal;
  if (filter.has("policy"))
    proposal.policy = folds::policy_at(work.database(), filter.text("policy"));
  if (filter.has("policy_json"))
    proposal.policy = edited(work, fields_from(filter, "policy_json", "policy.save"));
  if (proposal.policy)
    proposal.in_order = with_policy(folds::policies_in_order(work.database()), proposal.policy);
  if (filter.has("calendar_json"))
    propose_calendar(work, fields_from(filter, "calendar_json", "calendar.save"), since, proposal);
  return proposal;
}

std::shared_ptr<const calendar::Calendar> proposed_hours(store::Database &database,
                                                         const Proposal &proposal,
                                                         const commands::CaseFile &file) {
  if (!proposal.calendar) return nullptr;
  const CalendarVersion &proposed = *proposal.calendar, &used = file.calendar();
  const auto &schools = proposal.schools;
  if (std::find(schools.begin(), schools.end(), file.school()) != schools.end())
    return proposed.compiled;
  if (used.id == proposed.id && proposal.names_schools && proposed.id != folds::kDefault)
    return folds::calendar_now(database, std::string(folds::kDefault))->compiled;
  if (used.id == proposed.id) return proposed.compiled;
  return used.definition.parent == proposed.id ? child_of(proposed, used) : nullptr;
}

}  // namespace heard::reports
