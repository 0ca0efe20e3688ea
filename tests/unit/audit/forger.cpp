#include "unit/audit/forger.hpp"

#include <fmt/format.h>

#include "folds/keys.hpp"
#include "store/checkpoint.hpp"
#include "store/checkpoint_table.hpp"

namespace heard::support {

namespace field_id = store::field_id;
using store::Query;

Forger::Forger(const std::string &path) : database_(path, store::Database::Mode::write, false) {
  run("DROP TRIGGER event_keep_update; DROP TRIGGER event_keep_delete;"
      "DROP TRIGGER tile_keep_update; DROP TRIGGER tile_keep_delete;");
}

std::int64_t Forger::size() {
  Query row(database_, "SELECT COUNT(*) FROM event");
  row.step();
  return row.number(0);
}

void Forger::reseal(std::int64_t seq, std::uint16_t field, const std::string &value) {
  const store::Body before = store::Ledger(database_).body(seq).value();
  std::vector<store::Field> fields;
  for (const store::SaltedField &old : before.fields())
    fields.push_back({old.id, old.id == field ? value : old.value});
  const store::Body after = store::Body::sealed(std::move(fields));
  Query body(database_, "UPDATE body SET form = 0, salt = ?2, fields = ?3 WHERE seq = ?1");
  body.bind(1, seq).blob(2, after.salt()).blob(3, after.encode()).run();
  Query event(database_, "UPDATE event SET cm = ?2 WHERE seq = ?1");
  event.bind(1, seq).bind(2, after.commitment()).run();
}

void Forger::take_out(std::int64_t seq) {
  for (const char *table : {"event", "body"})
    run(
        fmt::format("DELETE FROM {0} WHERE seq = {1};"
                    "UPDATE {0} SET seq = -(seq - 1) WHERE seq > {1};"
                    "UPDATE {0} SET seq = -seq WHERE seq < 0;",
                    table, seq));
}

void Forger::put_in(std::int64_t seq, std::int64_t like) {
  for (const char *table : {"event", "body"})
    run(
        fmt::format("UPDATE {0} SET seq = -(seq + 1) WHERE seq >= {1};"
                    "UPDATE {0} SET seq = -seq WHERE seq < 0;",
                    table, seq));
  run(
      fmt::format("INSERT INTO event SELECT {0}, v, wall_ms, kind, flags, thread, randomblob(16),"
                  " ref, cm FROM event WHERE seq = {1};"
                  "INSERT INTO body SELECT {0}, form, salt, fields, actor, at FROM body"
                  " WHERE seq = {1};",
                  seq, like));
}

void Forger::swap(std::int64_t seq) {
  for (const char *table : {"event", "body"})
    run(
        fmt::format("UPDATE {0} SET seq = -1 WHERE seq = {1};"
                    "UPDATE {0} SET seq = {1} WHERE seq = {1} + 1;"
                    "UPDATE {0} SET seq = {1} + 1 WHERE seq = -1;",
                    table, seq));
}

void Forger::repair_tree() {
  run("DELETE FROM tile");
  store::Frontier frontier;
  std::string tile;
  const std::int64_t size = this->size();
  for (std::int64_t seq = 0; seq < size; ++seq) {
    const Hash leaf = store::leaf_hash(store::Ledger(database_).event(seq).value());
    frontier.append(leaf);
    tile += view(leaf);
    if (tile.size() < 256 * leaf.size()) continue;
    Query full(database_, "INSERT INTO tile(level, idx, hashes) VALUES(0, ?1, ?2)");
    full.bind(1, seq / 256).blob(2, tile).run();
    tile.clear();
  }
  Query head(database_, "UPDATE head SET size = ?1, root = ?2, frontier = ?3");
  head.bind(1, size).bind(2, frontier.root()).blob(3, frontier.bytes()).run();
}

void Forger::sign_again(const std::vector<SigningSeed> &seeds) {
  run(fmt::format("DELETE FROM checkpoint WHERE size > {}", size()));
  const auto keys = folds::ledger_keys(database_);
  for (const store::StoredCheckpoint &old : store::checkpoints_from(database_, 1, 100000)) {
    const auto place = folds::signer_at(keys, old.size);
    if (!place) continue;
    const store::VerifierKey &key = keys[*place].key;
    const store::Checkpoint checkpoint{key.name,
                                       {old.size, store::Ledger(database_).root_at(old.size)}};
    store::Note note{store::format_checkpoint(checkpoint), {}};
    for (const SigningSeed &seed : seeds)
      if (public_key_of(seed) == key.key)
        note.signatures.push_back(store::note_signature(key, view(sign(seed, note.text))));
    if (note.signatures.empty()) continue;
    Query row(database_, "UPDATE checkpoint SET note = ?2 WHERE size = ?1");
    row.bind(1, old.size).bind(2, store::format_note(note)).run();
  }
}

void Forger::take_over(const SigningSeed &seed) {
  for (const folds::LedgerKey &key : folds::ledger_keys(database_)) {
    const std::string mine =
        store::format_key(store::verifier_key(key.key.name, public_key_of(seed)));
    reseal(key.from_seq, field_id::verifier_key, mine);
    Query row(database_, "UPDATE fold_key SET vkey = ?2 WHERE from_seq = ?1");
    row.bind(1, key.from_seq).bind(2, mine).run();
  }
}

}  // namespace heard::support
