// directory.*: people, their links, schools and sections, as a feed or a clerk states them.
#include "folds/codec.hpp"
#include "folds/folder.hpp"
#include "folds/people.hpp"

namespace heard::folds {

namespace {

namespace field_id = store::field_id;
using store::Group;
using store::Query;

void save_key(store::Database &database, const std::string &key, const Id &person) {
  if (key.empty()) return;
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

}  // namespace

void mint_person(store::Database &database, const Id &person, const std::string &kind,
                 const std::optional<Group> &personal, std::int64_t seq) {
  const std::string key = personal ? personal->text(sub::party_key) : "";
  Query row(database,
            "INSERT OR IGNORE INTO fold_person(id, kind, key, name, active, verified, seq)"
            " VALUES(?1, ?2, ?3, ?4, 1, 0, ?5)");
  row.bind(1, person).bind(2, kind).bind(3, key);
  row.bind(4, personal ? personal->text(sub::party_name) : "").bind(5, seq).run();
  save_key(database, key, person);
}

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
  const std::string key = known.text(sub::party_key);
  save_key(database, key, person);
  // "sis:student:12" may also be called by the ids the school prints on its letters.
  const std::string prefix = key.substr(0, key.rfind(':') + 1);
  for (const auto &[place, word] : {std::pair(sub::local_id, "local"), {sub::state_id, "state"}})
    if (personal && personal->has(place)) {
      const std::string alias = prefix + word + ":" + personal->text(place);
      save_key(database, alias, person);
    }
}

void fold_directory(store::Database &database, const store::Event &event, const store::Body &body) {
  const auto facts = body.fact_groups(field_id::record_fact);
  const auto personal = body.groups(field_id::record_personal);
  for (std::size_t i = 0; i < facts.size(); ++i) {
    const auto known = i < personal.size() ? personal[i] : std::nullopt;
    if (facts[i].number(sub::minted) == 2)  // named by a link before its own record came
      mint_person(database, facts[i].id(sub::person), facts[i].text(sub::kind), known, event.seq);
    else
      save_person(database, facts[i], known, event.seq);
  }
  const auto links = body.fact_groups(field_id::link_fact);
  const auto link_texts = body.groups(field_id::link_personal);
  for (std::size_t i = 0; i < links.size(); ++i)
    save_link(database, links[i], i < link_texts.size() ? link_texts[i] : std::nullopt, event.seq);
  for (const auto &school : body.fact_groups(field_id::school_fact))
    save_school(database, school, event.seq);
  for (const auto &section : body.fact_groups(field_id::section_fact))
    save_section(database, section, event.seq);
}

}  // namespace heard::folds
