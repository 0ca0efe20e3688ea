#include "cases/history.hpp"

#include <algorithm>

namespace heard::cases {

namespace {

using calendar::Calendar;

bool is_same(const Clock &one, const Clock &other) {
  return one.name == other.name && one.no == other.no;
}

const Clock *find(const CaseState &state, const Clock &like) {
  const auto found = std::find_if(state.clocks.begin(), state.clocks.end(),
                                  [&](const Clock &clock) { return is_same(clock, like); });
  return found == state.clocks.end() ? nullptr : &*found;
}

bool holds(const std::vector<ClockChange> &changes, const ClockChange &wanted) {
  return std::any_of(changes.begin(), changes.end(), [&](const ClockChange &change) {
    return change.what == wanted.what && change.at == wanted.at && change.after == wanted.after;
  });
}

/// Given by the pump, at its own time.
bool is_notice(What what) {
  return what == What::warned || what == What::escalated || what == What::not_escalated;
}

/// When a clock became what it is: its end or miss, else where it counts from.
Seconds effect_of(const Clock &clock) {
  return clock.stopped_at.value_or(clock.missed_at.value_or(clock.anchor));
}

/// Steps that raise the priority change verdicts, so they follow from the facts alone: they are
/// over where the new run has them over. All others were given and stay given.
std::uint32_t raising_steps(const Telling &telling) {
  std::uint32_t bits = 0;
  if (telling.facts.empty()) return bits;
  const auto &steps = telling.facts.back().policy->steps;
  for (std::size_t i = 0; i < steps.size(); ++i)
    if (steps[i].raise_to) bits |= 1U << i;
  return bits;
}

bool is_same_fact(const Fact &one, const Fact &other) {
  return one.input == other.input && one.policy == other.policy;
}

Step beginning(const Telling &telling) {
  Step told;
  told.next.priority = telling.priority;
  return told;
}

void tell(Step &told, const Input &input, const Policy &policy, const Calendar &calendar) {
  std::optional<Step> step = advance_if_sensible(told.next, input, policy, calendar);
  if (!step) return;
  told.next = std::move(step->next);
  told.changes.insert(told.changes.end(), step->changes.begin(), step->changes.end());
}

void tell(Step &told, Facts::const_iterator from, Facts::const_iterator to,
          const Calendar &calendar) {
  for (; from != to; ++from) tell(told, from->input, *from->policy, calendar);
}

void look_at(Step &told, const Telling &telling, const Calendar &calendar, Seconds now) {
  if (telling.facts.empty()) return;
  Input tick;
  tick.at = now;
  tell(told, tick, *telling.facts.back().policy, calendar);
}

/// Collects the differences into the recorded case.
class Revision {
 public:
  Revision(const CaseState &recorded, Cause cause, std::uint32_t raising)
      : cause_(cause), raising_(raising) {
    step_.next = recorded;
  }

  void compare(const Step &before, const Step &after) {
    for (const Clock &clock : after.next.clocks) {
      const Clock *earlier = find(before.next, clock);
      if (earlier == nullptr || *earlier != clock) change(clock, before.changes, after.changes);
    }
    for (const Clock &clock : before.next.clocks)
      if (find(after.next, clock) == nullptr) remove(clock);
    if (before.next.status != after.next.status) step_.next.status = after.next.status;
    if (before.next.priority != after.next.priority) step_.next.priority = after.next.priority;
    if (before.next.pauses != after.next.pauses) step_.next.pauses = after.next.pauses;
    step_.next.assigned = after.next.assigned;
    step_.next.last_at = std::max(step_.next.last_at, after.next.last_at);
  }

  Step take() {
    std::stable_sort(step_.changes.begin(), step_.changes.end(),
                     [](const ClockChange &a, const ClockChange &b) { return a.at < b.at; });
    return std::move(step_);
  }

 private:
  /// Records what the clock went through that was not known before; a verdict that was recorded
  /// already is corrected in one go.
  void change(const Clock &clock, const std::vector<ClockChange> &before,
              const std::vector<ClockChange> &after) {
    const Clock *found = find(step_.next, clock);
    const bool known = found != nullptr && found->state != ClockState::void_;
    const Clock recorded = known ? *found : Clock{};
    const auto as_recorded = [&](Clock changed) {
      changed.warned = recorded.warned;
      changed.fired = (recorded.fired & ~raising_) | (changed.fired & raising_);
      return changed;
    };
    const Clock last = as_recorded(clock);
    if (known && recorded == last) return;
    const bool judged = known && (recorded.missed_at || recorded.state == ClockState::stopped);
    for (const ClockChange &change : after) {
      if (!is_same(change.after, clock) || holds(before, change)) continue;
      const bool wanted = is_notice(change.what) ? raises(change) : !judged;
      const bool moved = known && change.what == What::started;
      if (!wanted) continue;
      record(moved ? What::retargeted : change.what, change.at, as_recorded(change.after));
      step_.changes.back().step = change.step;
    }
    if (judged) return record(What::corrected, effect_of(last), last);
    if (const Clock *now = find(step_.next, clock); now == nullptr || *now != last)
      record(What::retargeted, effect_of(last), last);
  }

  bool raises(const ClockChange &change) const {
    return change.what != What::warned && (raising_ >> change.step & 1U) != 0;
  }

  /// By the facts as they are known now, this clock never ran.
  void remove(const Clock &gone) {
    const Clock *recorded = find(step_.next, gone);
    if (recorded == nullptr || recorded->state == ClockState::void_) return;
    Clock clock = *recorded;
    clock.state = ClockState::void_;
    clock.verdict = Verdict::none;
    clock.missed_at.reset();
    record(What::voided, effect_of(*recorded), clock);
  }

  void record(What what, Seconds at, const Clock &clock) {
    const auto place = std::find_if(step_.next.clocks.begin(), step_.next.clocks.end(),
                                    [&](const Clock &known) { return is_same(known, clock); });
    if (place == step_.next.clocks.end())
      step_.next.clocks.push_back(clock);
    else
      *place = clock;
    step_.changes.push_back({what, at, clock, cause_});
  }

  Cause cause_;
  std::uint32_t raising_;
  Step step_;
};

}  // namespace

void put_in_order(Facts &facts) {
  std::stable_sort(facts.begin(), facts.end(),
                   [](const Fact &a, const Fact &b) { return a.input.at < b.input.at; });
}

Step run(const Telling &telling, const Calendar &calendar, Seconds now) {
  Step told = beginning(telling);
  tell(told, telling.facts.begin(), telling.facts.end(), calendar);
  look_at(told, telling, calendar, now);
  return told;
}

Step revise(const CaseState &recorded, const Telling &before, const Telling &after,
            const Calendar &calendar, Seconds now, Cause cause) {
  // Both begin with the same facts, most of the time: these are told once.
  auto [one, other] = std::mismatch(before.facts.begin(), before.facts.end(), after.facts.begin(),
                                    after.facts.end(), is_same_fact);
  if (before.priority != after.priority) one = before.facts.begin(), other = after.facts.begin();
  Step earlier = beginning(before);
  tell(earlier, before.facts.begin(), one, calendar);
  Step later = other == after.facts.begin() ? beginning(after) : earlier;
  tell(earlier, one, before.facts.end(), calendar);
  look_at(earlier, before, calendar, now);
  tell(later, other, after.facts.end(), calendar);
  look_at(later, after, calendar, now);
  Revision revision(recorded, cause, raising_steps(after));
  revision.compare(earlier, later);
  return revision.take();
}

Step recalculate(const CaseState &recorded, const Telling &telling, const Calendar &calendar,
                 Seconds now) {
  const CaseState anew = run(telling, calendar, now).next;
  Step step{recorded, {}};
  for (Clock &clock : step.next.clocks) {
    const Clock *other = find(anew, clock);
    const bool same_facts = other != nullptr && clock.state == ClockState::stopped &&
                            other->state == ClockState::stopped &&
                            other->started_at == clock.started_at &&
                            other->stopped_at == clock.stopped_at;
    if (!same_facts || (other->verdict == clock.verdict && other->missed_at == clock.missed_at))
      continue;
    clock.verdict = other->verdict;
    clock.missed_at = other->missed_at;
    step.changes.push_back({What::corrected, now, clock, Cause::recalculation});
  }
  return step;
}

}  // namespace heard::cases
