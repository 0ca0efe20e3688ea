// The bytes of an iCalendar file, looked at before a parser sees them: every amount has a limit.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace heard::calendar_ics {

constexpr std::size_t kMostBytes = 8U << 20;
constexpr std::size_t kMostEvents = 10000;

/// The text as UTF-8, without a byte order mark. Throws feed::Failure for what is no complete
/// iCalendar file or more than Heard reads.
std::string checked_text(std::string bytes);

/// The refusal of a file above kMostBytes.
[[noreturn]] void refuse_size();

/// A summary as the name of a closure: one line, at most 200 bytes, cut between characters.
std::string day_name(std::string_view summary);

}  // namespace heard::calendar_ics
