// A case told step by step, with its changes as lines of text: "first_response 1 met 23 10:00".
#pragma once

#include <string>
#include <vector>

#include "cases/history.hpp"

namespace heard::samples {

class Story {
 public:
  explicit Story(const calendar::Definition &definition,
                 cases::Policy policy = cases::default_policy());

  /// Each advances the case and gives its changes. `when` is "2026-11-23T09:00Z".
  std::vector<std::string> inbound(std::string_view when);
  std::vector<std::string> thanks(std::string_view when);
  std::vector<std::string> answered_call(std::string_view when);
  std::vector<std::string> outbound(std::string_view when);  ///< an answer
  std::vector<std::string> note(std::string_view when);      ///< goes out, is no answer
  std::vector<std::string> opened_by_staff(std::string_view when);
  std::vector<std::string> wait(std::string_view when);
  std::vector<std::string> hold(std::string_view when);
  std::vector<std::string> solve(std::string_view when);
  std::vector<std::string> reopen(std::string_view when);
  std::vector<std::string> tick(std::string_view when);

  /// In order, or late: as a case in the store would take it.
  std::vector<std::string> tell(const cases::Input &input);
  /// Another policy from `when` on.
  std::vector<std::string> change_policy(cases::Policy policy, std::string_view when);
  std::vector<std::string> prioritize(cases::Priority priority, std::string_view when);
  std::vector<std::string> close(std::string_view when);
  std::vector<std::string> assign(std::string_view when);
  std::vector<std::string> accept(std::string_view when);
  std::vector<std::string> receipt(std::string_view when);  ///< automatic, public

  const cases::CaseState &state() const { return state_; }
  const calendar::Calendar &calendar() const { return calendar_; }
  /// The newest instance of a clock; a test that asks for one that is not there fails.
  const cases::Clock &clock(cases::ClockName name) const;
  std::string due(cases::ClockName name) const;
  std::string verdict(cases::ClockName name) const;
  std::string status() const { return std::string(to_text(state_.status)); }

 private:
  std::vector<std::string> happen(cases::Happening what, std::string_view when);

  calendar::Calendar calendar_;
  std::shared_ptr<const cases::Policy> policy_;
  cases::Facts facts_;
  Seconds now_ = cases::CaseState::kNothingYet;
  cases::CaseState state_;
};

/// Targets in one unit; 0 leaves a clock out.
cases::Policy targets(cases::Unit unit, std::int32_t first, std::int32_t next,
                      std::int32_t resolution, std::int32_t warn_percent = 0);

}  // namespace heard::samples

/// Compares the changes of a step with the lines expected; needs Boost.Test.
#define CHECK_LINES(found, ...)                                                                    \
  do {                                                                                             \
    const std::vector<std::string> lines = (found), wanted = std::vector<std::string> __VA_ARGS__; \
    BOOST_CHECK_EQUAL_COLLECTIONS(lines.begin(), lines.end(), wanted.begin(), wanted.end());       \
  } while (false)
