#include "unit/cases/story.hpp"

#include <stdexcept>

#include "cases/due.hpp"
#include "unit/calendar/samples.hpp"

namespace heard::samples {

using namespace cases;

Story::Story(const calendar::Definition &definition, Policy policy)
    : calendar_(definition), policy_(std::make_shared<const Policy>(std::move(policy))) {}

std::vector<std::string> Story::tell(const Input &input) {
  now_ = std::max(now_, input.at);
  const bool late = input.at < state_.last_at;
  const Telling before{facts_, Priority::normal};
  if (input.what != Happening::tick) facts_.push_back({input, policy_});
  put_in_order(facts_);
  const Step step =
      late ? revise(state_, before, {facts_, Priority::normal}, calendar_, now_, Cause::late_entry)
           : advance(state_, input, *policy_, calendar_);
  state_ = step.next;
  std::vector<std::string> lines;
  for (const ClockChange &change : step.changes) {
    const std::string when = format_utc(change.at);
    lines.push_back(std::string(to_text(change.after.name)) + " " +
                    std::to_string(change.after.no) + " " + std::string(to_text(change.what)) +
                    " " + when.substr(8, 2) + " " + when.substr(11, 5));
  }
  return lines;
}

std::vector<std::string> Story::happen(Happening what, std::string_view when) {
  Input input;
  input.what = what;
  input.at = at(when);
  return tell(input);
}

std::vector<std::string> Story::inbound(std::string_view when) {
  return happen(Happening::inbound, when);
}
std::vector<std::string> Story::note(std::string_view when) {
  return happen(Happening::outbound, when);
}
std::vector<std::string> Story::wait(std::string_view when) {
  return happen(Happening::wait, when);
}
std::vector<std::string> Story::hold(std::string_view when) {
  return happen(Happening::hold, when);
}
std::vector<std::string> Story::solve(std::string_view when) {
  return happen(Happening::solve, when);
}
std::vector<std::string> Story::reopen(std::string_view when) {
  return happen(Happening::reopen, when);
}
std::vector<std::string> Story::tick(std::string_view when) {
  return happen(Happening::tick, when);
}

std::vector<std::string> Story::close(std::string_view when) {
  return happen(Happening::close, when);
}
std::vector<std::string> Story::assign(std::string_view when) {
  return happen(Happening::assign, when);
}
std::vector<std::string> Story::accept(std::string_view when) {
  return happen(Happening::accept, when);
}

std::vector<std::string> Story::change_policy(Policy policy, std::string_view when) {
  policy_ = std::make_shared<const Policy>(std::move(policy));
  return tell({.what = Happening::change, .at = at(when), .cause = Cause::policy_change});
}
std::vector<std::string> Story::prioritize(Priority priority, std::string_view when) {
  return tell({.what = Happening::prioritize, .at = at(when), .priority = priority});
}
std::vector<std::string> Story::receipt(std::string_view when) {
  return tell({.what = Happening::outbound, .at = at(when), .acknowledges = true});
}
std::vector<std::string> Story::thanks(std::string_view when) {
  return tell({.what = Happening::inbound, .at = at(when), .needs_response = false});
}
std::vector<std::string> Story::answered_call(std::string_view when) {
  return tell({.what = Happening::inbound, .at = at(when), .answers = true});
}
std::vector<std::string> Story::outbound(std::string_view when) {
  return tell({.what = Happening::outbound, .at = at(when), .answers = true, .acknowledges = true});
}
std::vector<std::string> Story::opened_by_staff(std::string_view when) {
  return tell({.what = Happening::outbound,
               .at = at(when),
               .answers = true,
               .acknowledges = true,
               .opened_by_staff = true});
}

const Clock &Story::clock(ClockName name) const {
  for (auto clock = state_.clocks.rbegin(); clock != state_.clocks.rend(); ++clock)
    if (clock->name == name) return *clock;
  throw std::invalid_argument("no clock " + std::string(to_text(name)));
}

std::string Story::due(ClockName name) const {
  const auto due = due_at(clock(name), calendar_);
  return due ? format_utc(*due) : "nothing";
}

std::string Story::verdict(ClockName name) const {
  return std::string(to_text(clock(name).verdict));
}

Policy targets(Unit unit, std::int32_t first, std::int32_t next, std::int32_t resolution,
               std::int32_t warn_percent) {
  Policy policy;
  policy.warn_percent = warn_percent;
  const std::pair<ClockName, std::int32_t> rows[] = {{ClockName::first_response, first},
                                                     {ClockName::next_response, next},
                                                     {ClockName::resolution, resolution}};
  for (const auto &[name, amount] : rows)
    if (amount > 0) policy.targets.push_back({name, std::nullopt, {amount, unit}});
  return policy;
}

}  // namespace heard::samples
