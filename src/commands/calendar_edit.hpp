// A calendar as calendar.save wants it: its own parts, changed by the fields that were given.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/record.hpp"
#include "commands/work.hpp"
#include "folds/calendars.hpp"

namespace heard::commands {

/// Changes the own parts by the fields of calendar.save; `before` is null for a new calendar.
/// Throws bad_field.
void edit_calendar(const Work &work, const folds::CalendarVersion *before, const Record &fields,
                   calendar::Definition &own);

/// The own parts with what the parent gives, offsets frozen. Throws bad_field for what cannot be
/// compiled or is never open from now on.
calendar::Definition whole_calendar(const Work &work, const std::string &id,
                                    const calendar::Definition &own);

/// The first instant whose being open or closed changes; `now` when nothing does.
Seconds first_change(const folds::CalendarVersion *before, const calendar::Definition &after,
                     Seconds now);

/// Records of `first`, `last` and `name`, in order and each once. Throws bad_field.
std::vector<calendar::DayRange> ranges_from(const std::string &field, const Record &fields);
/// Records of `date`, `hours` and `name`. Throws bad_field.
std::vector<calendar::DayHours> days_from(const std::string &field, const Record &fields);
/// A name of a day as it may be shown: one line, not too long. Throws bad_field.
std::string checked_day_name(const std::string &field, std::string_view text);

}  // namespace heard::commands
