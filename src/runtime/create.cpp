#include "runtime/create.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <chrono>

#include "base/failure.hpp"
#include "base/zone_file.hpp"
#include "commands/command_table.hpp"
#include "folds/keys.hpp"
#include "folds/rebuild.hpp"
#include "folds/tables.hpp"
#include "runtime/engine.hpp"
#include "runtime/key_source.hpp"
#include "store/schema.hpp"

namespace heard::runtime {

namespace {

namespace field_id = store::field_id;

std::string random_key() {
  Hash key;
  fill_random(key);
  return std::string(view(key));
}

/// Refuses a zone nobody knows before anything is made.
std::string checked_zone(const Options &options, const std::string &fallback) {
  const std::string zone = options.get("calendar.timezone", fallback);
  if (zone.empty())
    throw bad_field("calendar.timezone",
                    "is missing; a new store needs the school's time zone, like America/Chicago");
  zone_offsets(options.zone_folder(), zone, 0, 1);
  return zone;
}

void make_tables(store::Database &database) {
  store::create_ledger_tables(database);
  folds::create_tables(database);
  store::Query head(database, "INSERT INTO head(id, size, root, frontier) VALUES(1, 0, ?1, ?2)");
  head.bind(1, store::empty_root()).blob(2, "").run();
  store::Ledger ledger(database);
  for (const char *key : {"rid_key", "form_key", "feed_key"}) ledger.set_meta(key, random_key());
}

/// What a new ledger is called, and the key that will sign it ("" for none).
struct Identity {
  Id id{};
  std::string origin;
  std::string verifier_key;
};

/// The host is asked before there is a lock, a file of ours is made under it.
Identity new_identity(const Options &options, const KeySource &source) {
  Identity identity{random_id(), {}, {}};
  identity.origin = origin_for(options, hex(identity.id));
  if (!source.is_off() && !source.file())
    identity.verifier_key = source.signer().verifier_key(identity.origin);
  return identity;
}

void make_key_file(Identity &identity, const KeySource &source) {
  if (!source.file()) return;
  source.file()->make();
  identity.verifier_key = source.signer().verifier_key(identity.origin);
}

void first_entries(folds::Journal &journal, Millis now, const Options &options,
                   const std::string &zone, const Identity &identity) {
  const directory::Actor system = directory::system_actor();
  const commands::Work work{journal, system, now, options.zone_folder()};
  journal.ledger().begin();
  journal.ledger().set_meta("origin", identity.origin);
  const Id id = identity.id;
  store::Draft created = work.draft(store::Kind::ledger_created, id);
  created.fields.text(field_id::origin, identity.origin);
  created.fields.text(field_id::verifier_key, identity.verifier_key);
  created.fields.bytes(field_id::ledger, view(id)).text(field_id::library, "1.0.0");
  created.fields.text(field_id::sqlite, store::sqlite_version());
  created.fields.bytes(field_id::rid_key_hash, view(sha256(journal.ledger().meta("rid_key"))));
  work.append(std::move(created));
  Record calendar;
  calendar.set("name", "School days").set("zone", zone);
  commands::command("calendar.save").run(work, calendar);
  commands::command("policy.save").run(work, Record());
  journal.ledger().finish();
}

/// Nothing there yet, or a file somebody has only just begun: no table, no application id.
bool is_unmade(const std::string &path) {
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0) return true;
  if (!S_ISREG(info.st_mode)) return false;
  if (info.st_size == 0) return true;
  try {
    store::Database file(path, store::Database::Mode::write, false);
    store::Query begun(file,
                       "SELECT application_id, (SELECT COUNT(*) FROM sqlite_schema) FROM"
                       " pragma_application_id");
    return begun.step() && begun.number(0) == 0 && begun.number(1) == 0;
  } catch (const Failure &) {
    return false;  // opening it as a store says what is wrong
  }
}

/// Fills a fresh file, unless another process was quicker.
void fill(store::Connection &connection, Host &host, const Options &options,
          const std::string &zone) {
  const Millis now = host.now_ms();
  const KeySource source(host, options);
  Identity identity = new_identity(options, source);
  store::WriteTransaction transaction(connection);
  store::Query made(connection.database(), "SELECT 1 FROM sqlite_schema WHERE name = 'event'");
  if (made.step()) return;
  made.reset();
  make_key_file(identity, source);
  make_tables(connection.database());
  folds::Journal journal(connection.database());
  first_entries(journal, now, options, zone, identity);
  transaction.commit();
}

std::vector<std::string> read_tables(store::Database &database) {
  std::vector<std::string> names;
  store::Query rows(database,
                    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'fold\\_%'"
                    " ESCAPE '\\'");
  while (rows.step()) names.push_back(rows.text(0));
  return names;
}

/// A ledger from before checkpoints gets its name and its first key.
void give_key(const commands::Work &work, const Options &options, const KeySource &source) {
  store::Ledger &ledger = work.journal.ledger();
  if (!ledger.meta("origin").empty()) return;
  Identity identity{ledger.id(), origin_for(options, hex(ledger.id())), {}};
  ledger.set_meta("origin", identity.origin);
  if (!folds::ledger_keys(work.database()).empty()) return;
  if (!source.file()) return;  // the host's signer is not asked under a lock: key.rotate does
  make_key_file(identity, source);
  store::Draft draft = work.draft(store::Kind::key_rotated, identity.id);
  draft.fields.text(field_id::origin, identity.origin);
  draft.fields.text(field_id::verifier_key, identity.verifier_key);
  work.append(std::move(draft));
}

/// The ledger stays as it is; the read tables are made anew from it, in the shape we know.
void bring_up_to_date(Host &host, const Options &options, store::Connection &connection) {
  const Millis now = host.now_ms();
  store::WriteTransaction transaction(connection);
  store::Database &database = connection.database();
  if (!store::is_older(database)) return;  // another process was quicker
  store::complete_tables(database);
  for (const std::string &table : read_tables(database))
    database.exec(("DROP TABLE " + table).c_str());
  folds::create_tables(database);
  folds::Journal journal(database);
  folds::refold(database, journal.ledger().head().size);
  const directory::Actor system = directory::system_actor();
  const commands::Work work{journal, system, now, options.zone_folder()};
  journal.ledger().begin();
  store::Draft migrated = work.draft(store::Kind::store_migrated, journal.ledger().id());
  migrated.fields.number(field_id::version, store::kSchemaVersion).text(field_id::library, "1.0.0");
  work.append(std::move(migrated));
  give_key(work, options, KeySource(host, options));
  journal.ledger().finish();
  store::set_version(database);
  transaction.commit();
}

}  // namespace

std::unique_ptr<store::Connection> create_in_memory(Host &host, const Options &options) {
  const std::string zone = checked_zone(options, "UTC");
  auto connection =
      store::Connection::open(std::string(store::kMemoryPath), store::Database::Mode::write);
  fill(*connection, host, options, zone);
  return connection;
}

void migrate(Host &host, const Options &options) {
  const std::string path = options.get("store.path");
  if (path.empty()) throw bad_field("store.path", "is missing; name the store's file");
  if (path == store::kMemoryPath) return;
  if (!is_unmade(path)) {
    const auto connection = store::Connection::open_older(path);
    if (store::is_older(connection->database())) bring_up_to_date(host, options, *connection);
    return;
  }
  const std::string zone = checked_zone(options, "");
  const auto connection = store::Connection::create(path);
  fill(*connection, host, options, zone);
}

}  // namespace heard::runtime
