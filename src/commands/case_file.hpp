// One case opened for work: settle what fell due, feed the machine, record what it decided.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cases/machine.hpp"
#include "commands/work.hpp"
#include "folds/calendars.hpp"

namespace heard::commands {

class CaseFile {
 public:
  static CaseFile load(const Work &work, const Id &id);
  /// A case that is about to be opened at `school`; nothing is recorded yet.
  static CaseFile fresh(const Work &work, const std::string &school, cases::Priority priority);

  const Id &id() const { return id_; }
  std::int64_t number() const { return number_; }
  const cases::CaseState &state() const { return state_; }
  const std::string &school() const { return school_; }
  const Id &requester() const { return requester_; }
  Millis opened_at() const { return opened_at_; }
  const std::string &channel() const { return channel_; }
  const std::string &topic() const { return topic_; }
  const folds::CalendarVersion &calendar() const { return *calendar_; }
  const folds::PolicyVersion &policy() const { return *policy_; }

  /// Records what time alone has done up to now, as an event of its own. Call before any input, and
  /// again at the end of the command for facts that were typed in late.
  /// True if anything was recorded.
  bool settle(const Work &work);

  /// Takes back misses that the calendar, as it is now, does not confirm.
  void recheck(const Work &work);

  /// Runs the machine on inputs in order and writes its decisions into `draft` (status, clocks).
  void advance(const std::vector<cases::Input> &inputs, store::FieldList &fields);

 private:
  /// Appends what time or the calendar alone has done, as the system.
  void record(const Work &work, store::Kind kind, cases::Step step);
  void encode_changes(const std::vector<cases::ClockChange> &changes, store::FieldList &fields);

  Id id_{};
  std::int64_t number_ = 0;
  std::string school_, channel_, topic_;
  Id requester_{};
  Millis opened_at_ = 0;
  cases::CaseState state_;
  std::shared_ptr<const folds::CalendarVersion> calendar_;  // shared with the cache
  std::shared_ptr<const folds::PolicyVersion> policy_;
};

/// Settles at most `limit` cases whose clocks have fallen due, oldest first. Returns how many;
/// throws Failure(corrupt) when the due index points at clocks that are not due.
int settle_due(const Work &work, int limit);

/// Takes back, in every case on this calendar, misses that its newest version does not confirm.
void recheck_calendar(const Work &work, const std::string &calendar);

/// The first second at which a clock anywhere needs a look; nothing if none ever does.
std::optional<Seconds> next_due(store::Database &database);

}  // namespace heard::commands
