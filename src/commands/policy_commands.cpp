// policy.save, policy.reapply: whole versions, and the explicit way to bring running clocks to
// them.
#include <fmt/format.h>

#include <array>

#include "base/failure.hpp"
#include "commands/case_file.hpp"
#include "commands/command_table.hpp"
#include "commands/policy_edit.hpp"
#include "commands/policy_reapply.hpp"
#include "commands/versions.hpp"
#include "folds/codec.hpp"

namespace heard::commands {

namespace {

namespace field_id = store::field_id;

constexpr std::int64_t kSlice = 500;  // cases a call

constexpr auto kReapplyFields = std::to_array<FieldSpec>({
    {"policy"},
    {"school"},
    {"note"},
});

void check_id(const std::string &id) {
  const bool fits = !id.empty() && id.size() <= 100 &&
                    id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_-.") == id.npos;
  if (!fits)
    throw bad_field("policy", "'" + id.substr(0, 60) +
                                  "' is no id; use small letters, digits, '_', '-' and '.'");
}

void check_name(const Work &work, const std::string &id, const std::string &name) {
  for (const auto &other : folds::policies_in_order(work.database()))
    if (other->id != id && other->name == name)
      throw Failure(Status::conflict,
                    "the policy '" + other->id + "' is called '" + name +
                        "' already; give this one another name",
                    {{"field", "name"}});
}

/// What an administrator should know about the order of policies.
std::vector<std::string> warnings_about(const Work &work, const std::string &id) {
  std::vector<std::string> warnings;
  const auto policies = folds::policies_in_order(work.database());
  for (std::size_t later = 0; later < policies.size(); ++later) {
    if (policies[later]->id == folds::kDefault) continue;
    for (std::size_t earlier = 0; earlier < later; ++earlier) {
      const auto &first = *policies[earlier], &second = *policies[later];
      if (first.id != id && second.id != id) continue;
      if (cases::covers(first.policy, second.policy))
        warnings.push_back(
            fmt::format("'{}' is never reached: '{}' comes before it and fits all "
                        "its cases",
                        second.name, first.name));
      else if (cases::overlaps(first.policy, second.policy))
        warnings.push_back(
            fmt::format("'{}' and '{}' fit some of the same cases; '{}' comes "
                        "first and is used for them",
                        first.name, second.name, first.name));
    }
  }
  return warnings;
}

/// A new policy goes behind all others.
std::int32_t last_rank(const Work &work) {
  std::int32_t rank = 0;
  for (const auto &policy : folds::policies_in_order(work.database()))
    rank = std::max(rank, policy->policy.rank + 10);
  return rank;
}

cases::Policy before_edit(const Work &work, const std::string &id, std::int64_t version) {
  if (version > 1) return folds::policy_at(work.database(), id)->policy;
  cases::Policy fresh = cases::default_policy();
  if (id != folds::kDefault) fresh.rank = last_rank(work);
  return fresh;
}

Record save_policy(const Work &work, const Record &fields) {
  const std::string id = fields.text("policy", folds::kDefault);
  check_id(id);
  const std::int64_t version = next_version(work.database(), "fold_policy", id);
  const std::string old_name = version == 1 ? (id == folds::kDefault ? "Default" : id)
                                            : folds::policy_at(work.database(), id)->name;
  const std::string name = fields.text("name", old_name);
  check_name(work, id, name);
  store::Draft draft = work.draft(store::Kind::policy_saved, thread_of("policy", id));
  draft.ref = previous_seq(work.database(), "fold_policy", id);
  draft.fields.text(field_id::policy_id, id).number(field_id::version, version);
  draft.fields.text(field_id::name, name);
  folds::encode_policy(edited_policy(before_edit(work, id, version), fields, id == folds::kDefault),
                       draft.fields);
  Record result;
  result.set("seq", work.append(std::move(draft))).set("duplicate", 0);
  result.set("warnings", warnings_about(work, id));
  return result.set("policy", id).set("version", version);
}

Record reapply(const Work &work, const Record &fields) {
  const Reapply what{fields.text("policy"), fields.text("school"), kSlice};
  const std::vector<Id> cases = cases_to_reapply(work, what);
  Record result;
  std::int64_t changed = 0;
  for (const Id &id : cases) {
    CaseFile file = CaseFile::load(work, id);
    file.settle(work);
    const std::int64_t seq = reapply_policy(work, file, fields.text("note"));
    if (changed++ == 0) result.set("seq", seq);
  }
  if (changed == 0) result.set("seq", -1);
  result.set("duplicate", 0).set("cases", changed);
  return result.set("more", changed == kSlice);
}

const std::vector<Command> &family() {
  static const std::vector<Command> kCommands{
      {"policy.save", "1.0", policy_fields(), directory::require_admin, save_policy},
      {"policy.reapply", "1.0", kReapplyFields, directory::require_admin, reapply},
  };
  return kCommands;
}

}  // namespace

std::span<const Command> policy_commands() { return family(); }

}  // namespace heard::commands
