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
constexpr std::size_t kMostCases = 4096;

/// Pauses that had ended when the change took effect; later ones did not move its due time.
cases::Pauses ended_by(cases::Pauses pauses, Seconds at) {
  std::erase_if(pauses, [&](const cases::Pause &pause) { return !pause.to || *pause.to > at; });
  return pauses;
}

}  // namespace

/// Calendars whose saving took open cases with it. Few entries do, so all are kept.
const std::vector<Explanations::Move> &Explanations::moves() {
  if (moves_) return *moves_;
  moves_.emplace();
  Query rows(database_, "SELECT seq FROM fold_calendar ORDER BY seq");
  while (rows.step()) {
    const std::int64_t seq = rows.number(0);
    const auto body = ledger_.body(seq);
    if (!body || body->number(field_id::cases_follow) == 0) continue;
    moves_->push_back({seq, body->text(field_id::calendar_id), body->texts(field_id::used_by)});
  }
  return *moves_;
}

const Explanations::Case &Explanations::read_case(const Id &id) {
  const auto found = cases_.find(id);
  if (found != cases_.end()) return found->second;
  Case known;
  // Opened, prioritized, moved, another policy applied: the entries that name what rules a case.
  Query rules(database_,
              "SELECT seq FROM event WHERE thread = ?1 AND thread <> rid AND kind IN"
              " (3, 13, 14, 18) ORDER BY seq");
  rules.bind(1, id);
  while (rules.step())
    if (auto body = ledger_.body(rules.number(0)))
      known.rules.emplace_back(rules.number(0), std::move(*body));
  Query row(database_, "SELECT pauses FROM fold_case WHERE id = ?1");
  row.bind(1, id);
  if (row.step()) known.pauses = folds::pauses_from_text(row.text(0));
  if (cases_.size() >= kMostCases) cases_.clear();
  return cases_.emplace(id, std::move(known)).first->second;
}

Explanations::Ruled Explanations::ruled_at(const Case &known, std::int64_t seq) {
  Ruled ruled;
  for (const auto &[entry, body] : known.rules) {
    if (entry > seq) break;
    if (body.has(field_id::school)) ruled.school = body.text(field_id::school);
    if (body.has(field_id::policy)) ruled.policy = body.text(field_id::policy);
    if (!body.has(field_id::calendar)) continue;
    ruled.calendar = body.text(field_id::calendar);
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

std::shared_ptr<const folds::PolicyVersion> Explanations::policy(const std::string &id,
                                                                 std::int64_t version) {
  if (policies_.size() >= kMostCalendars) policies_.clear();
  auto &known = policies_[{id, version}];
  if (!known) known = folds::policy_at(database_, id, version);
  return known;
}

std::optional<Explanations::Judged> Explanations::judge(const store::Event &event,
                                                        const folds::RecordedClock &recorded) {
  const Case &known = read_case(event.thread);
  const Ruled ruled = ruled_at(known, event.seq);
  const auto hours = calendar(ruled.calendar, recorded.calendar_version);
  if (!hours) return std::nullopt;
  const auto targets = policy(ruled.policy, recorded.policy_version);
  const cases::ClockChange &change = recorded.change;
  const cases::Grounds grounds{fmt::format("{} (version {})", targets->name, targets->version),
                               fmt::format("{} (version {})", hours->name, hours->version),
                               ended_by(known.pauses, change.at),
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
