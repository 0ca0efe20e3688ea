#include "commands/parties.hpp"

#include <optional>
#include <set>

#include "folds/codec.hpp"
#include "store/registry.hpp"

namespace heard::commands {

namespace field_id = store::field_id;
using folds::sub::is_staff;
using folds::sub::kind;
using folds::sub::minted;
using folds::sub::party_key;
using folds::sub::party_name;

const Parties::Party *Parties::find(const std::string &key) const {
  const auto found = places_.find(key);
  return found == places_.end() ? nullptr : &parties_[found->second];
}

directory::Person Parties::resolve(const std::string &key, const std::string &name,
                                   bool &is_new) const {
  is_new = false;
  if (const Party *party = find(key)) return party->person;
  if (auto known = directory::find_person(database_, key)) {
    known->key = key;
    return *known;
  }
  is_new = true;
  directory::Person person;
  person.id = random_id();
  person.key = key;
  person.kind = directory::kind_of_key(key);
  person.name = name;
  return person;
}

directory::Person Parties::add(const std::string &key, const std::string &role,
                               const std::string &name) {
  bool is_new = false;
  directory::Person person = resolve(key, name, is_new);
  if (!name.empty()) person.name = name;
  places_.emplace(person.key, parties_.size());
  parties_.push_back({person, role, is_new});
  return person;
}

directory::Person Parties::known_or_add(const std::string &key, const std::string &role) {
  const Party *party = find(key);
  return party ? party->person : add(key, role);
}

void Parties::encode(store::FieldList &fields) const {
  for (const Party &party : parties_) {
    store::Group fact;
    fact.id(folds::sub::person, party.person.id).text(folds::sub::role, party.role);
    fact.number(is_staff, party.person.kind == "staff" ? 1 : 0).text(kind, party.person.kind);
    if (party.minted) fact.number(minted, 1);
    fields.group(field_id::party_fact, fact);
    fields.group(
        field_id::party_personal,
        store::Group().text(party_key, party.person.key).text(party_name, party.person.name));
  }
}

std::string differing_party(const interactions::Contact &contact, const store::Body &stored) {
  const auto facts = stored.fact_groups(field_id::party_fact);
  const auto personal = stored.groups(field_id::party_personal);
  const auto stored_keys = [&](std::string_view role) -> std::optional<std::set<std::string>> {
    std::set<std::string> keys;
    for (std::size_t i = 0; i < facts.size() && i < personal.size(); ++i) {
      if (facts[i].text(folds::sub::role) != role) continue;
      if (!personal[i]) return std::nullopt;  // erased
      keys.insert(personal[i]->text(party_key));
    }
    return keys;
  };
  const std::vector<std::string> from =
      contact.from.empty() ? std::vector<std::string>{} : std::vector{contact.from};
  for (const auto &[role, given] :
       {std::pair("from", &from), {"to", &contact.to}, {"about", &contact.about}}) {
    const auto keys = stored_keys(role);
    if (keys && *keys != std::set<std::string>(given->begin(), given->end())) return role;
  }
  return "";
}

}  // namespace heard::commands
