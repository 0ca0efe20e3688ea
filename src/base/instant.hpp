// Points in time: milliseconds at the door and in the ledger, whole seconds inside the clocks.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace heard {

using Millis = std::int64_t;   ///< since 1970-01-01 UTC
using Seconds = std::int64_t;  ///< since 1970-01-01 UTC, or an amount

/// The second `at` lies in; rounds down before 1970 too.
constexpr Seconds floor_seconds(Millis at) { return at >= 0 ? at / 1000 : -((-at + 999) / 1000); }

/// "2026-11-22T09:00:00Z".
std::string format_utc(Seconds at);
/// The reverse, also without seconds ("2026-11-22T09:00Z"); nothing if it is not such a text.
std::optional<Seconds> parse_utc(std::string_view text);

/// Days since 1970-01-01 of "2026-11-22" and back; nothing if there is no such day.
std::optional<std::int32_t> parse_date(std::string_view text);
std::string format_date(std::int32_t day);

}  // namespace heard
