#include "neutral/scripts.hpp"

#include <algorithm>

#include "neutral/figures.hpp"

namespace heard::neutral {

using calendar::Calendar;

namespace {

/// The agreements of a policy that "attach" names; all of them where it names none.
std::set<std::string> named_agreements(const Json &attach, const ScriptPolicy &policy) {
  const std::string text = attach.dump();
  std::set<std::string> named;
  for (const std::string &agreement : policy.agreements)
    if (text.find(agreement) != std::string::npos) named.insert(agreement);
  if (named.empty()) named = policy.agreements;
  return named.empty() ? std::set<std::string>{"policy"} : named;
}

/// Agreements that some later event attaches, or that the opening does not name, do not start with
/// the case.
std::set<std::string> attached_later(const Json &events, const ScriptPolicy &policy) {
  std::set<std::string> later;
  for (const Json &event : events) {
    const Json &what = field(event, "attach");
    if (what.is_null() || what == false) continue;
    const auto named = named_agreements(what, policy);
    if (field(event, "type") != "open") {
      later.insert(named.begin(), named.end());
      continue;
    }
    later = policy.agreements;
    for (const std::string &agreement : named) later.erase(agreement);
    break;
  }
  return later;
}

/// The instant that a correction of the case's start names, whatever it is called.
std::optional<Seconds> corrected_start(const ScriptEvent &event) {
  for (const auto &[name, value] : event.json.items())
    if (name != "at" && name != "recorded_at")
      if (const auto start = instant_in(value)) return start;
  return std::nullopt;
}

/// A case as it is known after each further event. Facts may come late or be corrected: then what
/// is known is played anew, in order of when it happened.
class Story {
 public:
  Story(ScriptPolicy policy, std::set<std::string> later, const Calendar &calendar)
      : policy_(std::move(policy)), later_(std::move(later)), calendar_(calendar) {
    play_.emplace(policy_, calendar_, later_);
  }

  void add(const ScriptEvent &event) {
    const bool in_order = events_.empty() || (event.at >= known_at_ && event.type != "edit_start");
    known_at_ = events_.empty() ? event.recorded : std::max(known_at_, event.recorded);
    events_.push_back(event);
    if (event.type == "edit_start") correct_start(event);
    if (in_order)
      play_->tell(event);
    else
      play_anew();
    play_->look(known_at_);
  }

  std::optional<Json> figures() const { return neutral::figures(*play_); }

 private:
  /// The case begins with its first event; that one moves.
  void correct_start(const ScriptEvent &correction) {
    const auto start = corrected_start(correction);
    if (!start) throw bad_field("start", "edit_start does not say when the case began");
    events_.front().at = *start;
  }

  void play_anew() {
    std::vector<ScriptEvent> ordered = events_;
    std::stable_sort(ordered.begin(), ordered.end(),
                     [](const ScriptEvent &a, const ScriptEvent &b) { return a.at < b.at; });
    play_.emplace(policy_, calendar_, later_);
    for (const ScriptEvent &event : ordered) play_->tell(event);
  }

  const ScriptPolicy policy_;
  const std::set<std::string> later_;
  const Calendar &calendar_;
  std::vector<ScriptEvent> events_;  ///< in the order they were recorded
  Seconds known_at_ = 0;
  std::optional<CasePlay> play_;
};

/// The whole script over one calendar; `complete` says whether every due time lies within it.
std::vector<AfterEvent> play(const Json &script, const Calendar &calendar, bool &complete) {
  const Json &events = list(script, "events");
  const ScriptPolicy policy = read_policy(object(script, "policy"));
  Story story(policy, attached_later(events, policy), calendar);
  std::vector<AfterEvent> answers;
  for (const Json &event : events) {
    try {
      story.add(read_event(event));
      auto known = story.figures();
      complete = complete && known;
      const std::string beyond = known ? "" : no_open_time("a clock has no due time").message();
      answers.push_back({known.value_or(Json()), beyond});
    } catch (const Failure &failure) {
      answers.push_back({nullptr, failure.message()});
    }
  }
  return answers;
}

}  // namespace

std::vector<AfterEvent> answer_script(Group &group) {
  std::vector<AfterEvent> answers;
  ask(group.calendar(), dates_in(field(group.json, "events")), [&](const Calendar &calendar) {
    bool complete = true;
    answers = play(group.json, calendar, complete);
    return complete;
  });
  return answers;
}

}  // namespace heard::neutral
