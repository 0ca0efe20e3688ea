// A check that tells as it goes: rows of progress, findings, and a verdict last (NAMES.md).
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>

#include "store/tree.hpp"
#include "views/view_table.hpp"

namespace heard::audit {

/// What every check has in common. A derived class does its work a piece at a time.
class Report : public views::Rows {
 public:
  bool next(Record &row) final;

 protected:
  /// One piece: adds progress or findings, or gives the verdict.
  virtual void work() = 0;

  void progress(std::int64_t done, std::int64_t total);
  /// Any other row: it names itself in its field `row`.
  void tell(Record row);
  void find(std::optional<std::int64_t> seq, const std::string &says);
  std::int64_t findings() const { return findings_; }
  /// Ends the report. `says` is for people; more fields may be added to the row.
  Record &verdict(std::int64_t entries, const store::TreeHead &head, const std::string &says);
  /// "damaged: 1 finding".
  std::string damage() const;

 private:
  std::deque<Record> rows_;
  std::int64_t findings_ = 0;
  bool done_ = false;
};

}  // namespace heard::audit
