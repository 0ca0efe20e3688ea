#include "audit/rebuild_rows.hpp"

#include <algorithm>

#include "audit/report.hpp"
#include "base/failure.hpp"
#include "folds/rebuild.hpp"
#include "folds/tables.hpp"
#include "store/connection.hpp"
#include "store/ledger.hpp"

namespace heard::audit {

namespace {

constexpr std::int64_t kSlice = 2000;

class RebuildRows : public Report {
 public:
  RebuildRows(store::Database &database, std::function<void()> replace)
      : database_(database),
        scratch_("", store::Database::Mode::write, true),  // a temporary file of SQLite's own
        replace_(std::move(replace)),
        head_(store::Ledger(database).head()) {
    folds::create_tables(scratch_);
    scratch_.exec("BEGIN");
  }

 private:
  void work() override {
    if (at_ < head_.size) {
      at_ = folds::fold_range(database_, scratch_, at_, std::min(at_ + kSlice, head_.size));
      progress(at_, head_.size);
      return;
    }
    store::TreeHead now;
    const auto differences = compare_now(now);
    for (const folds::Difference &difference : differences) find(std::nullopt, difference.says);
    const bool replaced = replace_ && !differences.empty();
    if (replaced) replace_();
    verdict(at_, now,
            differences.empty() ? "the read tables are exactly what the ledger gives"
            : replaced          ? "the read tables differed and were replaced"
                                : "the read tables differ; run with 'replace' to mend them")
        .set("replaced", replaced);
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
  std::int64_t at_ = 0;
};

}  // namespace

std::unique_ptr<views::Rows> rebuild_rows(store::Database &database,
                                          std::function<void()> replace) {
  return std::make_unique<RebuildRows>(database, std::move(replace));
}

}  // namespace heard::audit
