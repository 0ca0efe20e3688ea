// What an entry is about, as a hold sees it.
#include "commands/erasable.hpp"
#include "folds/codec.hpp"
#include "folds/people.hpp"

namespace heard::commands {

namespace field_id = store::field_id;
namespace sub = folds::sub;
using store::Query;

namespace {

void add_person_schools(store::Database &database, const Id &person, HoldSubject &subject) {
  Query rows(database,
             "SELECT school FROM fold_person WHERE id = ?1 AND school <> '' UNION"
             " SELECT p.school FROM fold_link l JOIN fold_person p ON p.id = l.student"
             " WHERE l.contact = ?1 AND p.school <> ''");
  rows.bind(1, person);
  while (rows.step()) subject.schools.insert(rows.text(0));
}

void add_case(store::Database &database, const Id &case_id, HoldSubject &subject) {
  Query row(database,
            "SELECT requester, school, merged_into, split_from FROM fold_case WHERE id = ?1");
  row.bind(1, case_id);
  if (!row.step() || !subject.cases.insert(case_id).second) return;
  if (!row.is_null(0)) subject.people.insert(row.id(0));
  if (!row.bytes(1).empty()) subject.schools.insert(row.text(1));
  const Id into = row.id(2), from = row.id(3);
  Query students(database, "SELECT person FROM fold_case_student WHERE case_id = ?1");
  students.bind(1, case_id);
  while (students.step()) subject.people.insert(students.id(0));
  if (into != kNoId) add_case(database, into, subject);
  if (from != kNoId) subject.cases.insert(from);
}

/// Of a page only those records and links that are to be closed.
void add_records(const Erasable &entry, HoldSubject &subject) {
  const auto each = [&](std::uint16_t facts_id, std::uint16_t personal_id, const auto &add) {
    const auto facts = entry.body.fact_groups(facts_id);
    const auto places = places_of(entry.body, personal_id);
    for (std::size_t i = 0; i < facts.size() && i < places.size(); ++i)
      if (entry.places.contains(places[i])) add(facts[i]);
  };
  each(field_id::record_fact, field_id::record_personal,
       [&](const store::Group &fact) { subject.people.insert(fact.id(sub::person)); });
  each(field_id::link_fact, field_id::link_personal, [&](const store::Group &fact) {
    subject.people.insert(fact.id(sub::student));
    subject.people.insert(fact.id(sub::contact));
  });
}

}  // namespace

HoldSubject hold_subject(store::Database &database, const Erasable &entry) {
  HoldSubject subject;
  for (const store::Group &fact : entry.body.fact_groups(field_id::party_fact))
    subject.people.insert(fact.id(sub::person));
  add_records(entry, subject);
  for (const Id &person : folds::concerned_by(entry.body)) subject.people.insert(person);
  add_case(database, entry.event.thread, subject);
  add_case(database, entry.body.id_of(field_id::about_case), subject);
  Query placed(database, "SELECT case_id, school FROM fold_interaction WHERE seq = ?1");
  placed.bind(1, entry.event.seq);
  if (placed.step()) {
    if (!placed.is_null(0)) add_case(database, placed.id(0), subject);
    if (!placed.bytes(1).empty()) subject.schools.insert(placed.text(1));
  }
  if (!subject.schools.empty()) return subject;
  const std::set<Id> people = subject.people;
  for (const Id &person : people) add_person_schools(database, person, subject);
  return subject;
}

std::set<Id> bound_cases(store::Database &database, const Id &case_id) {
  std::set<Id> bound{case_id};
  std::vector<Id> open{case_id};
  while (!open.empty()) {
    const Id id = open.back();
    open.pop_back();
    Query rows(database,
               "SELECT merged_into FROM fold_case WHERE id = ?1 UNION SELECT split_from FROM"
               " fold_case WHERE id = ?1 UNION SELECT id FROM fold_case WHERE merged_into = ?1"
               " OR split_from = ?1");
    rows.bind(1, id);
    while (rows.step())
      if (!rows.is_null(0) && bound.insert(rows.id(0)).second) open.push_back(rows.id(0));
  }
  return bound;
}

}  // namespace heard::commands
