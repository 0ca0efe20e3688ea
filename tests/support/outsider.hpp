// Somebody who edits a store file with SQLite alone, behind the library's back.
#pragma once

#include <sqlite3.h>

#include <stdexcept>
#include <string>

namespace heard::support {

class Outsider {
 public:
  /// `system`: past any file system that a test has put before the real one.
  explicit Outsider(const std::string &path, bool system = false) {
    check(sqlite3_open_v2(path.c_str(), &database_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
                          system ? "unix" : nullptr),
          "open");
  }
  Outsider(const Outsider &) = delete;
  Outsider &operator=(const Outsider &) = delete;
  ~Outsider() { sqlite3_close(database_); }

  void run(const std::string &sql) {
    check(sqlite3_exec(database_, sql.c_str(), nullptr, nullptr, nullptr), sql);
  }
  sqlite3 *handle() const { return database_; }
  /// The SQLite code of doing it: 0 when it worked.
  int attempt(const std::string &sql) {
    return sqlite3_exec(database_, sql.c_str(), nullptr, nullptr, nullptr);
  }
  /// The first column of the first row; "" without a row. Throws when SQLite cannot read.
  std::string text(const std::string &sql) {
    sqlite3_stmt *read = nullptr;
    check(sqlite3_prepare_v2(database_, sql.c_str(), -1, &read, nullptr), sql);
    const int code = sqlite3_step(read);
    std::string found;
    if (code == SQLITE_ROW && sqlite3_column_blob(read, 0) != nullptr)
      found.assign(static_cast<const char *>(sqlite3_column_blob(read, 0)),
                   static_cast<std::size_t>(sqlite3_column_bytes(read, 0)));
    sqlite3_finalize(read);
    if (code != SQLITE_ROW && code != SQLITE_DONE) check(code, sql);
    return found;
  }
  /// Flips the lowest bit of the last byte of a body.
  void spoil_body(std::int64_t seq) {
    const std::string where = " WHERE seq = " + std::to_string(seq);
    std::string bytes;
    sqlite3_stmt *read = nullptr;
    check(sqlite3_prepare_v2(database_, ("SELECT fields FROM body" + where).c_str(), -1, &read,
                             nullptr),
          "read");
    if (sqlite3_step(read) == SQLITE_ROW)
      bytes.assign(static_cast<const char *>(sqlite3_column_blob(read, 0)),
                   static_cast<std::size_t>(sqlite3_column_bytes(read, 0)));
    sqlite3_finalize(read);
    if (bytes.empty()) throw std::runtime_error("there is no body to spoil");
    bytes.back() = static_cast<char>(bytes.back() ^ 1);
    sqlite3_stmt *write = nullptr;
    check(sqlite3_prepare_v2(database_, ("UPDATE body SET fields = ?1" + where).c_str(), -1, &write,
                             nullptr),
          "write");
    sqlite3_bind_blob64(write, 1, bytes.data(), bytes.size(), SQLITE_TRANSIENT);
    const int code = sqlite3_step(write);
    sqlite3_finalize(write);
    if (code != SQLITE_DONE) throw std::runtime_error("the body was not written");
  }

 private:
  void check(int code, const std::string &doing) const {
    if (code != SQLITE_OK) throw std::runtime_error(doing + ": " + sqlite3_errmsg(database_));
  }
  sqlite3 *database_ = nullptr;
};

}  // namespace heard::support
