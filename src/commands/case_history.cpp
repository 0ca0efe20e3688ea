#include "commands/case_history.hpp"

#include <algorithm>
#include <map>

#include "folds/calendars.hpp"
#include "interactions/contact.hpp"

namespace heard::commands {

namespace {

namespace field_id = store::field_id;
using store::Kind;

/// A fact, where it stands in the ledger, and the policy it brought with it.
struct Recorded {
  std::int64_t seq = 0;
  cases::Input input;
  std::shared_ptr<const cases::Policy> policy;  ///< null: as before
};

std::shared_ptr<const cases::Policy> policy_of(store::Database &database, const store::Body &body) {
  if (!body.has(field_id::policy)) return nullptr;
  const auto version =
      folds::policy_at(database, body.text(field_id::policy), body.number(field_id::version));
  return {version, &version->policy};
}

Seconds instant_of(const store::Body &body) {
  return floor_seconds(body.number(field_id::occurred_at, body.number(field_id::at)));
}

/// What was done with the case; nothing for entries that only record what followed from it.
std::optional<cases::Happening> happening_of(Kind kind) {
  static const std::map<Kind, cases::Happening> kDone{
      {Kind::case_assigned, cases::Happening::assign},
      {Kind::case_accepted, cases::Happening::accept},
      {Kind::case_waiting, cases::Happening::wait},
      {Kind::case_held, cases::Happening::hold},
      {Kind::case_solved, cases::Happening::solve},
      {Kind::case_reopened, cases::Happening::reopen},
      {Kind::case_closed, cases::Happening::close},
      {Kind::case_prioritized, cases::Happening::prioritize},
      {Kind::case_moved, cases::Happening::change},
      {Kind::case_policy_applied, cases::Happening::change}};
  const auto known = kDone.find(kind);
  return known == kDone.end() ? std::nullopt : std::optional(known->second);
}

std::vector<std::pair<std::int64_t, Kind>> entries_of(store::Database &database, const Id &id) {
  std::vector<std::pair<std::int64_t, Kind>> entries;
  store::Query rows(
      database,
      "SELECT seq, kind FROM event WHERE thread = ?1 AND thread <> rid AND kind BETWEEN 3 AND 19"
      " ORDER BY seq");
  rows.bind(1, id);
  while (rows.step()) entries.emplace_back(rows.number(0), static_cast<Kind>(rows.number(1)));
  return entries;
}

Recorded done(std::int64_t seq, Kind kind, cases::Happening what, const store::Body &body) {
  Recorded fact{seq, {}, nullptr};
  fact.input.what = what;
  fact.input.at = instant_of(body);
  fact.input.priority = static_cast<cases::Priority>(body.number(field_id::priority, 2));
  if (what == cases::Happening::change)
    fact.input.cause =
        kind == Kind::case_moved ? cases::Cause::school_change : cases::Cause::policy_change;
  return fact;
}

cases::Input input_of(const store::Body &body, bool marked_as_answer) {
  interactions::Contact contact;
  contact.direction = body.text(field_id::direction);
  contact.human = body.number(field_id::human) != 0;
  contact.is_public = body.number(field_id::public_) != 0;
  contact.bulk = body.number(field_id::bulk) != 0;
  contact.answered = body.number(field_id::answered) != 0;
  contact.answers = marked_as_answer;
  contact.delivery = body.text(field_id::delivery);
  cases::Input input;
  input.what = contact.is_inbound() ? cases::Happening::inbound : cases::Happening::outbound;
  input.at = instant_of(body);
  input.needs_response = body.number(field_id::needs_response) != 0;
  input.answers = contact.answers_family();
  input.acknowledges = contact.reaches_family();
  return input;
}

/// Reads one case.
class Reading {
 public:
  Reading(const Source &source, const Id &id) : source_(source) {
    for (const auto &[seq, kind] : entries_of(source.database, id)) read_entry(seq, kind);
  }

  void read_contacts(const Id &id, std::int64_t except) {
    std::vector<std::int64_t> seqs;
    {
      store::Query rows(source_.database,
                        "SELECT seq FROM fold_interaction WHERE case_id = ?1 AND seq <> ?2");
      rows.bind(1, id).bind(2, except);
      while (rows.step()) seqs.push_back(rows.number(0));
    }
    for (const std::int64_t seq : seqs) {
      const auto input = contact_input(source_, seq, seq == opener_);
      if (!input) continue;
      Recorded fact{seq, *input, nullptr};
      fact.input.opened_by_staff = seq == opener_ && input->what == cases::Happening::outbound;
      fact.input.assigns = seq == opener_ && assigned_at_once_;
      facts_.push_back(fact);
    }
  }

  cases::Telling take() {
    std::sort(facts_.begin(), facts_.end(), [](const Recorded &a, const Recorded &b) {
      return std::pair(a.input.at, a.seq) < std::pair(b.input.at, b.seq);
    });
    cases::Telling telling{{}, priority_};
    for (Recorded &fact : facts_) {
      if (fact.policy) policy_ = fact.policy;
      telling.facts.push_back({fact.input, policy_});
    }
    return telling;
  }

 private:
  void read_entry(std::int64_t seq, Kind kind) {
    const auto what = happening_of(kind);
    if (!what && kind != Kind::case_opened) return;
    const auto body = source_.ledger.body(seq);
    if (!body) return;
    if (kind == Kind::case_opened) return read_opening(seq, *body);
    facts_.push_back(done(seq, kind, *what, *body));
    facts_.back().policy = policy_of(source_.database, *body);
    facts_.back().input.anew = facts_.back().policy != nullptr;
    if (body->number(field_id::accepted) != 0)
      facts_.push_back(done(seq, kind, cases::Happening::accept, *body));
  }

  void read_opening(std::int64_t seq, const store::Body &body) {
    const auto event = source_.ledger.event(seq);
    opener_ = event ? event->ref : 0;
    assigned_at_once_ = !body.text(field_id::department).empty();
    priority_ = static_cast<cases::Priority>(body.number(field_id::priority, 2));
    policy_ = policy_of(source_.database, body);
  }

  const Source &source_;
  std::vector<Recorded> facts_;
  std::int64_t opener_ = 0;
  bool assigned_at_once_ = false;
  cases::Priority priority_ = cases::Priority::normal;
  std::shared_ptr<const cases::Policy> policy_;
};

}  // namespace

std::optional<cases::Input> contact_input(const Source &source, std::int64_t seq, bool opens) {
  store::Query row(source.database,
                   "SELECT i.needs_response, i.answers FROM fold_interaction i JOIN event e"
                   " ON e.seq = i.seq WHERE i.seq = ?1"
                   " AND (?2 <> 0 OR (i.direction <> 'internal' AND e.ref = 0))");
  row.bind(1, seq).bind(2, opens ? 1 : 0);
  const auto body = source.ledger.body(seq);
  if (!row.step() || !body) return std::nullopt;
  cases::Input input = input_of(*body, row.number(1) != 0);
  input.needs_response = row.number(0) != 0;
  return input;
}

cases::Telling history_of(const Source &source, const Id &case_id, std::int64_t except) {
  Reading reading(source, case_id);
  reading.read_contacts(case_id, except);
  return reading.take();
}

cases::Telling with_facts(cases::Telling telling, const std::vector<cases::Fact> &facts,
                          std::shared_ptr<const cases::Policy> policy) {
  if (!telling.facts.empty()) policy = telling.facts.front().policy;
  telling.facts.insert(telling.facts.end(), facts.begin(), facts.end());
  cases::put_in_order(telling.facts);
  for (cases::Fact &fact : telling.facts) {
    if (fact.policy) policy = fact.policy;
    fact.policy = policy;
  }
  return telling;
}

}  // namespace heard::commands
