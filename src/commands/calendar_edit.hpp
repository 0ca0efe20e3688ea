// A calendar as calendar.save wants it: the old version, changed by the fields that were given.
#pragma once

#include <string>
#include <vector>

#include "base/record.hpp"
#include "commands/work.hpp"
#include "folds/calendars.hpp"

namespace heard::commands {

/// The new version's definition; `before` is null for a new calendar. Throws bad_field.
calendar::Definition edited_calendar(const Work &work, const folds::CalendarVersion *before,
                                     const Record &fields);

/// The schools that use it: those given, else those that did.
std::vector<std::string> schools_of(const Work &work, const std::string &calendar,
                                    const Record &fields);

/// The first instant whose being open or closed changes; `now` when nothing does.
Seconds first_change(const folds::CalendarVersion *before, const calendar::Definition &after,
                     Seconds now);

}  // namespace heard::commands
