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
};

/// Writes the row; `warn_percent` is its policy's.
void save_clock(store::Database &database, const ClockRow &row, int warn_percent,
                const calendar::Calendar &calendar);

/// The columns load_clock reads, in order.
constexpr std::string_view kClockColumns =
    "case_id, name, no, state, verdict, amount, unit, started_at, anchor, left, warned, missed_at,"
    " stopped_at, calendar, calendar_version, policy_version";
ClockRow read_clock(const store::Query &row);

/// All clocks of a case, in order of start.
std::vector<ClockRow> clocks_of(store::Database &database, const Id &case_id);

}  // namespace heard::folds
