// Dates as feed records carry them: "2026-12-24", and days since 1970-01-01.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace heard::feed {

using Day = std::int32_t;

/// Nothing if it is no such text or no such day.
std::optional<Day> parse_date(std::string_view text);
std::string format_date(Day day);

}  // namespace heard::feed
