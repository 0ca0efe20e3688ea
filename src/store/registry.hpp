// Every kind of event and every field of a body, with their numbers. Append-only: a number that has
// been written is never renumbered, renamed or given another meaning.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace heard::store {

enum class Kind : std::uint16_t {
  ledger_created = 1,
  interaction_logged = 2,
  case_opened = 3,
  case_contacted = 4,
  case_assigned = 5,
  case_waiting = 6,
  case_held = 7,
  case_solved = 8,
  case_reopened = 9,
  case_clock_warned = 10,
  case_clock_missed = 11,
  case_clock_corrected = 12,
  case_prioritized = 13,
  case_moved = 14,
  case_merged = 15,
  case_split = 16,
  case_accepted = 17,
  case_policy_applied = 18,
  case_closed = 19,
  policy_saved = 20,
  calendar_saved = 21,
  settings_saved = 22,
  department_saved = 23,
  topic_saved = 24,
  absence_saved = 25,
  directory_page_applied = 30,
  directory_person_changed = 31,
  disclosure_made = 40,
  erasure_done = 41,
  hold_placed = 42,
  hold_released = 43,
  schedule_saved = 44,
  // Reserved, so that nothing else takes the numbers.
  key_rotated = 45,
  anchor_received = 46,
  outbox_delivered = 47,
  restore_sanctioned = 48,
  store_migrated = 49,
  interaction_marked = 50,
  case_escalated = 51,
  case_absorbed = 52,
  export_sealed = 56,
};

enum class FieldType : std::uint8_t { text, number, bytes, group };

struct KindRow {
  Kind kind;
  std::string_view name;
  std::string_view since;
};

struct FieldRow {
  std::uint16_t id;
  std::string_view name;
  FieldType type;
  bool personal;  ///< closed by erasure; facts stay
  bool repeated;
};

std::span<const KindRow> kinds();
std::span<const FieldRow> fields();
std::string_view to_text(Kind kind);  ///< "" for numbers without a row
std::optional<Kind> kind(std::string_view name);
/// Null for an id without a row.
const FieldRow *field(std::uint16_t id);

/// Field ids, by name. Sub-ids of groups stand with the code that writes the group.
namespace field_id {
enum : std::uint16_t {
  // Common to every kind.
  actor = 1,
  actor_name = 2,
  actor_role = 3,
  purpose = 4,
  at = 5,
  // interaction.logged
  channel = 10,
  direction = 11,
  occurred_at = 12,
  human = 13,
  public_ = 14,
  bulk = 15,
  needs_response = 16,
  school = 17,
  topic = 18,
  moment = 19,
  language = 20,
  delivery = 21,
  department = 22,
  priority = 23,
  answered = 24,
  party_fact = 25,
  party_personal = 26,
  subject = 27,
  text = 28,
  host_ref = 29,
  source = 30,
  answers = 31,
  marked = 32,
  // case.*
  number = 40,
  status = 41,
  requester_kind = 42,
  requester = 43,
  student = 44,
  assignee = 45,
  assignee_name = 46,
  requester_name = 47,
  clock = 48,
  note = 49,
  calendar = 50,
  policy = 51,
  solved_at = 52,
  last_at = 53,
  pause = 54,
  merged_into = 55,
  follows = 56,
  moved_entry = 57,
  notice = 58,
  absorbed = 59,
  split_from = 60,
  accepted = 61,
  // policy.saved
  policy_id = 70,
  version = 71,
  name = 72,
  warn_percent = 73,
  reopen_days = 74,
  pause_when_held = 75,
  target = 76,
  rank = 77,
  active = 78,
  condition = 79,
  // calendar.saved
  calendar_id = 80,
  first_day = 81,
  last_day = 82,
  era = 83,
  offset = 84,
  closed = 85,
  closed_yearly = 86,
  special = 87,
  breaks = 88,
  used_by = 89,
  changed_from = 90,
  parent = 91,
  own_hours = 92,
  not_closed = 93,
  term = 94,
  inherited_yearly = 95,  // how many of closed_yearly, the first ones, are the parent's
  cases_follow = 96,      // open cases of the schools in used_by moved to this calendar
  // settings.saved
  setting = 100,
  value = 101,
  // directory.*
  feed = 110,
  object_type = 111,
  marker = 112,
  record_fact = 113,
  record_personal = 114,
  link_fact = 115,
  link_personal = 116,
  school_fact = 117,
  section_fact = 118,
  unchanged = 119,
  rejected = 120,
  // disclosure.made
  view = 130,
  about_person = 131,
  about_case = 132,
  rows = 133,
  // ledger.created
  ledger = 140,
  library = 141,
  sqlite = 142,
  rid_key_hash = 143,
  // policy.saved, again
  step = 150,
  // department.saved, topic.saved
  department_id = 151,
  lead = 152,
  topic_id = 153,
  // absence.saved
  absent_from = 154,
  absent_to = 155,
  stand_in = 156,
  // outbox.delivered
  notice_key = 157,
  // restore.sanctioned
  epoch = 220,
  last_size = 221,  // how far the ledger had come, by its mark
  last_root = 222,
  restored_size = 223,  // where it goes on from
  restored_root = 224,
  approved_by = 225,
  // ledger.created, key.rotated
  origin = 190,
  verifier_key = 191,
  // disclosure.made, again; `basis` is also that of an erasure and of a schedule
  basis = 160,
  recipient = 161,
  threat = 162,
  touched = 163,    // entries shown, as runs (FORMAT.md)
  terms = 164,      // what was searched for
  concerned = 165,  // ids of the people whose records were shown, one after the other
  // erasure.done
  scope = 166,
  erased = 167,   // closed fields by place (FORMAT.md)
  removed = 168,  // whole bodies, as runs
  approver = 169,
  requested_by = 170,
  // hold.placed, hold.released
  hold = 171,
  hold_kind = 172,
  reason = 173,
  until = 174,
  released_by = 175,
  // schedule.saved, and the erasures that name one
  schedule = 176,
  applies_to = 177,
  keep_days = 178,
  counted_from = 179,
  action = 180,
  // erasure.done, again
  held = 181,     // what a hold kept back, a number
  held_by = 182,  // those holds
  whole = 183,    // nothing personal is left in the entries listed
  asked = 184,    // the fields that were asked for, if not all
  // disclosure.made of an export, export.sealed
  export_format = 230,
  export_part = 231,
  export_name = 232,
  export_from = 233,
  export_to = 234,
  redaction_fact = 235,
  redaction_personal = 236,
  seal = 238,
  hidden_fields = 239,
};
}  // namespace field_id

}  // namespace heard::store
