// School calendars of SIF services as closures: xCalendar (sessions) and CalendarDate (days).
#pragma once

#include <heard/heard.h>

#include <vector>

#include "feed/record.hpp"
#include "sif_xpress/objects.hpp"

namespace heard::sif_xpress {

/// The rows of the module's table: "sif.xpress.calendar" and "sif.calendar". They are adapters of
/// their own, so that a roster feed never changes working time unasked.
extern const heard_adapter kCalendarAdapter;
extern const heard_adapter kCalendarDateAdapter;

/// xCalendars: days between two sessions of one calendar. Throws feed::Failure for dates that make
/// no sense.
void closures_between_sessions(const tinyxml2::XMLElement &from, std::vector<feed::Record> &to);
/// CalendarDates: the day itself, if students have no school then.
void closure_of_date(const tinyxml2::XMLElement &from, std::vector<feed::Record> &to);

}  // namespace heard::sif_xpress
