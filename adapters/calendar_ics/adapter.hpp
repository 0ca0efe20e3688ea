// The adapter "calendar.ics": closures from an iCalendar file.
#pragma once

#include <heard/heard.h>

namespace heard::calendar_ics {

/// The row of the module's table.
extern const heard_adapter kAdapter;

}  // namespace heard::calendar_ics
