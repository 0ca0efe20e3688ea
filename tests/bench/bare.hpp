// What the floors stand on: SQLite and SHA-256 with nothing between them and the loop.
#pragma once

#include <sqlite3.h>

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace heard::bench {

using Hash = std::array<std::uint8_t, 32>;

/// One column of one row.
struct Value {
  int type = SQLITE_NULL;
  std::int64_t number = 0;
  std::string bytes;
  bool operator==(const Value &) const = default;
};
using Row = std::vector<Value>;

/// One connection with the safety settings of a Heard store. Statements live as long as it does.
class BareDatabase {
 public:
  explicit BareDatabase(const std::string &path);
  ~BareDatabase();
  BareDatabase(const BareDatabase &) = delete;
  BareDatabase &operator=(const BareDatabase &) = delete;

  sqlite3_stmt *prepare(const std::string &sql);
  void exec(const char *sql) { check(sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr)); }
  /// Steps a bound statement that gives no rows, and makes it ready again.
  void run(sqlite3_stmt *statement);
  /// All rows of a query whose parameters are `bound`.
  std::vector<Row> rows(const std::string &sql, const Row &bound = {});
  std::int64_t number(const std::string &sql) { return rows(sql).at(0).at(0).number; }
  sqlite3 *handle() const { return handle_; }

 private:
  void check(int code) const;

  sqlite3 *handle_ = nullptr;
  std::map<std::string, sqlite3_stmt *> statements_;
};

/// `value` must live until the statement has run.
void bind(sqlite3_stmt *statement, int place, const Value &value);
void bind(sqlite3_stmt *statement, int place, std::int64_t number);
void bind_blob(sqlite3_stmt *statement, int place, std::string_view bytes);
std::string_view column_bytes(sqlite3_stmt *statement, int column);

/// "INSERT INTO table VALUES(?1, ...)".
std::string insert_sql(const std::string &table, std::size_t columns);

Hash sha256(std::string_view bytes);
std::string_view view(const Hash &hash);

/// Copies a closed store, the log beside it included.
void copy_store(const std::string &from, const std::string &to);

}  // namespace heard::bench
