// SQLite, as the rest of Heard sees it: a connection, and queries that put themselves away.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/digest.hpp"
#include "base/failure.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace heard::store {

/// Throws the Failure that fits an SQLite result code (busy, full, corrupt, interrupted ...).
[[noreturn]] void throw_sqlite(sqlite3 *handle, int code, std::string_view doing);

/// The SQLite result code behind a Failure (extended), 0 when there was none.
int sqlite_code(const Failure &failure);
/// Whether a row was refused because it does not fit the rows that are there.
bool is_broken_constraint(const Failure &failure);

/// The version of the SQLite that runs, e.g. "3.40.1".
std::string sqlite_version();

/// One connection. Used by one thread at a time.
class Database {
 public:
  enum class Mode {
    write,
    read,
    frozen,  ///< read where nobody can write, not even a lock: a read-only medium
  };

  /// Opens without creating unless `create`. Sets every safety pragma of ledger.md b.5.
  Database(const std::string &path, Mode mode, bool create);
  ~Database();
  Database(const Database &) = delete;
  Database &operator=(const Database &) = delete;

  void exec(const char *sql);
  sqlite3 *handle() const { return handle_; }
  void interrupt() const;
  /// While `stop` is true every query of this connection answers Failure(interrupted).
  void watch(const std::atomic<bool> *stop);

  /// Not 0 inside a write transaction, and never the same twice in a process: what was read in an
  /// epoch holds as long as it lasts. Whoever changes what is remembered so begins a new one.
  std::uint64_t epoch() const { return epoch_; }
  void begin_epoch();
  void renew_epoch();
  void end_epoch() { epoch_ = 0; }

  /// Forgets the handle without closing it: for a child after fork.
  void abandon() { handle_ = nullptr; }

 private:
  friend class Query;
  using Idle = std::vector<sqlite3_stmt *>;
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };

  sqlite3_stmt *prepare(std::string_view sql);

  sqlite3 *handle_ = nullptr;
  std::uint64_t epoch_ = 0;
  const std::atomic<bool> *stop_ = nullptr;
  std::unordered_map<std::string, Idle, TextHash, std::equal_to<>> idle_;  // by SQL text
};

/// One use of a prepared statement, taken from the connection's cache and put back at the end.
class Query {
 public:
  Query(Database &database, std::string_view sql);
  ~Query();
  Query(const Query &) = delete;
  Query &operator=(const Query &) = delete;

  Query &bind(int place, std::int64_t value);
  Query &bind(int place, int value) { return bind(place, std::int64_t{value}); }
  Query &bind(int place, std::string_view text);
  Query &bind(int place, const std::string &text) { return bind(place, std::string_view(text)); }
  Query &bind(int place, const char *text) { return bind(place, std::string_view(text)); }
  Query &blob(int place, std::string_view bytes);
  Query &bind(int place, const Id &id) { return blob(place, view(id)); }
  Query &bind(int place, const Hash &hash) { return blob(place, view(hash)); }
  Query &null(int place);
  /// Binds null for the zero id.
  Query &id_or_null(int place, const Id &id) { return id == kNoId ? null(place) : bind(place, id); }

  /// True if a row is ready.
  bool step();
  /// Runs to the end and makes ready for the next binding.
  void run();
  void reset();

  std::int64_t number(int column) const;
  std::string text(int column) const;
  /// Text or blob; lives until the next step.
  std::string_view bytes(int column) const;
  Id id(int column) const;  ///< zero when null
  Hash hash(int column) const;
  bool is_null(int column) const;
  int columns() const;
  /// The value in a form that two databases can be compared by (type and content).
  std::string fingerprint(int column) const;

 private:
  void check(int code, std::string_view doing) const;

  Database &database_;
  Database::Idle *home_;
  sqlite3_stmt *statement_;
};

}  // namespace heard::store
