// directory.*: people, their links, schools and sections, as a feed or a clerk states them.
#include "folds/codec.hpp"
#include "folds/folder.hpp"
#include "folds/people.hpp"

namespace heard::folds {

namespace {

namespace field_id = store::field_id;
using store::Group;
using store::Query;

void save_key(store::Database &database, const std::string &key, const Id &person,
              const Anew *anew) {
  if (key.empty() || (anew && !anew->keys.contains(key))) return;
  Query row(database,
            "INSERT INTO fold_person_key(key, person) VALUES(?1, ?2)"
            " ON CONFLICT(key) DO UPDATE SET person = ?2");
  row.bind(1, key).bind(2, person).run();
}

void save_link(store::Database &database, const Group &fact, const std::optional<Group> &personal,
               std::int64_t seq) {
  Query row(database,
            "INSERT OR REPLACE INTO fold_link(student, contact, relation, custody, legal,"
            " communications, emergency, lives_with, portal, restriction, sequence, active, seq)"
            " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)");
  row.bind(1, fact.id(sub::student)).bind(2, fact.id(sub::contact));
  row.bind(3, personal ? personal->text(sub::relation) : "");
  row.bind(4, fact.number(sub::custody)).bind(5, fact.number(sub::legal));
  row.bind(6, fact.number(sub::communications)).bind(7, fact.number(sub::emergency));
  row.bind(8, fact.number(sub::lives_with)).bind(9, fact.number(sub::portal));
  row.bind(10, personal ? personal->text(sub::restriction) : "");
  row.bind(11, fact.number(sub::sequence)).bind(12, fact.number(sub::link_active, 1));
  row.bind(13, seq).run();
}

void save_school(store::Database &database, const Group &fact, std::int64_t seq) {
  Query row(database,
            "INSERT OR REPLACE INTO fold_school(key, name, phone, address, active, seq)"
            " VALUES(?1, ?2, ?3, ?4, ?5, ?6)");
  row.bind(1, fact.text(sub::place_key)).bind(2, fact.text(sub::place_name));
  row.bind(3, fact.text(sub::place_phone)).bind(4, fact.text(sub::place_address));
  row.bind(5, fact.number(sub::place_active, 1)).bind(6, seq).run();
}

void save_section(store::Database &database, const Group &fact, std::int64_t seq) {
  const std::string key = fact.text(sub::place_key);
  Query row(database,
            "INSERT OR REPLACE INTO fold_section(key, name, school, teacher, active, seq)"
            " VALUES(?1, ?2, ?3, ?4, ?5, ?6)");
  row.bind(1, key).bind(2, fact.text(sub::place_name)).bind(3, fact.text(sub::section_school));
  row.id_or_null(4, fact.id(sub::teacher)).bind(5, fact.number(sub::place_active, 1));
  row.bind(6, seq).run();
  Query clear(database, "DELETE FROM fold_section_student WHERE section = ?1");
  clear.bind(1, key).run();
  const std::string students = fact.text(sub::students);
  for (std::size_t at = 0; at + 16 <= students.size(); at += 16) {
    Query member(database,
                 "INSERT OR IGNORE INTO fold_section_student(section, student) VALUES(?1, ?2)");
    member.bind(1, key).blob(2, std::string_view(students).substr(at, 16)).run();
  }
}

/// An unverified person known only from an entry: a key and perhaps a name (nothing after erasure).
void mint_person(store::Database &database, const Id &person, const std::string &kind,
                 const std::optional<Group> &personal, std::int64_t seq) {
  const std::string key = personal ? personal->text(sub::party_key) : "";
  Query row(database,
            "INSERT OR IGNORE INTO fold_person(id, kind, key, name, active, verified, seq)"
            " VALUES(?1, ?2, ?3, ?4, 1, 0, ?5)");
  row.bind(1, person).bind(2, kind).bind(3, key);
  row.bind(4, personal ? personal->text(sub::party_name) : "").bind(5, seq).run();
}

/// "sis:student:12" may also be called by the ids the school prints on its letters.
void save_keys(store::Database &database, const Id &person, const Group &personal,
               const Anew *anew) {
  const std::string key = personal.text(sub::party_key);
  save_key(database, key, person, anew);
  const std::string prefix = key.substr(0, key.rfind(':') + 1);
  for (const auto &[place, word] : {std::pair(sub::local_id, "local"), {sub::state_id, "state"}})
    if (personal.has(place))
      save_key(database, prefix + word + ":" + personal.text(place), person, anew);
}

/// The whole person as a feed or a clerk states it; replaces what was there.
void save_person(store::Database &database, const Group &fact, const std::optional<Group> &personal,
                 std::int64_t seq) {
  const Id person = fact.id(sub::person);
  const Group known = personal.value_or(Group());
  Query row(database,
            "INSERT OR REPLACE INTO fold_person(id, kind, key, name, given, family, preferred,"
            " language, email, other_emails, phone, other_phones, address, school, grade, active,"
            " verified, seq) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14,"
            " ?15, ?16, ?17, ?18)");
  row.bind(1, person).bind(2, fact.text(sub::kind)).bind(3, known.text(sub::party_key));
  row.bind(4, known.text(sub::party_name)).bind(5, known.text(sub::given));
  row.bind(6, known.text(sub::family)).bind(7, known.text(sub::preferred));
  row.bind(8, known.text(sub::language)).bind(9, known.text(sub::email));
  row.bind(10, known.text(sub::other_emails)).bind(11, known.text(sub::phone));
  row.bind(12, known.text(sub::other_phones)).bind(13, known.text(sub::address));
  row.bind(14, fact.text(sub::school)).bind(15, known.text(sub::grade));
  row.bind(16, fact.number(sub::active, 1)).bind(17, fact.number(sub::verified, 1));
  row.bind(18, seq).run();
}

/// A person whose row has no key: the entries that gave it were erased.
bool is_nameless(store::Database &database, const Id &person) {
  Query row(database, "SELECT key FROM fold_person WHERE id = ?1");
  row.bind(1, person);
  return !row.step() || row.bytes(0).empty();
}

/// Whether an ordinary fold, or one that makes some rows anew, makes this person's.
bool is_made(const Anew *anew, const Id &person) { return !anew || anew->people.contains(person); }

void fold_links(store::Database &database, const store::Event &event, const store::Body &body,
                const Anew *anew) {
  const auto links = body.fact_groups(field_id::link_fact);
  const auto texts = body.groups(field_id::link_personal);
  for (std::size_t i = 0; i < links.size(); ++i)
    if (is_made(anew, links[i].id(sub::student)) || is_made(anew, links[i].id(sub::contact)))
      save_link(database, links[i], i < texts.size() ? texts[i] : std::nullopt, event.seq);
}

}  // namespace

void meet_person(store::Database &database, const Group &fact, const std::optional<Group> &personal,
                 std::int64_t seq, const Anew *anew) {
  const Id person = fact.id(sub::person);
  if (!is_made(anew, person)) return;
  const bool minted = fact.number(sub::minted) != 0;
  if (!minted && (!personal || !is_nameless(database, person))) return;
  mint_person(database, person, fact.text(sub::kind), personal, seq);
  if (!personal) return;
  if (!minted) {
    Query row(database, "UPDATE fold_person SET key = ?2, name = ?3 WHERE id = ?1");
    row.bind(1, person).bind(2, personal->text(sub::party_key));
    row.bind(3, personal->text(sub::party_name)).run();
  }
  save_key(database, personal->text(sub::party_key), person, anew);
}

void fold_records(store::Database &database, const store::Event &event, const store::Body &body,
                  const Anew *anew) {
  const auto facts = body.fact_groups(field_id::record_fact);
  const auto personal = body.groups(field_id::record_personal);
  for (std::size_t i = 0; i < facts.size(); ++i) {
    const auto known = i < personal.size() ? personal[i] : std::nullopt;
    const Id person = facts[i].id(sub::person);
    const bool stub = facts[i].number(sub::minted) == 2;  // named by a link before its own record
    if (is_made(anew, person)) {
      if (stub)
        mint_person(database, person, facts[i].text(sub::kind), known, event.seq);
      else
        save_person(database, facts[i], known, event.seq);
    }
    if (known && stub) save_key(database, known->text(sub::party_key), person, anew);
    if (known && !stub) save_keys(database, person, *known, anew);
  }
  fold_links(database, event, body, anew);
}

void fold_directory(store::Database &database, const store::Event &event, const store::Body &body) {
  fold_records(database, event, body);
  for (const auto &school : body.fact_groups(field_id::school_fact))
    save_school(database, school, event.seq);
  for (const auto &section : body.fact_groups(field_id::section_fact))
    save_section(database, section, event.seq);
}

}  // namespace heard::folds
