#include "folds/refold.hpp"

#include <algorithm>

#include "folds/people.hpp"
#include "store/ledger.hpp"

namespace heard::folds {

namespace {

namespace field_id = store::field_id;
using store::Kind;
using store::Query;

/// Takes the people's rows away and remembers the keys they had.
Anew clear_people(store::Database &live, const std::set<Id> &people) {
  Anew anew{people, {}};
  {
    Query keys(live, "SELECT key, person FROM fold_person_key");
    while (keys.step())
      if (people.contains(keys.id(1))) anew.keys.insert(keys.text(0));
  }
  for (const std::string &key : anew.keys) {
    Query remove(live, "DELETE FROM fold_person_key WHERE key = ?1");
    remove.bind(1, key).run();
  }
  for (const Id &person : people) {
    Query row(live, "DELETE FROM fold_person WHERE id = ?1");
    row.bind(1, person).run();
    Query links(live, "DELETE FROM fold_link WHERE student = ?1 OR contact = ?1");
    links.bind(1, person).run();
  }
  return anew;
}

/// The directory's entries, and the contacts and case entries the people are in.
std::vector<std::int64_t> entries_naming(store::Database &live, const std::set<Id> &people) {
  std::set<std::int64_t> seqs;
  Query directory(live, "SELECT seq FROM event WHERE kind IN (30, 31)");
  while (directory.step()) seqs.insert(directory.number(0));
  for (const Id &person : people) {
    Query rows(live, "SELECT seq FROM fold_body_person WHERE person = ?1 AND role <> 'disclosed'");
    rows.bind(1, person);
    while (rows.step()) seqs.insert(rows.number(0));
  }
  return {seqs.begin(), seqs.end()};
}

void meet_parties(store::Database &live, const store::Body &body, std::int64_t seq,
                  const Anew &anew) {
  const auto facts = body.fact_groups(field_id::party_fact);
  const auto personal = body.groups(field_id::party_personal);
  for (std::size_t i = 0; i < facts.size(); ++i)
    meet_person(live, facts[i], i < personal.size() ? personal[i] : std::nullopt, seq, &anew);
}

void refold_people(store::Database &live, const std::set<Id> &people) {
  if (people.empty()) return;
  const Anew anew = clear_people(live, people);
  store::Ledger ledger(live);
  for (const std::int64_t seq : entries_naming(live, people)) {
    const auto event = ledger.event(seq);
    const auto body = ledger.body(seq);
    if (!event || !body) continue;
    const auto kind = static_cast<Kind>(event->kind);
    if (kind == Kind::directory_page_applied || kind == Kind::directory_person_changed)
      fold_records(live, *event, *body, &anew);
    else
      meet_parties(live, *body, seq, anew);
  }
}

/// What a case's row took from the entry that opened it and from the one that assigned it last.
void refold_case(store::Database &live, const Id &id) {
  store::Ledger ledger(live);
  std::vector<std::pair<std::int64_t, Kind>> entries;
  {
    Query rows(live,
               "SELECT seq, kind FROM event WHERE thread = ?1 AND thread <> rid AND kind IN (3, 5)"
               " ORDER BY seq");
    rows.bind(1, id);
    while (rows.step()) entries.emplace_back(rows.number(0), static_cast<Kind>(rows.number(1)));
  }
  for (const auto &[seq, kind] : entries) {
    const auto body = ledger.body(seq);
    if (!body) continue;
    if (kind == Kind::case_opened) {
      Query row(live, "UPDATE fold_case SET requester_name = ?2, subject = ?3 WHERE id = ?1");
      row.bind(1, id).bind(2, body->text(field_id::requester_name));
      row.bind(3, body->text(field_id::subject)).run();
    } else {
      Query row(live, "UPDATE fold_case SET assignee_name = ?2 WHERE id = ?1");
      row.bind(1, id).bind(2, body->text(field_id::assignee_name)).run();
    }
  }
}

/// A case whose entries are gone.
void drop_case(store::Database &live, const Id &id) {
  for (const char *sql :
       {"DELETE FROM fold_case_student WHERE case_id = ?1",
        "DELETE FROM fold_clock WHERE case_id = ?1", "DELETE FROM fold_notice WHERE case_id = ?1",
        "DELETE FROM fold_case WHERE id = ?1"}) {
    Query row(live, sql);
    row.bind(1, id).run();
  }
}

void drop_entry(store::Database &live, std::int64_t seq, const std::vector<Id> &people) {
  Query opened(live, "SELECT thread FROM event WHERE seq = ?1 AND kind = 3");
  opened.bind(1, seq);
  if (opened.step()) drop_case(live, opened.id(0));
  for (const char *sql : {"DELETE FROM fold_interaction WHERE seq = ?1",
                          "DELETE FROM fold_disclosure WHERE seq = ?1"}) {
    Query row(live, sql);
    row.bind(1, seq).run();
  }
  for (const Id &person : people) {
    Query row(live, "DELETE FROM fold_body_person WHERE person = ?1 AND seq = ?2");
    row.bind(1, person).bind(2, seq).run();
  }
}

}  // namespace

void refold_touched(store::Database &live, const Touched &touched) {
  for (const auto &[seq, people] : touched.removed) drop_entry(live, seq, people);
  for (const Id &id : touched.cases) refold_case(live, id);
  refold_people(live, touched.people);
}

}  // namespace heard::folds
