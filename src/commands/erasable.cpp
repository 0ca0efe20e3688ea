#include "commands/erasable.hpp"

#include <algorithm>

#include "base/failure.hpp"
#include "base/text.hpp"
#include "folds/codec.hpp"
#include "folds/people.hpp"

namespace heard::commands {

namespace {

namespace field_id = store::field_id;
namespace sub = folds::sub;
using store::Kind;
using store::Query;

std::vector<std::int64_t> seqs_of(Query &rows) {
  std::vector<std::int64_t> seqs;
  while (rows.step()) seqs.push_back(rows.number(0));
  return seqs;
}

bool is_case_entry(std::uint16_t kind) {
  return (kind >= 3 && kind <= 19) || kind == 51 || kind == 52;
}

/// The family parties of a contact that still have a name there, by what they are in it.
struct Family {
  bool wrote = false;  ///< the person sent it, or it was their request
  bool read = false, is_subject = false;
  int others_in_talk = 0, other_subjects = 0;

  /// The words go with whoever wrote them, and with the last one they were written to or about.
  bool takes_words() const {
    return wrote || (read && others_in_talk == 0) || (is_subject && other_subjects == 0);
  }
};

Family family_in(const store::Body &body, const Id &person) {
  Family family;
  const auto facts = body.fact_groups(field_id::party_fact);
  const auto personal = body.groups(field_id::party_personal);
  for (std::size_t i = 0; i < facts.size(); ++i) {
    if (facts[i].number(sub::is_staff) != 0) continue;
    const bool is_this = facts[i].id(sub::person) == person;
    const std::string role = facts[i].text(sub::role);
    if (!is_this && (i >= personal.size() || !personal[i])) continue;  // erased before
    if (role == "about")
      is_this ? void(family.is_subject = true) : void(++family.other_subjects);
    else if (!is_this)
      ++family.others_in_talk;
    else if (role == "to")
      family.read = true;
    else
      family.wrote = true;
  }
  return family;
}

}  // namespace

std::vector<std::size_t> places_of(const store::Body &body, std::uint16_t id) {
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < body.fields().size(); ++i)
    if (body.fields()[i].id == id) places.push_back(i);
  return places;
}

/// Everything about a person that decides what goes with them.
struct Collector::PersonFile {
  Id id{};
  std::set<std::string> keys;
  std::set<Id> asked_in;  ///< cases they asked in
  std::set<Id> cases;     ///< these, and cases about nobody but them
  /// What was closed of them: searches that used one of these words name them too.
  std::set<std::string> words;

  void learn(const store::Group &personal) {
    for (const auto &[item, value] : personal.items()) {
      if (item == sub::language || item == sub::grade) continue;  // many have the same
      for (const std::string_view line : split(value, '\n'))
        if (line.size() >= 3) words.insert(lowered(line));
    }
  }
};

Erasable *Collector::load(std::int64_t seq) {
  const auto known = found_.find(seq);
  if (known != found_.end()) return &known->second;
  auto event = ledger_.event(seq);
  auto body = ledger_.body(seq);
  if (!event || !body) return nullptr;
  return &found_.emplace(seq, Erasable{*event, std::move(*body), {}}).first->second;
}

void Collector::close(Erasable &entry, std::uint16_t id) {
  for (const std::size_t place : places_of(entry.body, id))
    if (entry.body.fields()[place].open) entry.places.insert(place);
}

void Collector::close_all(Erasable &entry) {
  for (std::size_t i = 0; i < entry.body.fields().size(); ++i) {
    const store::SaltedField &field = entry.body.fields()[i];
    const store::FieldRow *known = store::field(field.id);
    if (field.open && known && known->personal) entry.places.insert(i);
  }
}

/// The case that a contact opened has its subject too, and marks have notes about it.
void Collector::close_copies(const Erasable &contact) {
  std::vector<std::int64_t> seqs;
  {
    Query opened(database_,
                 "SELECT e.seq FROM fold_interaction i JOIN event e ON e.thread = i.case_id"
                 " AND e.thread <> e.rid"
                 " WHERE i.seq = ?1 AND e.kind IN (3, 50) AND e.ref = ?1"
                 " UNION SELECT seq FROM event WHERE thread = ?2 AND thread <> rid"
                 " AND kind IN (3, 50) AND ref = ?1");
    opened.bind(1, contact.event.seq).bind(2, contact.event.thread);
    seqs = seqs_of(opened);
  }
  for (const std::int64_t seq : seqs)
    if (Erasable *copy = load(seq)) {
      close(*copy, field_id::subject);
      close(*copy, field_id::note);
    }
}

void Collector::add_entry(std::int64_t seq) {
  Erasable *entry = load(seq);
  if (!entry)
    throw Failure(Status::not_found,
                  "entry " + std::to_string(seq) + " is not there, or all of it was removed",
                  {{"field", "entry"}});
  const auto kind = static_cast<Kind>(entry->event.kind);
  if (kind == Kind::directory_page_applied)
    throw bad_field("entry", "is a page of the directory with many people; erase the person");
  close_all(*entry);
  if (kind == Kind::interaction_logged) close_copies(*entry);
}

void Collector::add_case(const Id &case_id) {
  std::vector<std::int64_t> seqs;
  {
    Query rows(database_,
               "SELECT seq FROM fold_interaction WHERE case_id = ?1 UNION"
               " SELECT e.seq FROM event e WHERE (e.kind BETWEEN 2 AND 19 OR e.kind >= 50)"
               " AND e.thread <> e.rid AND e.thread IN"
               " (SELECT id FROM fold_case WHERE id = ?1 OR merged_into = ?1)"
               " ORDER BY 1");
    rows.bind(1, case_id);
    seqs = seqs_of(rows);
  }
  for (const std::int64_t seq : seqs) {
    Query elsewhere(database_,
                    "SELECT 1 FROM fold_interaction WHERE seq = ?1 AND case_id IS NOT ?2");
    elsewhere.bind(1, seq).bind(2, case_id);
    if (elsewhere.step()) continue;  // it was split off: it belongs to another case now
    if (Erasable *entry = load(seq)) close_all(*entry);
  }
}

Collector::PersonFile Collector::open_file(const Id &person) {
  PersonFile file;
  file.id = person;
  Query keys(database_, "SELECT key, person FROM fold_person_key");
  while (keys.step())
    if (keys.id(1) == person) file.keys.insert(keys.text(0));
  for (const std::string &key : file.keys) file.words.insert(lowered(key));
  Query cases(database_,
              "SELECT id, requester FROM fold_case c WHERE requester = ?1 OR (EXISTS(SELECT 1"
              " FROM fold_case_student s WHERE s.case_id = c.id AND s.person = ?1) AND"
              " (SELECT COUNT(*) FROM fold_case_student s WHERE s.case_id = c.id) = 1)");
  cases.bind(1, person);
  while (cases.step()) {
    file.cases.insert(cases.id(0));
    if (cases.id(1) == person) file.asked_in.insert(cases.id(0));
  }
  return file;
}

/// Facts carry the person's id, so no entry that names the person can be missed; what they did
/// themselves carries a key of theirs.
std::set<std::int64_t> Collector::entries_of(const PersonFile &file) {
  std::set<std::int64_t> seqs;
  const auto take = [&](const char *sql, const Id &id) {
    Query rows(database_, sql);
    rows.bind(1, id);
    for (const std::int64_t seq : seqs_of(rows)) seqs.insert(seq);
  };
  take(
      "SELECT seq FROM body WHERE instr(fields, ?1) > 0"
      " OR actor IN (SELECT key FROM fold_person_key WHERE person = ?1)",
      file.id);
  take("SELECT seq FROM event WHERE thread = ?1 AND thread <> rid", file.id);
  for (const Id &id : file.cases)
    take("SELECT seq FROM event WHERE thread = ?1 AND thread <> rid", id);
  return seqs;
}

void Collector::add_person(const Id &person) {
  PersonFile file = open_file(person);
  const std::set<std::int64_t> seqs = entries_of(file);
  for (const std::int64_t seq : seqs)
    if (const Erasable *entry = load(seq)) learn(file, entry->body);
  for (const std::int64_t seq : seqs) add_named(file, seq);
  add_searches(file);
}

void Collector::learn(PersonFile &file, const store::Body &body) {
  for (const auto &[fact_id, personal_id] :
       {std::pair(field_id::party_fact, field_id::party_personal),
        {field_id::record_fact, field_id::record_personal}}) {
    const auto facts = body.fact_groups(fact_id);
    const auto personal = body.groups(personal_id);
    for (std::size_t i = 0; i < facts.size() && i < personal.size(); ++i)
      if (personal[i] && facts[i].id(sub::person) == file.id) file.learn(*personal[i]);
  }
}

void Collector::add_named(const PersonFile &file, std::int64_t seq) {
  Erasable *entry = load(seq);
  if (!entry) return;
  if (file.keys.contains(entry->body.text(field_id::actor))) close(*entry, field_id::actor_name);
  close_parties(file, *entry);
  close_directory(file, *entry);
  if (is_case_entry(entry->event.kind)) close_case_entry(file, *entry);
  if (static_cast<Kind>(entry->event.kind) == Kind::disclosure_made) close_disclosure(file, *entry);
  close_own(file, *entry);
}

void Collector::close_parties(const PersonFile &file, Erasable &entry) {
  const auto facts = entry.body.fact_groups(field_id::party_fact);
  const auto places = places_of(entry.body, field_id::party_personal);
  for (std::size_t i = 0; i < facts.size() && i < places.size(); ++i)
    if (facts[i].id(sub::person) == file.id && entry.body.fields()[places[i]].open)
      entry.places.insert(places[i]);
  if (static_cast<Kind>(entry.event.kind) != Kind::interaction_logged) return;
  if (!family_in(entry.body, file.id).takes_words()) return;
  for (const std::uint16_t id : {field_id::subject, field_id::text, field_id::host_ref})
    close(entry, id);
  close_copies(entry);
}

void Collector::close_directory(const PersonFile &file, Erasable &entry) {
  const auto close_at = [&](std::uint16_t id, std::size_t i) {
    const auto places = places_of(entry.body, id);
    if (i < places.size() && entry.body.fields()[places[i]].open) entry.places.insert(places[i]);
  };
  const auto records = entry.body.fact_groups(field_id::record_fact);
  for (std::size_t i = 0; i < records.size(); ++i)
    if (records[i].id(sub::person) == file.id) close_at(field_id::record_personal, i);
  const auto links = entry.body.fact_groups(field_id::link_fact);
  for (std::size_t i = 0; i < links.size(); ++i)
    if (links[i].id(sub::student) == file.id || links[i].id(sub::contact) == file.id)
      close_at(field_id::link_personal, i);
}

void Collector::close_case_entry(const PersonFile &file, Erasable &entry) {
  if (entry.body.id_of(field_id::requester) == file.id) close(entry, field_id::requester_name);
  if (entry.body.id_of(field_id::assignee) == file.id) close(entry, field_id::assignee_name);
  if (!file.cases.contains(entry.event.thread)) return;
  close(entry, field_id::note);
  if (file.asked_in.contains(entry.event.thread)) close(entry, field_id::requester_name);
  close(entry, field_id::subject);
}

void Collector::close_disclosure(const PersonFile &file, Erasable &entry) {
  const std::vector<Id> people = folds::concerned_by(entry.body);
  if (std::find(people.begin(), people.end(), file.id) == people.end()) return;
  close(entry, field_id::terms);
  if (people.front() != file.id) return;  // kept for the one it was about
  close(entry, field_id::recipient);
  close(entry, field_id::threat);
}

/// Absences, marks, and what was noted when something of this person was erased or held before.
void Collector::close_own(const PersonFile &file, Erasable &entry) {
  const auto kind = static_cast<Kind>(entry.event.kind);
  const bool is_own = entry.event.thread == file.id || file.cases.contains(entry.event.thread) ||
                      entry.body.id_of(field_id::about_person) == file.id;
  if (!is_own) return;
  if (kind == Kind::absence_saved || kind == Kind::interaction_marked ||
      kind == Kind::erasure_done || kind == Kind::hold_placed || kind == Kind::hold_released)
    for (const std::uint16_t id :
         {field_id::note, field_id::requested_by, field_id::reason, field_id::released_by})
      close(entry, id);
}

/// A search names whoever it was for, found or not.
void Collector::add_searches(const PersonFile &file) {
  std::vector<std::int64_t> seqs;
  {
    Query rows(database_, "SELECT seq FROM fold_disclosure WHERE searched = 1");
    seqs = seqs_of(rows);
  }
  for (const std::int64_t seq : seqs) {
    const auto body = ledger_.body(seq);
    if (!body || !body->has(field_id::terms)) continue;
    const std::string terms = lowered(body->text(field_id::terms));
    const bool names_them =
        std::any_of(file.words.begin(), file.words.end(),
                    [&](const std::string &word) { return terms.find(word) != std::string::npos; });
    if (names_them)
      if (Erasable *entry = load(seq)) close(*entry, field_id::terms);
  }
}

void Collector::keep_only(const std::vector<std::string> &fields) {
  if (fields.empty()) return;
  std::set<std::uint16_t> kept;
  for (const std::string &name : fields) {
    const auto all = store::fields();
    const auto known = std::find_if(all.begin(), all.end(),
                                    [&](const store::FieldRow &row) { return row.name == name; });
    if (known == all.end()) throw bad_field("fields", "no field is called '" + name + "'");
    if (!known->personal)
      throw bad_field("fields", "'" + name + "' is a fact; facts stay when something is erased");
    kept.insert(known->id);
  }
  for (auto &[seq, entry] : found_)
    std::erase_if(entry.places, [&, &body = entry.body](std::size_t place) {
      return !kept.contains(body.fields()[place].id);
    });
}

}  // namespace heard::commands
