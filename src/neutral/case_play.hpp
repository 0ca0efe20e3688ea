// One case played event by event, in order of when things happened: the clock machine for answers
// and resolution, the same clockwork for clocks that only scripts have.
#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "calendar/calendar.hpp"
#include "cases/machine.hpp"
#include "neutral/script_policy.hpp"

namespace heard::neutral {

struct ScriptEvent {
  Seconds at = 0;        ///< when it happened: clocks count from here
  Seconds recorded = 0;  ///< when it was typed in: figures show it from then on
  std::string type;
  Json json;
};

/// Throws bad_field or unknown_name.
ScriptEvent read_event(const Json &json);

/// A clock with the name that figures use for it.
struct PlayedClock {
  std::string name;
  cases::Clock clock;
  bool is_over = false;  ///< answered or accepted: reopening the case does not wake it
};

class CasePlay {
 public:
  /// Agreements in `attached_later` start when an event attaches them, the others with the case.
  CasePlay(const ScriptPolicy &policy, const calendar::Calendar &calendar,
           std::set<std::string> attached_later);

  /// Events come in order of `at`. What makes no sense at that point (a second solving) changes
  /// nothing.
  void tell(const ScriptEvent &event);
  /// Nothing happens; what fell due up to `now` is noted.
  void look(Seconds now);

  Seconds now() const { return now_; }
  cases::CaseStatus status() const { return state_.status; }
  const Facts &facts() const { return facts_; }
  const ScriptPolicy &policy() const { return policy_; }
  const calendar::Calendar &calendar() const { return calendar_; }
  /// Every instance of a clock, oldest first.
  std::vector<PlayedClock> instances(const std::string &name) const;
  /// True if the clock has a target now and nothing hides it.
  bool is_shown(const std::string &name) const;
  /// Open seconds spent waiting on the family so far.
  Seconds waited() const;
  /// Clocks missed so far, by name and instance: one that was missed stays missed.
  const std::set<std::pair<std::string, std::int32_t>> &missed() const { return missed_; }
  /// Instants of the steps of running clocks, in order of the policy; those passed are marked.
  struct StepTime {
    Seconds at;
    bool is_past;
  };
  std::vector<StepTime> step_times() const;

 private:
  void advance(const cases::Input &input);
  void happen(const ScriptEvent &event);
  void open(Seconds at);
  void note_facts(const Json &event);
  void attach(const ScriptEvent &event);
  void contact(const ScriptEvent &event);
  void answered(Seconds at);
  void start(const std::string &name, Seconds at);
  void follow_status(Seconds at);
  void follow_status(PlayedClock &played, Seconds at) const;
  void leave_waiting(Seconds at);
  void set_targets();
  void set_target(const std::string &name, cases::Clock &clock) const;
  void note_misses();
  void fire_steps(Seconds now);
  std::optional<Seconds> step_time(const ScriptStep &step) const;
  std::pair<std::string, std::int32_t> step_instance(const ScriptStep &step) const;

  ScriptPolicy policy_;
  const calendar::Calendar &calendar_;
  std::set<std::string> unattached_;
  cases::Policy machine_policy_;
  cases::CaseState state_;
  std::vector<PlayedClock> own_clocks_;
  Facts facts_;
  Targets targets_;  ///< in force now
  bool is_open_ = false, is_matched_ = false;
  Seconds now_ = 0;
  std::optional<Seconds> waiting_since_;
  Seconds waited_ = 0;
  std::set<std::pair<std::string, std::int32_t>> missed_;
  std::set<std::pair<std::size_t, std::int32_t>> fired_;  ///< step and instance of its clock
};

}  // namespace heard::neutral
