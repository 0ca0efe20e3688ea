// When the work on a case stood still.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/instant.hpp"

namespace heard::cases {

// Written into the ledger: never renumber.
enum class PauseKind : std::uint8_t {
  family = 1,  ///< waiting on the family
  other = 2,   ///< on somebody else, where the policy lets that pause the clocks
  solved = 3,  ///< between solving and reopening
};

struct Pause {
  PauseKind kind = PauseKind::family;
  Seconds from = 0;
  std::optional<Seconds> to;  ///< absent: it lasts
  bool operator==(const Pause &) const = default;
};

/// In order of time, not overlapping; only the last one may last.
using Pauses = std::vector<Pause>;

}  // namespace heard::cases
