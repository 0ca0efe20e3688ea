#include "neutral/figures.hpp"

#include <algorithm>
#include <array>

#include "cases/due.hpp"

namespace heard::neutral {

using namespace cases;

namespace {

/// Collects the figures of one case at one moment.
class Figures {
 public:
  explicit Figures(const CasePlay &play) : play_(play) {}

  std::optional<Json> all() {
    add_due_times();
    add_first_response();
    add_next_response();
    const auto resolution = last(resolution_name());
    got_["resolution_elapsed_s"] = resolution ? Json(counted(*resolution)) : Json();
    got_["paused_total_s"] = play_.waited();
    add_misses();
    if (!play_.policy().steps.empty()) add_steps();
    const auto priority = play_.facts().find("priority");
    got_["priority"] = priority == play_.facts().end() ? Json() : priority->second;
    got_["status"] = status();
    return out_of_sight_ ? std::nullopt : std::optional(got_);
  }

 private:
  std::optional<Clock> last(const std::string &name) const {
    const auto instances = play_.instances(name);
    if (instances.empty() || !play_.is_shown(name)) return std::nullopt;
    return instances.back().clock;
  }

  bool runs(const std::string &name) const {
    const auto clock = last(name);
    return clock && clock->state == ClockState::running;
  }

  /// The resolution may be promised by an agreement alone.
  std::string resolution_name() const {
    return play_.is_shown("resolution") ? "resolution" : "sla_resolution";
  }

  std::optional<Seconds> due(const std::string &name) {
    if (!runs(name)) return std::nullopt;
    const auto due = due_at(*last(name), play_.calendar());
    out_of_sight_ = out_of_sight_ || !due;
    return due;
  }

  void add_due_times() {
    std::optional<Seconds> next;
    for (const char *name :
         {"first_response", "next_response", "resolution", "update", "ownership", "sla_ownership",
          "sla_resolution", "ola_ownership", "ola_resolution"}) {
      const auto at = due(name);
      if (at) next = std::min(next.value_or(*at), *at);
      got_[std::string(name) + "_due"] = to_json(at);
    }
    got_["next_deadline"] = to_json(next);
    for (const char *clock : {"resolution", "ownership"}) {
      Json &own = got_[std::string(clock) + "_due"];
      Json &agreed = got_["sla_" + std::string(clock) + "_due"];
      if (own.is_null())
        own = agreed;
      else if (agreed.is_null() && !play_.policy().agreements.count("sla"))
        agreed = own;
    }
  }

  /// Open seconds counted until the clock ended or stood still, else until now.
  Seconds counted(const Clock &clock) const {
    const Seconds before = clock.target.amount * Seconds{60} - clock.left;
    return before + play_.calendar().elapsed(clock.anchor, clock.stopped_at.value_or(play_.now()));
  }

  Seconds margin(const Clock &clock) const {
    return clock.target.amount * Seconds{60} - counted(clock);
  }

  void add_first_response() {
    Json &met = got_["first_response_met"] = nullptr;
    Json &late = got_["first_response_late_s"] = nullptr;
    const auto clock = last("first_response");
    if (!clock) return;
    if (play_.missed().count({"first_response", clock->no}))
      met = false;
    else if (clock->verdict == Verdict::met)
      met = true;
    late = std::max<Seconds>(0, -margin(*clock));
  }

  void add_next_response() {
    std::optional<Clock> ended, longest;
    for (const PlayedClock &played : play_.instances("next_response")) {
      if (played.clock.state != ClockState::stopped || !play_.is_shown("next_response")) continue;
      ended = played.clock;
      if (!longest || counted(*ended) > counted(*longest)) longest = ended;
    }
    got_["next_response_elapsed_s"] = ended ? Json(counted(*ended)) : Json();
    got_["next_response_margin_s"] = ended ? Json(margin(*ended)) : Json();
    got_["next_response_longest_s"] = longest ? Json(counted(*longest)) : Json();
    got_["next_response_longest_margin_s"] = longest ? Json(margin(*longest)) : Json();
  }

  void add_misses() {
    Json names = Json::array(), counts = Json::object();
    for (const auto &[name, no] : play_.missed()) {
      const int before = counts.value(name, 0);
      if (before == 0) names.push_back(name);
      counts[name] = before + 1;
    }
    got_["breached"] = std::move(names);
    got_["breach_counts"] = std::move(counts);
  }

  void add_steps() {
    Json all = Json::array();
    std::optional<Seconds> next;
    for (const CasePlay::StepTime &step : play_.step_times()) {
      all.push_back(to_json(step.at));
      if (!step.is_past) next = std::min(next.value_or(step.at), step.at);
    }
    got_["escalation_at"] = all.size() == 1 ? all[0] : to_json(next);
    got_["next_escalation"] = to_json(next);
    got_["escalations"] = std::move(all);
  }

  std::string status() const {
    const bool missed = !play_.missed().empty();
    if (play_.status() == CaseStatus::solved || play_.status() == CaseStatus::closed)
      return missed ? "breached" : "met";
    if (play_.status() == CaseStatus::waiting) return "paused";
    if (missed) return "open_breached";
    if (runs("first_response")) return "first_response_due";
    return runs(resolution_name()) ? "resolution_due" : "open";
  }

  const CasePlay &play_;
  Json got_ = Json::object();
  bool out_of_sight_ = false;
};

}  // namespace

std::optional<Json> figures(const CasePlay &play) { return Figures(play).all(); }

}  // namespace heard::neutral
