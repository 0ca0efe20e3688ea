// Checking the whole ledger, beside a bare loop that recomputes every commitment, leaf and the
// root.
#include <algorithm>
#include <stdexcept>

#include "bare_ledger.hpp"
#include "history.hpp"
#include "jobs.hpp"
#include "product.hpp"

namespace heard::bench {

namespace {

std::int64_t verified(Product &product) {
  std::int64_t entries = 0;
  for (const api::Row row : product.store().verify(product.actor())) {
    if (row.text("row") == "finding") throw std::runtime_error("verify: " + row.text("says"));
    entries = row.number("entries", entries);
  }
  return entries;
}

Entry entry_of(sqlite3_stmt *row) {
  const auto text = [&](int column) { return std::string(column_bytes(row, column)); };
  return {sqlite3_column_int64(row, 0),
          sqlite3_column_int64(row, 1),
          sqlite3_column_int64(row, 2),
          text(3),
          text(4),
          sqlite3_column_int64(row, 5),
          text(7),
          text(8),
          {},
          0};
}

/// The number of entries whose commitments and root are what the store says.
std::int64_t verified_bare(BareDatabase &database) {
  sqlite3_stmt *rows = database.prepare(
      "SELECT e.seq, e.wall_ms, e.kind, e.thread, e.rid, e.ref, e.cm, b.salt, b.fields"
      " FROM event e JOIN body b ON b.seq = e.seq ORDER BY e.seq");
  BareTree tree;
  std::string scratch;
  while (sqlite3_step(rows) == SQLITE_ROW) {
    const Hash sealed = commitment(column_bytes(rows, 7), column_bytes(rows, 8), scratch);
    if (view(sealed) != column_bytes(rows, 6)) return -1;
    tree.append(leaf_hash(entry_of(rows), sealed, scratch));
  }
  sqlite3_reset(rows);
  const std::string root = database.rows("SELECT root FROM head").at(0).at(0).bytes;
  return view(tree.root()) == root ? tree.size() : -1;
}

Figure verify(const Settings &settings) {
  const std::string path = settings.folder + "/verify.heard";
  copy_store(history(settings).path, path);
  Product product(path);
  BareDatabase bare(path);
  const std::int64_t entries = verified_bare(bare);
  if (entries <= 0 || entries != verified(product))
    throw std::runtime_error("verify: product and floor do not agree");
  return measure({"verify", Shown::rate, static_cast<double>(entries),
                  [&] { return spent_in([&] { verified(product); }); },
                  [&] { return spent_in([&] { verified_bare(bare); }); }});
}

}  // namespace

void audit_jobs(const Settings &settings, const Runner &run) {
  run("verify", [&] { return verify(settings); });
}

}  // namespace heard::bench
