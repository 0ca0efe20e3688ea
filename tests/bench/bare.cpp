#include "bare.hpp"

#include <openssl/evp.h>

#include <filesystem>
#include <stdexcept>

namespace heard::bench {

namespace {

// The settings of ledger.md; a log of 2,000 pages is moved into the file, as the product does.
constexpr const char *kSettings =
    "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;"
    "PRAGMA cell_size_check=ON; PRAGMA mmap_size=0; PRAGMA cache_size=-8000;"
    "PRAGMA temp_store=MEMORY; PRAGMA wal_autocheckpoint=2000;";

Value value_of(sqlite3_stmt *statement, int column) {
  Value value;
  value.type = sqlite3_column_type(statement, column);
  if (value.type == SQLITE_INTEGER)
    value.number = sqlite3_column_int64(statement, column);
  else
    value.bytes = column_bytes(statement, column);
  return value;
}

}  // namespace

BareDatabase::BareDatabase(const std::string &path) {
  check(sqlite3_open_v2(path.c_str(), &handle_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
                        nullptr));
  sqlite3_busy_timeout(handle_, 10'000);  // while others open it for the first time
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  exec(kSettings);
}

BareDatabase::~BareDatabase() {
  for (const auto &[sql, statement] : statements_) sqlite3_finalize(statement);
  sqlite3_close_v2(handle_);
}

void BareDatabase::check(int code) const {
  if (code != SQLITE_OK && code != SQLITE_DONE && code != SQLITE_ROW)
    throw std::runtime_error(std::string("a floor's SQLite says: ") + sqlite3_errmsg(handle_));
}

sqlite3_stmt *BareDatabase::prepare(const std::string &sql) {
  sqlite3_stmt *&statement = statements_[sql];
  if (statement == nullptr)
    check(sqlite3_prepare_v3(handle_, sql.c_str(), -1, SQLITE_PREPARE_PERSISTENT, &statement,
                             nullptr));
  return statement;
}

void BareDatabase::run(sqlite3_stmt *statement) {
  check(sqlite3_step(statement));
  sqlite3_reset(statement);
}

std::vector<Row> BareDatabase::rows(const std::string &sql, const Row &bound) {
  sqlite3_stmt *statement = prepare(sql);
  for (std::size_t i = 0; i < bound.size(); ++i) bind(statement, static_cast<int>(i) + 1, bound[i]);
  std::vector<Row> all;
  int code = SQLITE_OK;
  while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
    Row &row = all.emplace_back();
    for (int i = 0; i < sqlite3_column_count(statement); ++i) row.push_back(value_of(statement, i));
  }
  check(code);
  sqlite3_reset(statement);
  return all;
}

void bind(sqlite3_stmt *statement, int place, const Value &value) {
  const int size = static_cast<int>(value.bytes.size());
  if (value.type == SQLITE_INTEGER)
    sqlite3_bind_int64(statement, place, value.number);
  else if (value.type == SQLITE_TEXT)
    sqlite3_bind_text(statement, place, value.bytes.data(), size, SQLITE_STATIC);
  else if (value.type == SQLITE_BLOB)
    sqlite3_bind_blob(statement, place, value.bytes.data(), size, SQLITE_STATIC);
  else
    sqlite3_bind_null(statement, place);
}

void bind(sqlite3_stmt *statement, int place, std::int64_t number) {
  sqlite3_bind_int64(statement, place, number);
}

void bind_blob(sqlite3_stmt *statement, int place, std::string_view bytes) {
  sqlite3_bind_blob(statement, place, bytes.data(), static_cast<int>(bytes.size()), SQLITE_STATIC);
}

std::string_view column_bytes(sqlite3_stmt *statement, int column) {
  const auto *bytes = static_cast<const char *>(sqlite3_column_blob(statement, column));
  const int size = sqlite3_column_bytes(statement, column);
  return {bytes ? bytes : "", static_cast<std::size_t>(size)};
}

std::string insert_sql(const std::string &table, std::size_t columns) {
  std::string sql = "INSERT INTO " + table + " VALUES(?1";
  for (std::size_t i = 2; i <= columns; ++i) sql += ", ?" + std::to_string(i);
  return sql + ")";
}

Hash sha256(std::string_view bytes) {
  static const EVP_MD *algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  static EVP_MD_CTX *context = EVP_MD_CTX_new();
  Hash hash;
  EVP_DigestInit_ex2(context, algorithm, nullptr);
  EVP_DigestUpdate(context, bytes.data(), bytes.size());
  EVP_DigestFinal_ex(context, hash.data(), nullptr);
  return hash;
}

std::string_view view(const Hash &hash) {
  return {reinterpret_cast<const char *>(hash.data()), hash.size()};
}

void copy_store(const std::string &from, const std::string &to) {
  std::filesystem::remove(to + ".mark");  // of what was there before
  namespace fs = std::filesystem;
  for (const char *part : {"", "-wal"}) {
    fs::remove(to + part);
    if (fs::exists(from + part)) fs::copy_file(from + part, to + part);
  }
  fs::remove(to + "-shm");
}

}  // namespace heard::bench
