#include "commands/directory_page.hpp"

#include <fmt/ranges.h>

#include "base/failure.hpp"
#include "directory/person.hpp"
#include "folds/codec.hpp"

namespace heard::commands {

namespace {

namespace field_id = store::field_id;
namespace sub = folds::sub;
using store::Group;
using store::Query;

std::int64_t flag(const Record &record, const char *field) {
  return static_cast<std::int64_t>(folds::flag_of(field, record.text(field)));
}

std::string joined(const Record &record, const char *field) {
  return fmt::format("{}", fmt::join(record.texts(field), "\n"));
}

std::string display_name(const Record &record) {
  const std::string name = record.text("name");
  if (!name.empty()) return name;
  const std::string given = record.text("preferred", record.text("given"));
  const std::string family = record.text("family");
  return given.empty() || family.empty() ? given + family : given + " " + family;
}

/// Throws before anything of the record is taken, so that a rejected one leaves nothing behind.
void check_relationships(const Record &record) {
  for (const Record &link : record.records("relationships")) {
    if (link.text("student").empty()) throw bad_field("student", "is missing in a relationship");
    for (const char *name :
         {"custody", "legal", "communications", "emergency", "lives_with", "portal"})
      flag(link, name);
  }
}

std::string kind_of_type(const std::string &type) { return type == "contact" ? "guardian" : type; }

}  // namespace

std::string DirectoryPage::full_key(const std::string &type, const std::string &key) const {
  return source_.empty() ? key : source_ + ":" + type + ":" + key;
}

DirectoryPage::Named &DirectoryPage::name(const std::string &key) {
  const auto [place, inserted] = named_.try_emplace(key);
  Named &named = place->second;
  if (!inserted) return named;
  const auto known = directory::find_person(database_, key);
  named.is_new = !known;
  named.id = known ? known->id : random_id();
  return named;
}

Id DirectoryPage::name_or_stub(const std::string &key, const std::string &kind) {
  Named &named = name(key);
  if (named.is_new && !named.stubbed) {
    named.stubbed = true;
    fields_.group(field_id::record_fact,
                  Group().id(sub::person, named.id).text(sub::kind, kind).number(sub::minted, 2));
    fields_.group(field_id::record_personal, Group().text(sub::party_key, key));
  }
  return named.id;
}

Id DirectoryPage::person_id(const std::string &key) const {
  const auto found = named_.find(key);
  return found == named_.end() ? kNoId : found->second.id;
}

void DirectoryPage::add(const Record &record) {
  const std::string &type = record.kind();
  if (record.text("key").empty()) throw bad_field("key", "is missing");
  check_relationships(record);
  if (type == "school") {
    add_school(record);
  } else if (type == "section") {
    add_section(record);
  } else if (type == "student" || type == "contact" || type == "guardian" || type == "staff" ||
             type == "community") {
    add_person(record, kind_of_type(type));
  } else {
    throw bad_field("kind", "'" + type +
                                "' is not a kind of record; know student, contact, "
                                "staff, school, section");
  }
  ++records_;
}

void DirectoryPage::add_person(const Record &record, const std::string &kind) {
  const std::string key = full_key(record.kind(), record.text("key"));
  Named &named = name(key);
  named.stubbed = true;
  const Id id = named.id;
  Group fact;
  fact.id(sub::person, id).text(sub::kind, kind);
  if (named.is_new) fact.number(sub::minted, 1);
  const std::string school = record.text("school");
  if (!school.empty()) fact.text(sub::school, full_key("school", school));
  fact.number(sub::active, record.flag("active", true) ? 1 : 0).number(sub::verified, 1);
  Group personal;
  personal.text(sub::party_key, key).text(sub::party_name, display_name(record));
  personal.text(sub::given, record.text("given")).text(sub::family, record.text("family"));
  personal.text(sub::preferred, record.text("preferred"));
  personal.text(sub::email, record.text("email"));
  personal.text(sub::other_emails, joined(record, "other_emails"));
  personal.text(sub::phone, record.text("phone"));
  personal.text(sub::other_phones, joined(record, "other_phones"));
  personal.text(sub::language, record.text("language"));
  personal.text(sub::address, record.text("address")).text(sub::grade, record.text("grade"));
  personal.text(sub::local_id, record.text("local_id"));
  personal.text(sub::state_id, record.text("state_id"));
  fields_.group(field_id::record_fact, fact).group(field_id::record_personal, personal);
  named.is_new = false;
  if (record.has("relationships")) add_links(record, id);
}

void DirectoryPage::add_links(const Record &contact, const Id &contact_id) {
  std::map<Id, bool> kept;
  for (const Record &link : contact.records("relationships")) {
    const std::string student = link.text("student");
    const Id student_id = name_or_stub(full_key("student", student), "student");
    kept[student_id] = true;
    add_link(link, student_id, contact_id);
  }
  drop_other_links(contact_id, kept);
}

void DirectoryPage::add_single_link(const Record &link, const std::string &contact) {
  const Id student = name_or_stub(link.text("student"), "student");
  add_link(link, student, name_or_stub(contact, "guardian"));
}

void DirectoryPage::add_link(const Record &link, const Id &student, const Id &contact) {
  Group fact;
  fact.id(sub::student, student).id(sub::contact, contact);
  fact.number(sub::custody, flag(link, "custody")).number(sub::legal, flag(link, "legal"));
  fact.number(sub::communications, flag(link, "communications"));
  fact.number(sub::emergency, flag(link, "emergency"));
  fact.number(sub::lives_with, flag(link, "lives_with")).number(sub::portal, flag(link, "portal"));
  fact.number(sub::sequence, link.number("sequence"));
  fact.number(sub::link_active, link.flag("active", true) ? 1 : 0);
  fields_.group(field_id::link_fact, fact);
  fields_.group(field_id::link_personal, Group()
                                             .text(sub::relation, link.text("relation"))
                                             .text(sub::restriction, link.text("restriction")));
}

void DirectoryPage::drop_other_links(const Id &contact, const std::map<Id, bool> &kept) {
  Query rows(database_, "SELECT student FROM fold_link WHERE contact = ?1 AND active = 1");
  rows.bind(1, contact);
  Record gone("link");
  gone.set("active", 0);
  while (rows.step())
    if (!kept.contains(rows.id(0))) add_link(gone, rows.id(0), contact);
}

void DirectoryPage::add_school(const Record &record) {
  Group fact;
  fact.text(sub::place_key, full_key("school", record.text("key")));
  fact.text(sub::place_name, record.text("name", record.text("key")));
  fact.text(sub::place_phone, record.text("phone"));
  fact.text(sub::place_address, record.text("address"));
  fact.number(sub::place_active, record.flag("active", true) ? 1 : 0);
  fields_.group(field_id::school_fact, fact);
}

void DirectoryPage::add_section(const Record &record) {
  Group fact;
  fact.text(sub::place_key, full_key("section", record.text("key")));
  fact.text(sub::place_name, record.text("name"));
  if (record.has("school"))
    fact.text(sub::section_school, full_key("school", record.text("school")));
  fact.number(sub::place_active, record.flag("active", true) ? 1 : 0);
  if (record.has("teacher"))
    fact.id(sub::teacher, name_or_stub(full_key("staff", record.text("teacher")), "staff"));
  std::string students;
  for (const std::string &student : record.texts("students"))
    students += view(name_or_stub(full_key("student", student), "student"));
  fact.text(sub::students, students);
  fields_.group(field_id::section_fact, fact);
}

void DirectoryPage::deactivate_person(const Id &person) {
  Query row(database_,
            "SELECT kind, key, name, given, family, preferred, language, email, other_emails,"
            " phone, other_phones, address, school, grade FROM fold_person WHERE id = ?1");
  row.bind(1, person);
  if (!row.step()) return;
  Group fact;
  fact.id(sub::person, person).text(sub::kind, row.text(0)).text(sub::school, row.text(12));
  fact.number(sub::active, 0).number(sub::verified, 1);
  Group personal;
  personal.text(sub::party_key, row.text(1)).text(sub::party_name, row.text(2));
  personal.text(sub::given, row.text(3)).text(sub::family, row.text(4));
  personal.text(sub::preferred, row.text(5)).text(sub::language, row.text(6));
  personal.text(sub::email, row.text(7)).text(sub::other_emails, row.text(8));
  personal.text(sub::phone, row.text(9)).text(sub::other_phones, row.text(10));
  personal.text(sub::address, row.text(11)).text(sub::grade, row.text(13));
  fields_.group(field_id::record_fact, fact).group(field_id::record_personal, personal);
  drop_other_links(person, {});
  ++records_;
}

void DirectoryPage::deactivate_place(const std::string &type, const std::string &key) {
  const bool is_school = type == "school";
  Query row(database_, is_school ? "SELECT name, phone, address FROM fold_school WHERE key = ?1"
                                 : "SELECT name, school, teacher FROM fold_section WHERE key = ?1");
  row.bind(1, key);
  if (!row.step()) return;
  Group fact;
  fact.text(sub::place_key, key).text(sub::place_name, row.text(0)).number(sub::place_active, 0);
  if (is_school) {
    fact.text(sub::place_phone, row.text(1)).text(sub::place_address, row.text(2));
  } else {
    fact.text(sub::section_school, row.text(1));
    if (!row.is_null(2)) fact.id(sub::teacher, row.id(2));
  }
  fields_.group(is_school ? field_id::school_fact : field_id::section_fact, fact);
  ++records_;
}

}  // namespace heard::commands
