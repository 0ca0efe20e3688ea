// One running promise on a case, as it is recorded in the ledger and folded into the read tables.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/instant.hpp"

namespace heard::cases {

// Numbers of these enums are written into the ledger: never renumber, only add.
enum class ClockName : std::uint8_t {
  acknowledgement = 1,
  first_response = 2,
  next_response = 3,
  update = 4,
  resolution = 5,
  ownership = 6,
  wait = 7,  ///< the longest wait on the family, after which work goes on by itself
};
enum class Unit : std::uint8_t {
  business_minutes = 1,
  wall_minutes = 2,
  business_days = 3,
  calendar_days = 4,
};
/// Where in its last day a business_days target ends.
enum class DayEnd : std::uint8_t { closing = 0, midnight = 1, same_time = 2 };
/// void_: by the facts as they are known now, this instance never was.
enum class ClockState : std::uint8_t { running = 1, paused = 2, stopped = 3, void_ = 4 };
enum class Verdict : std::uint8_t { none = 0, met = 1, missed = 2, closed_without_answer = 3 };
/// What happened to a clock in one change.
enum class What : std::uint8_t {
  started = 1,
  paused = 2,
  resumed = 3,
  retargeted = 4,
  warned = 5,
  missed = 6,
  met = 7,
  answered_late = 8,
  closed_without_answer = 9,
  corrected = 10,
  voided = 11,
  escalated = 12,
  not_escalated = 13,  ///< a step fell due whose condition did not hold
  ended = 14,          ///< answered or solved; there was no target to judge it by
};
/// Why something other than a contact changed a clock.
enum class Cause : std::uint8_t {
  none = 0,
  priority_change = 1,
  policy_change = 2,
  school_change = 3,
  merge = 4,
  split = 5,
  late_entry = 6,
  calendar_change = 7,
  marked = 8,
  recalculation = 9,
  longest_wait = 10,
  escalation = 11,
};

struct Target {
  std::int32_t amount = 0;  ///< in `unit`; 0: no target, the clock only measures
  Unit unit = Unit::business_days;
  DayEnd ends = DayEnd::closing;  ///< of business_days
  bool operator==(const Target &) const = default;
};

/// The axis a due point is stored on.
enum class Axis : std::uint8_t { none = 0, open_seconds = 1, open_days = 2, wall_seconds = 3 };
struct Key {
  Axis axis = Axis::none;
  std::int64_t at = 0;
  bool operator==(const Key &) const = default;
};

/// All that is needed to go on with a clock; every field is recorded in the ledger with each
/// change.
struct Clock {
  ClockName name = ClockName::first_response;
  std::int32_t no = 1;  ///< instance: waiting streaks of next_response count up
  ClockState state = ClockState::running;
  Verdict verdict = Verdict::none;
  Target target;
  Seconds started_at = 0;  ///< the message
  Seconds anchor = 0;      ///< counting goes on from here: started_at, or the last resume
  /// What is left at the anchor: open seconds (business_minutes), wall seconds (wall units), or for
  /// business_days: paused open seconds to add to the closing of the due day.
  std::int64_t left = 0;
  bool warned = false;
  std::uint32_t fired = 0;             ///< a bit for each step of the policy's ladder that is over
  std::optional<Seconds> judged_from;  ///< the target changed then: no miss is dated before it
  std::optional<Seconds> missed_at;    ///< the due instant that passed
  std::optional<Seconds> stopped_at;   ///< the answer, the solving, or the pause's beginning
  bool operator==(const Clock &) const = default;
};

std::string_view to_text(ClockName name);
std::string_view to_text(Unit unit);
std::string_view to_text(ClockState state);
std::string_view to_text(Verdict verdict);
std::string_view to_text(What what);
std::string_view to_text(Cause cause);  ///< "" for none
std::string_view to_text(DayEnd ends);
std::optional<ClockName> clock_name(std::string_view text);
std::optional<Unit> unit(std::string_view text);
std::optional<DayEnd> day_end(std::string_view text);

}  // namespace heard::cases
