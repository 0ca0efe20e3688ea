// Retention schedules: how long a district keeps what, as data, and what is due to go.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "commands/erasable.hpp"

namespace heard::commands {

/// One line of a district's schedule.
struct Schedule {
  std::string id, name;
  std::string applies_to;  ///< interactions (outside any case), cases, disclosures
  std::string school, channel;
  std::int64_t keep_days = 0;
  std::string counted_from;  ///< occurred or closed
  std::string action;        ///< erase (close what is personal) or remove (whole bodies)
  std::string basis;
  Millis run_at = 0;  ///< 0: never
};

/// The active ones; one of them by name throws Failure(not_found) when it is not active.
std::vector<Schedule> schedules(store::Database &database, const std::string &only = {});

struct Expired {
  Erasables entries;       ///< empty when only counted
  std::int64_t items = 0;  ///< contacts, cases or disclosures that may go
  std::int64_t held = 0;   ///< that a hold keeps
  std::set<std::string> holds;
  bool more = false;  ///< there are more than were asked for
  Millis oldest = 0;
};

/// What the schedule lets go now: at most `limit` items with their entries, or with `limit` 0 all
/// of them, counted.
Expired expired(store::Database &database, const Schedule &schedule, Millis now,
                std::int64_t limit);

/// When the automatic run is next due; nothing when it is switched off or has nothing to do.
std::optional<Millis> next_retention(store::Database &database);

/// The value of a setting; "" when it has its default.
std::string setting_value(store::Database &database, const std::string &name);

}  // namespace heard::commands
