// clocks.recalculate: the explicit, logged way to judge finished clocks again on today's calendar.
#include <array>

#include "base/failure.hpp"
#include "commands/case_file.hpp"
#include "commands/command_table.hpp"

namespace heard::commands {

namespace {

constexpr auto kFields = std::to_array<FieldSpec>({
    {"calendar"},
    {"school"},
    {"case"},
    {"from", FieldKind::number},
    {"to", FieldKind::number},
    {"reason", FieldKind::text, true},
});

/// Cases with a clock that was running at some time between `from` and `to` and has ended.
std::vector<Id> finished_cases(const Work &work, const Record &fields) {
  std::vector<Id> found;
  store::Query rows(work.database(),
                    "SELECT DISTINCT k.case_id FROM fold_clock k JOIN fold_case c"
                    " ON c.id = k.case_id WHERE k.state = 3 AND k.started_at < ?1"
                    " AND k.stopped_at >= ?2 AND (?3 = '' OR c.calendar = ?3)"
                    " AND (?4 = '' OR c.school = ?4) ORDER BY c.number");
  rows.bind(1, floor_seconds(fields.number("to", work.now)));
  rows.bind(2, floor_seconds(fields.number("from")));
  rows.bind(3, fields.text("calendar")).bind(4, fields.text("school"));
  while (rows.step()) found.push_back(rows.id(0));
  return found;
}

Record recalculate(const Work &work, const Record &fields) {
  const std::string reason = fields.text("reason");
  if (reason.empty())
    throw bad_field("reason", "is missing; say why finished clocks are judged anew");
  if (!fields.has("case") && !fields.has("from"))
    throw bad_field("from",
                    "is missing; name a case, or the day from which clocks are judged anew");
  std::vector<CaseFile> files;
  if (fields.has("case"))
    files.push_back(open_file(work, fields));
  else
    for (const Id &id : finished_cases(work, fields)) files.push_back(CaseFile::load(work, id));
  Record result;
  std::int64_t changed = 0;
  const std::int64_t before = work.journal.ledger().size();
  for (CaseFile &file : files) changed += file.recalculate(work, reason) ? 1 : 0;
  result.set("seq", changed == 0 ? -1 : before).set("duplicate", 0);
  result.set("cases", static_cast<std::int64_t>(files.size())).set("changed", changed);
  return result;
}

constexpr auto kCommands = std::to_array<Command>(
    {{"clocks.recalculate", "1.0", kFields, directory::require_admin, recalculate}});

}  // namespace

std::span<const Command> clock_commands() { return kCommands; }

}  // namespace heard::commands
