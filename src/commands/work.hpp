// What a command works with: one write transaction, who acts, and what time it is.
#pragma once

#include <optional>
#include <string>

#include "base/instant.hpp"
#include "directory/access.hpp"
#include "folds/journal.hpp"
#include "store/high_water.hpp"

namespace heard::commands {

struct Outside {
  std::optional<store::HighWaterMark> mark;  ///< how far the ledger had come
  std::string verifier_key;  ///< of the key there is now; "" if it is the ledger's own, or none
};

struct Work {
  folds::Journal &journal;
  const directory::Actor &actor;
  Millis now;
  std::string zone_folder;
  /// Of a restore: what is known outside of the store.
  std::optional<Outside> outside = {};

  store::Database &database() const { return journal.database(); }
  Seconds now_seconds() const { return floor_seconds(now); }

  /// A draft that begins with the fields every event has.
  store::Draft draft(store::Kind kind, const Id &thread) const;
  std::int64_t append(store::Draft draft) const { return journal.append(std::move(draft), now); }
};

}  // namespace heard::commands
