#include "cases/machine.hpp"

#include <algorithm>

#include "base/failure.hpp"
#include "cases/clockwork.hpp"
#include "cases/due.hpp"

namespace heard::cases {

namespace {

using calendar::Calendar;

bool is_reply(const Clock &clock) {
  return clock.name == ClockName::first_response || clock.name == ClockName::next_response;
}

/// Only measured where the policy has a target for it.
bool is_optional(ClockName name) {
  return name == ClockName::acknowledgement || name == ClockName::update ||
         name == ClockName::ownership || name == ClockName::wait;
}

bool is_running(const Clock &clock) { return clock.state == ClockState::running; }
bool is_unstopped(const Clock &clock) {
  return is_running(clock) || clock.state == ClockState::paused;
}

bool is_done(CaseStatus status) {
  return status == CaseStatus::solved || status == CaseStatus::closed;
}

bool is_earlier(const ClockChange &one, const ClockChange &other) { return one.at < other.at; }

/// One step of one case; collects the changes as it goes.
class Machine {
 public:
  Machine(const CaseState &state, const Policy &policy, const Calendar &calendar)
      : policy_(policy), calendar_(calendar) {
    step_.next = state;
  }

  /// Nothing if it makes no sense; then `refusal` says why.
  std::optional<Step> run(const Input &input) {
    settle(input.at);
    take(input);
    if (!refusal_.empty()) return std::nullopt;
    if (input.what != Happening::tick) took_effect(input.at);
    if (!std::is_sorted(step_.changes.begin(), step_.changes.end(), is_earlier))
      std::stable_sort(step_.changes.begin(), step_.changes.end(), is_earlier);
    return std::move(step_);
  }
  const std::string &refusal() const { return refusal_; }

 private:
  void take(const Input &input) {
    switch (input.what) {
      case Happening::inbound:
        return inbound(input);
      case Happening::outbound:
        return outbound(input);
      case Happening::wait:
        return stand_still(input.at, CaseStatus::waiting);
      case Happening::hold:
        return stand_still(input.at, CaseStatus::held);
      case Happening::solve:
        return solve(input.at);
      case Happening::reopen:
        return reopen(input.at);
      case Happening::close:
        return close(input.at);
      case Happening::assign:
        return assign(input.at);
      case Happening::accept:
        return stop_all(ClockName::ownership, input.at, Verdict::met);
      case Happening::prioritize:
        return prioritize(input);
      case Happening::change:
        return retarget_all(input.at, input.cause, true);
      case Happening::tick:
        return;
    }
  }

  // What happens to a case.

  void inbound(const Input &input) {
    if (is_done(status()) && input.needs_response) go_on(input.at);
    if (input.needs_response) begin_streak(input.at);
    if (input.assigns) assign(input.at);
    if (status() == CaseStatus::waiting) go_on(input.at);
    if (input.answers) answer(input.at);
  }

  void outbound(const Input &input) {
    if (input.opened_by_staff) open_by_staff(input.at);
    if (input.assigns) assign(input.at);
    if (input.acknowledges) stop_all(ClockName::acknowledgement, input.at, Verdict::met);
    if (input.answers) answer(input.at);
  }

  void open_by_staff(Seconds at) {
    if (status() == CaseStatus::new_) set_status(CaseStatus::open);
    if (find(ClockName::resolution) == nullptr) start(ClockName::resolution, at);
  }

  /// One instance for each streak of unanswered messages; the oldest counts. The first one is the
  /// first response, unless staff opened the case.
  void begin_streak(Seconds at) {
    bool first = find(ClockName::resolution) == nullptr;
    for (const Clock &clock : clocks()) {
      if (is_reply(clock) && is_running(clock)) return;
      if (is_reply(clock)) first = false;
    }
    if (first) start(ClockName::acknowledgement, at);
    start(first ? ClockName::first_response : ClockName::next_response, at);
    if (find(ClockName::resolution) == nullptr) start(ClockName::resolution, at);
  }

  void answer(Seconds at) {
    for (Clock &clock : clocks())
      if (is_reply(clock) && is_running(clock)) stop(clock, at, Verdict::met);
    for (const ClockName name :
         {ClockName::acknowledgement, ClockName::ownership, ClockName::update})
      stop_all(name, at, Verdict::met);
    if (status() == CaseStatus::new_) set_status(CaseStatus::open);
    start_update(at);
  }

  void stand_still(Seconds at, CaseStatus wanted) {
    if (is_done(status())) return refuse("the case is solved; reopen it first");
    if (status() == wanted)
      return refuse("the case is " + std::string(to_text(wanted)) + " already");
    end_pause(at);
    set_status(wanted);
    if (wanted == CaseStatus::waiting) {
      begin_pause(PauseKind::family, at);
      start(ClockName::wait, at);
    } else if (policy_.pause_when_held) {
      begin_pause(PauseKind::other, at);
    }
  }

  void solve(Seconds at) {
    if (is_done(status())) return refuse("the case is solved already");
    end_pause(at);
    set_status(CaseStatus::solved);
    for (Clock &clock : clocks())
      if (is_running(clock)) end_with_case(clock, at);
    begin_pause(PauseKind::solved, at);
  }

  /// What solving means for a clock that runs.
  void end_with_case(Clock &clock, Seconds at) {
    if (is_reply(clock) || clock.name == ClockName::acknowledgement)
      stop(clock, at, Verdict::closed_without_answer);
    else if (clock.name == ClockName::update && !clock.missed_at)
      end_unjudged(clock, at, Cause::none);  // the next update is not needed any more
    else
      stop(clock, at, Verdict::met);
  }

  void reopen(Seconds at) {
    if (status() == CaseStatus::new_ || status() == CaseStatus::open)
      return refuse("the case is open already");
    go_on(at);
  }

  void close(Seconds at) {
    if (status() == CaseStatus::closed) return refuse("the case is closed already");
    if (status() != CaseStatus::solved) solve(at);
    set_status(CaseStatus::closed);
  }

  void go_on(Seconds at, Cause cause = Cause::none) {
    const bool was_done = is_done(status());
    end_pause(at, cause);
    set_status(CaseStatus::open);
    if (was_done) start_update(at);
  }

  /// Asked anew, whoever was asked before is off the hook, unless too late already.
  void assign(Seconds at) {
    for (Clock &clock : clocks()) {
      if (clock.name != ClockName::ownership || !is_running(clock)) continue;
      if (clock.missed_at)
        stop(clock, at, Verdict::met);
      else
        end_unjudged(clock, at, Cause::none);
    }
    step_.next.assigned = true;
    if (!is_done(status())) start(ClockName::ownership, at);
  }

  void prioritize(const Input &input) {
    if (step_.next.priority == input.priority)
      return refuse("the case has priority " + std::string(to_text(input.priority)) + " already");
    step_.next.priority = input.priority;
    retarget_all(input.at, Cause::priority_change, input.anew);
  }

  // Pauses.

  void begin_pause(PauseKind kind, Seconds at) {
    step_.next.pauses.push_back({kind, at, std::nullopt});
    for (Clock &clock : clocks()) {
      if (!is_running(clock) || !pauses(clock.name, kind)) continue;
      pause_clock(clock, at);
      record(What::paused, at, clock);
    }
  }

  /// What stood still goes on; after solving that is the resolution.
  void end_pause(Seconds at, Cause cause = Cause::none) {
    stop_all(ClockName::wait, at, Verdict::met);
    Pauses &list = step_.next.pauses;
    if (!list.empty() && !list.back().to) list.back().to = at;
    for (Clock &clock : clocks()) {
      const bool solved = is_done(status()) && clock.name == ClockName::resolution &&
                          clock.state == ClockState::stopped;
      if (clock.state != ClockState::paused && !solved) continue;
      resume_clock(clock, at, calendar_);
      record(What::resumed, clock.anchor, clock, cause);
    }
  }

  // Targets that change.

  /// Clocks that are not over are counted anew from their start; a miss that only the new target
  /// makes is dated at the change.
  void retarget_all(Seconds at, Cause cause, bool anew) {
    if (anew)
      for (Clock &clock : clocks()) clock.fired = 0;  // another ladder
    for (Clock &clock : clocks())
      if (is_unstopped(clock)) retarget(clock, at, cause, anew);
    if (const Clock *reply = find(ClockName::first_response); reply && is_running(*reply))
      start_if_missing(ClockName::acknowledgement, reply->started_at, at);
    if (status() == CaseStatus::waiting && !step_.next.pauses.empty())
      start_if_missing(ClockName::wait, step_.next.pauses.back().from, at);
  }

  void retarget(Clock &clock, Seconds at, Cause cause, bool anew) {
    const Target target = policy_.target(clock.name, step_.next.priority);
    if (target == clock.target && !anew) return;
    if (target.amount == 0 && is_optional(clock.name)) return end_unjudged(clock, at, cause);
    aim_clock(clock, target, step_.next.pauses, calendar_);
    if (!clock.missed_at) clock.judged_from = at;
    record(What::retargeted, at, clock, cause);
    const bool late = !clock.missed_at && is_running(clock) && !in_time(clock, at, calendar_);
    if (late) miss(clock, at, cause);
  }

  void start_if_missing(ClockName name, Seconds since, Seconds at) {
    for (const Clock &clock : clocks())
      if (clock.name == name && is_unstopped(clock)) return;
    start(name, since, at);
  }

  // A single clock.

  /// False where the policy has no target and nothing is measured without one. The number of an
  /// instance that never was (void) is free.
  bool start(ClockName name, Seconds at, std::optional<Seconds> judged_from = std::nullopt) {
    const Target target = policy_.target(name, step_.next.priority);
    if (target.amount == 0 && is_optional(name)) return false;
    std::int32_t no = 1;
    for (const Clock &earlier : clocks())
      if (earlier.name == name && earlier.state != ClockState::void_) no = earlier.no + 1;
    std::erase_if(clocks(), [&](const Clock &c) { return c.name == name && c.no == no; });
    clocks().push_back(start_clock(name, no, target, at, calendar_));
    clocks().back().judged_from = judged_from;
    record(What::started, judged_from.value_or(at), clocks().back());
    return true;
  }

  /// Staff write again within the target, as long as the case is open.
  void start_update(Seconds at) {
    if (is_done(status()) || !start(ClockName::update, at)) return;
    if (status() != CaseStatus::waiting) return;
    pause_clock(clocks().back(), at);
    record(What::paused, at, clocks().back());
  }

  void stop_all(ClockName name, Seconds at, Verdict verdict) {
    for (Clock &clock : clocks())
      if (clock.name == name && is_unstopped(clock)) stop(clock, at, verdict);
  }

  void stop(Clock &clock, Seconds at, Verdict in_time_verdict) {
    const What what = stop_clock(clock, at, in_time_verdict, calendar_);
    record(what, *clock.stopped_at, clock);
  }

  /// Over, and nobody is judged by it; a miss stays one.
  void end_unjudged(Clock &clock, Seconds at, Cause cause) {
    clock.state = ClockState::stopped;
    clock.stopped_at = at;
    record(What::ended, at, clock, cause);
  }

  void miss(Clock &clock, Seconds at, Cause cause) {
    clock.verdict = Verdict::missed;
    clock.missed_at = at;
    record(What::missed, at, clock, cause);
  }

  // What time alone does, in order of time: a wait that ends by itself may make another clock late.

  void settle(Seconds now) {
    while (settle_next(now)) {
    }
  }

  bool settle_next(Seconds now) {
    looks_.resize(clocks().size());
    std::size_t soonest = clocks().size();
    for (std::size_t i = 0; i < clocks().size(); ++i) {
      look(clocks()[i], now, looks_[i]);
      const bool is_due = looks_[i].point.has_value();
      if (is_due && (soonest == clocks().size() || looks_[i].at < looks_[soonest].at)) soonest = i;
    }
    if (soonest == clocks().size()) return false;
    const Point point = *looks_[soonest].point;
    const Seconds at = looks_[soonest].at;
    took_effect(std::max(at, first_past(point.key, calendar_).value_or(at)));
    fall_due(clocks()[soonest], point, at);
    return true;
  }

  /// What has fallen due of one clock. A clock that is as it was at the last look is not asked
  /// again.
  struct Look {
    std::optional<Clock> seen;
    std::optional<Point> point;  ///< nothing if none has passed
    Seconds at = 0;              ///< when it took effect
  };

  void look(const Clock &clock, Seconds now, Look &look) {
    if (look.seen && *look.seen == clock) return;
    look = {clock, next_point(clock, policy_, calendar_), 0};
    if (look.point && !passed(look.point->key, now, calendar_)) look.point.reset();
    if (look.point)
      look.at = std::max({*instant(look.point->key, calendar_), clock.anchor,
                          clock.judged_from.value_or(clock.anchor)});
  }

  void fall_due(Clock &clock, const Point &point, Seconds at) {
    switch (point.kind) {
      case Point::Kind::warning:
        clock.warned = true;
        return record(What::warned, at, clock);
      case Point::Kind::step:
        return escalate(clock, point.step, at);
      case Point::Kind::due:
        miss(clock, at, Cause::none);
        if (clock.name == ClockName::wait) go_on(at, Cause::longest_wait);
    }
  }

  void escalate(Clock &clock, std::uint32_t place, Seconds at) {
    const EscalationStep &step = policy_.steps[place];
    const bool holds = (!step.at_least || step_.next.priority >= *step.at_least) &&
                       (!step.only_unassigned || !step_.next.assigned);
    clock.fired |= 1U << place;
    record(holds ? What::escalated : What::not_escalated, at, clock);
    step_.changes.back().step = place;
    if (!holds || !step.raise_to || *step.raise_to <= step_.next.priority) return;
    step_.next.priority = *step.raise_to;
    retarget_all(at, Cause::escalation, false);
  }

  // Small things.

  std::vector<Clock> &clocks() { return step_.next.clocks; }
  CaseStatus status() const { return step_.next.status; }
  void set_status(CaseStatus status) { step_.next.status = status; }
  void took_effect(Seconds at) { step_.next.last_at = std::max(step_.next.last_at, at); }

  Clock *find(ClockName name) {
    for (Clock &clock : clocks())
      if (clock.name == name && clock.state != ClockState::void_) return &clock;
    return nullptr;
  }

  void record(What what, Seconds at, const Clock &after, Cause cause = Cause::none) {
    step_.changes.push_back({what, at, after, cause});
  }

  /// To be said before anything is changed.
  void refuse(std::string says) { refusal_ = std::move(says); }

  const Policy &policy_;
  const Calendar &calendar_;
  Step step_;
  std::vector<Look> looks_;  // of the clocks at the same places
  std::string refusal_;
};

}  // namespace

Step advance(const CaseState &state, const Input &input, const Policy &policy,
             const Calendar &calendar) {
  Machine machine(state, policy, calendar);
  std::optional<Step> step = machine.run(input);
  if (!step) throw Failure(Status::conflict, machine.refusal());
  return *std::move(step);
}

std::optional<Step> advance_if_sensible(const CaseState &state, const Input &input,
                                        const Policy &policy, const Calendar &calendar) {
  return Machine(state, policy, calendar).run(input);
}

Step recheck(const CaseState &state, Seconds now, const Calendar &calendar) {
  Step step{state, {}};
  for (Clock &clock : step.next.clocks) {
    if (!is_unstopped(clock)) continue;
    const Clock before = clock;
    aim_clock(clock, clock.target, state.pauses, calendar);
    if (clock.missed_at) {
      const bool late = !in_time(clock, clock.stopped_at.value_or(now), calendar);
      clock.missed_at = late ? miss_instant(clock, calendar) : std::nullopt;
      clock.verdict = late ? Verdict::missed : Verdict::none;
    }
    if (clock == before) continue;
    const What what = clock.missed_at == before.missed_at ? What::retargeted : What::corrected;
    step.changes.push_back({what, now, clock, Cause::calendar_change});
  }
  return step;
}

}  // namespace heard::cases
