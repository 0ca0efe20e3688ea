#include "commands/case_file.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "cases/due.hpp"
#include "commands/case_history.hpp"
#include "commands/notices.hpp"
#include "folds/clock_rows.hpp"
#include "folds/codec.hpp"
#include "interactions/threads.hpp"

namespace heard::commands {

namespace {

namespace field_id = store::field_id;
using store::Query;

constexpr auto kAxes = {cases::Axis::open_seconds, cases::Axis::open_days,
                        cases::Axis::wall_seconds};

constexpr const char *kCalendarIds = "SELECT DISTINCT id FROM fold_calendar ORDER BY id";

std::vector<std::string> calendars_with_clocks(store::Database &database) {
  std::vector<std::string> ids;
  Query rows(database, kCalendarIds);
  while (rows.step()) ids.push_back(rows.text(0));
  return ids;
}

/// Offsets and closures are known for the calendar's window only; outside it no verdict is right.
void check_window(const Work &work, const folds::CalendarVersion *calendar) {
  if (calendar == nullptr)
    throw Failure(Status::corrupt,
                  "a case has a calendar the store does not know; run 'heard rebuild'");
  if (!calendar->compiled->in_window(work.now_seconds()))
    throw Failure(Status::limit, "the calendar '" + calendar->id + "' does not reach to " +
                                     format_utc(work.now_seconds()) + "; check the clock");
}

bool any(const std::vector<cases::ClockChange> &changes, cases::What what) {
  return std::any_of(changes.begin(), changes.end(),
                     [&](const cases::ClockChange &change) { return change.what == what; });
}

/// The kind of an event that time alone made.
store::Kind kind_of(const std::vector<cases::ClockChange> &changes) {
  if (any(changes, cases::What::missed)) return store::Kind::case_clock_missed;
  return any(changes, cases::What::escalated) ? store::Kind::case_escalated
                                              : store::Kind::case_clock_warned;
}

/// At most `limit` cases in which something has fallen due, over all calendars: what fell due first
/// comes first, so that a pump that comes late records in order.
std::vector<Id> due_cases(const Work &work, int limit) {
  std::map<Id, Seconds> first;
  for (const std::string &id : calendars_with_clocks(work.database())) {
    const auto calendar = folds::calendar_now(work.database(), id);
    for (const cases::Axis axis : kAxes) {
      Query rows(work.database(),
                 "SELECT case_id, next_key FROM fold_clock WHERE calendar = ?1 AND next_axis = ?2"
                 " AND next_key < ?3 AND next_axis <> 0 ORDER BY next_key LIMIT ?4");
      rows.bind(1, id).bind(2, static_cast<int>(axis));
      rows.bind(3, cases::reached(axis, work.now_seconds(), *calendar->compiled)).bind(4, limit);
      while (rows.step()) {
        const auto at = cases::instant({axis, rows.number(1)}, *calendar->compiled);
        Seconds &known = first.try_emplace(rows.id(0), work.now_seconds()).first->second;
        known = std::min(known, at.value_or(known));
      }
    }
  }
  std::vector<std::pair<Seconds, Id>> in_order;
  for (const auto &[id, at] : first) in_order.emplace_back(at, id);
  std::sort(in_order.begin(), in_order.end());
  std::vector<Id> due;
  for (const auto &[at, id] : in_order)
    if (static_cast<int>(due.size()) < limit) due.push_back(id);
  return due;
}

}  // namespace

CaseFile CaseFile::load(const Work &work, const Id &id) {
  CaseFile file;
  Query row(work.database(),
            "SELECT number, status, priority, school, channel, topic, requester, calendar, policy,"
            " policy_version, opened_at, department, moment, requester_kind, language, assignee,"
            " last_at, pauses, solved_at FROM fold_case WHERE id = ?1");
  row.bind(1, id);
  if (!row.step()) throw Failure(Status::not_found, "there is no such case", {{"field", "case"}});
  file.id_ = id;
  file.number_ = row.number(0);
  file.state_.status = static_cast<cases::CaseStatus>(row.number(1));
  file.state_.priority = static_cast<cases::Priority>(row.number(2));
  file.school_ = row.text(3);
  file.requester_ = row.id(6);
  file.calendar_ = folds::calendar_now(work.database(), row.text(7));
  check_window(work, file.calendar_.get());
  file.policy_ = folds::policy_at(work.database(), row.text(8), row.number(9));
  file.opened_at_ = row.number(10);
  file.traits_ = {{cases::Trait::school, row.text(3)},
                  {cases::Trait::department, row.text(11)},
                  {cases::Trait::topic, row.text(5)},
                  {cases::Trait::moment, row.text(12)},
                  {cases::Trait::requester_kind, row.text(13)},
                  {cases::Trait::channel, row.text(4)},
                  {cases::Trait::priority, std::string(cases::to_text(file.state_.priority))},
                  {cases::Trait::language, row.text(14)}};
  file.assignee_ = row.id(15);
  file.state_.assigned = file.assignee_ != kNoId || !row.text(11).empty();
  file.state_.last_at = row.number(16);
  file.state_.pauses = folds::pauses_from_text(row.text(17));
  if (!row.is_null(18)) file.solved_at_ = row.number(18);
  for (const folds::ClockRow &clock : folds::clocks_of(work.database(), id))
    file.state_.clocks.push_back(clock.clock);
  return file;
}

CaseFile CaseFile::fresh(const Work &work, const Opening &opening) {
  CaseFile file;
  file.id_ = random_id();
  file.school_ = opening.school;
  file.state_.priority = opening.priority;
  file.traits_ = opening.traits;
  file.traits_[cases::Trait::school] = opening.school;
  file.traits_[cases::Trait::priority] = cases::to_text(opening.priority);
  file.calendar_ = folds::calendar_of_school(work.database(), opening.school);
  check_window(work, file.calendar_.get());
  file.policy_ = choose_policy(work.database(), file.traits_);
  Query row(work.database(), "SELECT MAX(number) FROM fold_case");
  file.number_ = (row.step() ? row.number(0) : 0) + 1;
  return file;
}

bool CaseFile::may_reopen(Millis at) const {
  if (state_.status == cases::CaseStatus::closed) return false;
  if (state_.status != cases::CaseStatus::solved || !solved_at_) return true;
  return at - *solved_at_ <= Millis{policy_->policy.reopen_days} * 86400 * 1000;
}

Seconds CaseFile::latest(const Work &work) const {
  return std::max(work.now_seconds(), state_.last_at);
}

bool CaseFile::settle(const Work &work) {
  cases::Input tick;
  tick.at = work.now_seconds();
  cases::Step step = cases::advance(state_, tick, policy_->policy, *calendar_->compiled);
  if (step.changes.empty()) return false;
  const store::Kind kind = kind_of(step.changes);
  record(work, kind, std::move(step));
  return true;
}

void CaseFile::recheck(const Work &work) {
  cases::Step step = cases::recheck(state_, work.now_seconds(), *calendar_->compiled);
  if (!step.changes.empty()) record(work, store::Kind::case_clock_corrected, std::move(step));
}

bool CaseFile::recalculate(const Work &work, const std::string &note) {
  const cases::Telling telling = history_of({work.database(), work.journal.ledger()}, id_);
  // What ended at another school, before the case moved, was judged by that school's days.
  cases::CaseState here = state_;
  here.clocks.clear();
  for (const folds::ClockRow &row : folds::clocks_of(work.database(), id_))
    if (row.calendar == calendar_->id) here.clocks.push_back(row.clock);
  cases::Step step = cases::recalculate(here, telling, *calendar_->compiled, work.now_seconds());
  if (step.changes.empty()) return false;
  step.next = state_;
  store::Draft draft = work.draft(store::Kind::case_clock_corrected, id_);
  draft.fields.text(field_id::note, note);
  take(work, std::move(step), draft.fields);
  work.append(std::move(draft));
  return true;
}

void CaseFile::record(const Work &work, store::Kind kind, cases::Step step) {
  static const directory::Actor kSystem = directory::system_actor();
  const Work system{work.journal, kSystem, work.now, work.zone_folder};
  store::Draft draft = system.draft(kind, id_);
  take(system, std::move(step), draft.fields);
  system.append(std::move(draft));
}

void CaseFile::encode_state(const cases::CaseState &next, store::FieldList &fields) const {
  if (next.last_at != state_.last_at) fields.number(field_id::last_at, next.last_at);
  if (next.priority != state_.priority)
    fields.number(field_id::priority, static_cast<std::int64_t>(next.priority));
  if (next.pauses != state_.pauses) folds::encode_pauses(next.pauses, fields);
  if (next.status == state_.status) return;
  fields.number(field_id::status, static_cast<std::int64_t>(next.status));
  const bool solved =
      next.status == cases::CaseStatus::solved || next.status == cases::CaseStatus::closed;
  if (solved && !next.pauses.empty())
    fields.number(field_id::solved_at, next.pauses.back().from * 1000);
}

void CaseFile::take(const Work &work, cases::Step step, store::FieldList &fields) {
  for (const cases::ClockChange &change : step.changes)
    fields.group(field_id::clock,
                 folds::encode_clock({change, calendar_->version, policy_->version}));
  encode_notices(work, *this, step.changes, fields);
  encode_state(step.next, fields);
  state_ = std::move(step.next);
}

void CaseFile::tell(const Work &work, const std::vector<cases::Input> &inputs, std::int64_t seq,
                    store::FieldList &fields) {
  const bool late = std::any_of(inputs.begin(), inputs.end(), [&](const cases::Input &input) {
    return input.at < state_.last_at;
  });
  if (!late) {
    cases::Step all{state_, {}};
    for (const cases::Input &input : inputs) {
      cases::Step step = cases::advance(all.next, input, policy_->policy, *calendar_->compiled);
      all.next = std::move(step.next);
      all.changes.insert(all.changes.end(), step.changes.begin(), step.changes.end());
    }
    return take(work, std::move(all), fields);
  }
  const std::shared_ptr<const cases::Policy> current(policy_, &policy_->policy);
  std::vector<cases::Fact> facts;
  for (const cases::Input &input : inputs) {
    const bool brings_policy = input.what == cases::Happening::change || input.anew;
    facts.push_back({input, brings_policy ? current : nullptr});
  }
  const cases::Telling before = history_of({work.database(), work.journal.ledger()}, id_, seq);
  revise(work, before, with_facts(before, facts, current), cases::Cause::late_entry, fields);
}

void CaseFile::revise(const Work &work, const cases::Telling &before, const cases::Telling &after,
                      cases::Cause cause, store::FieldList &fields) {
  take(work, cases::revise(state_, before, after, *calendar_->compiled, latest(work), cause),
       fields);
}

void CaseFile::encode_opening(store::FieldList &fields) const {
  const auto trait = [&](cases::Trait name) { return traits_.at(name); };
  fields.number(field_id::number, number_);
  fields.number(field_id::priority, static_cast<std::int64_t>(state_.priority));
  fields.text(field_id::school, school_);
  fields.text(field_id::department, trait(cases::Trait::department));
  fields.text(field_id::topic, trait(cases::Trait::topic));
  fields.text(field_id::moment, trait(cases::Trait::moment));
  fields.text(field_id::channel, trait(cases::Trait::channel));
  fields.text(field_id::language, trait(cases::Trait::language));
  fields.text(field_id::requester_kind, trait(cases::Trait::requester_kind));
  fields.text(field_id::calendar, calendar_->id).text(field_id::policy, policy_->id);
  fields.number(field_id::version, policy_->version);
}

void CaseFile::tell_all(const Work &work, const cases::Telling &telling, store::FieldList &fields) {
  take(work, cases::run(telling, *calendar_->compiled, work.now_seconds()), fields);
}

void CaseFile::absorb(const Work &work, store::FieldList &fields) {
  cases::Step step{state_, {}};
  for (cases::Clock &clock : step.next.clocks) {
    if (clock.state == cases::ClockState::void_) continue;
    clock.state = cases::ClockState::void_;
    clock.verdict = cases::Verdict::none;
    clock.missed_at.reset();
    step.changes.push_back({cases::What::voided, work.now_seconds(), clock, cases::Cause::merge});
  }
  step.next.status = cases::CaseStatus::closed;
  take(work, std::move(step), fields);
}

void CaseFile::change(const Work &work, const cases::Input &input,
                      std::shared_ptr<const folds::PolicyVersion> policy,
                      std::shared_ptr<const folds::CalendarVersion> calendar,
                      store::FieldList &fields) {
  const bool another = policy->id != policy_->id || policy->version != policy_->version;
  if (another) fields.text(field_id::policy, policy->id).number(field_id::version, policy->version);
  if (calendar->id != calendar_->id) fields.text(field_id::calendar, calendar->id);
  policy_ = std::move(policy);
  calendar_ = std::move(calendar);
  cases::Input told = input;
  told.anew = another;
  tell(work, {told}, 0, fields);
}

CaseFile open_file(const Work &work, const Record &fields) {
  CaseFile file =
      CaseFile::load(work, interactions::case_by_name(work.database(), fields.text("case")));
  directory::require_school(work.actor, file.school());
  file.settle(work);
  return file;
}

Record result_of(const CaseFile &file, std::int64_t seq) {
  Record result;
  result.set("seq", seq).set("duplicate", 0).set("case", hex(file.id()));
  result.set("number", file.number()).set("status", cases::to_text(file.state().status));
  return result;
}

std::shared_ptr<const folds::PolicyVersion> policy_after(const Work &work, const CaseFile &file,
                                                         cases::Trait trait,
                                                         const std::string &value) {
  cases::Traits traits = file.traits();
  traits[trait] = value;
  const auto chosen = choose_policy(work.database(), traits);
  return chosen->id == file.policy().id
             ? folds::policy_at(work.database(), file.policy().id, file.policy().version)
             : chosen;
}

std::shared_ptr<const folds::PolicyVersion> choose_policy(store::Database &database,
                                                          const cases::Traits &traits) {
  const auto policies = folds::policies_in_order(database);
  for (const auto &policy : policies)
    if (policy->id == folds::kDefault || cases::matches(policy->policy, traits)) return policy;
  throw Failure(Status::not_found, "the store has no policy; save one first");
}

int settle_due(const Work &work, int limit) {
  const std::vector<Id> due = due_cases(work, limit);
  int settled = 0;
  for (const Id &id : due) settled += CaseFile::load(work, id).settle(work) ? 1 : 0;
  if (settled == 0 && !due.empty())
    throw Failure(Status::corrupt,
                  "the due index does not agree with the ledger; run 'heard rebuild --replace'");
  return settled;
}

void recheck_calendar(const Work &work, const std::string &calendar) {
  std::set<Id> affected;
  Query rows(work.database(), "SELECT case_id FROM fold_clock WHERE calendar = ?1 AND recheck = 1");
  rows.bind(1, calendar);
  while (rows.step()) affected.insert(rows.id(0));
  for (const Id &id : affected) CaseFile::load(work, id).recheck(work);
}

std::optional<Seconds> next_due(store::Database &database) {
  std::optional<Seconds> soonest;
  // Left open meanwhile, so that all seeks are one look at the file and take its locks once.
  Query ids(database, kCalendarIds);
  while (ids.step()) {
    const std::string id = ids.text(0);
    const auto calendar = folds::calendar_now(database, id);
    for (const cases::Axis axis : kAxes) {
      Query row(database,
                "SELECT next_key FROM fold_clock WHERE calendar = ?1 AND next_axis = ?2"
                " AND next_axis <> 0 ORDER BY next_key LIMIT 1");
      row.bind(1, id).bind(2, static_cast<int>(axis));
      if (!row.step()) continue;
      const auto at = cases::first_past({axis, row.number(0)}, *calendar->compiled);
      if (at && (!soonest || *at < *soonest)) soonest = at;
    }
  }
  return soonest;
}

}  // namespace heard::commands
