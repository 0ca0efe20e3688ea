// People as the directory knows them now, found by any key a host or feed uses for them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "store/database.hpp"

namespace heard::directory {

struct Person {
  Id id{};
  std::string kind;  ///< student, guardian, staff, community
  std::string key;
  std::string name;
  std::string school;
  std::string language;
  bool active = true;
  bool verified = false;
};

/// By key or alias ("sis:student:2041"); nothing if nobody has named such a person.
std::optional<Person> find_person(store::Database &database, std::string_view key);
std::optional<Person> load_person(store::Database &database, const Id &id);

/// The same, but must be somebody; also by the id alone, which outlives erasure. Throws
/// Failure(not_found) that names `field`.
Person named_person(store::Database &database, const std::string &field, const std::string &name);

/// What a key's type says: "sis:staff:7" and "teacher:7" are staff. "community" when it says
/// nothing.
std::string kind_of_key(std::string_view key);

/// Throws bad_field(field) unless `key` looks like source:type:id or type:id.
void check_key(const std::string &field, std::string_view key);

/// The name of a school, or its key when the directory has no name for it.
std::string school_name(store::Database &database, const std::string &key);

}  // namespace heard::directory
