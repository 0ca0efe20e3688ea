// Many cases solved or closed by one actor within a few minutes.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "reports/findings.hpp"

namespace heard::reports {

/// Is told of every case that is ended, in the order of the ledger, and remembers no more of each
/// actor than the last few.
class BulkClosing {
 public:
  /// Appends a row for each bout that has come to its end.
  void look_at(const Entry &entry, std::vector<Record> &rows);
  /// No more entries follow.
  void finish(std::vector<Record> &rows);

 private:
  struct Ended {
    Id case_id{};
    Millis at = 0;
    Record row;  ///< the finding, should it begin a bout
  };
  struct Actor {
    std::string name;
    std::deque<Ended> last;      ///< at most as many as make a bout
    std::optional<Record> bout;  ///< that goes on
    std::int64_t cases_in_it = 0;
  };

  static void end_bout(Actor &actor, std::vector<Record> &rows);
  void forget_before(Millis at, std::vector<Record> &rows);

  std::map<std::string, Actor> actors_;  // by key
};

}  // namespace heard::reports
