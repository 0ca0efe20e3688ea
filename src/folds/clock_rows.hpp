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

/// The keys of a clock as its row has them.
struct ClockKeys {
  cases::Key due;
  cases::Key next;
  bool operator==(const ClockKeys &) const = default;
};

/// Gives the row of an open clock the keys it has on `calendar` now; `before` are those it has.
/// Says nothing to the file where they are the same: a snow day must not rewrite what it does not
/// change.
void rekey_clock(store::Database &database, const ClockRow &row, const ClockKeys &before,
                 const cases::Policy &policy, const calendar::Calendar &calendar);
/// Puts the row of an open clock on the calendar that `row` names, which is `calendar`.
void move_clock(store::Database &database, const ClockRow &row, const cases::Policy &policy,
                const calendar::Calendar &calendar);

/// The columns read_clock reads, in order.
constexpr std::string_view kClockColumns =
    "case_id, name, no, state, verdict, amount, unit, started_at, anchor, left, warned, missed_at,"
    " stopped_at, calendar, calendar_version, policy_version, ends, fired, judged_from, cause";
constexpr int kClockColumnCount = 20;
ClockRow read_clock(const store::Query &row);
/// The columns read_keys reads, in order, from place `first` on.
constexpr std::string_view kKeyColumns = "due_axis, due_key, next_axis, next_key";
constexpr int kKeyColumnCount = 4;
ClockKeys read_keys(const store::Query &row, int first);

/// All clocks of a case, in order of start.
std::vector<ClockRow> clocks_of(store::Database &database, const Id &case_id);

}  // namespace heard::folds
