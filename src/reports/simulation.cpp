#include "reports/simulation.hpp"

#include <algorithm>

#include "cases/due.hpp"

namespace heard::reports {

namespace {

using cases::Clock;
using cases::Verdict;

constexpr std::int64_t kPage = 256;

bool is_same(const Clock &one, const Clock &other) {
  return one.name == other.name && one.no == other.no;
}

/// Null if there is no such clock, or it never was.
const Clock *find(const cases::CaseState &state, const Clock &like) {
  for (const Clock &clock : state.clocks)
    if (is_same(clock, like) && clock.state != cases::ClockState::void_) return &clock;
  return nullptr;
}

Verdict verdict_of(const Clock *clock) { return clock == nullptr ? Verdict::none : clock->verdict; }

bool is_judged(Verdict verdict) { return verdict == Verdict::met || verdict == Verdict::missed; }

/// The recorded clocks with what time alone has done to them since somebody looked last.
cases::CaseState settled(const commands::CaseFile &file, Seconds now) {
  cases::Input tick;
  tick.at = now;
  return cases::advance(file.state(), tick, file.policy().policy, *file.calendar().compiled).next;
}

/// A finished clock is due when the calendar that decided said so, a running one by today's.
std::optional<Seconds> due_before(store::Database &database, const commands::CaseFile &file,
                                  const std::vector<folds::ClockRow> &rows, const Clock &like) {
  for (const folds::ClockRow &row : rows) {
    if (!is_same(row.clock, like) || row.clock.state == cases::ClockState::void_) continue;
    const bool is_over = row.clock.state == cases::ClockState::stopped;
    const auto decided =
        is_over ? folds::calendar_at(database, row.calendar, row.calendar_version) : nullptr;
    return cases::due_at(row.clock, decided ? *decided->compiled : *file.calendar().compiled);
  }
  return std::nullopt;
}

}  // namespace

std::vector<Id> Simulation::next_cases() {
  // What a merge has absorbed has left the figures.
  store::Query rows(work_.database(),
                    "SELECT id, number FROM fold_case WHERE number > ?1 AND opened_at >= ?2"
                    " AND opened_at < ?3 AND (?4 = '' OR school = ?4) AND merged_into IS NULL"
                    " ORDER BY number LIMIT ?5");
  rows.bind(1, last_number_).bind(2, past_.from).bind(3, past_.to).bind(4, past_.school);
  rows.bind(5, kPage);
  std::vector<Id> cases;
  while (rows.step()) {
    cases.push_back(rows.id(0));
    last_number_ = rows.number(1);
  }
  return cases;
}

std::shared_ptr<const calendar::Calendar> Simulation::hours_of(const commands::CaseFile &file) {
  if (!proposal_.calendar) return nullptr;
  const std::pair key{file.calendar().id, file.school()};
  const auto known = calendars_.find(key);
  if (known != calendars_.end()) return known->second;
  return calendars_[key] = proposed_hours(work_.database(), proposal_, file);
}

void Simulation::look_at(const Id &id) {
  const commands::CaseFile file = commands::CaseFile::load(work_, id);
  Told told{file, folds::clocks_of(work_.database(), id), {}, {}, hours_of(file)};
  const bool is_meant = told.hours != nullptr || proposal_.fits(file.traits());
  if (is_meant) {
    store::Ledger &ledger = work_.journal.ledger();
    cases::Telling telling = commands::history_of({work_.database(), ledger}, id);
    const Seconds now = work_.now_seconds();
    told.as_is = cases::run(telling, *file.calendar().compiled, now).next;
    if (proposal_.fits(file.traits()))
      for (cases::Fact &fact : telling.facts)
        fact.policy = {proposal_.policy, &proposal_.policy->policy};
    if (!told.hours) told.hours = file.calendar().compiled;
    told.proposed = cases::run(telling, *told.hours, now).next;
  }
  compare(told);
}

/// Only what the proposal changes is an effect of it; all else stays as it was recorded, even where
/// the facts would be judged otherwise today.
void Simulation::compare(const Told &told) {
  const cases::CaseState recorded = settled(told.file, work_.now_seconds());
  const auto judge = [&](const Clock &like) {
    const Verdict before = verdict_of(find(recorded, like));
    const Clock *as_is = find(told.as_is, like), *proposed = find(told.proposed, like);
    const bool differs =
        (as_is == nullptr) != (proposed == nullptr) || verdict_of(as_is) != verdict_of(proposed);
    const Verdict after = differs ? verdict_of(proposed) : before;
    count(like.name, before, after);
    if (before != after) add_flip(told, like, before, after);
  };
  for (const Clock &clock : recorded.clocks)
    if (clock.state != cases::ClockState::void_) judge(clock);
  for (const Clock &clock : told.proposed.clocks)
    if (find(recorded, clock) == nullptr) judge(clock);
}

void Simulation::count(cases::ClockName clock, Verdict before, Verdict after) {
  if (!is_judged(before) && !is_judged(after)) return;
  Figure &figure = figures_[clock];
  ++figure.judged;
  if (before == Verdict::met) ++figure.met_before;
  if (before == Verdict::missed) ++figure.missed_before;
  if (after == Verdict::met) ++figure.met_after;
  if (after == Verdict::missed) ++figure.missed_after;
}

void Simulation::add_flip(const Told &told, const Clock &like, Verdict before, Verdict after) {
  if (static_cast<std::int64_t>(flips_.size()) >= past_.most_flips) return;
  Record &row = flips_.emplace_back("simulation");
  row.set("row", "flip").set("case", hex(told.file.id())).set("number", told.file.number());
  row.set("clock", cases::to_text(like.name)).set("no", like.no);
  row.set("before", cases::to_text(before)).set("after", cases::to_text(after));
  if (const auto due = due_before(work_.database(), told.file, told.recorded, like))
    row.set("due_before", *due * 1000);
  const Clock *proposed = find(told.proposed, like);
  const auto due = proposed ? cases::due_at(*proposed, *told.hours) : std::nullopt;
  if (due) row.set("due_after", *due * 1000);
}

std::vector<Record> Simulation::rows() {
  for (std::vector<Id> cases = next_cases(); !cases.empty(); cases = next_cases())
    for (const Id &id : cases) look_at(id);
  std::vector<Record> rows;
  for (const auto &[clock, figure] : figures_) {
    Record &row = rows.emplace_back("simulation");
    row.set("row", "figure").set("clock", cases::to_text(clock)).set("judged", figure.judged);
    row.set("met_before", figure.met_before).set("met_after", figure.met_after);
    row.set("missed_before", figure.missed_before).set("missed_after", figure.missed_after);
    const std::int64_t before = figure.met_before + figure.missed_before;
    const std::int64_t after = figure.met_after + figure.missed_after;
    if (before > 0) row.set("percent_before", figure.met_before * 100 / before);
    if (after > 0) row.set("percent_after", figure.met_after * 100 / after);
  }
  std::move(flips_.begin(), flips_.end(), std::back_inserter(rows));
  return rows;
}

}  // namespace heard::reports
