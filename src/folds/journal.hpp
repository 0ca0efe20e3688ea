// Append and fold in one breath: what a command writes with.
#pragma once

#include "folds/folder.hpp"
#include "store/ledger.hpp"

namespace heard::folds {

/// The ledger and the read tables of one database, inside one write transaction.
class Journal {
 public:
  explicit Journal(store::Database &database) : database_(database), ledger_(database) {}

  store::Database &database() { return database_; }
  store::Ledger &ledger() { return ledger_; }

  /// Appends the event and folds it. Returns its seq.
  std::int64_t append(store::Draft draft, Millis wall_ms) {
    store::Entry entry = ledger_.append(std::move(draft), wall_ms);
    fold(database_, entry.event, std::move(entry.body));
    return entry.event.seq;
  }

 private:
  store::Database &database_;
  store::Ledger ledger_;
};

}  // namespace heard::folds
