// An invented school district for the demo and the tests: the same seed gives the same people.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace heard::demo {

struct Sizes {
  int students = 1200;
  int staff = 90;
  int schools = 4;
};

/// Ids look like those of real systems (upper case with hyphens); see feed_key.
struct School {
  std::string ref_id, local_id, name, street, phone;
};

struct Staff {
  std::string ref_id, local_id, given, family, email, job;
  std::size_t school;  ///< place in District::schools
};

struct Student {
  std::string ref_id, local_id, given, family, preferred, email, street, grade;
  std::string language;  ///< of the home, three letters ("eng", "spa", "vie", "ara", "hat" ...)
  std::size_t school;
};

/// A flag that is absent is "not said": neither yes nor no.
struct Relationship {
  std::size_t student;
  std::string relation;
  std::optional<bool> custody, communications, emergency, lives_with, primary;
  std::string restriction;
  int sequence;
};

struct Contact {
  std::string ref_id, given, family, language, email, phone, street;
  std::vector<Relationship> relationships;
};

struct Section {
  std::string ref_id, code, title;
  std::size_t school;
  std::size_t teacher;  ///< place in District::staff
  std::vector<std::size_t> students;
};

struct District {
  std::string name;
  std::vector<School> schools;
  std::vector<Staff> staff;
  std::vector<Student> students;
  std::vector<Contact> contacts;
  std::vector<Section> sections;
};

struct Counts {
  std::size_t schools, staff, students, contacts, relationships, sections;
};

/// 1,200 students come with about 1,900 contacts: brothers and sisters share their parents.
District make_district(unsigned seed, Sizes sizes = {});

Counts counts(const District &district);

/// Gives `count` contacts, spread over the district, another phone number.
void change_contacts(District &district, int count);

/// Lets `count` students leave, with their relationships and their places in sections.
void remove_students(District &district, int count);

/// The key under which the sif.xpress adapter stores an id: lower case with hyphens. The person
/// key of a student is then "sis:student:" + feed_key(student.ref_id).
std::string feed_key(const std::string &ref_id);

}  // namespace heard::demo
