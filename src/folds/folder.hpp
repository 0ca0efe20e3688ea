// Applies one ledger entry to the read tables: the only writer of fold_*. Records decisions, makes
// none: the clock machine never runs here.
#pragma once

#include "store/ledger.hpp"

namespace heard::folds {

/// Folds into `database`, the live store or a scratch one. `body` is nothing when it was removed.
/// Throws Failure(corrupt) for an entry that contradicts the tables.
void fold(store::Database &database, const store::Event &event,
          const std::optional<store::Body> &body);

// One function per family; `fold` picks.
void fold_interaction(store::Database &database, const store::Event &event,
                      const store::Body &body);
void fold_mark(store::Database &database, const store::Event &event, const store::Body &body);
void fold_case(store::Database &database, const store::Event &event, const store::Body &body);
void fold_department(store::Database &database, const store::Event &event, const store::Body &body);
void fold_topic(store::Database &database, const store::Event &event, const store::Body &body);
void fold_absence(store::Database &database, const store::Event &event, const store::Body &body);
void fold_delivered(store::Database &database, const store::Event &event, const store::Body &body);
void fold_calendar(store::Database &database, const store::Event &event, const store::Body &body);
void fold_policy(store::Database &database, const store::Event &event, const store::Body &body);
void fold_setting(store::Database &database, const store::Event &event, const store::Body &body);
void fold_epoch(store::Database &database, const store::Event &event, const store::Body &body);
void fold_directory(store::Database &database, const store::Event &event, const store::Body &body);
void fold_key(store::Database &database, const store::Event &event, const store::Body &body);
void fold_disclosure(store::Database &database, const store::Event &event, const store::Body &body);
void fold_erasure(store::Database &database, const store::Event &event, const store::Body &body);
void fold_hold(store::Database &database, const store::Event &event, const store::Body &body);
void fold_release(store::Database &database, const store::Event &event, const store::Body &body);
void fold_schedule(store::Database &database, const store::Event &event, const store::Body &body);

}  // namespace heard::folds
