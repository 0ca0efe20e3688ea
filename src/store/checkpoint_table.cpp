#include "store/checkpoint_table.hpp"

namespace heard::store {

namespace {

constexpr const char *kDelivered = "delivered";

std::optional<StoredCheckpoint> first_of(Query &rows) {
  if (!rows.step()) return std::nullopt;
  return StoredCheckpoint{rows.number(0), rows.text(1), rows.number(2)};
}

}  // namespace

std::optional<StoredCheckpoint> newest_checkpoint(Database &database) {
  Query row(database, "SELECT size, note, at FROM checkpoint ORDER BY size DESC LIMIT 1");
  return first_of(row);
}

std::optional<StoredCheckpoint> checkpoint_from(Database &database, std::int64_t size) {
  Query row(database,
            "SELECT size, note, at FROM checkpoint WHERE size >= ?1 ORDER BY size LIMIT 1");
  row.bind(1, size);
  return first_of(row);
}

std::optional<StoredCheckpoint> checkpoint_before(Database &database, std::int64_t size) {
  Query row(database,
            "SELECT size, note, at FROM checkpoint WHERE size < ?1 ORDER BY size DESC LIMIT 1");
  row.bind(1, size);
  return first_of(row);
}

std::vector<StoredCheckpoint> checkpoints_from(Database &database, std::int64_t size,
                                               std::int64_t limit) {
  Query rows(database,
             "SELECT size, note, at FROM checkpoint WHERE size >= ?1 ORDER BY size LIMIT ?2");
  rows.bind(1, size).bind(2, limit);
  std::vector<StoredCheckpoint> found;
  while (auto row = first_of(rows)) found.push_back(std::move(*row));
  return found;
}

void keep_checkpoint(Database &database, const StoredCheckpoint &checkpoint) {
  Query row(database, "INSERT OR IGNORE INTO checkpoint(size, note, at) VALUES(?1, ?2, ?3)");
  row.bind(1, checkpoint.size).bind(2, checkpoint.note).bind(3, checkpoint.at).run();
}

std::vector<AnchorRow> anchor_rows(Database &database, std::int64_t size) {
  Query rows(database,
             "SELECT size, sink, state, receipt, at FROM local_anchor WHERE ?1 < 0 OR size = ?1"
             " ORDER BY size, sink");
  rows.bind(1, size);
  std::vector<AnchorRow> found;
  while (rows.step())
    found.push_back(
        {rows.number(0), rows.text(1), rows.bytes(2) == kDelivered, rows.text(3), rows.number(4)});
  return found;
}

void keep_anchor(Database &database, const AnchorRow &row) {
  Query keep(database,
             "INSERT OR REPLACE INTO local_anchor(size, sink, state, receipt, at)"
             " VALUES(?1, ?2, ?3, ?4, ?5)");
  keep.bind(1, row.size).bind(2, row.sink).bind(3, row.delivered ? kDelivered : "failed");
  keep.bind(4, row.receipt).bind(5, row.at).run();
}

}  // namespace heard::store
