#include "store/database.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <atomic>

namespace heard::store {

namespace {

Status status_of(int code) {
  switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return Status::busy;
    case SQLITE_INTERRUPT:
      return Status::interrupted;
    case SQLITE_NOMEM:
      return Status::no_memory;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return Status::corrupt;
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return Status::io;
    case SQLITE_TOOBIG:
      return Status::limit;
    default:
      return Status::internal;
  }
}

std::string sentence(int code, const char *says, std::string_view doing) {
  switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return "another process is writing to the store; try again in a moment";
    case SQLITE_FULL:
      return "the disk is full; nothing was stored; free some space and try again";
    case SQLITE_NOTADB:
      return "the file is not a Heard store";
    case SQLITE_CORRUPT:
      return "the store file is damaged; restore the last backup, or run 'heard verify'";
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return "the store file cannot be written; check its owner and permissions";
    case SQLITE_CANTOPEN:
      return "the store file cannot be opened; check the path and its permissions";
    case SQLITE_INTERRUPT:
      return "interrupted; nothing was changed";
    default:
      return fmt::format("the database refused while {}: {}", doing, says);
  }
}

void apply_settings(sqlite3 *handle, Database::Mode mode) {
  sqlite3_extended_result_codes(handle, 1);
  sqlite3_busy_timeout(handle, 5000);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
  sqlite3_wal_autocheckpoint(handle, 0);
  const char *settings =
      mode == Database::Mode::write
          ? "PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;"
            "PRAGMA cell_size_check=ON; PRAGMA mmap_size=0; PRAGMA cache_size=-8000;"
            "PRAGMA temp_store=MEMORY;"
          : "PRAGMA query_only=ON; PRAGMA cell_size_check=ON; PRAGMA cache_size=-8000;"
            "PRAGMA temp_store=MEMORY;";
  const int code = sqlite3_exec(handle, settings, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) throw_sqlite(handle, code, "opening");
}

/// SQLite asks for no lock and no log beside a file it is told is immutable.
std::string frozen_name(const std::string &path) {
  std::string name = "file:";
  for (const char c : path)
    if (c == '%' || c == '?' || c == '#')
      name += fmt::format("%{:02X}", static_cast<unsigned>(c));
    else
      name += c;
  return name + "?immutable=1";
}

}  // namespace

void throw_sqlite(sqlite3 *handle, int code, std::string_view doing) {
  const char *says = handle ? sqlite3_errmsg(handle) : sqlite3_errstr(code);
  const Status status = status_of(code);
  throw Failure(status, sentence(code, says, doing), {{"sqlite", std::to_string(code)}},
                status == Status::busy ? 50 : 0);
}

int sqlite_code(const Failure &failure) {
  for (const auto &[name, value] : failure.details())
    if (name == "sqlite") return std::stoi(value);
  return SQLITE_OK;
}

bool is_broken_constraint(const Failure &failure) {
  return (sqlite_code(failure) & 0xFF) == SQLITE_CONSTRAINT;
}

std::string sqlite_version() { return sqlite3_libversion(); }

Database::Database(const std::string &path, Mode mode, bool create) {
  int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_EXRESCODE;
  flags |= mode == Mode::write ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
  if (create) flags |= SQLITE_OPEN_CREATE;
  if (mode == Mode::frozen) flags |= SQLITE_OPEN_URI;
  const std::string name = mode == Mode::frozen ? frozen_name(path) : path;
  const int code = sqlite3_open_v2(name.c_str(), &handle_, flags, nullptr);
  try {
    if (code != SQLITE_OK) throw_sqlite(handle_, code, "opening");
    apply_settings(handle_, mode);
  } catch (...) {
    sqlite3_close_v2(handle_);
    throw;
  }
}

Database::~Database() {
  if (handle_ == nullptr) return;
  for (auto &[sql, statements] : idle_)
    for (sqlite3_stmt *statement : statements) sqlite3_finalize(statement);
  sqlite3_close_v2(handle_);
}

void Database::exec(const char *sql) {
  const int code = sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) throw_sqlite(handle_, code, sql);
}

void Database::begin_epoch() {
  static std::atomic<std::uint64_t> last = 0;
  epoch_ = ++last;
}
void Database::renew_epoch() {
  if (epoch_ != 0) begin_epoch();
}
void Database::watch(const std::atomic<bool> *stop) {
  stop_ = stop;
  sqlite3_progress_handler(
      handle_, 10000,
      [](void *flag) { return static_cast<const std::atomic<bool> *>(flag)->load() ? 1 : 0; },
      const_cast<std::atomic<bool> *>(stop));
}
void Database::interrupt() const { sqlite3_interrupt(handle_); }

sqlite3_stmt *Database::prepare(std::string_view sql) {
  sqlite3_stmt *statement = nullptr;
  const int code = sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  // Our statements fit our tables: one that does not has met a damaged table.
  if (code == SQLITE_ERROR)
    throw Failure(Status::corrupt,
                  fmt::format("the store file is damaged ({}); restore the last backup, or run "
                              "'heard verify'",
                              sqlite3_errmsg(handle_)),
                  {{"sqlite", std::to_string(code)}});
  if (code != SQLITE_OK) throw_sqlite(handle_, code, "preparing a statement");
  return statement;
}

Query::Query(Database &database, std::string_view sql) : database_(database) {
  auto found = database.idle_.find(sql);
  if (found == database.idle_.end()) found = database.idle_.emplace(sql, Database::Idle{}).first;
  home_ = &found->second;
  if (home_->empty()) {
    statement_ = database.prepare(sql);
    home_->reserve(home_->size() + 4);
    return;
  }
  statement_ = home_->back();
  home_->pop_back();
}

Query::~Query() {
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
  home_->push_back(statement_);
}

void Query::check(int code, std::string_view doing) const {
  if (code != SQLITE_OK) throw_sqlite(database_.handle(), code, doing);
}

Query &Query::bind(int place, std::int64_t value) {
  check(sqlite3_bind_int64(statement_, place, value), "binding a value");
  return *this;
}
Query &Query::bind(int place, std::string_view text) {
  check(sqlite3_bind_text64(statement_, place, text.data() ? text.data() : "", text.size(),
                            SQLITE_TRANSIENT, SQLITE_UTF8),
        "binding a value");
  return *this;
}
Query &Query::blob(int place, std::string_view bytes) {
  check(sqlite3_bind_blob64(statement_, place, bytes.data() ? bytes.data() : "", bytes.size(),
                            SQLITE_TRANSIENT),
        "binding a value");
  return *this;
}
Query &Query::null(int place) {
  check(sqlite3_bind_null(statement_, place), "binding a value");
  return *this;
}

bool Query::step() {
  if (database_.stop_ != nullptr && *database_.stop_)
    throw_sqlite(nullptr, SQLITE_INTERRUPT, "reading or writing the store");
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  throw_sqlite(database_.handle(), code, "reading or writing the store");
}

void Query::run() {
  while (step()) {
  }
  reset();
}

void Query::reset() { sqlite3_reset(statement_); }

std::int64_t Query::number(int column) const { return sqlite3_column_int64(statement_, column); }
bool Query::is_null(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}
int Query::columns() const { return sqlite3_column_count(statement_); }

std::string Query::text(int column) const { return std::string(bytes(column)); }

std::string_view Query::bytes(int column) const {
  const void *data = sqlite3_column_blob(statement_, column);
  const int size = sqlite3_column_bytes(statement_, column);
  return {static_cast<const char *>(data), data ? static_cast<std::size_t>(size) : 0};
}

Id Query::id(int column) const {
  Id id{};
  const std::string_view stored = bytes(column);
  if (stored.size() == id.size()) std::copy(stored.begin(), stored.end(), id.begin());
  return id;
}

Hash Query::hash(int column) const {
  Hash hash{};
  const std::string_view stored = bytes(column);
  if (stored.size() == hash.size()) std::copy(stored.begin(), stored.end(), hash.begin());
  return hash;
}

std::string Query::fingerprint(int column) const {
  const int type = sqlite3_column_type(statement_, column);
  std::string out = std::to_string(type) + ":";
  return type == SQLITE_INTEGER ? out + std::to_string(number(column)) : out + text(column);
}

}  // namespace heard::store
