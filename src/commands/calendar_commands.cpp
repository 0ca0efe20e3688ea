// calendar.save, calendar.close, calendar.import: whole versions, never edits in place.
#include <array>

#include "commands/calendar_change.hpp"
#include "commands/calendar_close.hpp"
#include "commands/calendar_edit.hpp"
#include "commands/calendar_import.hpp"
#include "commands/command_table.hpp"

namespace heard::commands {

namespace {

constexpr auto kSaveFields = std::to_array<FieldSpec>({
    {"calendar"},
    {"name"},
    {"zone"},
    {"from"},
    {"hours", FieldKind::records},
    {"closed", FieldKind::texts},
    {"closed_yearly", FieldKind::texts},
    {"terms", FieldKind::records},
    {"special", FieldKind::records},
    {"breaks", FieldKind::records},
    {"schools", FieldKind::texts},
    {"parent"},
    {"not_closed", FieldKind::texts},
});
constexpr auto kCloseFields = std::to_array<FieldSpec>({
    {"school"},
    {"calendar"},
    {"closed", FieldKind::texts},
    {"name"},
    {"hours", FieldKind::texts},
    {"reopen", FieldKind::number},
});
constexpr auto kImportFields = std::to_array<FieldSpec>({
    {"calendar", FieldKind::text, true},
    {"source", FieldKind::text, true},
    {"closed", FieldKind::records},
    {"special", FieldKind::records},
    {"zone"},
});

Record run_calendar_save(const Work &work, const Record &fields) {
  settle_everything(work);  // what fell due under the old hours is recorded before they change
  CalendarChange change = open_calendar(work, fields.text("calendar", folds::kDefault));
  edit_calendar(work, change.before.get(), fields, change.own);
  change.name = fields.text("name", change.name);
  if (fields.has("schools")) change.schools = fields.texts("schools");
  const SavedCalendar saved = save_calendar(work, change);
  Record result;
  result.set("seq", saved.seq).set("duplicate", 0);
  return result.set("calendar", change.id).set("version", saved.version);
}

constexpr auto kCommands = std::to_array<Command>({
    {"calendar.save", "1.0", kSaveFields, directory::require_admin, run_calendar_save},
    {"calendar.close", "1.0", kCloseFields, directory::require_admin, run_calendar_close},
    {"calendar.import", "1.0", kImportFields, directory::require_admin, run_calendar_import},
});

}  // namespace

std::span<const Command> calendar_commands() { return kCommands; }

}  // namespace heard::commands
