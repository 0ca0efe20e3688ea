#include "neutral/case_play.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "base/failure.hpp"
#include "calendar/arithmetic.hpp"
#include "cases/clockwork.hpp"
#include "cases/due.hpp"

namespace heard::neutral {

using namespace cases;
using calendar::Calendar;

namespace {

constexpr Seconds kLongAgo = std::numeric_limits<Seconds>::min();
/// What a clock runs on while it has no target, so that it can be given one from its start.
constexpr std::int32_t kNoTarget = 60 * 24 * 366 * 1000;

constexpr std::array kMachineClocks = {ClockName::first_response, ClockName::next_response,
                                       ClockName::resolution};
constexpr auto kTypes = std::to_array<std::string_view>(
    {"open", "inbound", "outbound", "pending", "hold", "resume", "solve", "close", "reopen",
     "priority", "policy", "edit_start", "assign", "accept", "tick"});

bool is_done(CaseStatus status) {
  return status == CaseStatus::solved || status == CaseStatus::closed;
}

bool stands_still(CaseStatus status) {
  return status == CaseStatus::waiting || status == CaseStatus::held;
}

bool is_running(const Clock &clock) { return clock.state == ClockState::running; }

/// An outbound message counts when it is human, public, by staff and not bulk.
bool is_answer(const Json &event) {
  const std::string by = text(event, "by", "staff");
  const bool by_nobody = by == "bot" || by == "system" || by == "automatic" || by == "family";
  return !by_nobody && flag(event, "human", true) && flag(event, "public", true) &&
         !flag(event, "bulk", false) && !flag(event, "automatic", false) &&
         !flag(event, "internal", false);
}

bool is_by_family(const Json &event) {
  if (!event.contains("by")) return true;
  const Json &by = event.at("by");
  return by == "family" || by == "requester" || by == "customer";
}

std::string after_prefix(const std::string &name) {
  const bool prefixed = name.starts_with("sla_") || name.starts_with("ola_");
  return prefixed ? name.substr(4) : name;
}

}  // namespace

ScriptEvent read_event(const Json &json) {
  ScriptEvent event;
  event.type = text(json, "type");
  if (std::find(kTypes.begin(), kTypes.end(), event.type) == kTypes.end())
    throw Failure(Status::unknown_name, "event '" + event.type + "' is not known");
  event.at = instant(json, "at");
  event.recorded = has(json, "recorded_at") ? instant(json, "recorded_at") : event.at;
  event.json = json;
  return event;
}

CasePlay::CasePlay(const ScriptPolicy &policy, const Calendar &calendar,
                   std::set<std::string> attached_later)
    : policy_(policy), calendar_(calendar), unattached_(std::move(attached_later)), now_(kLongAgo) {
  machine_policy_.warn_percent = 0;
  for (const ClockName name : kMachineClocks)
    machine_policy_.targets.push_back({name, std::nullopt, {kNoTarget, Unit::business_minutes}});
  set_targets();
}

void CasePlay::tell(const ScriptEvent &event) {
  look(event.at);
  happen(event);
  follow_status(event.at);
  set_targets();
  look(event.at);
}

void CasePlay::look(Seconds now) {
  now_ = std::max(now_, now);
  if (!is_open_) return;
  fire_steps(now_);
  advance({.what = Happening::tick, .at = now_});
  note_misses();
}

void CasePlay::advance(const Input &input) {
  state_ = cases::advance(state_, input, machine_policy_, calendar_).next;
}

void CasePlay::happen(const ScriptEvent &event) {
  const std::string &type = event.type;
  const auto to = [&](Happening what) { advance({.what = what, .at = event.at}); };
  note_facts(event.json);
  if (type == "open" || type == "inbound" || type == "outbound") return contact(event);
  if (type == "tick" || type == "edit_start") return;
  if (!is_open_) {  // a script may begin with whatever it likes
    open(event.at);
    advance({.what = Happening::outbound, .at = event.at, .opened_by_staff = true});
  }
  if (type == "policy") attach(event);
  if (type == "assign") start("ownership", event.at);
  if (type == "accept") answered(event.at);
  const bool may_wait = !stands_still(status()) && !is_done(status());
  if (type == "pending" && may_wait) to(Happening::wait);
  if (type == "hold" && may_wait) to(Happening::hold);
  if ((type == "solve" || type == "close") && !is_done(status())) to(Happening::solve);
  const bool may_go_on = stands_still(status()) || is_done(status());
  if ((type == "resume" && stands_still(status())) || (type == "reopen" && may_go_on))
    to(Happening::reopen);
}

/// Whatever the first event is, the case begins with it.
void CasePlay::open(Seconds at) {
  is_open_ = true;
  for (const char *name : {"ownership", "sla_ownership", "sla_resolution"}) start(name, at);
  if (!unattached_.count("ola"))
    for (const char *name : {"ola_ownership", "ola_resolution"}) start(name, at);
}

void CasePlay::note_facts(const Json &event) {
  for (const auto &[name, value] : event.items())
    if (name != "at" && name != "recorded_at" && name != "type" && name != "by" &&
        !value.is_structured())
      facts_[name] = value;
}

/// "attach" names agreements; one that is stated in the event itself replaces what was known.
void CasePlay::attach(const ScriptEvent &event) {
  const Json &what = field(event.json, "attach");
  read_changes(event.json, policy_);
  if (what.is_object()) read_changes(what, policy_);
  if (what.is_null() || what == false) return;
  const std::string named = what.dump();
  const bool names_one =
      named.find("sla") != std::string::npos || named.find("ola") != std::string::npos;
  for (const std::string agreement : {"sla", "ola", "policy"}) {
    if (names_one && named.find(agreement) == std::string::npos) continue;
    const bool begins = unattached_.erase(agreement) > 0 || names_one;
    if (!begins || agreement != "ola") continue;  // the others count from the start of the case
    for (const char *name : {"ola_ownership", "ola_resolution"}) start(name, event.at);
  }
}

void CasePlay::contact(const ScriptEvent &event) {
  const bool begins = !is_open_;
  if (begins) open(event.at);
  Input input{.what = Happening::inbound, .at = event.at};
  if (event.type == "open" && !begins) input.what = Happening::tick;
  if (event.type == "open" && begins && !is_by_family(event.json))
    input = {.what = Happening::outbound, .at = event.at, .opened_by_staff = true};
  if (event.type == "inbound") {
    input.needs_response = flag(event.json, "needs_response", true);
    input.answers = flag(event.json, "answered", false);
  }
  if (event.type == "outbound") {
    input = {.what = Happening::outbound,
             .at = event.at,
             .answers = is_answer(event.json),
             .opened_by_staff = begins};
  }
  advance(input);
  if (!input.answers) return;
  answered(event.at);
  start("update", event.at);
}

/// Staff did something about the case: it has an owner, and the family has been written to.
void CasePlay::answered(Seconds at) {
  for (PlayedClock &own : own_clocks_) {
    if (own.is_over || after_prefix(own.name) == "resolution") continue;
    if (is_running(own.clock)) stop_clock(own.clock, at, Verdict::met, calendar_);
    own.is_over = true;
  }
}

void CasePlay::start(const std::string &name, Seconds at) {
  std::int32_t no = 1;
  for (PlayedClock &earlier : own_clocks_) {
    if (earlier.name != name) continue;
    no = earlier.clock.no + 1;
    if (!earlier.is_over && is_running(earlier.clock))
      stop_clock(earlier.clock, at, Verdict::met, calendar_);
    earlier.is_over = true;
  }
  const ClockName kind = clock_name(after_prefix(name)).value_or(ClockName::update);
  PlayedClock fresh{name,
                    start_clock(kind, no, {kNoTarget, Unit::business_minutes}, at, calendar_)};
  set_target(name, fresh.clock);
  own_clocks_.push_back(std::move(fresh));
}

/// Waiting and solving, for the clocks that the machine does not know.
void CasePlay::follow_status(Seconds at) {
  if (status() == CaseStatus::waiting && !waiting_since_) waiting_since_ = at;
  for (PlayedClock &own : own_clocks_)
    if (!own.is_over) follow_status(own, at);
  if (status() != CaseStatus::waiting && waiting_since_) leave_waiting(at);
}

void CasePlay::follow_status(PlayedClock &own, Seconds at) const {
  Clock &clock = own.clock;
  const bool pauses =
      after_prefix(own.name) != "ownership" && policy_.credits_waiting.value_or(true);
  if (is_done(status())) {
    if (clock.state == ClockState::paused) resume_clock(clock, at, calendar_);
    if (is_running(clock)) stop_clock(clock, at, Verdict::met, calendar_);
  } else if (status() == CaseStatus::waiting) {
    if (is_running(clock) && pauses) pause_clock(clock, at);
  } else if (!is_running(clock)) {
    resume_clock(clock, at, calendar_);
  }
}

/// By our rules waiting is given back to the resolution and never to replies; a policy that states
/// it otherwise is obeyed.
void CasePlay::leave_waiting(Seconds at) {
  const Seconds length = calendar_.elapsed(*waiting_since_, at);
  for (Clock &clock : state_.clocks) {
    const std::string name(to_text(clock.name));
    const bool is_resolution = clock.name == ClockName::resolution;
    const bool is_given = policy_.credits_waiting.value_or(is_resolution) &&
                          (is_resolution || policy_.hidden_while_waiting.count(name));
    if (is_resolution && !is_given) clock.left -= length;
    if (is_resolution || !is_given) continue;
    const Seconds until = clock.stopped_at.value_or(at);  // zero for what ended before
    clock.left += calendar_.elapsed(std::max(*waiting_since_, clock.started_at), until);
    if (!is_running(clock) || !in_time(clock, at, calendar_)) continue;
    clock.verdict = Verdict::none;
    clock.missed_at.reset();
  }
  waited_ += length;
  waiting_since_.reset();
}

Seconds CasePlay::waited() const {
  return waited_ + (waiting_since_ ? calendar_.elapsed(*waiting_since_, now_) : 0);
}

/// Clocks that go on get the targets in force now, counted from their own start.
void CasePlay::set_targets() {
  is_matched_ = holds(policy_.match, facts_);
  targets_ = policy_.targets_for(facts_);
  for (TargetRow &row : machine_policy_.targets) {
    const auto target = targets_.find(std::string(to_text(row.clock)));
    row.target.amount =
        target == targets_.end() ? kNoTarget : static_cast<std::int32_t>(target->second);
  }
  for (Clock &clock : state_.clocks) set_target(std::string(to_text(clock.name)), clock);
  for (PlayedClock &own : own_clocks_)
    if (!own.is_over) set_target(own.name, own.clock);
}

void CasePlay::set_target(const std::string &name, Clock &clock) const {
  if (clock.state == ClockState::stopped) return;
  const auto found = targets_.find(name);
  const auto minutes =
      found == targets_.end() ? kNoTarget : static_cast<std::int32_t>(found->second);
  clock.left += (Seconds{minutes} - clock.target.amount) * 60;
  clock.target.amount = minutes;
}

bool CasePlay::is_shown(const std::string &name) const {
  if (!is_matched_ || !targets_.count(name) || unattached_.count("policy")) return false;
  if (name.starts_with("sla_") && unattached_.count("sla")) return false;
  if (name.starts_with("ola_") && unattached_.count("ola")) return false;
  const bool waits = status() == CaseStatus::waiting;
  return !waits || (name != "update" && !policy_.hidden_while_waiting.count(name));
}

std::vector<PlayedClock> CasePlay::instances(const std::string &name) const {
  std::vector<PlayedClock> all;
  for (const Clock &clock : state_.clocks)
    if (to_text(clock.name) == name) all.push_back({name, clock});
  for (const PlayedClock &own : own_clocks_)
    if (own.name == name) all.push_back(own);
  return all;
}

void CasePlay::note_misses() {
  const auto note = [this](const std::string &name, const Clock &clock) {
    if (!is_shown(name)) return;
    const Seconds until = clock.stopped_at.value_or(now_);
    if (!in_time(clock, until, calendar_)) missed_.insert({name, clock.no});
  };
  for (const Clock &clock : state_.clocks) note(std::string(to_text(clock.name)), clock);
  for (const PlayedClock &own : own_clocks_) note(own.name, own.clock);
}

/// One after the other, for what a step sets may move the next one.
void CasePlay::fire_steps(Seconds now) {
  for (;;) {
    std::optional<Seconds> first;
    std::size_t due = 0;
    for (std::size_t i = 0; i < policy_.steps.size(); ++i) {
      const auto at = step_time(policy_.steps[i]);
      if (!at || *at > now || fired_.count({i, step_instance(policy_.steps[i]).second})) continue;
      if (!first || *at < *first) due = i;
      first = std::min(first.value_or(*at), *at);
    }
    if (!first) return;
    const ScriptStep &step = policy_.steps[due];
    fired_.insert({due, step_instance(step).second});
    facts_["status"] = to_text(status());
    if (!holds(step.condition, facts_)) continue;
    for (const auto &[name, value] : step.sets.items()) facts_[name] = value;
    set_targets();
  }
}

std::pair<std::string, std::int32_t> CasePlay::step_instance(const ScriptStep &step) const {
  const auto clocks = instances(step.clock);
  return {step.clock, clocks.empty() ? 0 : clocks.back().clock.no};
}

std::optional<Seconds> CasePlay::step_time(const ScriptStep &step) const {
  const auto clocks = instances(step.clock);
  if (clocks.empty() || !is_running(clocks.back().clock) || !is_shown(step.clock))
    return std::nullopt;
  const auto due = due_at(clocks.back().clock, calendar_);
  return due ? calendar::walk(calendar_, *due, step.offset) : std::nullopt;
}

std::vector<CasePlay::StepTime> CasePlay::step_times() const {
  std::vector<StepTime> times;
  for (std::size_t i = 0; i < policy_.steps.size(); ++i)
    if (const auto at = step_time(policy_.steps[i]))
      times.push_back({*at, fired_.count({i, step_instance(policy_.steps[i]).second}) > 0});
  return times;
}

}  // namespace heard::neutral
