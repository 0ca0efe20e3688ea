// Closures and special days that come from a feed or a file: the complete set of one source.
#pragma once

#include <string>
#include <vector>

#include "base/record.hpp"
#include "commands/calendar_change.hpp"

namespace heard::commands {

/// All that one source says about one calendar.
struct ImportedDays {
  std::string source;
  std::vector<calendar::DayRange> closed;
  std::vector<calendar::DayHours> special;
  /// What the source said about days before this one stays as it is: feeds forget old years, and
  /// that must not open days of the past again.
  calendar::Day keep_before = INT32_MIN;
};

/// Puts the set in place of the source's earlier one: equal ones once, adjoining days of one name
/// joined. What is from elsewhere stays. True if that changes anything.
bool import_days(ImportedDays imported, CalendarChange &change);

/// Days from `from` on that the source closes now, and how many of them `closed` leaves out.
struct LostDays {
  std::size_t before = 0, gone = 0;
};
LostDays lost_days(const CalendarChange &change, const ImportedDays &imported, calendar::Day from);

/// The command calendar.import.
Record run_calendar_import(const Work &work, const Record &fields);

}  // namespace heard::commands
