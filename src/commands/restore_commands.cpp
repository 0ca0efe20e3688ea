// restore.sanction: going on from an old copy, on purpose and for everybody to see.
#include <array>

#include "base/failure.hpp"
#include "commands/command_table.hpp"

namespace heard::commands {

namespace {

namespace field_id = store::field_id;

constexpr auto kSanctionFields = std::to_array<FieldSpec>({
    {"reason", FieldKind::text, true},
    {"approved_by", FieldKind::text, true},
});

std::int64_t next_epoch(store::Database &database) {
  store::Query last(database, "SELECT COALESCE(MAX(epoch), 1) FROM fold_epoch");
  return last.step() ? last.number(0) + 1 : 2;
}

/// What was lost is known from the mark alone; without one, nothing is known to be lost.
Record sanction(const Work &work, const Record &fields) {
  store::Ledger &ledger = work.journal.ledger();
  const store::TreeHead restored = ledger.head();
  const store::TreeHead last = work.mark ? work.mark->head : restored;
  const std::int64_t epoch = next_epoch(work.database());
  store::Draft draft = work.draft(store::Kind::restore_sanctioned, ledger.id());
  draft.fields.number(field_id::epoch, epoch).number(field_id::last_size, last.size);
  draft.fields.bytes(field_id::last_root, view(last.root));
  draft.fields.number(field_id::restored_size, restored.size);
  draft.fields.bytes(field_id::restored_root, view(restored.root));
  draft.fields.text(field_id::note, fields.text("reason"));
  draft.fields.text(field_id::approved_by, fields.text("approved_by"));
  Record result;
  result.set("seq", work.append(std::move(draft))).set("duplicate", 0).set("epoch", epoch);
  result.set("last_size", last.size);
  return result.set("restored_size", restored.size);
}

constexpr auto kCommands = std::to_array<Command>({
    {kSanctionRestore, "1.0", kSanctionFields, directory::require_admin, sanction},
});

}  // namespace

std::span<const Command> restore_commands() { return kCommands; }

}  // namespace heard::commands
