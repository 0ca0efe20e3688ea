// What a policy or calendar would have done with the real past of this store.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "commands/case_history.hpp"
#include "folds/clock_rows.hpp"
#include "reports/proposal.hpp"

namespace heard::reports {

/// Cases opened from `from` up to, not including, `to`.
struct Past {
  Millis from;
  Millis to;
  std::string school;  ///< "": all
  std::int64_t most_flips = 1000;
};

/// Goes through the cases one by one and keeps counts, and the verdicts that would be others.
class Simulation {
 public:
  /// `work` must live as long; nothing is written with it.
  Simulation(const commands::Work &work, Proposal proposal, Past past)
      : work_(work), proposal_(std::move(proposal)), past_(std::move(past)) {}

  /// A row for each kind of clock, then one for each verdict that would be another.
  std::vector<Record> rows();

 private:
  struct Figure {
    std::int64_t judged = 0, met_before = 0, met_after = 0, missed_before = 0, missed_after = 0;
  };
  /// One case: as it was recorded, and as its facts alone make it without and with the proposal.
  struct Told {
    const commands::CaseFile &file;
    std::vector<folds::ClockRow> recorded;
    cases::CaseState as_is, proposed;
    std::shared_ptr<const calendar::Calendar> hours;  // shared with the cache or `calendars_`
  };

  std::vector<Id> next_cases();
  void look_at(const Id &id);
  void compare(const Told &told);
  void count(cases::ClockName clock, cases::Verdict before, cases::Verdict after);
  void add_flip(const Told &told, const cases::Clock &like, cases::Verdict before,
                cases::Verdict after);
  std::shared_ptr<const calendar::Calendar> hours_of(const commands::CaseFile &file);

  const commands::Work &work_;
  Proposal proposal_;
  Past past_;
  std::int64_t last_number_ = 0;
  std::map<cases::ClockName, Figure> figures_;
  std::vector<Record> flips_;
  /// By the calendar and school of a case: compiling one takes longer than judging a case.
  std::map<std::pair<std::string, std::string>, std::shared_ptr<const calendar::Calendar>>
      calendars_;
};

}  // namespace heard::reports
