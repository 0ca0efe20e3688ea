// calendar.save, policy.save, settings.save: whole versions, never edits in place.
#include <array>

#include "base/failure.hpp"
#include "base/text.hpp"
#include "commands/calendar_edit.hpp"
#include "commands/case_file.hpp"
#include "commands/command_table.hpp"
#include "folds/codec.hpp"

namespace heard::commands {

namespace {

namespace field_id = store::field_id;

constexpr auto kCalendarFields = std::to_array<FieldSpec>({
    {"calendar"},
    {"name"},
    {"zone"},
    {"from"},
    {"hours", FieldKind::records},
    {"closed", FieldKind::texts},
    {"closed_yearly", FieldKind::texts},
    {"special", FieldKind::records},
    {"breaks", FieldKind::records},
    {"schools", FieldKind::texts},
});
constexpr auto kPolicyFields = std::to_array<FieldSpec>({
    {"policy"},
    {"name"},
    {"targets", FieldKind::records},
    {"warn_percent", FieldKind::number},
    {"reopen_days", FieldKind::number},
    {"pause_when_held", FieldKind::number},
});
constexpr auto kTargetFields = std::to_array<FieldSpec>({
    {"clock", FieldKind::text, true},
    {"priority"},
    {"amount", FieldKind::number, true},
    {"unit", FieldKind::text, true},
});
constexpr auto kSettingFields = std::to_array<FieldSpec>({
    {"name", FieldKind::text, true},
    {"value"},
});
constexpr auto kFeedSettings = std::to_array<std::string_view>(
    {"adapter", "url", "user", "source", "page_size", "zone", "context", "brake_percent"});

/// A thread id that is the same for every version of one named thing.
Id thread_of(std::string_view family, std::string_view id) {
  return keyed_id("heard/" + std::string(family), id);
}

std::int64_t next_version(store::Database &database, const char *table, const std::string &id) {
  store::Query row(database, std::string("SELECT MAX(version) FROM ") + table + " WHERE id = ?1");
  row.bind(1, id);
  return (row.step() ? row.number(0) : 0) + 1;
}

std::int64_t previous_seq(store::Database &database, const char *table, const std::string &id) {
  store::Query row(database, std::string("SELECT seq FROM ") + table +
                                 " WHERE id = ?1 ORDER BY version DESC LIMIT 1");
  row.bind(1, id);
  return row.step() ? row.number(0) : 0;
}

Record save_calendar(const Work &work, const Record &fields) {
  const std::string id = fields.text("calendar", folds::kDefault);
  // What fell due under the old hours is recorded before the hours change.
  while (settle_due(work, 200) > 0) {
  }
  const auto before = folds::calendar_now(work.database(), id);
  const calendar::Definition definition = edited_calendar(work, before.get(), fields);
  store::Draft draft = work.draft(store::Kind::calendar_saved, thread_of("calendar", id));
  draft.ref = previous_seq(work.database(), "fold_calendar", id);
  const std::int64_t version = next_version(work.database(), "fold_calendar", id);
  draft.fields.text(field_id::calendar_id, id).number(field_id::version, version);
  draft.fields.text(field_id::name, fields.text("name", before ? before->name : id));
  folds::encode_calendar(definition, draft.fields);
  for (const std::string &school : schools_of(work, id, fields))
    draft.fields.text(field_id::used_by, school);
  draft.fields.number(field_id::changed_from,
                      first_change(before.get(), definition, work.now_seconds()));
  Record result;
  result.set("seq", work.append(std::move(draft))).set("duplicate", 0);
  recheck_calendar(work, id);
  return result.set("calendar", id).set("version", version);
}

std::int32_t checked_amount(const Record &row, cases::Unit unit) {
  const std::int64_t amount = row.number("amount");
  const bool minutes = unit == cases::Unit::business_minutes || unit == cases::Unit::wall_minutes;
  const std::int64_t most = minutes ? 525600 : 365;
  if (amount < 1 || amount > most)
    throw bad_field("amount", "must be from 1 to " + std::to_string(most) + " " +
                                  std::string(cases::to_text(unit)));
  return static_cast<std::int32_t>(amount);
}

cases::TargetRow target_from(const Record &record) {
  check_fields("targets of policy.save", kTargetFields, record);
  cases::TargetRow row;
  const auto clock = cases::clock_name(record.text("clock"));
  if (clock != cases::ClockName::first_response && clock != cases::ClockName::next_response &&
      clock != cases::ClockName::resolution)
    throw bad_field("clock", "'" + record.text("clock") +
                                 "' is not one of: first_response next_response resolution");
  row.clock = *clock;
  if (record.has("priority")) {
    row.priority = cases::priority(record.text("priority"));
    if (!row.priority) throw bad_field("priority", "is not one of: low normal high urgent");
  }
  const auto unit = cases::unit(record.text("unit"));
  if (!unit)
    throw bad_field("unit",
                    "is not one of: business_days business_minutes wall_minutes calendar_days");
  row.target = {checked_amount(record, *unit), *unit};
  return row;
}

std::int32_t number_between(const Record &fields, const char *name, std::int64_t fallback,
                            std::int64_t most) {
  const std::int64_t value = fields.number(name, fallback);
  if (value < 0 || value > most) throw bad_field(name, "must be from 0 to " + std::to_string(most));
  return static_cast<std::int32_t>(value);
}

cases::Policy edited_policy(cases::Policy policy, const Record &fields) {
  if (fields.has("targets")) {
    policy.targets.clear();
    for (const Record &record : fields.records("targets"))
      policy.targets.push_back(target_from(record));
    if (!policy.target(cases::ClockName::first_response, cases::Priority::normal))
      throw bad_field("targets", "have none for first_response that holds for every priority");
  }
  policy.warn_percent = number_between(fields, "warn_percent", policy.warn_percent, 99);
  policy.reopen_days = number_between(fields, "reopen_days", policy.reopen_days, 366);
  policy.pause_when_held = fields.flag("pause_when_held", policy.pause_when_held);
  return policy;
}

Record save_policy(const Work &work, const Record &fields) {
  const std::string id = fields.text("policy", folds::kDefault);
  if (id != folds::kDefault)
    throw bad_field("policy", "only 'default' exists in this version; leave the field out");
  const std::int64_t version = next_version(work.database(), "fold_policy", id);
  const cases::Policy before =
      version == 1 ? cases::default_policy() : folds::policy_at(work.database(), id)->policy;
  store::Draft draft = work.draft(store::Kind::policy_saved, thread_of("policy", id));
  draft.ref = previous_seq(work.database(), "fold_policy", id);
  draft.fields.text(field_id::policy_id, id).number(field_id::version, version);
  draft.fields.text(field_id::name, fields.text("name", "Default"));
  folds::encode_policy(edited_policy(before, fields), draft.fields);
  Record result;
  result.set("seq", work.append(std::move(draft))).set("duplicate", 0);
  return result.set("policy", id).set("version", version);
}

void check_setting(const std::string &name) {
  const auto parts = split(name, '.');
  if (parts.size() == 3 && parts[0] == "feed" && !parts[1].empty())
    for (const std::string_view known : kFeedSettings)
      if (parts[2] == known) return;
  throw Failure(Status::unknown_name,
                "setting '" + name +
                    "' is not known to Heard 1.0.0; a secret is not a setting, "
                    "the host keeps it",
                {{"name", name}});
}

Record save_setting(const Work &work, const Record &fields) {
  const std::string name = fields.text("name");
  check_setting(name);
  store::Draft draft = work.draft(store::Kind::settings_saved, thread_of("setting", name));
  draft.fields.text(field_id::setting, name).text(field_id::value, fields.text("value"));
  Record result;
  result.set("seq", work.append(std::move(draft))).set("duplicate", 0);
  return result;
}

constexpr auto kCommands = std::to_array<Command>({
    {"calendar.save", "1.0", kCalendarFields, directory::require_admin, save_calendar},
    {"policy.save", "1.0", kPolicyFields, directory::require_admin, save_policy},
    {"settings.save", "1.0", kSettingFields, directory::require_admin, save_setting},
});

}  // namespace

std::span<const std::string_view> feed_settings() { return kFeedSettings; }

std::span<const Command> settings_commands() { return kCommands; }

}  // namespace heard::commands
