// The response-clock machine: a pure function from a case and something that happened to the case's
// next state and the changes of its clocks. No disk, no wall clock; `at` is an argument.
#pragma once

#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "calendar/calendar.hpp"
#include "cases/clock.hpp"
#include "cases/pause.hpp"
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
  bool assigned = false;      ///< somebody has it
  std::vector<Clock> clocks;  ///< every instance ever started, in order
  Pauses pauses;
  /// Nothing recorded so far took effect later. What happened before it comes late, and is for
  /// `revise` (history.hpp).
  Seconds last_at = kNothingYet;
  bool operator==(const CaseState &) const = default;

  static constexpr Seconds kNothingYet = std::numeric_limits<Seconds>::min();
};

enum class Happening : std::uint8_t {
  inbound,   ///< the family made contact
  outbound,  ///< something went out to the family
  wait,      ///< now waiting on the family
  hold,      ///< now waiting on somebody else
  solve,
  reopen,      ///< work goes on: after solving, and also after waiting or being held
  close,       ///< over for good: solves it first if need be
  assign,      ///< somebody is asked to take it
  accept,      ///< and takes it
  prioritize,  ///< `priority` from now on
  change,      ///< the policy or calendar given is another one from now on
  tick,        ///< nothing happened; look at the clocks
};

struct Input {
  Happening what = Happening::tick;
  Seconds at = 0;              ///< when it happened (not when it was typed in)
  bool needs_response = true;  ///< inbound only
  /// outbound: human, public to the family, made by staff, not bulk unless marked as an answer;
  /// inbound: an answered call.
  bool answers = false;
  bool acknowledges = false;     ///< outbound: public to the family, automatic ones too
  bool opened_by_staff = false;  ///< outbound: staff open the case with it
  bool assigns = false;          ///< an opening contact: it goes to a department or person at once
  Priority priority = Priority::normal;
  bool anew = false;          ///< prioritize: it brings another policy
  Cause cause = Cause::none;  ///< of a change
  bool operator==(const Input &) const = default;
};

/// One change of one clock; `after` is the clock as it is to be recorded.
struct ClockChange {
  What what;
  Seconds at;  ///< when it took effect (a miss: the due instant)
  Clock after;
  Cause cause = Cause::none;
  std::uint32_t step = 0;  ///< escalated, not_escalated: its place in the ladder
};

struct Step {
  CaseState next;
  std::vector<ClockChange> changes;  ///< in order of `at`
};

/// Looks first at what fell due before `input.at`, then at the input, which must not be earlier
/// than `state.last_at`. Throws conflict for what makes no sense, like solving a solved case.
Step advance(const CaseState &state, const Input &input, const Policy &policy,
             const calendar::Calendar &calendar);

/// The same; nothing for what makes no sense. Much of what is told in another order than it
/// happened makes none, and an exception costs more than the step.
std::optional<Step> advance_if_sensible(const CaseState &state, const Input &input,
                                        const Policy &policy, const calendar::Calendar &calendar);

/// After the calendar changed back in time: clocks that still run or stand still are counted anew;
/// a miss whose due point has not passed any more is taken back, or dated anew (`corrected`).
Step recheck(const CaseState &state, Seconds now, const calendar::Calendar &calendar);

std::string_view to_text(CaseStatus status);
std::optional<CaseStatus> case_status(std::string_view text);

}  // namespace heard::cases
