#include "audit/redaction.hpp"

#include <algorithm>
#include <array>

#include "base/failure.hpp"
#include "base/text.hpp"
#include "directory/person.hpp"
#include "folds/codec.hpp"
#include "store/registry.hpp"

namespace heard::audit {

namespace {

namespace field_id = store::field_id;
namespace sub = folds::sub;
using store::Query;

/// What `names` stands for in a rule: wherever an entry says who somebody is.
constexpr auto kNames = std::to_array<std::uint16_t>(
    {field_id::actor_name, field_id::party_personal, field_id::assignee_name,
     field_id::requester_name, field_id::record_personal, field_id::link_personal,
     field_id::export_name});

void add_field(const std::string &name, std::vector<std::uint16_t> &fields) {
  if (name == "names") {
    fields.insert(fields.end(), kNames.begin(), kNames.end());
    return;
  }
  for (const store::FieldRow &row : store::fields()) {
    if (row.name != name) continue;
    if (!row.personal)
      throw bad_field("fields", "'" + name + "' is a fact; only personal fields can be hidden");
    fields.push_back(row.id);
    return;
  }
  throw bad_field("fields", "'" + name + "' is no field of an entry; try text, subject or names");
}

void add_person(store::Database &database, const std::string &key, RedactionRule &rule) {
  const auto person = directory::find_person(database, key);
  if (!person)
    throw Failure(Status::not_found, "nobody is known as '" + key + "'", {{"field", "redact"}});
  rule.person = person->id;
  Query keys(database, "SELECT key FROM fold_person_key WHERE person = ?1 ORDER BY key");
  keys.bind(1, rule.person);
  while (keys.step()) rule.keys.push_back(keys.text(0));
}

RedactionRule rule_from(store::Database &database, const Record &row) {
  for (const auto &[name, value] : row.fields())
    if (name != "fields" && name != "person" && name != "entry" && name != "reason" &&
        name != "statute" && name != "reviewer")
      throw Failure(Status::unknown_name, "'" + name + "' is not known to a rule of redact",
                    {{"name", name}, {"field", "redact"}});
  RedactionRule rule;
  rule.entry = row.number("entry", -1);
  rule.reason = row.text("reason");
  rule.statute = row.text("statute");
  rule.reviewer = row.text("reviewer");
  if (rule.reason.empty()) throw bad_field("reason", "every redaction needs one");
  for (const char *name : {"reason", "statute", "reviewer"})
    if (row.text(name).find_first_of("\r\n") != std::string::npos)
      throw bad_field(name, "must be one line");
  if (row.has("person")) add_person(database, row.text("person"), rule);
  for (const std::string &name : row.texts("fields")) add_field(name, rule.fields);
  if (!rule.fields.empty()) return rule;
  if (row.has("person")) {
    add_field("names", rule.fields);
  } else if (row.has("entry")) {
    for (const store::FieldRow &field : store::fields())
      if (field.personal) rule.fields.push_back(field.id);
  } else {
    throw bad_field("redact", "a rule names fields, a person or an entry");
  }
  return rule;
}

bool names_person(const std::vector<Id> &ids, const Id &person) {
  return std::find(ids.begin(), ids.end(), person) != ids.end();
}

bool is_of(const std::optional<store::Group> &group, std::uint8_t item, const Id &person) {
  return group && group->id(item) == person;
}

/// The groups beside the personal ones, which say by id whom those are about.
std::uint16_t facts_beside(std::uint16_t field) {
  switch (field) {
    case field_id::party_personal:
      return field_id::party_fact;
    case field_id::record_personal:
      return field_id::record_fact;
    case field_id::link_personal:
      return field_id::link_fact;
    default:
      return 0;
  }
}

bool group_concerns(std::uint16_t facts, const std::optional<store::Group> &group,
                    const Id &person) {
  if (facts == field_id::link_fact)
    return is_of(group, sub::student, person) || is_of(group, sub::contact, person);
  return is_of(group, sub::person, person);
}

bool any_group_concerns(const store::Body &body, std::uint16_t facts, const Id &person) {
  const auto groups = body.groups(facts);
  return std::any_of(groups.begin(), groups.end(),
                     [&](const auto &group) { return group_concerns(facts, group, person); });
}

bool acts(const store::Body &body, const RedactionRule &rule) {
  return std::binary_search(rule.keys.begin(), rule.keys.end(), body.text(field_id::actor));
}

bool concerns(const store::Event &event, const store::Body &body, const RedactionRule &rule) {
  const Id &person = rule.person;
  if (event.thread == person || acts(body, rule)) return true;
  for (const auto field : {field_id::requester, field_id::student, field_id::assignee,
                           field_id::about_person, field_id::lead, field_id::stand_in})
    if (names_person(body.ids(field), person)) return true;
  for (const auto facts : {field_id::party_fact, field_id::record_fact, field_id::link_fact})
    if (any_group_concerns(body, facts, person)) return true;
  return false;
}

/// One entry under one rule: whether the field at its place is to be hidden.
class Reach {
 public:
  Reach(const store::Event &event, const store::Body &body, const RedactionRule &rule)
      : event_(event), body_(body), rule_(rule) {}

  /// `no`: how many fields with this id stood before it.
  bool covers(std::uint16_t field, std::size_t no) {
    if (rule_.entry >= 0 && rule_.entry != event_.seq) return false;
    if (std::find(rule_.fields.begin(), rule_.fields.end(), field) == rule_.fields.end())
      return false;
    if (rule_.person == kNoId) return true;
    if (const std::uint16_t facts = facts_beside(field); facts != 0) {
      const auto groups = body_.groups(facts);
      return no < groups.size() && group_concerns(facts, groups[no], rule_.person);
    }
    switch (field) {
      case field_id::actor_name:
        return acts(body_, rule_);
      case field_id::requester_name:
        return body_.id_of(field_id::requester) == rule_.person;
      case field_id::assignee_name:
        return body_.id_of(field_id::assignee) == rule_.person;
      case field_id::export_name:
        return body_.id_of(field_id::about_person) == rule_.person;
      default:
        return concerns(event_, body_, rule_);
    }
  }

 private:
  const store::Event &event_;
  const store::Body &body_;
  const RedactionRule &rule_;
};

}  // namespace

Redaction Redaction::from(store::Database &database, const Record &what) {
  Redaction redaction;
  for (const Record &row : what.records("redact"))
    redaction.rules_.push_back(rule_from(database, row));
  return redaction;
}

std::vector<Hidden> Redaction::apply(const store::Event &event, store::Body &body) const {
  std::vector<Hidden> hidden;
  if (rules_.empty()) return hidden;
  std::vector<std::size_t> places;
  std::size_t no = 0;
  const auto &fields = body.fields();
  for (std::size_t place = 0; place < fields.size(); ++place) {
    no = place > 0 && fields[place - 1].id == fields[place].id ? no + 1 : 0;
    if (!fields[place].open) continue;
    for (std::size_t rule = 0; rule < rules_.size(); ++rule) {
      if (!Reach(event, body, rules_[rule]).covers(fields[place].id, no)) continue;
      hidden.push_back({place, fields[place].id, rule});
      places.push_back(place);
      break;
    }
  }
  if (!places.empty()) body.close(places);
  return hidden;
}

}  // namespace heard::audit
