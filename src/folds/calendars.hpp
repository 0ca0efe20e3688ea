// Calendars and policies as the read tables have them now, compiled and cached.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "calendar/calendar.hpp"
#include "cases/policy.hpp"
#include "store/database.hpp"

namespace heard::folds {

struct CalendarVersion {
  std::string id;
  std::int64_t version = 0;
  std::string name;
  calendar::Definition definition;
  std::shared_ptr<const calendar::Calendar> compiled;  // shared with the process-wide cache
};

struct PolicyVersion {
  std::string id;
  std::int64_t version = 0;
  std::string name;
  cases::Policy policy;
};

constexpr std::string_view kDefault = "default";

/// The newest version of a calendar; nothing if there is none with this id.
std::shared_ptr<const CalendarVersion> calendar_now(store::Database &database,
                                                    const std::string &id);
/// One version of a calendar, as a clock's entry names it; nothing if there is no such version.
std::shared_ptr<const CalendarVersion> calendar_at(store::Database &database, const std::string &id,
                                                   std::int64_t version);
/// The calendar a school uses: its own, else "default". Throws Failure(not_found) if neither.
std::shared_ptr<const CalendarVersion> calendar_of_school(store::Database &database,
                                                          const std::string &school);
/// The newest versions of all active policies in the order they are tried; the fallback is last.
std::vector<std::shared_ptr<const PolicyVersion>> policies_in_order(store::Database &database);
/// `version` 0: the newest.
std::shared_ptr<const PolicyVersion> policy_at(store::Database &database, const std::string &id,
                                               std::int64_t version = 0);

}  // namespace heard::folds
