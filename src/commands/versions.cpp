#include "commands/versions.hpp"

namespace heard::commands {

Id thread_of(std::string_view family, std::string_view id) {
  return keyed_id("heard/" + std::string(family), id);
}

std::int64_t next_version(store::Database &database, const char *table, const std::string &id) {
  store::Query row(database, std::string("SELECT MAX(version) FROM ") + table + " WHERE id = ?1");
  row.bind(1, id);
  return (row.step() ? row.number(0) : 0) + 1;
}

std::int64_t previous_seq(store::Database &database, const char *table, const std::string &id) {
  store::Query row(database, std::string("SELECT seq FROM ") + table +
                                 " WHERE id = ?1 ORDER BY version DESC LIMIT 1");
  row.bind(1, id);
  return row.step() ? row.number(0) : 0;
}

}  // namespace heard::commands
