// Which targets a case gets.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "cases/clock.hpp"

namespace heard::cases {

enum class Priority : std::uint8_t { low = 1, normal = 2, high = 3, urgent = 4 };

struct TargetRow {
  ClockName clock = ClockName::first_response;
  std::optional<Priority> priority;  ///< absent: all; a row that names the priority wins
  Target target;
};

struct Policy {
  std::vector<TargetRow> targets;
  std::int32_t warn_percent = 75;
  std::int32_t reopen_days = 14;  ///< calendar days after solving in which a message reopens
  bool pause_when_held = false;

  std::optional<Target> target(ClockName clock, Priority priority) const;
};

/// First response 1 business day, next response 1, resolution 5; warn at 75 %.
Policy default_policy();

}  // namespace heard::cases
