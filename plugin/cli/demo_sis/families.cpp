// Households: brothers and sisters share their parents; some live apart, some must not be written
// to.
#include "demo_sis/families.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "demo_sis/names.hpp"

namespace heard::demo {
namespace {

struct Family {
  const Origin *origin;
  std::string name, street;
  std::size_t first_child, children;
};

const Origin &pick_origin(Chance &chance) {
  int left = chance.between(1, 100);
  for (const Origin &origin : origins()) {
    left -= origin.weight;
    if (left <= 0) return origin;
  }
  return origins().front();
}

std::string street(Chance &chance) {
  return fmt::format("{} {}", chance.between(1, 240), chance.pick(streets()));
}

/// Numbers 555-01xx are kept free for fiction.
std::string phone(Chance &chance) {
  return fmt::format("{}-555-01{:02}", chance.between(201, 989), chance.between(0, 99));
}

/// School 0 and 1 are elementary (grades 1-5), 2 middle (6-8), 3 high (9-12), then again.
int pick_grade(std::size_t school, Chance &chance) {
  switch (school % 4) {
    case 2:
      return chance.between(6, 8);
    case 3:
      return chance.between(9, 12);
    default:
      return chance.between(1, 5);
  }
}

/// The first letter with all its bytes.
std::string first_letter(const std::string &name) {
  std::size_t length = 1;
  while (length < name.size() && (name[length] & 0xC0) == 0x80) ++length;
  return name.substr(0, length);
}

void add_child(District &district, Chance &chance, const Family &family) {
  Student child;
  child.ref_id = chance.ref_id();
  child.local_id = std::to_string(100'000 + district.students.size() * 7);
  child.given = chance.pick(chance.percent(50) ? family.origin->women : family.origin->men);
  child.family = family.name;
  if (chance.percent(4)) child.preferred = first_letter(child.given) + ".J.";
  child.email = fmt::format("s{}@students.maple-valley.example", child.local_id);
  child.street = family.street;
  child.language = family.origin->language;
  child.school = chance.number(district.schools.size());
  child.grade = fmt::format("{:02}", pick_grade(child.school, chance));
  district.students.push_back(std::move(child));
}

/// An adult with the same relationship to every child of the family.
Contact &add_adult(District &district, Chance &chance, const Family &family,
                   const Relationship &like) {
  Contact adult;
  adult.ref_id = chance.ref_id();
  const bool woman = like.relation == "Mother" || (like.relation != "Father" && chance.percent(50));
  adult.given = chance.pick(woman ? family.origin->women : family.origin->men);
  adult.family = chance.percent(80) ? family.name : chance.pick(family.origin->families);
  adult.language = family.origin->language;
  adult.phone = phone(chance);
  if (chance.percent(85)) {
    adult.email = fmt::format("adult{}@mail.example", 1000 + district.contacts.size());
  }
  adult.street = like.lives_with.value_or(false) ? family.street : street(chance);
  for (std::size_t i = 0; i < family.children; ++i) {
    adult.relationships.push_back(like);
    adult.relationships.back().student = family.first_child + i;
  }
  return district.contacts.emplace_back(std::move(adult));
}

Relationship parent(std::string relation, bool at_home, int sequence) {
  return {0, std::move(relation), true, true, true, at_home, sequence == 1, "", sequence};
}

/// The parent who lives elsewhere: mostly like the other, sometimes without custody, rarely under
/// a court's order, and often nobody has said anything.
Relationship parent_apart(std::string relation, Chance &chance) {
  Relationship apart = parent(std::move(relation), false, 2);
  if (chance.percent(30)) apart.custody = false;
  if (chance.percent(25)) apart.custody = std::nullopt;
  if (chance.percent(20)) apart.communications = std::nullopt;
  if (chance.percent(10)) {
    apart.custody = apart.communications = apart.emergency = false;
    apart.restriction = "Court order on file: no contact about the student.";
  }
  return apart;
}

void add_parents(District &district, Chance &chance, const Family &family) {
  const int kind = chance.between(1, 100);
  if (kind <= 56) {
    add_adult(district, chance, family, parent("Mother", true, 1));
    add_adult(district, chance, family, parent("Father", true, 2));
  } else if (kind <= 80) {
    const bool with_mother = chance.percent(70);
    add_adult(district, chance, family, parent(with_mother ? "Mother" : "Father", true, 1));
    add_adult(district, chance, family, parent_apart(with_mother ? "Father" : "Mother", chance));
  } else if (kind <= 95) {
    add_adult(district, chance, family, parent(chance.percent(75) ? "Mother" : "Father", true, 1));
  } else {
    add_adult(district, chance, family, parent("Grandparent", true, 1));
  }
}

}  // namespace

void add_family(District &district, Chance &chance, int room) {
  const Origin &origin = pick_origin(chance);
  const int wanted = chance.percent(60) ? 1 : chance.percent(75) ? 2 : 3;
  Family family{&origin, std::string(chance.pick(origin.families)), street(chance),
                district.students.size(), static_cast<std::size_t>(std::min(wanted, room))};
  for (std::size_t i = 0; i < family.children; ++i) add_child(district, chance, family);
  add_parents(district, chance, family);
  if (chance.percent(58)) {
    const Relationship help{0,     chance.percent(60) ? "Aunt or uncle" : "Neighbor",
                            false, std::nullopt,
                            true,  false,
                            false, "",
                            3};
    add_adult(district, chance, family, help);
  }
}

}  // namespace heard::demo
