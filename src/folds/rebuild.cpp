#include "folds/rebuild.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "folds/folder.hpp"
#include "folds/tables.hpp"
#include "store/ledger.hpp"

namespace heard::folds {

namespace {

using store::Query;

std::string row_text(const Query &row) {
  std::string text;
  for (int column = 0; column < row.columns(); ++column) text += row.fingerprint(column) + '\0';
  return text;
}

std::optional<Difference> compare_table(store::Database &live, store::Database &scratch,
                                        const FoldTable &table) {
  const std::string sql = fmt::format("SELECT * FROM {} ORDER BY {}", table.name, table.key);
  Query left(live, sql);
  Query right(scratch, sql);
  for (std::int64_t row = 0;; ++row) {
    const bool has_left = left.step();
    const bool has_right = right.step();
    if (!has_left && !has_right) return std::nullopt;
    if (has_left && has_right && row_text(left) == row_text(right)) continue;
    const char *what = !has_right  ? "the store has a row the ledger does not give"
                       : !has_left ? "the store lacks a row the ledger gives"
                                   : "a row differs from what the ledger gives";
    const std::string key = (has_left ? left : right).fingerprint(0);
    return Difference{std::string(table.name),
                      fmt::format("{}: row {} (key {}), {}", table.name, row,
                                  is_utf8(key) ? key : to_hex(key), what)};
  }
}

/// Every entry was folded when it was made: one that does not fit any more was changed since.
void fold_again(store::Database &database, const store::Event &event,
                const std::optional<store::Body> &body) {
  try {
    fold(database, event, body);
  } catch (const Failure &failure) {
    if (!store::is_broken_constraint(failure)) throw;
    throw Failure(Status::corrupt,
                  fmt::format("entry {} contradicts the entries before it: the ledger was changed "
                              "or is damaged; run 'heard verify'",
                              event.seq),
                  {{"seq", std::to_string(event.seq)}});
  }
}

}  // namespace

std::int64_t fold_range(store::Database &live, store::Database &scratch, std::int64_t from,
                        std::int64_t to) {
  store::Ledger(live).each(from, to,
                           [&](const store::Event &event, const std::optional<store::Body> &body) {
                             fold_again(scratch, event, body);
                           });
  return to;
}

std::vector<Difference> compare(store::Database &live, store::Database &scratch) {
  std::vector<Difference> found;
  for (const FoldTable &table : tables())
    if (auto difference = compare_table(live, scratch, table)) found.push_back(*difference);
  return found;
}

void refold(store::Database &live, std::int64_t size) {
  for (const FoldTable &table : tables())
    live.exec(fmt::format("DELETE FROM {}", table.name).c_str());
  // Read in slices: the statement that reads must not see its own database change under it.
  for (std::int64_t from = 0; from < size; from += 1000) {
    std::vector<std::pair<store::Event, std::optional<store::Body>>> slice;
    store::Ledger(live).each(
        from, std::min(from + 1000, size),
        [&](const auto &event, const auto &body) { slice.emplace_back(event, body); });
    for (const auto &[event, body] : slice) fold_again(live, event, body);
  }
}

}  // namespace heard::folds
