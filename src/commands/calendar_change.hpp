// One calendar taken up for a change, and recorded again with all that depends on it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "commands/work.hpp"
#include "folds/calendars.hpp"

namespace heard::commands {

/// A calendar's own parts, to be changed and then saved.
struct CalendarChange {
  std::string id;
  std::string name;
  std::vector<std::string> schools;  ///< keys of those that use it
  calendar::Definition own;
  std::shared_ptr<const folds::CalendarVersion> before;  ///< null for a new one; from the cache

  bool is_new() const { return before == nullptr; }
  /// True if saving would record something new about its days.
  bool changes_days() const;
};

/// Records everything that has fallen due under the old hours: call before any change.
void settle_everything(const Work &work);

/// The calendar as it is; a new one if there is none with this id.
CalendarChange open_calendar(const Work &work, const std::string &id);

/// The calendar that is this school's alone. If it shares one with others, that is a new one below
/// it, which the school uses once it is saved. Throws not_found for a school nobody knows.
CalendarChange open_school_calendar(const Work &work, const std::string &school);

struct SavedCalendar {
  std::int64_t seq = 0;  ///< of its own entry; those of its children follow
  std::int64_t version = 0;
};

/// Records the calendar and, where it is a parent, its children anew, each as a whole version. Open
/// cases of its schools follow, and misses the new hours do not confirm are taken back.
SavedCalendar save_calendar(const Work &work, const CalendarChange &change);

/// The same where something changed, else nothing; what both ways answer: the entry, whether
/// nothing was to be done (`duplicate`), calendar and version.
Record save_if_changed(const Work &work, const CalendarChange &change, bool changed);

/// Cases on this calendar that are not closed.
std::int64_t open_cases(store::Database &database, const std::string &calendar);

}  // namespace heard::commands
