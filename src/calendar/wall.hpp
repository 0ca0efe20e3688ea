// Local time over frozen UTC offsets: from an instant to the wall and back.
#pragma once

#include <vector>

#include "calendar/definition.hpp"

namespace heard::calendar {

constexpr std::int32_t kDaySeconds = 86400;

/// Quotient rounded down, also for what lies before 1970.
constexpr std::int64_t floor_div(std::int64_t value, std::int64_t by) {
  return value >= 0 ? value / by : -((-value + by - 1) / by);
}

/// Immutable after construction.
class Wall {
 public:
  /// Throws bad_field("zone") for an empty or unordered list.
  explicit Wall(std::vector<Offset> offsets);

  std::int32_t offset_at(Seconds t) const;
  Day local_day(Seconds t) const;
  /// The instant at which the wall shows `second_of_day`: moved on by the gap if it never does, the
  /// first one if it does twice.
  Seconds utc(Day day, std::int32_t second_of_day) const;

 private:
  std::vector<Offset> offsets_;
  std::vector<Seconds> local_ends_;  ///< what the wall shows when the next offset takes over
};

}  // namespace heard::calendar
