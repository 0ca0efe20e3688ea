// The response-clock machine: a pure function from a case and something that happened to the case's
// next state and the changes of its clocks. No disk, no wall clock; `at` is an argument.
#pragma once

#include <string>
#include <vector>

#include "calendar/calendar.hpp"
#include "cases/clock.hpp"
#include "cases/policy.hpp"

namespace heard::cases {

// Written into the ledger: never renumber.
enum class CaseStatus : std::uint8_t {
  new_ = 1,
  open = 2,
  waiting = 3,  ///< on the family
  held = 4,     ///< on somebody else
  solved = 5,
  closed = 6,
};

struct CaseState {
  CaseStatus status = CaseStatus::new_;
  Priority priority = Priority::normal;
  std::vector<Clock> clocks;  ///< every instance ever started, in order
  bool operator==(const CaseState &) const = default;
};

enum class Happening : std::uint8_t {
  inbound = 1,   ///< the family made contact
  outbound = 2,  ///< something went out to the family
  wait = 3,      ///< now waiting on the family
  hold = 4,      ///< now waiting on somebody else
  solve = 5,
  reopen = 6,  ///< work goes on: after solving, and also after waiting or being held
  tick = 7,    ///< nothing happened; look at the clocks
};

struct Input {
  Happening what = Happening::tick;
  Seconds at = 0;              ///< when it happened (not when it was typed in)
  bool needs_response = true;  ///< inbound only
  /// outbound: human, public to the family, made by staff, not bulk; inbound: an answered call.
  bool answers = false;
  bool opened_by_staff = false;  ///< the first input of a case that staff opened
};

/// One change of one clock; `after` is the clock as it is to be recorded.
struct ClockChange {
  What what;
  Seconds at;  ///< when it took effect (a miss: the due instant)
  Clock after;
};

struct Step {
  CaseState next;
  std::vector<ClockChange> changes;  ///< in order of `at`
};

/// Settle first: call with `tick` at the command's now before the input itself (advance by itself
/// looks at the clocks only up to input.at). A fact that arrives late (input.at before a recorded
/// miss) yields `corrected`. Throws conflict for what makes no sense, like solving a solved case.
Step advance(const CaseState &state, const Input &input, const Policy &policy,
             const calendar::Calendar &calendar);

/// After the calendar changed back in time: a recorded miss of a clock that still runs is taken
/// back when its due point has not passed any more, or dated anew (`corrected`, at `now`).
Step recheck(const CaseState &state, Seconds now, const calendar::Calendar &calendar);

std::string_view to_text(CaseStatus status);
std::optional<CaseStatus> case_status(std::string_view text);
std::string_view to_text(Priority priority);
std::optional<Priority> priority(std::string_view text);

}  // namespace heard::cases
