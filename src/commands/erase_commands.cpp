// records.erase: what is personal about a person, a case or an entry goes; the facts stay.
#include <array>

#include "base/failure.hpp"
#include "base/text.hpp"
#include "commands/command_table.hpp"
#include "commands/erasure.hpp"
#include "directory/person.hpp"
#include "interactions/threads.hpp"

namespace heard::commands {

namespace {

namespace field_id = store::field_id;

constexpr auto kEraseFields = std::to_array<FieldSpec>({
    {"person"},
    {"case"},
    {"entry", FieldKind::number},
    {"fields", FieldKind::texts},
    {"basis", FieldKind::text, true},
    {"approver", FieldKind::text, true},
    {"requested_by"},
    {"note"},
});

/// Four eyes: whoever erases has not approved it.
void check_approver(const Work &work, const Record &fields) {
  const std::string approver(trimmed(fields.text("approver")));
  if (approver.empty()) throw bad_field("approver", "is missing; another person must approve");
  if (lowered(approver) == lowered(work.actor.id))
    throw bad_field("approver", "must be another person than the one who erases");
  if (trimmed(fields.text("basis")).empty())
    throw bad_field("basis", "is missing; say what gives the right to erase");
}

/// A request by the person to be forgotten is recorded by their id alone.
void put_requester(const Work &work, const std::string &key, store::FieldList &says) {
  const auto known = directory::find_person(work.database(), key);
  if (known)
    says.bytes(field_id::requester, view(known->id));
  else
    says.text(field_id::requested_by, key);
}

/// Collects what the one scope named takes, and notes what it was.
void collect(const Work &work, const Record &fields, Collector &collector, Erasure &erasure) {
  int named = 0;
  for (const char *scope : {"person", "case", "entry"})
    if (fields.has(scope)) {
      erasure.scope = scope;
      ++named;
    }
  if (named != 1) throw bad_field("person", "name exactly one of person, case and entry");
  if (erasure.scope == "person") {
    const Id id = directory::named_person(work.database(), "person", fields.text("person")).id;
    erasure.says.bytes(field_id::about_person, view(id));
    collector.add_person(id);
  } else if (erasure.scope == "case") {
    const Id id = interactions::case_by_name(work.database(), fields.text("case"));
    erasure.says.bytes(field_id::about_case, view(id));
    collector.add_case(id);
  } else {
    collector.add_entry(fields.number("entry"));
  }
}

Record erase_records(const Work &work, const Record &fields) {
  check_approver(work, fields);
  Erasure erasure;
  Collector collector(work.database());
  collect(work, fields, collector, erasure);
  const std::vector<std::string> asked = fields.texts("fields");
  collector.keep_only(asked);
  erasure.entries = std::move(collector.found());
  std::erase_if(erasure.entries, [](const auto &item) { return item.second.places.empty(); });
  if (erasure.entries.empty())
    throw Failure(Status::not_found, "nothing of that is left to erase",
                  {{"field", erasure.scope}});
  refuse_held(work, erasure.entries);
  erasure.is_whole = asked.empty() && erasure.scope != "person";
  put_requester(work, fields.text("requested_by"), erasure.says);
  erasure.says.text(field_id::basis, fields.text("basis"));
  erasure.says.text(field_id::approver, fields.text("approver"));
  erasure.says.text(field_id::note, fields.text("note"));
  for (const std::string &name : asked) erasure.says.text(field_id::asked, name);
  const Erased done = erase(work, std::move(erasure));
  Record result;
  result.set("seq", done.seq).set("duplicate", 0);
  return result.set("entries", done.entries).set("fields", done.fields);
}

constexpr auto kCommands = std::to_array<Command>({
    {"records.erase", "1.0", kEraseFields, directory::require_admin, erase_records, true},
});

}  // namespace

std::span<const Command> erase_commands() { return kCommands; }

}  // namespace heard::commands
