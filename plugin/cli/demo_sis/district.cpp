// Puts schools, staff, families and sections together.
#include "demo_sis/district.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "demo_sis/chance.hpp"
#include "demo_sis/families.hpp"
#include "demo_sis/names.hpp"

namespace heard::demo {
namespace {

constexpr std::size_t kSectionSize = 24;

void add_school(District &district, Chance &chance) {
  const std::size_t place = district.schools.size();
  const auto names = school_names();
  std::string name(names[place % names.size()]);
  if (place >= names.size()) name += fmt::format(" {}", place / names.size() + 1);
  district.schools.push_back({chance.ref_id(), std::to_string(100 + place * 10), std::move(name),
                              fmt::format("{} School Street", 1 + place * 20),
                              fmt::format("555-0{:03}", 100 + place)});
}

void add_staff(District &district, Chance &chance) {
  const Origin &origin = origins()[chance.percent(70) ? 0 : chance.number(origins().size())];
  Staff person;
  person.ref_id = chance.ref_id();
  person.local_id = std::to_string(5000 + district.staff.size());
  person.given = chance.pick(chance.percent(60) ? origin.women : origin.men);
  person.family = chance.pick(origin.families);
  person.email = fmt::format("staff{}@maple-valley.example", person.local_id);
  person.school = district.staff.size() % district.schools.size();
  const bool office = district.staff.size() < 2 * district.schools.size();
  person.job = office ? "Office staff" : "Teacher";
  district.staff.push_back(std::move(person));
}

/// The students of one school in slices; each slice has one section with one of its teachers.
void add_sections(District &district, Chance &chance, std::size_t school) {
  std::vector<std::size_t> teachers, students;
  for (std::size_t i = 0; i < district.staff.size(); ++i) {
    if (district.staff[i].school == school) teachers.push_back(i);
  }
  for (std::size_t i = 0; i < district.students.size(); ++i) {
    if (district.students[i].school == school) students.push_back(i);
  }
  if (teachers.empty()) return;
  for (std::size_t start = 0; start < students.size(); start += kSectionSize) {
    Section section{chance.ref_id(), "", std::string(chance.pick(subjects())), school, 0, {}};
    section.code =
        fmt::format("{}-{:02}", district.schools[school].local_id, 1 + start / kSectionSize);
    section.teacher = teachers[(start / kSectionSize) % teachers.size()];
    const std::size_t end = std::min(students.size(), start + kSectionSize);
    for (std::size_t i = start; i < end; ++i) section.students.push_back(students[i]);
    district.sections.push_back(std::move(section));
  }
}

}  // namespace

std::string Chance::ref_id() {
  const std::uint64_t high = (engine_() & ~0xF000ULL) | 0x4000ULL;
  const std::uint64_t low = (engine_() & ~(3ULL << 62)) | (2ULL << 62);
  return fmt::format("{:08X}-{:04X}-{:04X}-{:04X}-{:012X}", high >> 32, (high >> 16) & 0xFFFF,
                     high & 0xFFFF, low >> 48, low & 0xFFFF'FFFF'FFFFULL);
}

District make_district(unsigned seed, Sizes sizes) {
  Chance chance(seed);
  District district;
  district.name = "Maple Valley Central School District";
  for (int i = 0; i < sizes.schools; ++i) add_school(district, chance);
  for (int i = 0; i < sizes.staff; ++i) add_staff(district, chance);
  while (static_cast<int>(district.students.size()) < sizes.students) {
    add_family(district, chance, sizes.students - static_cast<int>(district.students.size()));
  }
  for (std::size_t i = 0; i < district.schools.size(); ++i) add_sections(district, chance, i);
  return district;
}

Counts counts(const District &district) {
  std::size_t relationships = 0;
  for (const Contact &contact : district.contacts) relationships += contact.relationships.size();
  return {district.schools.size(),  district.staff.size(), district.students.size(),
          district.contacts.size(), relationships,         district.sections.size()};
}

void change_contacts(District &district, int count) {
  const auto total = static_cast<int>(district.contacts.size());
  for (int i = 0; i < std::min(count, total); ++i) {
    const auto place = static_cast<std::size_t>(static_cast<long>(i) * total / count);
    std::string &phone = district.contacts[place].phone;
    phone.back() = phone.back() == '9' ? '0' : static_cast<char>(phone.back() + 1);
  }
}

void remove_students(District &district, int count) {
  const std::size_t gone = std::min(district.students.size(), static_cast<std::size_t>(count));
  const std::size_t left = district.students.size() - gone;
  district.students.resize(left);
  for (Contact &contact : district.contacts) {
    std::erase_if(contact.relationships, [&](const auto &link) { return link.student >= left; });
  }
  for (Section &section : district.sections) {
    std::erase_if(section.students, [&](std::size_t student) { return student >= left; });
  }
}

std::string feed_key(const std::string &ref_id) {
  std::string key = ref_id;
  for (char &c : key) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return key;
}

}  // namespace heard::demo
