#include "store/registry.hpp"

#include <array>

namespace heard::store {

namespace {

constexpr auto kKinds = std::to_array<KindRow>({
    {Kind::ledger_created, "ledger.created", "1.0"},
    {Kind::interaction_logged, "interaction.logged", "1.0"},
    {Kind::case_opened, "case.opened", "1.0"},
    {Kind::case_contacted, "case.contacted", "1.0"},
    {Kind::case_assigned, "case.assigned", "1.0"},
    {Kind::case_waiting, "case.waiting", "1.0"},
    {Kind::case_held, "case.held", "1.0"},
    {Kind::case_solved, "case.solved", "1.0"},
    {Kind::case_reopened, "case.reopened", "1.0"},
    {Kind::case_clock_warned, "case.clock_warned", "1.0"},
    {Kind::case_clock_missed, "case.clock_missed", "1.0"},
    {Kind::case_clock_corrected, "case.clock_corrected", "1.0"},
    {Kind::case_prioritized, "case.prioritized", "1.0"},
    {Kind::case_moved, "case.moved", "1.0"},
    {Kind::case_merged, "case.merged", "1.0"},
    {Kind::case_split, "case.split", "1.0"},
    {Kind::case_accepted, "case.accepted", "1.0"},
    {Kind::case_policy_applied, "case.policy_applied", "1.0"},
    {Kind::case_closed, "case.closed", "1.0"},
    {Kind::policy_saved, "policy.saved", "1.0"},
    {Kind::calendar_saved, "calendar.saved", "1.0"},
    {Kind::settings_saved, "settings.saved", "1.0"},
    {Kind::department_saved, "department.saved", "1.0"},
    {Kind::topic_saved, "topic.saved", "1.0"},
    {Kind::absence_saved, "absence.saved", "1.0"},
    {Kind::directory_page_applied, "directory.page_applied", "1.0"},
    {Kind::directory_person_changed, "directory.person_changed", "1.0"},
    {Kind::disclosure_made, "disclosure.made", "1.0"},
    {Kind::erasure_done, "erasure.done", "reserved"},
    {Kind::hold_placed, "hold.placed", "reserved"},
    {Kind::hold_released, "hold.released", "reserved"},
    {Kind::schedule_saved, "schedule.saved", "reserved"},
    {Kind::key_rotated, "key.rotated", "reserved"},
    {Kind::anchor_received, "anchor.received", "reserved"},
    {Kind::outbox_delivered, "outbox.delivered", "1.0"},
    {Kind::restore_sanctioned, "restore.sanctioned", "reserved"},
    {Kind::store_migrated, "store.migrated", "1.0"},
    {Kind::interaction_marked, "interaction.marked", "1.0"},
    {Kind::case_escalated, "case.escalated", "1.0"},
    {Kind::case_absorbed, "case.absorbed", "1.0"},
    {Kind::export_sealed, "export.sealed", "1.0"},
});

constexpr bool kFact = false;
constexpr bool kPersonal = true;
constexpr bool kOnce = false;
constexpr bool kRepeated = true;

constexpr auto kFields = std::to_array<FieldRow>({
    {field_id::actor, "actor", FieldType::text, kFact, kOnce},
    {field_id::actor_name, "actor_name", FieldType::text, kPersonal, kOnce},
    {field_id::actor_role, "actor_role", FieldType::text, kFact, kOnce},
    {field_id::purpose, "purpose", FieldType::text, kFact, kOnce},
    {field_id::at, "at", FieldType::number, kFact, kOnce},
    {field_id::channel, "channel", FieldType::text, kFact, kOnce},
    {field_id::direction, "direction", FieldType::text, kFact, kOnce},
    {field_id::occurred_at, "occurred_at", FieldType::number, kFact, kOnce},
    {field_id::human, "human", FieldType::number, kFact, kOnce},
    {field_id::public_, "public", FieldType::number, kFact, kOnce},
    {field_id::bulk, "bulk", FieldType::number, kFact, kOnce},
    {field_id::needs_response, "needs_response", FieldType::number, kFact, kOnce},
    {field_id::school, "school", FieldType::text, kFact, kOnce},
    {field_id::topic, "topic", FieldType::text, kFact, kOnce},
    {field_id::moment, "moment", FieldType::text, kFact, kOnce},
    {field_id::language, "language", FieldType::text, kFact, kOnce},
    {field_id::delivery, "delivery", FieldType::text, kFact, kOnce},
    {field_id::department, "department", FieldType::text, kFact, kOnce},
    {field_id::priority, "priority", FieldType::number, kFact, kOnce},
    {field_id::answered, "answered", FieldType::number, kFact, kOnce},
    {field_id::party_fact, "party_fact", FieldType::group, kFact, kRepeated},
    {field_id::party_personal, "party_personal", FieldType::group, kPersonal, kRepeated},
    {field_id::subject, "subject", FieldType::text, kPersonal, kOnce},
    {field_id::text, "text", FieldType::text, kPersonal, kOnce},
    {field_id::host_ref, "host_ref", FieldType::text, kPersonal, kOnce},
    {field_id::source, "source", FieldType::text, kFact, kOnce},
    {field_id::answers, "answers", FieldType::number, kFact, kOnce},
    {field_id::marked, "marked", FieldType::number, kFact, kOnce},
    {field_id::number, "number", FieldType::number, kFact, kOnce},
    {field_id::status, "status", FieldType::number, kFact, kOnce},
    {field_id::requester_kind, "requester_kind", FieldType::text, kFact, kOnce},
    {field_id::requester, "requester", FieldType::bytes, kFact, kOnce},
    {field_id::student, "student", FieldType::bytes, kFact, kRepeated},
    {field_id::assignee, "assignee", FieldType::bytes, kFact, kOnce},
    {field_id::assignee_name, "assignee_name", FieldType::text, kPersonal, kOnce},
    {field_id::requester_name, "requester_name", FieldType::text, kPersonal, kOnce},
    {field_id::clock, "clock", FieldType::group, kFact, kRepeated},
    {field_id::note, "note", FieldType::text, kPersonal, kOnce},
    {field_id::calendar, "calendar", FieldType::text, kFact, kOnce},
    {field_id::policy, "policy", FieldType::text, kFact, kOnce},
    {field_id::solved_at, "solved_at", FieldType::number, kFact, kOnce},
    {field_id::last_at, "last_at", FieldType::number, kFact, kOnce},
    {field_id::pause, "pause", FieldType::group, kFact, kRepeated},
    {field_id::merged_into, "merged_into", FieldType::bytes, kFact, kOnce},
    {field_id::follows, "follows", FieldType::bytes, kFact, kOnce},
    {field_id::moved_entry, "moved_entry", FieldType::group, kFact, kRepeated},
    {field_id::notice, "notice", FieldType::group, kFact, kRepeated},
    {field_id::absorbed, "absorbed", FieldType::bytes, kFact, kOnce},
    {field_id::split_from, "split_from", FieldType::bytes, kFact, kOnce},
    {field_id::accepted, "accepted", FieldType::number, kFact, kOnce},
    {field_id::policy_id, "policy_id", FieldType::text, kFact, kOnce},
    {field_id::version, "version", FieldType::number, kFact, kOnce},
    {field_id::name, "name", FieldType::text, kFact, kOnce},
    {field_id::warn_percent, "warn_percent", FieldType::number, kFact, kOnce},
    {field_id::reopen_days, "reopen_days", FieldType::number, kFact, kOnce},
    {field_id::pause_when_held, "pause_when_held", FieldType::number, kFact, kOnce},
    {field_id::target, "target", FieldType::group, kFact, kRepeated},
    {field_id::rank, "rank", FieldType::number, kFact, kOnce},
    {field_id::active, "active", FieldType::number, kFact, kOnce},
    {field_id::condition, "condition", FieldType::group, kFact, kRepeated},
    {field_id::calendar_id, "calendar_id", FieldType::text, kFact, kOnce},
    {field_id::first_day, "first_day", FieldType::number, kFact, kOnce},
    {field_id::last_day, "last_day", FieldType::number, kFact, kOnce},
    {field_id::era, "era", FieldType::group, kFact, kRepeated},
    {field_id::offset, "offset", FieldType::group, kFact, kRepeated},
    {field_id::closed, "closed", FieldType::group, kFact, kRepeated},
    {field_id::closed_yearly, "closed_yearly", FieldType::text, kFact, kRepeated},
    {field_id::special, "special", FieldType::group, kFact, kRepeated},
    {field_id::breaks, "breaks", FieldType::group, kFact, kRepeated},
    {field_id::used_by, "used_by", FieldType::text, kFact, kRepeated},
    {field_id::changed_from, "changed_from", FieldType::number, kFact, kOnce},
    {field_id::parent, "parent", FieldType::text, kFact, kOnce},
    {field_id::own_hours, "own_hours", FieldType::number, kFact, kOnce},
    {field_id::not_closed, "not_closed", FieldType::group, kFact, kRepeated},
    {field_id::term, "term", FieldType::group, kFact, kRepeated},
    {field_id::inherited_yearly, "inherited_yearly", FieldType::number, kFact, kOnce},
    {field_id::cases_follow, "cases_follow", FieldType::number, kFact, kOnce},
    {field_id::setting, "setting", FieldType::text, kFact, kOnce},
    {field_id::value, "value", FieldType::text, kFact, kOnce},
    {field_id::feed, "feed", FieldType::text, kFact, kOnce},
    {field_id::object_type, "object_type", FieldType::text, kFact, kOnce},
    {field_id::marker, "marker", FieldType::text, kFact, kOnce},
    {field_id::record_fact, "record_fact", FieldType::group, kFact, kRepeated},
    {field_id::record_personal, "record_personal", FieldType::group, kPersonal, kRepeated},
    {field_id::link_fact, "link_fact", FieldType::group, kFact, kRepeated},
    {field_id::link_personal, "link_personal", FieldType::group, kPersonal, kRepeated},
    {field_id::school_fact, "school_fact", FieldType::group, kFact, kRepeated},
    {field_id::section_fact, "section_fact", FieldType::group, kFact, kRepeated},
    {field_id::unchanged, "unchanged", FieldType::number, kFact, kOnce},
    {field_id::rejected, "rejected", FieldType::number, kFact, kOnce},
    {field_id::view, "view", FieldType::text, kFact, kOnce},
    {field_id::about_person, "about_person", FieldType::bytes, kFact, kOnce},
    {field_id::about_case, "about_case", FieldType::bytes, kFact, kOnce},
    {field_id::rows, "rows", FieldType::number, kFact, kOnce},
    {field_id::ledger, "ledger", FieldType::bytes, kFact, kOnce},
    {field_id::library, "library", FieldType::text, kFact, kOnce},
    {field_id::sqlite, "sqlite", FieldType::text, kFact, kOnce},
    {field_id::rid_key_hash, "rid_key_hash", FieldType::bytes, kFact, kOnce},
    {field_id::step, "step", FieldType::group, kFact, kRepeated},
    {field_id::department_id, "department_id", FieldType::text, kFact, kOnce},
    {field_id::lead, "lead", FieldType::bytes, kFact, kOnce},
    {field_id::topic_id, "topic_id", FieldType::text, kFact, kOnce},
    {field_id::absent_from, "absent_from", FieldType::number, kFact, kOnce},
    {field_id::absent_to, "absent_to", FieldType::number, kFact, kOnce},
    {field_id::stand_in, "stand_in", FieldType::bytes, kFact, kOnce},
    {field_id::notice_key, "notice_key", FieldType::text, kFact, kRepeated},
    {field_id::export_format, "export_format", FieldType::text, kFact, kOnce},
    {field_id::export_part, "export_part", FieldType::text, kFact, kOnce},
    {field_id::export_name, "export_name", FieldType::text, kPersonal, kOnce},
    {field_id::export_from, "export_from", FieldType::number, kFact, kOnce},
    {field_id::export_to, "export_to", FieldType::number, kFact, kOnce},
    {field_id::redaction_fact, "redaction_fact", FieldType::group, kFact, kRepeated},
    {field_id::redaction_personal, "redaction_personal", FieldType::group, kPersonal, kRepeated},
    {field_id::recipient, "recipient", FieldType::text, kPersonal, kOnce},
    {field_id::seal, "seal", FieldType::bytes, kFact, kOnce},
    {field_id::hidden_fields, "hidden_fields", FieldType::number, kFact, kOnce},
});

}  // namespace

std::span<const KindRow> kinds() { return kKinds; }
std::span<const FieldRow> fields() { return kFields; }

std::string_view to_text(Kind kind) {
  for (const KindRow &row : kKinds)
    if (row.kind == kind) return row.name;
  return "";
}

std::optional<Kind> kind(std::string_view name) {
  for (const KindRow &row : kKinds)
    if (row.name == name) return row.kind;
  return std::nullopt;
}

const FieldRow *field(std::uint16_t id) {
  for (const FieldRow &row : kFields)
    if (row.id == id) return &row;
  return nullptr;
}

}  // namespace heard::store
