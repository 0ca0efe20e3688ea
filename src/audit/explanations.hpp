// Why each clock of an entry stood as it did, in the words of then: for the export.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "folds/calendars.hpp"
#include "store/ledger.hpp"

namespace heard::audit {

class Explanations {
 public:
  explicit Explanations(store::Database &database) : database_(database), ledger_(database) {}

  /// One paragraph for each change of a clock that the entry of a case recorded, by the calendar
  /// and policy version it recorded with it. Empty for entries without any.
  std::vector<std::string> of(const store::Event &event, const store::Body &body);

 private:
  /// What a case went by at some entry.
  struct Ruled {
    std::string school, calendar, policy;
    std::int64_t since = 0;  ///< the entry that named the calendar
  };
  /// Schools that moved to a calendar with all their open cases.
  struct Move {
    std::int64_t seq;
    std::string calendar;
    std::vector<std::string> schools;
  };

  Ruled ruled_at(const Id &case_id, std::int64_t seq);
  const std::vector<Move> &moves();
  std::shared_ptr<const folds::CalendarVersion> calendar(const std::string &id,
                                                         std::int64_t version);

  store::Database &database_;
  store::Ledger ledger_;
  std::optional<std::vector<Move>> moves_;
  /// Shared with the cache below, which compares whole calendars to find one.
  std::map<std::pair<std::string, std::int64_t>, std::shared_ptr<const folds::CalendarVersion>>
      calendars_;
};

}  // namespace heard::audit
