// Calendars and instants that the tests of the pure floors share.
#pragma once

#include <string>
#include <string_view>

#include "base/instant.hpp"
#include "calendar/calendar.hpp"

namespace heard::samples {

/// "2026-11-23T08:00Z"; a mistake in a test stops it.
Seconds at(std::string_view utc);
calendar::Day day(std::string_view date);

/// Offsets of a zone with the summer time rules of the European Union.
std::vector<calendar::Offset> european_offsets(std::int32_t winter);

/// Monday to Friday with these hours, all year, at this offset from UTC.
calendar::Definition weekdays(const std::vector<std::string> &hours, std::int32_t offset = 0);
/// Monday to Friday 08:00 to 16:00, UTC: the defaults of a new store.
calendar::Definition school_week();
/// Monday to Sunday with these hours, Berlin time.
calendar::Definition berlin_daily(const std::vector<std::string> &hours);

}  // namespace heard::samples
