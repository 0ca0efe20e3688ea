// The rows of `cases`: one question each about a calendar.
#pragma once

#include <optional>
#include <string>

#include "base/failure.hpp"
#include "calendar/arithmetic.hpp"
#include "neutral/read_calendar.hpp"

namespace heard::neutral {

/// What the rows of one group share.
struct Group {
  const Json &json;
  const std::string &zone_folder;
  std::optional<Calendars> calendars;
  std::string why_no_calendar;  ///< a sentence, where there is none

  /// Throws a Failure that says why there is no calendar.
  Calendars &calendar();
};

/// What has no answer because nothing is open any more; the sentence begins with no_open_time.
Failure no_open_time(const std::string &says);

/// When on its day a target in days ends, by its neutral name. Throws bad_field.
calendar::DayEnd day_end(const std::string &mode);

/// The answer to one row, in the shape of its expectation. Throws a Failure with one sentence for a
/// row that is wrong, an operation not known, or a question without an answer.
Json answer_operation(const Json &row, Group &group);

}  // namespace heard::neutral
