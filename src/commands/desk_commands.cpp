// department.save, topic.save, absence.save, outbox.delivered: who is asked, and who was told.
#include <array>

#include "base/failure.hpp"
#include "commands/command_table.hpp"
#include "commands/parties.hpp"
#include "commands/versions.hpp"

namespace heard::commands {

namespace {

namespace field_id = store::field_id;

constexpr auto kDepartmentFields = std::to_array<FieldSpec>({
    {"department", FieldKind::text, true},
    {"name"},
    {"school"},
    {"lead"},
    {"active", FieldKind::number},
});
constexpr auto kTopicFields = std::to_array<FieldSpec>({
    {"topic", FieldKind::text, true},
    {"name"},
    {"department"},
    {"active", FieldKind::number},
});
constexpr auto kAbsenceFields = std::to_array<FieldSpec>({
    {"person", FieldKind::text, true},
    {"from", FieldKind::number, true},
    {"to", FieldKind::number, true},
    {"stand_in"},
    {"note"},
});
constexpr auto kDeliveredFields = std::to_array<FieldSpec>({{"keys", FieldKind::texts, true}});

std::string checked_name(const std::string &field, const std::string &name) {
  if (name.empty() || name.size() > 200) throw bad_field(field, "must be 1 to 200 bytes long");
  return name;
}

/// What a table says of one named thing; "" if it has none.
std::string known(const Work &work, const char *sql, const std::string &id) {
  store::Query row(work.database(), sql);
  row.bind(1, id);
  return row.step() ? row.text(0) : "";
}

Record saved(const Work &work, store::Draft draft) {
  Record result;
  return result.set("seq", work.append(std::move(draft))).set("duplicate", 0);
}

Record save_department(const Work &work, const Record &fields) {
  const std::string id = checked_name("department", fields.text("department"));
  const std::string name = known(work, "SELECT name FROM fold_department WHERE id = ?1", id);
  store::Draft draft = work.draft(store::Kind::department_saved, thread_of("department", id));
  draft.fields.text(field_id::department_id, id);
  draft.fields.text(field_id::name, fields.text("name", name.empty() ? id : name));
  draft.fields.text(
      field_id::school,
      fields.text("school", known(work, "SELECT school FROM fold_department WHERE id = ?1", id)));
  draft.fields.number(field_id::active, fields.flag("active", true) ? 1 : 0);
  if (const std::string lead = fields.text("lead"); !lead.empty()) {
    directory::check_key("lead", lead);
    Parties parties(work.database());
    draft.fields.bytes(field_id::lead, view(parties.add(lead, "lead").id));
    parties.encode(draft.fields);
  } else if (!fields.has("lead")) {
    store::Query row(work.database(), "SELECT lead FROM fold_department WHERE id = ?1");
    row.bind(1, id);
    if (row.step() && !row.is_null(0)) draft.fields.bytes(field_id::lead, view(row.id(0)));
  }
  return saved(work, std::move(draft)).set("department", id);
}

Record save_topic(const Work &work, const Record &fields) {
  const std::string id = checked_name("topic", fields.text("topic"));
  const std::string name = known(work, "SELECT name FROM fold_topic WHERE id = ?1", id);
  store::Draft draft = work.draft(store::Kind::topic_saved, thread_of("topic", id));
  draft.fields.text(field_id::topic_id, id);
  draft.fields.text(field_id::name, fields.text("name", name.empty() ? id : name));
  draft.fields.text(
      field_id::department,
      fields.text("department",
                  known(work, "SELECT department FROM fold_topic WHERE id = ?1", id)));
  draft.fields.number(field_id::active, fields.flag("active", true) ? 1 : 0);
  return saved(work, std::move(draft)).set("topic", id);
}

Record save_absence(const Work &work, const Record &fields) {
  const Millis from = fields.number("from"), to = fields.number("to");
  if (to < from) throw bad_field("to", "lies before the beginning of the absence");
  directory::check_key("person", fields.text("person"));
  Parties parties(work.database());
  const Id person = parties.add(fields.text("person"), "absent").id;
  store::Draft draft = work.draft(store::Kind::absence_saved, person);
  draft.fields.number(field_id::absent_from, from).number(field_id::absent_to, to);
  if (const std::string key = fields.text("stand_in"); !key.empty()) {
    directory::check_key("stand_in", key);
    const Id stand_in = parties.add(key, "stand_in").id;
    if (stand_in == person) throw bad_field("stand_in", "cannot be the person who is absent");
    draft.fields.bytes(field_id::stand_in, view(stand_in));
  }
  draft.fields.text(field_id::note, fields.text("note"));
  parties.encode(draft.fields);
  return saved(work, std::move(draft)).set("person", fields.text("person"));
}

/// The host has handed these notices on; those it names again stay as they are.
Record delivered(const Work &work, const Record &fields) {
  store::Draft draft = work.draft(store::Kind::outbox_delivered, thread_of("outbox", "notices"));
  std::int64_t fresh = 0;
  for (const std::string &key : fields.texts("keys")) {
    store::Query row(work.database(), "SELECT delivered_at FROM fold_notice WHERE key = ?1");
    row.bind(1, key);
    if (!row.step())
      throw Failure(Status::not_found, "there is no notice '" + key.substr(0, 120) + "'",
                    {{"field", "keys"}});
    if (!row.is_null(0)) continue;
    draft.fields.text(field_id::notice_key, key);
    ++fresh;
  }
  Record result;
  result.set("seq", fresh == 0 ? -1 : work.append(std::move(draft)));
  return result.set("duplicate", std::int64_t{fresh == 0}).set("delivered", fresh);
}

constexpr auto kCommands = std::to_array<Command>({
    {"department.save", "1.0", kDepartmentFields, directory::require_admin, save_department},
    {"topic.save", "1.0", kTopicFields, directory::require_admin, save_topic},
    {"absence.save", "1.0", kAbsenceFields, directory::require_write, save_absence},
    {"outbox.delivered", "1.0", kDeliveredFields, directory::require_write, delivered},
});

}  // namespace

std::span<const Command> desk_commands() { return kCommands; }

}  // namespace heard::commands
