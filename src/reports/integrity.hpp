// Everything that makes response figures look better than they are, from the ledger itself.
#pragma once

#include <string>
#include <vector>

#include "reports/bulk_closing.hpp"
#include "reports/findings.hpp"

namespace heard::reports {

/// Entries recorded from `from` up to, not including, `to`.
struct Period {
  Millis from;
  Millis to;
  std::string school;  ///< "": all
};

/// Walks the ledger a page at a time; nothing of the database stays open in between.
class Integrity {
 public:
  Integrity(store::Database &database, Period period)
      : database_(database), ledger_(database), period_(std::move(period)) {}

  /// Appends what the next entries show, perhaps nothing; false when there are no more entries.
  bool next_page(std::vector<Record> &rows);

 private:
  std::vector<store::Event> next_events();
  /// Nothing for what belongs to no case, to another school's, or has been erased whole.
  std::optional<Entry> entry_of(const store::Event &event);

  store::Database &database_;
  store::Ledger ledger_;
  Period period_;
  std::int64_t next_ = 0;  ///< seq
  BulkClosing bulk_closing_;
};

}  // namespace heard::reports
