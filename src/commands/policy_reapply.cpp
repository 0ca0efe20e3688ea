#include "commands/policy_reapply.hpp"

namespace heard::commands {

namespace {

namespace field_id = store::field_id;
using store::Query;

cases::Input change_now(const Work &work, const CaseFile &file) {
  cases::Input input;
  input.what = cases::Happening::change;
  input.at = file.latest(work);
  input.cause = cases::Cause::policy_change;
  return input;
}

}  // namespace

std::vector<Id> cases_to_reapply(const Work &work, const Reapply &what) {
  std::vector<Id> open;
  {
    Query rows(work.database(),
               "SELECT id FROM fold_case WHERE status BETWEEN 1 AND 4"
               " AND (?1 = '' OR school = ?1) ORDER BY number");
    rows.bind(1, what.school);
    while (rows.step()) open.push_back(rows.id(0));
  }
  std::vector<Id> found;
  for (const Id &id : open) {
    if (static_cast<std::int64_t>(found.size()) == what.limit) break;
    const CaseFile file = CaseFile::load(work, id);
    const auto wanted = choose_policy(work.database(), file.traits());
    const bool same = wanted->id == file.policy().id && wanted->version == file.policy().version;
    const bool meant =
        what.policy.empty() || what.policy == wanted->id || what.policy == file.policy().id;
    if (!same && meant) found.push_back(id);
  }
  return found;
}

cases::Step preview_reapply(const Work &work, const CaseFile &file) {
  const auto policy = choose_policy(work.database(), file.traits());
  cases::Input tick;
  tick.at = work.now_seconds();
  const calendar::Calendar &hours = *file.calendar().compiled;
  const cases::Step settled = cases::advance(file.state(), tick, file.policy().policy, hours);
  return cases::advance(settled.next, change_now(work, file), policy->policy, hours);
}

std::int64_t reapply_policy(const Work &work, CaseFile &file, const std::string &note) {
  store::Draft draft = work.draft(store::Kind::case_policy_applied, file.id());
  const auto policy = choose_policy(work.database(), file.traits());
  const auto calendar = folds::calendar_now(work.database(), file.calendar().id);
  const cases::Input input = change_now(work, file);
  file.change(work, input, policy, calendar, draft.fields);
  draft.fields.text(field_id::note, note);
  draft.fields.number(field_id::occurred_at, input.at * 1000);
  const std::int64_t seq = work.append(std::move(draft));
  file.settle(work);
  return seq;
}

}  // namespace heard::commands
