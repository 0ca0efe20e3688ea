// ledger: the entries as they are hashed, with proofs on demand; epochs: copies put back.
#include <array>

#include "base/failure.hpp"
#include "store/ledger.hpp"
#include "views/ledger_rows.hpp"
#include "views/view_table.hpp"

namespace heard::views {

Record ledger_row(const store::Event &event) {
  Record row("entry");
  row.set("seq", event.seq).set("wall_ms", event.wall_ms);
  row.set("kind", store::to_text(static_cast<store::Kind>(event.kind)));
  row.set("kind_number", static_cast<int>(event.kind)).set("flags", static_cast<int>(event.flags));
  row.set("thread", hex(event.thread)).set("rid", hex(event.rid)).set("ref", event.ref);
  row.set("commitment", hex(event.commitment)).set("leaf", hex(store::leaf_hash(event)));
  return row;
}

std::vector<std::string> hex_list(const std::vector<Hash> &hashes) {
  std::vector<std::string> list;
  for (const Hash &hash : hashes) list.push_back(hex(hash));
  return list;
}

namespace {

std::unique_ptr<Rows> open_ledger(const Reader &reader, const Record &filter) {
  if (!reader.actor.all_schools) directory::require_audit(reader.actor);
  std::uint16_t kind = 0;
  if (filter.has("kind")) {
    const auto known = store::kind(filter.text("kind"));
    if (!known) throw bad_field("kind", "'" + filter.text("kind") + "' is not a kind of entry");
    kind = static_cast<std::uint16_t>(*known);
  }
  store::Ledger ledger(reader.db());
  const store::TreeHead head = ledger.head();
  const std::int64_t size = filter.number("size", head.size);
  if (size < 0 || size > head.size)
    throw bad_field("size", "the ledger has " + std::to_string(head.size) + " entries");
  reader.ensure_synced(head.size);
  const Hash root = size == head.size ? head.root : ledger.root_at(size);
  return paged_rows([=, next = filter.number("from"),
                     left = filter.number("limit", INT64_MAX)](std::vector<Record> &page) mutable {
    std::vector<store::Event> events;  // later ones than the head's may not be on the disk yet
    {
      store::Query rows(reader.db(),
                        "SELECT seq, v, wall_ms, kind, flags, thread, rid, ref, cm FROM event"
                        " WHERE seq >= ?1 AND seq < ?4 AND (?2 = 0 OR kind = ?2)"
                        " ORDER BY seq LIMIT ?3");
      rows.bind(1, next).bind(2, kind).bind(3, std::min(left, kPage)).bind(4, head.size);
      while (rows.step()) events.push_back(store::read_event(rows));
    }
    store::TileNodes nodes(reader.db());
    for (const store::Event &event : events) {
      next = event.seq + 1;
      --left;
      Record &row = page.emplace_back(ledger_row(event));
      if (!filter.flag("proof") || event.seq >= size) continue;
      row.set("proof", hex_list(store::inclusion_proof(nodes, event.seq, size)));
      row.set("size", size).set("root", hex(root));
    }
    return !events.empty() && left > 0;
  });
}

std::unique_ptr<Rows> open_epochs(const Reader &reader, const Record &) {
  directory::require_audit(reader.actor);
  store::Ledger ledger(reader.db());
  std::vector<Record> rows;
  store::Query epochs(reader.db(),
                      "SELECT epoch, seq, last_size, last_root, restored_size, restored_root"
                      " FROM fold_epoch ORDER BY epoch");
  while (epochs.step()) {
    const auto event = ledger.event(epochs.number(1));
    const auto body = ledger.body(epochs.number(1));
    Record &row = rows.emplace_back("epoch");
    row.set("epoch", epochs.number(0)).set("seq", epochs.number(1));
    row.set("at", event ? event->wall_ms : 0);
    row.set("last_size", epochs.number(2)).set("last_root", hex(epochs.hash(3)));
    row.set("restored_size", epochs.number(4)).set("restored_root", hex(epochs.hash(5)));
    if (!body) continue;
    row.set("reason", body->text(store::field_id::note));
    row.set("approved_by", body->text(store::field_id::approved_by));
    row.set("actor", body->text(store::field_id::actor_name));
  }
  return all_rows(std::move(rows));
}

constexpr auto kLedgerFilter = std::to_array<FilterField>(
    {{"from", true}, {"kind"}, {"limit", true}, {"proof", true}, {"size", true}});

constexpr auto kViews = std::to_array<View>({
    {"ledger", "1.0", kLedgerFilter, open_ledger},
    {"epochs", "1.0", {}, open_epochs},
});

}  // namespace

std::span<const View> ledger_views() { return kViews; }

}  // namespace heard::views
