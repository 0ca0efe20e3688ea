#include "store/schema.hpp"

#include <fmt/format.h>

#include "base/text.hpp"

namespace heard::store {

namespace {

// The ledger proper never changes shape; triggers stop accidents, not attackers (ledger.md b.2).
// Each index is three more pages to read and one to write for every entry, while others wait. An
// entry outside any case is a thread of its own, found by its rid: whoever looks for the entries of
// a thread says `AND thread <> rid`.
constexpr const char *kTables = R"sql(
CREATE TABLE meta(k TEXT PRIMARY KEY, v BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE event(
  seq INTEGER PRIMARY KEY, v INTEGER NOT NULL, wall_ms INTEGER NOT NULL, kind INTEGER NOT NULL,
  flags INTEGER NOT NULL, thread BLOB NOT NULL, rid BLOB NOT NULL, ref INTEGER NOT NULL,
  cm BLOB NOT NULL) STRICT;
CREATE UNIQUE INDEX event_rid ON event(rid);
CREATE INDEX event_thread ON event(thread) WHERE thread <> rid;
CREATE TABLE body(
  seq INTEGER PRIMARY KEY, form INTEGER NOT NULL, salt BLOB, fields BLOB NOT NULL,
  actor TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
CREATE TABLE tile(level INTEGER NOT NULL, idx INTEGER NOT NULL, hashes BLOB NOT NULL,
  PRIMARY KEY(level, idx)) STRICT, WITHOUT ROWID;
CREATE TABLE head(id INTEGER PRIMARY KEY CHECK(id = 1), size INTEGER NOT NULL, root BLOB NOT NULL,
  frontier BLOB NOT NULL) STRICT;
CREATE TABLE local_feed_record(
  feed TEXT NOT NULL, type TEXT NOT NULL, key BLOB NOT NULL, content BLOB NOT NULL,
  subject BLOB, active INTEGER NOT NULL, PRIMARY KEY(feed, type, key)) STRICT, WITHOUT ROWID;
CREATE TABLE local_feed_marker(feed TEXT NOT NULL, type TEXT NOT NULL, marker TEXT NOT NULL,
  PRIMARY KEY(feed, type)) STRICT, WITHOUT ROWID;
CREATE TRIGGER event_keep_update BEFORE UPDATE ON event
  BEGIN SELECT RAISE(ABORT, 'ledger entries are never changed'); END;
CREATE TRIGGER event_keep_delete BEFORE DELETE ON event
  BEGIN SELECT RAISE(ABORT, 'ledger entries are never deleted'); END;
CREATE TRIGGER tile_keep_update BEFORE UPDATE ON tile
  BEGIN SELECT RAISE(ABORT, 'tiles are never changed'); END;
CREATE TRIGGER tile_keep_delete BEFORE DELETE ON tile
  BEGIN SELECT RAISE(ABORT, 'tiles are never deleted'); END;
)sql";

// What came with format 3: signed heads of the tree and where copies of them were taken, and work
// that was put off and must be finished, by name.
constexpr const char *kSinceThree = R"sql(
CREATE TABLE IF NOT EXISTS checkpoint(
  size INTEGER PRIMARY KEY, note TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS local_anchor(
  size INTEGER NOT NULL, sink TEXT NOT NULL, state TEXT NOT NULL, receipt TEXT NOT NULL,
  at INTEGER NOT NULL, PRIMARY KEY(size, sink)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS local_pending(name TEXT PRIMARY KEY, value INTEGER NOT NULL)
  STRICT, WITHOUT ROWID;
)sql";

std::int64_t pragma_number(Database &database, const char *sql) {
  Query query(database, sql);
  return query.step() ? query.number(0) : 0;
}

/// The lowest format that may read or write a store newer than us; ours plus one if it does not
/// say.
std::int64_t lowest_format(Database &database, const char *key) {
  try {
    Query says(database, "SELECT v FROM meta WHERE k = ?1");
    says.bind(1, key);
    if (says.step()) return to_int(says.text(0)).value_or(kSchemaVersion + 1);
  } catch (const Failure &) {
    // A format we know nothing of may keep this elsewhere.
  }
  return kSchemaVersion + 1;
}

}  // namespace

bool is_older(Database &database) {
  if (pragma_number(database, "PRAGMA application_id") != kApplicationId)
    throw Failure(Status::corrupt, "the file is not a Heard store");
  return pragma_number(database, "PRAGMA user_version") < kSchemaVersion;
}

void set_version(Database &database) {
  database.exec(fmt::format("PRAGMA user_version={};", kSchemaVersion).c_str());
  for (const char *key : {"min_reader", "min_writer"}) {
    Query row(database,
              "INSERT INTO meta(k, v) VALUES(?1, ?2) ON CONFLICT(k) DO UPDATE SET v = ?2");
    row.bind(1, key).blob(2, std::to_string(kSchemaVersion)).run();
  }
}

void check_version(Database &database, Database::Mode mode) {
  const std::int64_t found = pragma_number(database, "PRAGMA user_version");
  if (pragma_number(database, "PRAGMA application_id") != kApplicationId)
    throw Failure(Status::corrupt, "the file is not a Heard store");
  if (found == kSchemaVersion) return;
  const Details details{{"wanted", std::to_string(found)},
                        {"provided", std::to_string(kSchemaVersion)}};
  if (found < kSchemaVersion)
    throw Failure(Status::version,
                  fmt::format("the store has format {} and must be brought to {}; run 'heard init' "
                              "on it, or call heard_store_migrate",
                              found, kSchemaVersion),
                  details);
  const bool may_read = lowest_format(database, "min_reader") <= kSchemaVersion;
  const bool may_write = lowest_format(database, "min_writer") <= kSchemaVersion;
  if (may_read && (may_write || mode == Database::Mode::read)) return;
  throw Failure(
      Status::version,
      fmt::format("the store has format {} and this library knows formats up to {}; "
                  "update Heard{}",
                  found, kSchemaVersion, may_read ? ", or open the store for reading only" : ""),
      details);
}

void use_wal(Database &database) {
  Query mode(database, "PRAGMA journal_mode=WAL");
  if (mode.step() && mode.text(0) == "wal") return;
  throw Failure(Status::io, "the store cannot keep a write-ahead log where it lies");
}

void complete_tables(Database &database) { database.exec(kSinceThree); }

void create_ledger_tables(Database &database) {
  database.exec(kTables);
  complete_tables(database);
  database.exec(fmt::format("PRAGMA application_id={};", kApplicationId).c_str());
  set_version(database);
}

}  // namespace heard::store
