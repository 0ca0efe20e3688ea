// Says in words why a clock is due when it is, and what the family was promised.
#pragma once

#include <optional>
#include <string>

#include "calendar/calendar.hpp"
#include "cases/clock.hpp"
#include "cases/machine.hpp"

namespace heard::cases {

/// What a clock is judged by, as a person would look it up.
struct Grounds {
  std::string policy;    ///< name and version
  std::string calendar;  ///< name and version
  Pauses pauses;         ///< of the case
  std::string cause;     ///< why it was last changed, if not by a contact
};

/// One paragraph for people: when it started, what was counted, what was not, when it is due.
/// Local times of the calendar.
std::string explain(const Clock &clock, const calendar::Calendar &calendar, const Grounds &grounds);

/// The earliest due instant of the answers a family waits for; nothing if it waits for none, or has
/// been let down already.
std::optional<Seconds> promised_by(const CaseState &state, const calendar::Calendar &calendar);

/// "by Thursday 15:00", with the date when that is a week or more away: the due instant as a
/// family would say it. Local time of the calendar.
std::string promise(Seconds due, Seconds now, const calendar::Calendar &calendar);

}  // namespace heard::cases
