#include "support/neutral.hpp"

#include <boost/test/unit_test.hpp>

#include "base/zone_file.hpp"
#include "neutral/evaluate.hpp"

namespace heard::support {

namespace {

using neutral::Answer;
using neutral::Json;

/// Walks over the rows of a table and their answers, which come in the same order.
class Checker {
 public:
  explicit Checker(std::vector<Answer> answers) : answers_(std::move(answers)) {}

  void check_group(const Json &group) {
    ours_ = group.value("compatible_with_recommendation", true);
    for (const Json &row : group.value("cases", Json::array())) check_case(row, next());
    for (const Json &row : group.value("clocks", Json::array())) check_clock(row, next());
    const Json events = group.value("events", Json::array());
    std::vector<Answer> after;
    for (std::size_t i = 0; i < events.size(); ++i) after.push_back(next());
    for (const Json &row : group.value("expect", Json::array()))
      check_event(row, after.at(row.at("after_event")));
  }

  Tally finish() const {
    BOOST_TEST(at_ == answers_.size());
    return tally_;
  }

 private:
  Answer next() {
    BOOST_TEST_REQUIRE(at_ < answers_.size());
    return answers_[at_++];
  }

  void compare(const Answer &answer, const std::string &figure, const Json &wanted,
               const Json &got) {
    if (!ours_ && got != wanted) {
      ++tally_.not_ours;
      return;
    }
    ++(got == wanted ? tally_.agreed : tally_.differed);
    BOOST_TEST(got == wanted,
               answer.id << " " << figure << ": " << got << answer.error << ", not " << wanted);
  }

  void check_case(const Json &row, const Answer &answer) {
    if (row.contains("expect_error")) return check_error(row, answer);
    for (const char *name : {"expect", "expect_s", "expect_date"})
      if (row.contains(name)) compare(answer, name, row.at(name), answer.got);
  }

  void check_error(const Json &row, const Answer &answer) {
    const std::string wanted = row.at("expect_error");
    const bool says = answer.error.find(wanted) != std::string::npos;
    ++(says ? tally_.agreed : tally_.differed);
    BOOST_TEST(says,
               answer.id << ": '" << answer.error << "' " << answer.got << ", not " << wanted);
  }

  void check_clock(const Json &row, const Answer &answer) {
    if (row.contains("expect_error")) return check_error(row, answer);
    const Json expect = row.value("expect", Json::object());
    for (const auto &[name, wanted] : expect.items())
      compare(answer, name, wanted, figure(answer, name));
    const Json steps = row.value("escalations", Json::array());
    for (std::size_t i = 0; i < steps.size(); ++i) {
      const Json all = figure(answer, "escalations");
      compare(answer, "escalation", steps[i].at("expect"), i < all.size() ? all[i] : Json());
    }
  }

  void check_event(const Json &row, const Answer &answer) {
    if (row.contains("expect_error")) return check_error(row, answer);
    for (const auto &[name, wanted] : row.items())
      if (name != "after_event")
        compare(answer, "after " + row.at("after_event").dump() + " " + name, wanted,
                figure(answer, name));
  }

  static Json figure(const Answer &answer, const std::string &name) {
    return answer.got.is_object() && answer.got.contains(name) ? answer.got.at(name)
                                                               : Json("no such figure");
  }

  std::vector<Answer> answers_;
  std::size_t at_ = 0;
  bool ours_ = true;
  Tally tally_;
};

}  // namespace

Tally check_table(const Json &groups) {
  Checker checker(neutral::evaluate(groups.dump(), kSystemZones));
  for (const Json &group : groups) checker.check_group(group);
  return checker.finish();
}

}  // namespace heard::support
