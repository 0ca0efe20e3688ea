#include "audit/explanations.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cases/due.hpp"
#include "cases/explain.hpp"
#include "folds/codec.hpp"

namespace heard::audit {

namespace {

namespace field_id = store::field_id;
using store::Query;

constexpr std::size_t kMostCalendars = 128;

std::vector<std::int64_t> numbers_of(Query &rows) {
  std::vector<std::int64_t> numbers;
  while (rows.step()) numbers.push_back(rows.number(0));
  return numbers;
}

/// Pauses that had ended when the change took effect; later ones did not move its due time.
cases::Pauses pauses_until(store::Database &database, const Id &case_id, Seconds at) {
  Query row(database, "SELECT pauses FROM fold_case WHERE id = ?1");
  row.bind(1, case_id);
  if (!row.step()) return {};
  cases::Pauses pauses = folds::pauses_from_text(row.text(0));
  std::erase_if(pauses, [&](const cases::Pause &pause) { return !pause.to || *pause.to > at; });
  return pauses;
}

}  // namespace

/// Calendars whose saving took open cases with it. Few entries do, so all are kept.
const std::vector<Explanations::Move> &Explanations::moves() {
  if (moves_) return *moves_;
  moves_.emplace();
  Query rows(database_, "SELECT seq FROM fold_calendar ORDER BY seq");
  for (const std::int64_t seq : numbers_of(rows)) {
    const auto body = ledger_.body(seq);
    if (!body || body->number(field_id::cases_follow) == 0) continue;
    moves_->push_back({seq, body->text(field_id::calendar_id), body->texts(field_id::used_by)});
  }
  return *moves_;
}

Explanations::Ruled Explanations::find_rules(const Id &case_id, std::int64_t seq) {
  // Opened, prioritized, moved, another policy applied: the entries that name what rules a case.
  Query rows(database_,
             "SELECT seq FROM event WHERE thread = ?1 AND seq <= ?2 AND kind IN (3, 13, 14, 18)"
             " ORDER BY seq");
  rows.bind(1, case_id).bind(2, seq);
  Ruled ruled;
  for (const std::int64_t entry : numbers_of(rows)) {
    const auto body = ledger_.body(entry);
    if (!body) continue;
    if (body->has(field_id::school)) ruled.school = body->text(field_id::school);
    if (body->has(field_id::policy)) ruled.policy = body->text(field_id::policy);
    if (!body->has(field_id::calendar)) continue;
    ruled.calendar = body->text(field_id::calendar);
    ruled.since = entry;
  }
  for (const Move &move : moves()) {
    if (move.seq <= ruled.since || move.seq >= seq) continue;
    const bool takes =
        std::find(move.schools.begin(), move.schools.end(), ruled.school) != move.schools.end();
    if (takes)
      ruled.calendar = move.calendar;
    else if (ruled.calendar == move.calendar)  // the school is not among its schools any more
      ruled.calendar = folds::kDefault;
  }
  return ruled;
}

std::shared_ptr<const folds::CalendarVersion> Explanations::calendar(const std::string &id,
                                                                     std::int64_t version) {
  if (calendars_.size() >= kMostCalendars) calendars_.clear();
  auto &known = calendars_[{id, version}];
  if (!known) known = folds::calendar_at(database_, id, version);
  return known;
}

const Explanations::Ruled &Explanations::ruled_at(const store::Event &event) {
  if (ruled_seq_ != event.seq) {
    ruled_ = find_rules(event.thread, event.seq);
    ruled_seq_ = event.seq;
  }
  return ruled_;
}

std::optional<Explanations::Judged> Explanations::judge(const store::Event &event,
                                                        const folds::RecordedClock &recorded) {
  const Ruled &ruled = ruled_at(event);
  const auto hours = calendar(ruled.calendar, recorded.calendar_version);
  if (!hours) return std::nullopt;
  const auto policy = folds::policy_at(database_, ruled.policy, recorded.policy_version);
  const cases::ClockChange &change = recorded.change;
  const cases::Grounds grounds{fmt::format("{} (version {})", policy->name, policy->version),
                               fmt::format("{} (version {})", hours->name, hours->version),
                               pauses_until(database_, event.thread, change.at),
                               std::string(cases::to_text(change.cause))};
  return Judged{change.after, cases::due_at(change.after, *hours->compiled),
                cases::explain(change.after, *hours->compiled, grounds)};
}

std::vector<std::string> Explanations::of(const store::Event &event, const store::Body &body) {
  std::vector<std::string> texts;
  for (const store::Group &group : body.fact_groups(field_id::clock))
    if (auto judged = judge(event, folds::decode_clock(group)))
      texts.push_back(std::move(judged->text));
  return texts;
}

}  // namespace heard::audit
