// Neutral clocks, one by one and as parts of a whole case.
#include <algorithm>
#include <map>
#include <set>

#include "cases/clockwork.hpp"
#include "cases/due.hpp"
#include "cases/machine.hpp"
#include "support/neutral.hpp"

namespace heard::neutral {

using namespace cases;
using calendar::Calendar;

namespace {

/// A figure per line, so that a row with one wrong figure says which.
class Sheet {
 public:
  explicit Sheet(std::string id) : id_(std::move(id)) {}

  void add(const std::string &name, const Json &wanted, const std::string &got) {
    outcomes_.push_back({id_ + " " + name,
                         wanted.is_string() ? wanted.get<std::string>() : wanted.dump(),
                         got,
                         {}});
  }
  void leave_out(const std::string &name, const std::string &why) {
    outcomes_.push_back({id_ + " " + name, {}, {}, why});
  }
  std::vector<Outcome> take() { return std::move(outcomes_); }

 private:
  std::string id_;
  std::vector<Outcome> outcomes_;
};

ClockName name_of(const std::string &metric) {
  return clock_name(metric).value_or(ClockName::resolution);  // "pausable" means any that pauses
}

Target target_of(const Json &target) {
  if (target.contains("minutes")) return {target.at("minutes"), Unit::business_minutes};
  return {target.at("business_days"), Unit::business_days};
}

/// Open seconds a clock has counted up to its stop.
Seconds counted(const Clock &clock, const Calendar &calendar) {
  const Seconds before = clock.target.amount * Seconds{60} - clock.left;
  return before + calendar.elapsed(clock.anchor, clock.stopped_at.value_or(clock.anchor));
}

Seconds run_pauses(Clock &clock, const Json &row, const Calendar &calendar) {
  Seconds paused = 0;
  if (!row.value("pausable", true) || !row.contains("pauses")) return 0;
  for (const Json &pause : row.at("pauses")) {
    const Seconds from = instant_of(pause.at(0)), to = instant_of(pause.at(1));
    pause_clock(clock, from);
    resume_clock(clock, to, calendar);
    paused += calendar.elapsed(from, to);
  }
  return paused;
}

void check_escalations(Sheet &sheet, const Json &row, const Clock &clock,
                       const Calendar &calendar) {
  if (!row.contains("escalations")) return;
  for (const Json &step : row.at("escalations")) {
    const auto due = due_at(clock, calendar);
    if (!step.contains("offset_s") || !due) {
      sheet.leave_out("escalation", "steps at a distance in business days: no function");
      continue;
    }
    const Seconds offset = step.at("offset_s");
    sheet.add("escalation", step.at("expect"),
              text_of(calendar.instant(calendar.axis(*due) + offset)));
  }
}

std::vector<Outcome> run_clock(const Json &row, const Calendar &calendar) {
  Sheet sheet(row.at("id"));
  const Json &target = row.at("target");
  if (target.value("mode", "") == "same_time") {
    sheet.leave_out("clock", "due at the same time of day N days on: not our rule");
    return sheet.take();
  }
  const Json &expect = row.at("expect");
  Clock clock = start_clock(name_of(row.at("metric")), 1, target_of(target),
                            instant_of(row.at("start")), calendar);
  const Seconds paused = run_pauses(clock, row, calendar);
  if (expect.contains("due")) sheet.add("due", expect["due"], text_of(due_at(clock, calendar)));
  if (expect.contains("paused_s"))
    sheet.add("paused_s", expect["paused_s"], std::to_string(paused));
  check_escalations(sheet, row, clock, calendar);
  if (row.contains("stop")) {
    stop_clock(clock, instant_of(row.at("stop")), Verdict::met, calendar);
    const Seconds elapsed = counted(clock, calendar);
    const Seconds whole = clock.target.amount * Seconds{60};
    if (expect.contains("elapsed_s"))
      sheet.add("elapsed_s", expect["elapsed_s"], std::to_string(elapsed));
    if (expect.contains("margin_s"))
      sheet.add("margin_s", expect["margin_s"], std::to_string(whole - elapsed));
    if (expect.contains("breached"))
      sheet.add("breached", expect["breached"],
                clock.verdict == Verdict::missed ? "true" : "false");
  }
  return sheet.take();
}

/// A case played event by event; answers the figures that `expect` asks for.
class Play {
 public:
  Play(const Json &script, const Calendar &calendar) : calendar_(calendar) {
    policy_.warn_percent = 0;
    for (const auto &[metric, minutes] : script.at("policy").at("targets_min").items())
      if (const auto name = clock_name(metric); name && minutes.is_number())
        policy_.targets.push_back({*name, std::nullopt, {minutes, Unit::business_minutes}});
  }

  /// False if the machine knows no such event.
  bool tell(const Json &event) {
    static const std::map<std::string, Happening> kEvents = {
        {"inbound", Happening::inbound}, {"outbound", Happening::outbound},
        {"pending", Happening::wait},    {"resume", Happening::reopen},
        {"solve", Happening::solve},     {"reopen", Happening::reopen},
        {"tick", Happening::tick}};
    const auto known = kEvents.find(event.at("type").get<std::string>());
    if (known == kEvents.end()) return false;
    Input input;
    input.what = known->second;
    input.at = instant_of(event.at("at"));
    input.answers = input.what == Happening::outbound;
    state_ = advance(state_, input, policy_, calendar_).next;
    return true;
  }

  std::optional<std::string> figure(const std::string &key) const {
    if (key == "first_response_due") return due(ClockName::first_response);
    if (key == "next_response_due") return due(ClockName::next_response);
    if (key == "resolution_due") return due(ClockName::resolution);
    if (key == "breached") return missed();
    if (key == "first_response_met") {
      const Clock *clock = find(ClockName::first_response);
      return clock && clock->verdict == Verdict::met ? "true" : "false";
    }
    if (key == "resolution_elapsed_s") {
      const Clock *clock = find(ClockName::resolution);
      return clock ? std::to_string(counted(*clock, calendar_)) : "null";
    }
    return std::nullopt;
  }

 private:
  const Clock *find(ClockName name) const {
    const auto clock = std::find_if(state_.clocks.rbegin(), state_.clocks.rend(),
                                    [&](const Clock &c) { return c.name == name; });
    return clock == state_.clocks.rend() ? nullptr : &*clock;
  }
  std::string due(ClockName name) const {
    const Clock *clock = find(name);
    return clock && clock->state == ClockState::running ? text_of(due_at(*clock, calendar_))
                                                        : "null";
  }
  std::string missed() const {
    std::set<std::string> names;
    for (const Clock &clock : state_.clocks)
      if (clock.verdict == Verdict::missed) names.insert(std::string(to_text(clock.name)));
    return Json(names).dump();
  }

  const Calendar &calendar_;
  Policy policy_;
  CaseState state_;
};

}  // namespace

std::vector<Outcome> run_clocks(const Json &group, const Calendar &calendar) {
  std::vector<Outcome> outcomes;
  for (const Json &row : group.at("clocks"))
    for (Outcome &outcome : run_clock(row, calendar)) outcomes.push_back(std::move(outcome));
  return outcomes;
}

std::vector<Outcome> run_script(const Json &script, const Calendar &calendar) {
  Sheet sheet(script.at("name"));
  for (const Json &need : script.value("needs", Json::array())) {
    if (need == "evaluation_at_instant") continue;
    sheet.leave_out("script", "needs " + need.get<std::string>());
    return sheet.take();
  }
  Play play(script, calendar);
  const Json &events = script.at("events");
  for (std::size_t i = 0; i < events.size(); ++i) {
    if (!play.tell(events[i])) {
      sheet.leave_out("script", "event " + events[i].at("type").get<std::string>());
      break;
    }
    for (const Json &row : script.at("expect")) {
      if (row.at("after_event") != i) continue;
      for (const auto &[key, wanted] : row.items()) {
        if (key == "after_event") continue;
        const auto got = play.figure(key);
        if (got)
          sheet.add("after " + std::to_string(i) + " " + key, wanted, *got);
        else
          sheet.leave_out(key, "figure " + key + ": the product's own word");
      }
    }
  }
  return sheet.take();
}

}  // namespace heard::neutral
