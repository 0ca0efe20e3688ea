// What erasures say is gone, and whether they had the right to take it: for the check of a ledger.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "store/ledger.hpp"

namespace heard::audit {

/// Reads every erasure entry once. One whose own body was changed vouches for nothing.
class Tombstones {
 public:
  using Find = std::function<void(std::int64_t seq, const std::string &says)>;

  explicit Tombstones(store::Database &database);

  /// The entry that says a field, or the whole body, was taken; nothing when none does. Looks for
  /// erasures done since the check began before it says so.
  std::optional<std::int64_t> closed_by(std::int64_t seq, std::size_t place);
  std::optional<std::int64_t> removed_by(std::int64_t seq);

  /// What the erasures that listed this entry did not do, or should not have done.
  void check(const store::Event &event, const std::optional<store::Body> &body, const Find &find);
  /// What is wrong with erasures as such: role, approver, schedule.
  void check_rights(const Find &find) const;

 private:
  /// One field of an entry, as an erasure lists it.
  struct Listed {
    std::int64_t by = 0;
    std::size_t place = 0;
  };
  struct Removed {
    std::int64_t by = 0, first = 0, last = 0;
  };

  void read_new();
  void read(const store::Event &event, const store::Body &body);
  std::string wrong_with(const store::Event &event, const store::Body &body);
  std::optional<std::int64_t> listed(std::int64_t seq, std::size_t place) const;
  std::optional<std::int64_t> listed_whole(std::int64_t seq) const;
  bool schedule_removes(const std::string &schedule, std::int64_t before);

  store::Database &database_;
  store::Ledger ledger_;
  std::int64_t read_to_ = 0;  ///< entries before it have been looked through
  std::map<std::int64_t, std::vector<Listed>> closed_;
  std::vector<Removed> removed_;
  std::map<std::int64_t, std::string> wrong_;  ///< by the erasure's seq
};

}  // namespace heard::audit
