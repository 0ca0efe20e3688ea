// A policy or calendar that is not in force, checked as if it were to be saved, for trying it out.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cases/matching.hpp"
#include "commands/case_file.hpp"

namespace heard::reports {

/// What would be in force instead. Absent parts stay as they were.
struct Proposal {
  std::shared_ptr<const folds::PolicyVersion> policy;  // shared with the cache, or with facts
  /// All active policies with the proposed one in its place, in the order they are tried.
  std::vector<std::shared_ptr<const folds::PolicyVersion>> in_order;
  std::shared_ptr<const folds::CalendarVersion> calendar;  // made for this proposal
  bool names_schools = false;
  std::vector<std::string> schools;  ///< those that would use the calendar, if it names any

  /// True if a case like this would get the proposed policy.
  bool fits(const cases::Traits &traits) const;
};

/// From the fields `policy`, `policy_json` and `calendar_json` of a filter; hours that say no
/// `from` hold from the instant `since` on. Throws bad_field, and what policy.save and
/// calendar.save throw.
Proposal proposal_from(const commands::Work &work, const Record &filter, Seconds since);

/// The working time a case would have; null if that is what it has.
std::shared_ptr<const calendar::Calendar> proposed_hours(store::Database &database,
                                                         const Proposal &proposal,
                                                         const commands::CaseFile &file);

}  // namespace heard::reports
