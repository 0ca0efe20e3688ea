// hold.place and hold.release: what must not be erased, and on whose word it may be again.
#include <algorithm>
#include <array>

#include "base/failure.hpp"
#include "base/text.hpp"
#include "commands/command_table.hpp"
#include "commands/versions.hpp"
#include "directory/person.hpp"
#include "interactions/threads.hpp"

namespace heard::commands {

namespace {

namespace field_id = store::field_id;

constexpr auto kPlaceFields = std::to_array<FieldSpec>({
    {"hold", FieldKind::text, true},
    {"kind", FieldKind::text, true},
    {"reason", FieldKind::text, true},
    {"person"},
    {"case"},
    {"school"},
    {"all", FieldKind::number},
    {"until", FieldKind::number},
});
constexpr auto kReleaseFields = std::to_array<FieldSpec>({
    {"hold", FieldKind::text, true},
    {"reason", FieldKind::text, true},
    {"released_by", FieldKind::text, true},
});
constexpr auto kKinds = std::to_array<std::string_view>(
    {"litigation", "records_request", "inspection_request", "other"});

void check_kind(const std::string &kind) {
  if (std::find(kKinds.begin(), kKinds.end(), kind) == kKinds.end())
    throw bad_field("kind", "'" + kind +
                                "' is not one of: litigation records_request inspection_request "
                                "other");
}

/// One scope, by ids: what a hold covers does not change when a key does.
void put_scope(const Work &work, const Record &fields, store::FieldList &list) {
  std::vector<std::string> named;
  for (const char *scope : {"person", "case", "school"})
    if (fields.has(scope)) named.emplace_back(scope);
  if (fields.flag("all")) named.emplace_back("all");
  if (named.size() != 1) throw bad_field("person", "name exactly one of person, case, school, all");
  list.text(field_id::scope, named.front());
  if (fields.has("person")) {
    const Id id = directory::named_person(work.database(), "person", fields.text("person")).id;
    list.bytes(field_id::about_person, view(id));
  }
  if (fields.has("case")) {
    const Id id = interactions::case_by_name(work.database(), fields.text("case"));
    list.bytes(field_id::about_case, view(id));
  }
  list.text(field_id::school, fields.text("school"));
}

/// Null state: nobody ever placed it.
struct Known {
  bool exists = false, released = false;
  Id person{};
};

Known known_hold(const Work &work, const std::string &hold) {
  store::Query row(work.database(), "SELECT released_at, person FROM fold_hold WHERE id = ?1");
  row.bind(1, hold);
  if (!row.step()) return {};
  return {true, !row.is_null(0), row.id(1)};
}

Record place_hold(const Work &work, const Record &fields) {
  const std::string hold = fields.text("hold");
  if (trimmed(hold).empty()) throw bad_field("hold", "is missing; give it a name, like smith-2026");
  check_kind(fields.text("kind"));
  if (known_hold(work, hold).exists)
    throw Failure(Status::conflict, "there is a hold '" + hold + "' already; choose another name",
                  {{"field", "hold"}});
  if (fields.has("until") && fields.number("until") <= work.now)
    throw bad_field("until", "lies in the past");
  store::Draft draft = work.draft(store::Kind::hold_placed, thread_of("hold", hold));
  draft.fields.text(field_id::hold, hold).text(field_id::hold_kind, fields.text("kind"));
  draft.fields.text(field_id::reason, fields.text("reason"));
  put_scope(work, fields, draft.fields);
  if (fields.has("until")) draft.fields.number(field_id::until, fields.number("until"));
  Record result;
  result.set("seq", work.append(std::move(draft))).set("duplicate", 0);
  return result.set("hold", hold);
}

Record release_hold(const Work &work, const Record &fields) {
  const std::string hold = fields.text("hold");
  const Known known = known_hold(work, hold);
  if (!known.exists)
    throw Failure(Status::not_found, "there is no hold '" + hold + "'", {{"field", "hold"}});
  if (known.released)
    throw Failure(Status::conflict, "the hold '" + hold + "' has been released already",
                  {{"field", "hold"}});
  if (trimmed(fields.text("released_by")).empty())
    throw bad_field("released_by", "is missing; say whose written release this is");
  store::Draft draft = work.draft(store::Kind::hold_released, thread_of("hold", hold));
  draft.fields.text(field_id::hold, hold).text(field_id::reason, fields.text("reason"));
  draft.fields.text(field_id::released_by, fields.text("released_by"));
  if (known.person != kNoId) draft.fields.bytes(field_id::about_person, view(known.person));
  Record result;
  result.set("seq", work.append(std::move(draft))).set("duplicate", 0);
  return result.set("hold", hold);
}

constexpr auto kCommands = std::to_array<Command>({
    {"hold.place", "1.0", kPlaceFields, directory::require_admin, place_hold},
    {"hold.release", "1.0", kReleaseFields, directory::require_admin, release_hold},
});

}  // namespace

std::span<const Command> hold_commands() { return kCommands; }

}  // namespace heard::commands
