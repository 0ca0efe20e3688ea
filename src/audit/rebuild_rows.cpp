#include "audit/rebuild_rows.hpp"

#include <algorithm>
#include <deque>

#include "audit/verify_store.hpp"
#include "base/failure.hpp"
#include "folds/rebuild.hpp"
#include "folds/tables.hpp"
#include "store/connection.hpp"
#include "store/ledger.hpp"

namespace heard::audit {

namespace {

constexpr std::int64_t kSlice = 2000;

class RebuildRows : public views::Rows {
 public:
  RebuildRows(store::Database &database, std::function<void()> replace)
      : database_(database),
        scratch_("", store::Database::Mode::write, true),  // a temporary file of SQLite's own
        replace_(std::move(replace)),
        head_(store::Ledger(database).head()) {
    folds::create_tables(scratch_);
    scratch_.exec("BEGIN");
  }

  bool next(Record &row) override {
    while (rows_.empty() && !done_) work();
    if (rows_.empty()) return false;
    row = std::move(rows_.front());
    rows_.pop_front();
    return true;
  }

 private:
  void work() {
    if (at_ < head_.size) {
      at_ = folds::fold_range(database_, scratch_, at_, std::min(at_ + kSlice, head_.size));
      rows_.push_back(progress_row(at_, head_.size));
      return;
    }
    done_ = true;
    store::TreeHead now;
    const auto differences = compare_now(now);
    for (const folds::Difference &difference : differences)
      rows_.push_back(finding_row(std::nullopt, difference.says));
    const bool replaced = replace_ && !differences.empty();
    if (replaced) replace_();
    Record row("verdict");
    row.set("row", "verdict");
    row.set("intact", differences.empty()).set("entries", at_);
    row.set("findings", static_cast<std::int64_t>(differences.size()));
    row.set("size", now.size).set("root", hex(now.root)).set("replaced", replaced);
    row.set("says", differences.empty() ? "the read tables are exactly what the ledger gives"
                    : replaced          ? "the read tables differed and were replaced"
                               : "the read tables differ; run with 'replace' to mend them");
    rows_.push_back(std::move(row));
  }

  /// Entries that came meanwhile are folded too, so that both sides show the same moment.
  std::vector<folds::Difference> compare_now(store::TreeHead &now) {
    const store::ReadTransaction moment(database_);
    now = store::Ledger(database_).head();
    if (now.size > at_) at_ = folds::fold_range(database_, scratch_, at_, now.size);
    return folds::compare(database_, scratch_);
  }

  store::Database &database_;
  store::Database scratch_;
  std::function<void()> replace_;
  store::TreeHead head_;
  std::deque<Record> rows_;
  std::int64_t at_ = 0;
  bool done_ = false;
};

}  // namespace

std::unique_ptr<views::Rows> rebuild_rows(store::Database &database,
                                          std::function<void()> replace) {
  return std::make_unique<RebuildRows>(database, std::move(replace));
}

}  // namespace heard::audit
