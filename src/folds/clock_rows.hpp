// Rows of fold_clock: a clock, and its keys on the axis of its calendar as that is now.
#pragma once

#include <string>
#include <vector>

#include "calendar/calendar.hpp"
#include "cases/machine.hpp"
#include "store/database.hpp"

namespace heard::folds {

struct ClockRow {
  Id case_id{};
  cases::Clock clock;
  std::string calendar;
  std::int64_t calendar_version = 0;
  std::int64_t policy_version = 0;
  cases::Cause cause = cases::Cause::none;  ///< of the last change that had one
};

/// Writes the row.
void save_clock(store::Database &database, const ClockRow &row, const cases::Policy &policy,
                const calendar::Calendar &calendar);

/// The columns read_clock reads, in order.
constexpr std::string_view kClockColumns =
    "case_id, name, no, state, verdict, amount, unit, started_at, anchor, left, warned, missed_at,"
    " stopped_at, calendar, calendar_version, policy_version, ends, fired, judged_from, cause";
constexpr int kClockColumnCount = 20;
ClockRow read_clock(const store::Query &row);

/// All clocks of a case, in order of start.
std::vector<ClockRow> clocks_of(store::Database &database, const Id &case_id);

}  // namespace heard::folds
