#include "cases/machine.hpp"

#include <algorithm>
#include <optional>

#include "base/failure.hpp"
#include "cases/clockwork.hpp"
#include "cases/due.hpp"

namespace heard::cases {

namespace {

using calendar::Calendar;

bool is_reply(const Clock &clock) {
  return clock.name == ClockName::first_response || clock.name == ClockName::next_response;
}

bool is_running(const Clock &clock) { return clock.state == ClockState::running; }

bool is_paused(const Clock &clock) { return clock.state == ClockState::paused && clock.stopped_at; }

bool is_done(CaseStatus status) {
  return status == CaseStatus::solved || status == CaseStatus::closed;
}

/// One step of one case; collects the changes as it goes.
class Machine {
 public:
  Machine(const CaseState &state, const Policy &policy, const Calendar &calendar)
      : policy_(policy), calendar_(calendar) {
    step_.next = state;
  }

  Step run(const Input &input) {
    settle_all(input.at);
    if (input.opened_by_staff) open_by_staff(input.at);
    switch (input.what) {
      case Happening::inbound:
        inbound(input);
        break;
      case Happening::outbound:
        if (input.answers) answer(input.at);
        break;
      case Happening::wait:
        stand_still(input.at, CaseStatus::waiting, true);
        break;
      case Happening::hold:
        stand_still(input.at, CaseStatus::held, policy_.pause_when_held);
        break;
      case Happening::solve:
        solve(input.at);
        break;
      case Happening::reopen:
        reopen(input.at);
        break;
      case Happening::tick:
        break;
    }
    std::stable_sort(step_.changes.begin(), step_.changes.end(),
                     [](const ClockChange &a, const ClockChange &b) { return a.at < b.at; });
    return std::move(step_);
  }

 private:
  // What happens to a case.

  void open_by_staff(Seconds at) {
    if (status() == CaseStatus::new_) set_status(CaseStatus::open);
    start_resolution(at);
  }

  void inbound(const Input &input) {
    if (is_done(status())) {
      if (input.needs_response) inbound_when_solved(input);
      return;
    }
    if (input.needs_response) begin_streak(input.at, input.answers);
    end_wait(input.at);
    if (input.answers) answer(input.at);
  }

  /// A message that came before the solving, but is typed in after it, does not reopen.
  void inbound_when_solved(const Input &input) {
    const Clock *resolution = find(ClockName::resolution);
    const Seconds solved_at = resolution ? resolution->stopped_at.value_or(input.at) : input.at;
    const bool reopens = input.at >= solved_at;
    if (reopens) go_on(input.at);
    begin_streak(input.at, input.answers);
    if (input.answers) answer(input.at);
    if (!reopens) close_replies(solved_at);
  }

  void answer(Seconds at) {
    for (Clock &clock : clocks()) {
      if (!is_reply(clock) || at < clock.started_at) continue;
      if (is_running(clock))
        stop(clock, at, Verdict::met);
      else if (clock.stopped_at && at < *clock.stopped_at)
        answer_earlier(clock, at);
    }
    if (status() == CaseStatus::new_) set_status(CaseStatus::open);
  }

  void stand_still(Seconds at, CaseStatus wanted, bool pauses) {
    if (is_done(status())) refuse("the case is solved; reopen it first");
    if (status() == wanted) refuse("the case is " + std::string(to_text(wanted)) + " already");
    set_status(wanted);
    Clock *resolution = find(ClockName::resolution);
    if (resolution == nullptr) return;
    if (pauses && is_running(*resolution)) pause(*resolution, at);
    if (!pauses && is_paused(*resolution)) resume(*resolution, at);
  }

  void solve(Seconds at) {
    if (is_done(status())) refuse("the case is solved already");
    set_status(CaseStatus::solved);
    close_replies(at);
    Clock *resolution = find(ClockName::resolution);
    if (resolution == nullptr) return;
    if (is_paused(*resolution) && at > *resolution->stopped_at) resume(*resolution, at);
    stop(*resolution, at, Verdict::met);
  }

  void reopen(Seconds at) {
    if (status() == CaseStatus::new_ || status() == CaseStatus::open)
      refuse("the case is open already");
    go_on(at);
  }

  void go_on(Seconds at) {
    set_status(CaseStatus::open);
    Clock *resolution = find(ClockName::resolution);
    if (resolution && !is_running(*resolution)) resume(*resolution, at);
  }

  /// Any message of the family ends a wait that began before it.
  void end_wait(Seconds at) {
    if (status() != CaseStatus::waiting) return;
    const Clock *resolution = find(ClockName::resolution);
    const bool older = resolution && is_paused(*resolution) && at < *resolution->stopped_at;
    if (!older) go_on(at);
  }

  // Reply clocks: one instance for each streak of unanswered messages.

  /// An answered call that ended a streak belongs to it, should it be told again.
  void begin_streak(Seconds at, bool answered_at_once) {
    bool first = status() == CaseStatus::new_;
    for (Clock &clock : clocks()) {
      if (!is_reply(clock)) continue;
      first = false;
      if (is_running(clock)) return move_streak(clock, at);
      const Seconds ended = clock.stopped_at.value_or(at);
      if (at < ended || (at == ended && answered_at_once)) return;
    }
    const bool started = start(first ? ClockName::first_response : ClockName::next_response, at);
    if (started || first) start_resolution(at);
  }

  /// The older message counts, whichever was typed in first.
  void move_streak(Clock &reply, Seconds at) {
    if (at >= reply.started_at) return;
    Clock *resolution = find(ClockName::resolution);
    if (resolution && resolution->started_at == reply.started_at) retarget(*resolution, at);
    retarget(reply, at);
  }

  void close_replies(Seconds at) {
    for (Clock &clock : clocks())
      if (is_reply(clock) && is_running(clock)) stop(clock, at, Verdict::closed_without_answer);
  }

  /// An answer is typed in that came before the end already recorded.
  void answer_earlier(Clock &clock, Seconds at) {
    stop_clock(clock, at, Verdict::met, calendar_);
    record(What::corrected, at, clock);
  }

  // A single clock.

  bool start(ClockName name, Seconds at) {
    const auto target = policy_.target(name, step_.next.priority);
    if (!target) return false;
    std::int32_t no = 1;
    for (const Clock &earlier : clocks())
      if (earlier.name == name) no = earlier.no + 1;
    clocks().push_back(start_clock(name, no, *target, at, calendar_));
    record(What::started, at, clocks().back());
    return true;
  }

  void start_resolution(Seconds at) {
    if (find(ClockName::resolution) == nullptr) start(ClockName::resolution, at);
  }

  void retarget(Clock &clock, Seconds at) {
    move_start(clock, at, calendar_);
    record(What::retargeted, at, clock);
  }

  void pause(Clock &clock, Seconds at) {
    at = std::max(at, clock.anchor);
    if (clock.missed_at && in_time(clock, at, calendar_)) {
      clock.verdict = Verdict::none;
      clock.missed_at.reset();
      record(What::corrected, at, clock);
    }
    pause_clock(clock, at);
    record(What::paused, at, clock);
  }

  void resume(Clock &clock, Seconds at) {
    resume_clock(clock, at, calendar_);
    record(What::resumed, clock.anchor, clock);
  }

  void stop(Clock &clock, Seconds at, Verdict in_time_verdict) {
    settle(clock, at);
    const What what = stop_clock(clock, at, in_time_verdict, calendar_);
    record(what, *clock.stopped_at, clock);
  }

  void settle_all(Seconds now) {
    for (Clock &clock : clocks()) settle(clock, now);
  }

  /// Records what fell due before `now`; a second call finds nothing left to do. Never dates a
  /// change before the clock went on: a warning point may have passed while it stood still.
  void settle(Clock &clock, Seconds now) {
    if (!is_running(clock) || clock.missed_at) return;
    const Key warning =
        clock.warned ? Key{} : warning_point(clock, policy_.warn_percent, calendar_);
    if (passed(warning, now, calendar_)) {
      clock.warned = true;
      record(What::warned, std::max(*instant(warning, calendar_), clock.anchor), clock);
    }
    const Key due = due_point(clock, calendar_);
    if (passed(due, now, calendar_)) {
      clock.verdict = Verdict::missed;
      clock.missed_at = instant(due, calendar_);
      record(What::missed, std::max(*clock.missed_at, clock.anchor), clock);
    }
  }

  // Small things.

  std::vector<Clock> &clocks() { return step_.next.clocks; }
  CaseStatus status() const { return step_.next.status; }
  void set_status(CaseStatus status) { step_.next.status = status; }

  Clock *find(ClockName name) {
    for (Clock &clock : clocks())
      if (clock.name == name && clock.state != ClockState::void_) return &clock;
    return nullptr;
  }

  void record(What what, Seconds at, const Clock &after) {
    step_.changes.push_back({what, at, after});
  }

  [[noreturn]] static void refuse(std::string says) {
    throw Failure(Status::conflict, std::move(says));
  }

  const Policy &policy_;
  const Calendar &calendar_;
  Step step_;
};

}  // namespace

Step advance(const CaseState &state, const Input &input, const Policy &policy,
             const Calendar &calendar) {
  return Machine(state, policy, calendar).run(input);
}

Step recheck(const CaseState &state, Seconds now, const Calendar &calendar) {
  Step step{state, {}};
  for (Clock &clock : step.next.clocks) {
    if (!is_running(clock) || !clock.missed_at) continue;
    const bool still_missed = !in_time(clock, now, calendar);
    const auto missed_at =
        still_missed ? instant(due_point(clock, calendar), calendar) : std::nullopt;
    if (missed_at == clock.missed_at) continue;
    clock.missed_at = missed_at;
    clock.verdict = missed_at ? Verdict::missed : Verdict::none;
    step.changes.push_back({What::corrected, now, clock});
  }
  return step;
}

}  // namespace heard::cases
