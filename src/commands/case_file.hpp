// One case opened for work: settle what fell due, feed the machine, record what it decided.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/record.hpp"
#include "cases/history.hpp"
#include "cases/matching.hpp"
#include "commands/work.hpp"
#include "folds/calendars.hpp"

namespace heard::commands {

/// What a case is like before anything has happened in it.
struct Opening {
  std::string school;
  cases::Priority priority = cases::Priority::normal;
  cases::Traits traits;  ///< school and priority are filled in
};

class CaseFile {
 public:
  static CaseFile load(const Work &work, const Id &id);
  /// A case that is about to be opened; nothing is recorded yet.
  static CaseFile fresh(const Work &work, const Opening &opening);

  const Id &id() const { return id_; }
  std::int64_t number() const { return number_; }
  const cases::CaseState &state() const { return state_; }
  const std::string &school() const { return school_; }
  const Id &requester() const { return requester_; }
  const Id &assignee() const { return assignee_; }
  Millis opened_at() const { return opened_at_; }
  std::optional<Millis> solved_at() const { return solved_at_; }
  const std::string &channel() const { return traits_.at(cases::Trait::channel); }
  const std::string &topic() const { return traits_.at(cases::Trait::topic); }
  const folds::CalendarVersion &calendar() const { return *calendar_; }
  const folds::PolicyVersion &policy() const { return *policy_; }
  const cases::Traits &traits() const { return traits_; }

  /// Now, or what is recorded already where the host's clock has jumped back behind it.
  Seconds latest(const Work &work) const;

  /// True if a message at `at` may still reopen it, by its policy.
  bool may_reopen(Millis at) const;

  /// Records what time alone has done up to now, as an event of its own. Call before any input, and
  /// again at the end of the command for facts that were typed in late.
  /// True if anything was recorded.
  bool settle(const Work &work);

  /// Counts the clocks anew on the calendar as it is now; takes back misses it does not confirm.
  void recheck(const Work &work);
  /// Judges the stopped clocks again; true if anything was recorded, in an event with `note`.
  bool recalculate(const Work &work, const std::string &note);

  /// Tells the machine what happened and writes its decisions into `fields`. What comes late is
  /// told with everything else that happened, in order. `seq`: the entry of the contact it is.
  void tell(const Work &work, const std::vector<cases::Input> &inputs, std::int64_t seq,
            store::FieldList &fields);
  /// The facts are other ones than was thought: writes what that changes into `fields`.
  void revise(const Work &work, const cases::Telling &before, const cases::Telling &after,
              cases::Cause cause, store::FieldList &fields);
  /// What a fresh case is like: its number, traits, calendar and policy.
  void encode_opening(store::FieldList &fields) const;
  /// All that its facts have made of a fresh case.
  void tell_all(const Work &work, const cases::Telling &telling, store::FieldList &fields);

  /// The case becomes part of another: it is closed and its clocks never were.
  void absorb(const Work &work, store::FieldList &fields);

  /// Another policy and calendar from `input` (a change or new priority) on.
  void change(const Work &work, const cases::Input &input,
              std::shared_ptr<const folds::PolicyVersion> policy,
              std::shared_ptr<const folds::CalendarVersion> calendar, store::FieldList &fields);

 private:
  /// Appends what time or the calendar alone has done, as the system.
  void record(const Work &work, store::Kind kind, cases::Step step);
  /// Writes the difference to the state so far, and makes `step` the state.
  void take(const Work &work, cases::Step step, store::FieldList &fields);
  void encode_state(const cases::CaseState &next, store::FieldList &fields) const;

  Id id_{};
  std::int64_t number_ = 0;
  std::string school_;
  Id requester_{}, assignee_{};
  cases::Traits traits_;
  Millis opened_at_ = 0;
  std::optional<Millis> solved_at_;
  cases::CaseState state_;
  std::shared_ptr<const folds::CalendarVersion> calendar_;  // shared with the cache
  std::shared_ptr<const folds::PolicyVersion> policy_;
};

/// The case that the field `case` names, settled, if the actor has a right at its school.
CaseFile open_file(const Work &work, const Record &fields);
/// What every command on a case answers.
Record result_of(const CaseFile &file, std::int64_t seq);

/// The policy of a case after one of its traits has changed: its own version, unless another policy
/// fits it better now.
std::shared_ptr<const folds::PolicyVersion> policy_after(const Work &work, const CaseFile &file,
                                                         cases::Trait trait,
                                                         const std::string &value);
/// The policy a case with these traits gets: the first that fits, else the fallback.
std::shared_ptr<const folds::PolicyVersion> choose_policy(store::Database &database,
                                                          const cases::Traits &traits);

/// Settles at most `limit` cases whose clocks have fallen due, oldest first. Returns how many;
/// throws Failure(corrupt) when the due index points at clocks that are not due.
int settle_due(const Work &work, int limit);

/// Counts anew, in every case on this calendar, clocks that stood still or were missed: its newest
/// version may not confirm what was recorded.
void recheck_calendar(const Work &work, const std::string &calendar);

/// The first second at which a clock anywhere needs a look; nothing if none ever does.
std::optional<Seconds> next_due(store::Database &database);

}  // namespace heard::commands
