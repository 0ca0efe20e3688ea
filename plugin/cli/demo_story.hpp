// Three weeks in the life of four schools: who writes, who answers, and who does not.
#pragma once

#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "demo_clock.hpp"
#include "demo_host.hpp"
#include "demo_sis/chance.hpp"
#include "demo_sis/district.hpp"
#include "demo_texts.hpp"

namespace heard::cli {

/// What has been logged.
struct StoryFigures {
  int contacts = 0, from_families = 0, answers = 0, thanks = 0, notices = 0;
  int sent_twice = 0, doubled = 0;  ///< the mail server's retries, and what became a second entry
};

/// A conversation worth showing: answered late, with a thank-you.
struct Exhibit {
  std::string case_id, family, subject;  ///< family: the person key
  std::int64_t number = 0;
  std::int64_t seq = -1, size = 0;  ///< receipt of the family's message
  std::string root;
  int worth = -1;
};

class DemoStory {
 public:
  DemoStory(const demo::District &district, DemoHost &host, DemoClock &clock);

  /// Plays everything in order of time; `tick` is called every demo hour and may throw.
  void play(const Weeks &weeks, const std::function<void(Millis)> &tick);

  const StoryFigures &figures() const { return figures_; }
  const Exhibit &exhibit() const { return exhibit_; }

 private:
  /// How one conversation stands.
  struct Talk {
    const Message *message;
    std::size_t school;
    std::string child, student, family;
    std::string channel;
    nlohmann::json receipt;
    int answer_minutes = 0;
  };
  struct CaseState {
    Millis asked = 0, answered = 0;
  };

  void plan_day(Millis midnight, std::size_t school);
  void family_writes(std::size_t school);
  void plan_answer(const Talk &talk);
  void assign(const Talk &talk);
  void answer(const Talk &talk);
  void thank(const Talk &talk);
  void solve(const Talk &talk);
  void send_absence_notices(std::size_t school);
  void share_good_news(std::size_t school);
  void consider_as_exhibit(const Talk &talk);

  nlohmann::json staff_actor(std::size_t school);
  const demo::Student &pick_student(std::size_t school);
  const demo::Contact *reachable_adult(const demo::Student &student) const;
  nlohmann::json apply(const nlohmann::json &actor, const char *command,
                       const nlohmann::json &fields);

  const demo::District &district_;
  DemoHost &host_;
  DemoClock &clock_;
  demo::Chance chance_;
  std::multimap<Millis, std::function<void()>> agenda_;  // things to come, by time
  std::map<std::string, CaseState> cases_;
  std::vector<std::vector<std::size_t>> students_of_, staff_of_;  // by school
  std::vector<std::vector<std::size_t>> adults_of_;               // by student
  StoryFigures figures_;
  Exhibit exhibit_;
};

}  // namespace heard::cli
