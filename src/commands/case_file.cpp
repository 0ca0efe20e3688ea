#include "commands/case_file.hpp"

#include <algorithm>
#include <set>

#include "cases/due.hpp"
#include "folds/clock_rows.hpp"
#include "folds/codec.hpp"

namespace heard::commands {

namespace {

namespace field_id = store::field_id;
using store::Query;

constexpr auto kAxes = {cases::Axis::open_seconds, cases::Axis::open_days,
                        cases::Axis::wall_seconds};

std::vector<std::string> calendars_with_clocks(store::Database &database) {
  std::vector<std::string> ids;
  Query rows(database, "SELECT DISTINCT id FROM fold_calendar ORDER BY id");
  while (rows.step()) ids.push_back(rows.text(0));
  return ids;
}

/// The first second at which a key has been passed: the next open second after it.
std::optional<Seconds> first_instant_past(const cases::Key &key, const calendar::Calendar &hours) {
  const auto at = cases::instant(key, hours);
  if (!at) return std::nullopt;
  const auto open = key.axis == cases::Axis::wall_seconds ? at : hours.next_open(*at);
  return open ? std::optional(*open + 1) : std::nullopt;
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

bool any_missed(const std::vector<cases::ClockChange> &changes) {
  return std::any_of(changes.begin(), changes.end(), [](const cases::ClockChange &change) {
    return change.what == cases::What::missed;
  });
}

}  // namespace

CaseFile CaseFile::load(const Work &work, const Id &id) {
  CaseFile file;
  Query row(work.database(),
            "SELECT number, status, priority, school, channel, topic, requester, calendar, policy,"
            " policy_version, opened_at FROM fold_case WHERE id = ?1");
  row.bind(1, id);
  if (!row.step()) throw Failure(Status::not_found, "there is no such case", {{"field", "case"}});
  file.id_ = id;
  file.number_ = row.number(0);
  file.state_.status = static_cast<cases::CaseStatus>(row.number(1));
  file.state_.priority = static_cast<cases::Priority>(row.number(2));
  file.school_ = row.text(3);
  file.channel_ = row.text(4);
  file.topic_ = row.text(5);
  file.requester_ = row.id(6);
  file.calendar_ = folds::calendar_now(work.database(), row.text(7));
  check_window(work, file.calendar_.get());
  file.policy_ = folds::policy_at(work.database(), row.text(8), row.number(9));
  file.opened_at_ = row.number(10);
  for (const folds::ClockRow &clock : folds::clocks_of(work.database(), id))
    file.state_.clocks.push_back(clock.clock);
  return file;
}

CaseFile CaseFile::fresh(const Work &work, const std::string &school, cases::Priority priority) {
  CaseFile file;
  file.id_ = random_id();
  file.school_ = school;
  file.state_.priority = priority;
  file.calendar_ = folds::calendar_of_school(work.database(), school);
  check_window(work, file.calendar_.get());
  file.policy_ = folds::policy_at(work.database(), std::string(folds::kDefault));
  Query row(work.database(), "SELECT MAX(number) FROM fold_case");
  file.number_ = (row.step() ? row.number(0) : 0) + 1;
  return file;
}

void CaseFile::encode_changes(const std::vector<cases::ClockChange> &changes,
                              store::FieldList &fields) {
  for (const cases::ClockChange &change : changes)
    fields.group(field_id::clock,
                 folds::encode_clock({change, calendar_->version, policy_->version}));
}

bool CaseFile::settle(const Work &work) {
  cases::Input tick;
  tick.at = work.now_seconds();
  cases::Step step = cases::advance(state_, tick, policy_->policy, *calendar_->compiled);
  if (step.changes.empty()) return false;
  const store::Kind kind =
      any_missed(step.changes) ? store::Kind::case_clock_missed : store::Kind::case_clock_warned;
  record(work, kind, std::move(step));
  return true;
}

void CaseFile::recheck(const Work &work) {
  cases::Step step = cases::recheck(state_, work.now_seconds(), *calendar_->compiled);
  if (!step.changes.empty()) record(work, store::Kind::case_clock_corrected, std::move(step));
}

void CaseFile::record(const Work &work, store::Kind kind, cases::Step step) {
  static const directory::Actor kSystem = directory::system_actor();
  const Work system{work.journal, kSystem, work.now, work.zone_folder};
  store::Draft draft = system.draft(kind, id_);
  encode_changes(step.changes, draft.fields);
  system.append(std::move(draft));
  state_ = std::move(step.next);
}

void CaseFile::advance(const std::vector<cases::Input> &inputs, store::FieldList &fields) {
  const cases::CaseStatus before = state_.status;
  for (const cases::Input &input : inputs) {
    cases::Step step = cases::advance(state_, input, policy_->policy, *calendar_->compiled);
    encode_changes(step.changes, fields);
    state_ = std::move(step.next);
  }
  if (state_.status == before) return;
  fields.number(field_id::status, static_cast<std::int64_t>(state_.status));
  if (state_.status == cases::CaseStatus::solved)
    fields.number(field_id::solved_at, inputs.back().at * 1000);
}

int settle_due(const Work &work, int limit) {
  std::set<Id> due;
  for (const std::string &id : calendars_with_clocks(work.database())) {
    const auto calendar = folds::calendar_now(work.database(), id);
    for (const cases::Axis axis : kAxes) {
      Query rows(work.database(),
                 "SELECT case_id FROM fold_clock WHERE calendar = ?1 AND next_axis = ?2"
                 " AND next_key < ?3 AND next_axis > 0 ORDER BY next_key LIMIT ?4");
      rows.bind(1, id).bind(2, static_cast<int>(axis));
      rows.bind(3, cases::reached(axis, work.now_seconds(), *calendar->compiled)).bind(4, limit);
      while (rows.step() && static_cast<int>(due.size()) < limit) due.insert(rows.id(0));
    }
  }
  int settled = 0;
  for (const Id &id : due) settled += CaseFile::load(work, id).settle(work) ? 1 : 0;
  if (settled == 0 && !due.empty())
    throw Failure(Status::corrupt,
                  "the due index does not agree with the ledger; run 'heard rebuild --replace'");
  return settled;
}

void recheck_calendar(const Work &work, const std::string &calendar) {
  std::set<Id> missed;
  Query rows(work.database(),
             "SELECT case_id FROM fold_clock WHERE calendar = ?1 AND state = 1"
             " AND missed_at IS NOT NULL");
  rows.bind(1, calendar);
  while (rows.step()) missed.insert(rows.id(0));
  for (const Id &id : missed) CaseFile::load(work, id).recheck(work);
}

std::optional<Seconds> next_due(store::Database &database) {
  std::optional<Seconds> soonest;
  for (const std::string &id : calendars_with_clocks(database)) {
    const auto calendar = folds::calendar_now(database, id);
    for (const cases::Axis axis : kAxes) {
      Query row(database,
                "SELECT next_key FROM fold_clock WHERE calendar = ?1 AND next_axis = ?2"
                " AND next_axis > 0 ORDER BY next_key LIMIT 1");
      row.bind(1, id).bind(2, static_cast<int>(axis));
      if (!row.step()) continue;
      const auto at = first_instant_past({axis, row.number(0)}, *calendar->compiled);
      if (at && (!soonest || *at < *soonest)) soonest = at;
    }
  }
  return soonest;
}

}  // namespace heard::commands
