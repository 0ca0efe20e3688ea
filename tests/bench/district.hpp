// A district with very many open clocks, for what must not take longer the more there are.
#pragma once

#include <cstdint>
#include <string>

#include "jobs.hpp"
#include "product.hpp"

namespace heard::bench {

// Fifty schools, each with the same number of open cases, two clocks a case. Most schools have a
// calendar of their own; these five are what the jobs are about. Targets of minutes lie on the
// calendar's axis, those of days are found by reading it.
constexpr int kSchools = 50;
constexpr int kMinutesShared = 0;  ///< targets in open minutes, on the district's calendar
constexpr int kDaysShared = 1;     ///< in business days, on the district's calendar
constexpr int kMinutesOwn = 2;     ///< in open minutes, on a calendar of its own
constexpr int kDaysOwn = 3;        ///< in business days, on a calendar of its own
constexpr int kWall = 4;           ///< in minutes of the wall: the first to fall due
constexpr int kFirstBeside = 40;   ///< from here on schools share the district's calendar

std::string school(int number);
/// All contacts have been made by then, and nothing has fallen due.
constexpr std::int64_t kAllOpen = kBeginning + 3600 * 1000;

/// Open clocks of the whole district.
int open_clocks(const Settings &settings);

/// The path of the closed store, made when it is first asked for; copy it, do not write to it.
const std::string &district(const Settings &settings);

/// One family's message that opens a case. Nobody writes twice.
api::Record message(int number, const std::string &school, std::int64_t occurred_at);

}  // namespace heard::bench
