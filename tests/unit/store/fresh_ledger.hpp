// An empty ledger in memory or in a file: the store's own tables without any command above them.
#pragma once

#include "store/connection.hpp"
#include "store/ledger.hpp"
#include "store/schema.hpp"

namespace heard::support {

/// A connection to a new store at `path` (":memory:" too) whose ledger has no entry yet.
inline std::unique_ptr<store::Connection> fresh_ledger(const std::string &path) {
  auto connection = path == store::kMemoryPath
                        ? store::Connection::open(path, store::Database::Mode::write)
                        : store::Connection::create(path);
  store::WriteTransaction transaction(*connection);
  store::create_ledger_tables(connection->database());
  store::Query head(connection->database(),
                    "INSERT INTO head(id, size, root, frontier) VALUES(1, 0, ?1, ?2)");
  head.bind(1, store::empty_root()).blob(2, "").run();
  transaction.commit();
  return connection;
}

/// A draft of no particular meaning.
inline store::Draft note(std::int64_t number) {
  store::Draft draft;
  draft.kind = store::Kind::settings_saved;
  draft.fields.text(store::field_id::actor, "staff:7").number(store::field_id::at, number);
  return draft;
}

/// Appends `count` notes in one transaction.
inline store::TreeHead append_notes(store::Connection &connection, store::Ledger &ledger,
                                    std::int64_t count) {
  store::WriteTransaction transaction(connection);
  ledger.begin();
  for (std::int64_t i = 0; i < count; ++i) ledger.append(note(i), 1000 + i);
  const store::TreeHead head = ledger.finish();
  transaction.commit();
  return head;
}

}  // namespace heard::support
