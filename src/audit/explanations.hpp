// Why each clock of an entry stood as it did, in the words of then: for the export.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "folds/calendars.hpp"
#include "folds/codec.hpp"
#include "store/ledger.hpp"

namespace heard::audit {

class Explanations {
 public:
  explicit Explanations(store::Database &database) : database_(database), ledger_(database) {}

  /// One paragraph for each change of a clock that the entry of a case recorded, by the calendar
  /// and policy version it recorded with it. Empty for entries without any.
  std::vector<std::string> of(const store::Event &event, const store::Body &body);

  /// A clock as an entry recorded it, when it was due by that, and the paragraph.
  struct Judged {
    cases::Clock clock;
    std::optional<Seconds> due_at;
    std::string text;
  };
  /// Nothing for a clock of a calendar the tables do not know; `verify` says what is wrong.
  std::optional<Judged> judge(const store::Event &event, const folds::RecordedClock &recorded);

 private:
  /// What a case went by at some entry.
  struct Ruled {
    std::string school, calendar, policy;
    std::int64_t since = 0;  ///< the entry that named the calendar
  };
  /// What a case's own entries said rules it, in order, and when it stood still.
  struct Case {
    std::vector<std::pair<std::int64_t, store::Body>> rules;
    cases::Pauses pauses;
  };
  /// Schools that moved to a calendar with all their open cases.
  struct Move {
    std::int64_t seq;
    std::string calendar;
    std::vector<std::string> schools;
  };

  const Case &read_case(const Id &id);
  Ruled ruled_at(const Case &known, std::int64_t seq);
  const std::vector<Move> &moves();
  std::shared_ptr<const folds::CalendarVersion> calendar(const std::string &id,
                                                         std::int64_t version);
  std::shared_ptr<const folds::PolicyVersion> policy(const std::string &id, std::int64_t version);

  store::Database &database_;
  store::Ledger ledger_;
  std::optional<std::vector<Move>> moves_;
  std::map<Id, Case> cases_;
  /// A version never changes.
  std::map<std::pair<std::string, std::int64_t>, std::shared_ptr<const folds::CalendarVersion>>
      calendars_;
  std::map<std::pair<std::string, std::int64_t>, std::shared_ptr<const folds::PolicyVersion>>
      policies_;
};

}  // namespace heard::audit
