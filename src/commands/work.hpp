// What a command works with: one write transaction, who acts, and what time it is.
#pragma once

#include <optional>
#include <string>

#include "base/instant.hpp"
#include "directory/access.hpp"
#include "folds/journal.hpp"
#include "store/high_water.hpp"

namespace heard::commands {

struct Work {
  folds::Journal &journal;
  const directory::Actor &actor;
  Millis now;
  std::string zone_folder;
  /// How far the ledger had come before, as its mark outside the store says; nothing without one.
  std::optional<store::HighWaterMark> mark = {};

  store::Database &database() const { return journal.database(); }
  Seconds now_seconds() const { return floor_seconds(now); }

  /// A draft that begins with the fields every event has.
  store::Draft draft(store::Kind kind, const Id &thread) const;
  std::int64_t append(store::Draft draft) const { return journal.append(std::move(draft), now); }
};

}  // namespace heard::commands
