// Hours, days and terms of a calendar: in words for reading, and as lines for typing.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "web/request.hpp"

namespace heard::web {

/// "monday" ... "sunday", as commands name them.
const std::vector<std::string> &weekdays();

/// "Mon-Fri 08:00-16:00, Sat 09:00-12:00".
std::string week_words(const Record &calendar);
/// "Thu 24 Dec - Sun 3 Jan 2027: Winter holidays" of a record with `first`, `last`, `name`.
std::string range_words(const Request &request, const Record &range);
/// "Thu 24 Dec" of a date like 2026-12-24; what is no date stays as it is.
std::string date_words(const Request &request, const std::string &date);
/// "2026-11-25", today where the school is.
std::string today(const Request &request, std::string_view school);

/// "2026-12-24/2027-01-03 Winter holidays" and back.
std::string range_line(const Record &range);
std::optional<Record> range_from(const std::string &line);
/// "2026-12-18 08:00-11:30 Last day" and back, for a record with `date`, `hours[]`, `name`.
std::string day_line(const Record &day);
std::optional<Record> day_from(const std::string &line);
/// "08:00-12:00, 13:00-16:00" into its parts.
std::vector<std::string> hours_from(std::string_view text);

}  // namespace heard::web
