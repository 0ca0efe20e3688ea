#include "directory/person.hpp"

#include "base/failure.hpp"
#include "base/text.hpp"

namespace heard::directory {

namespace {

using store::Query;

constexpr std::string_view kColumns =
    "SELECT p.id, p.kind, p.key, p.name, p.school, p.language, p.active, p.verified FROM ";

std::optional<Person> read(Query &row) {
  if (!row.step()) return std::nullopt;
  Person person;
  person.id = row.id(0);
  person.kind = row.text(1);
  person.key = row.text(2);
  person.name = row.text(3);
  person.school = row.text(4);
  person.language = row.text(5);
  person.active = row.number(6) != 0;
  person.verified = row.number(7) != 0;
  return person;
}

}  // namespace

std::optional<Person> find_person(store::Database &database, std::string_view key) {
  static const std::string kSql =
      std::string(kColumns) +
      "fold_person_key k JOIN fold_person p ON p.id = k.person WHERE k.key = ?1";
  Query row(database, kSql);
  row.bind(1, key);
  return read(row);
}

std::optional<Person> load_person(store::Database &database, const Id &id) {
  static const std::string kSql = std::string(kColumns) + "fold_person p WHERE p.id = ?1";
  Query row(database, kSql);
  row.bind(1, id);
  return read(row);
}

Person named_person(store::Database &database, const std::string &field, const std::string &name) {
  Id id{};
  const auto person = parse_id(name, id) ? load_person(database, id) : find_person(database, name);
  if (person) return *person;
  throw Failure(Status::not_found, "nobody is known as '" + name.substr(0, 200) + "'",
                {{"field", field}});
}

std::string kind_of_key(std::string_view key) {
  const auto parts = split(key, ':');
  const std::string type = lowered(parts.size() > 2 ? parts[1] : parts[0]);
  if (type == "staff" || type == "teacher") return "staff";
  if (type == "student") return "student";
  if (type == "guardian" || type == "contact" || type == "parent") return "guardian";
  return "community";
}

void check_key(const std::string &field, std::string_view key) {
  const auto parts = split(key, ':');
  bool good = parts.size() >= 2 && key.size() <= 200;
  for (const std::string_view part : parts) good = good && !part.empty();
  if (!good)
    throw bad_field(field, "'" + std::string(key.substr(0, 60)) +
                               "' is not a key; write source:type:id, like sis:student:2041");
}

std::string school_name(store::Database &database, const std::string &key) {
  Query row(database, "SELECT name FROM fold_school WHERE key = ?1");
  row.bind(1, key);
  return row.step() ? row.text(0) : key;
}

}  // namespace heard::directory
