// checkpoints and keys: what was signed, with what, and who holds a copy.
#include <array>

#include "base/failure.hpp"
#include "folds/keys.hpp"
#include "store/checkpoint.hpp"
#include "store/checkpoint_table.hpp"
#include "views/view_table.hpp"

namespace heard::views {

namespace {

Record checkpoint_row(store::Database &database, const store::StoredCheckpoint &stored) {
  const store::Note note = store::parse_note(stored.note);
  const store::Checkpoint checkpoint = store::parse_checkpoint(note.text);
  Record row("checkpoint");
  row.set("size", stored.size).set("at", stored.at).set("root", hex(checkpoint.head.root));
  row.set("note", stored.note);
  std::vector<std::string> signers;
  for (const store::NoteSignature &signature : note.signatures)
    signers.push_back(store::key_id({signature.name, signature.hash, {}}));
  row.set("signed_by", std::move(signers));
  std::vector<std::string> sinks;
  for (const store::AnchorRow &anchor : store::anchor_rows(database, stored.size))
    if (anchor.delivered) sinks.push_back(anchor.sink);
  if (!sinks.empty()) row.set("anchored_by", std::move(sinks));
  return row;
}

std::unique_ptr<Rows> open_checkpoints(const Reader &reader, const Record &filter) {
  if (!reader.actor.all_schools) directory::require_audit(reader.actor);
  if (filter.flag("newest")) {
    const auto newest = store::newest_checkpoint(reader.db());
    std::vector<Record> rows;
    if (newest) rows.push_back(checkpoint_row(reader.db(), *newest));
    return all_rows(std::move(rows));
  }
  return paged_rows([reader, next = filter.number("from"),
                     left = filter.number("limit", INT64_MAX)](std::vector<Record> &page) mutable {
    const auto found = store::checkpoints_from(reader.db(), next, std::min(left, kPage));
    for (const store::StoredCheckpoint &stored : found) {
      page.push_back(checkpoint_row(reader.db(), stored));
      next = stored.size + 1;
      --left;
    }
    return !found.empty() && left > 0;
  });
}

std::unique_ptr<Rows> open_keys(const Reader &reader, const Record &) {
  std::vector<Record> rows;
  for (const folds::LedgerKey &key : folds::ledger_keys(reader.db())) {
    Record &row = rows.emplace_back("key");
    row.set("key", store::format_key(key.key)).set("id", store::key_id(key.key));
    row.set("from", key.from_seq);
    if (key.to_seq) row.set("to", *key.to_seq);
  }
  return all_rows(std::move(rows));
}

constexpr auto kCheckpointFilter =
    std::to_array<FilterField>({{"from", true}, {"limit", true}, {"newest", true}});

constexpr auto kViews = std::to_array<View>({
    {"checkpoints", "1.0", kCheckpointFilter, open_checkpoints},
    {"keys", "1.0", {}, open_keys},
});

}  // namespace

std::span<const View> signing_views() { return kViews; }

}  // namespace heard::views
