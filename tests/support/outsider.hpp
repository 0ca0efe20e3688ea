// Somebody who edits a store file with SQLite alone, behind the library's back.
#pragma once

#include <sqlite3.h>

#include <stdexcept>
#include <string>

namespace heard::support {

class Outsider {
 public:
  explicit Outsider(const std::string &path) {
    check(sqlite3_open(path.c_str(), &database_), "open");
  }
  Outsider(const Outsider &) = delete;
  Outsider &operator=(const Outsider &) = delete;
  ~Outsider() { sqlite3_close(database_); }

  void run(const std::string &sql) {
    check(sqlite3_exec(database_, sql.c_str(), nullptr, nullptr, nullptr), sql);
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
