// How domain values are written into event bodies and read back: clocks, policies, calendars.
#pragma once

#include <string>

#include "calendar/definition.hpp"
#include "cases/machine.hpp"
#include "store/body.hpp"

namespace heard::folds {

// Sub-ids of the groups of a directory event, a contact and a disclosure. Append-only.
namespace sub {
enum : std::uint8_t {
  // party_fact, party_personal
  person = 1,
  role = 2,
  is_staff = 3,
  kind = 4,
  minted = 5,
  party_key = 1,
  party_name = 2,
  // record_fact (person = 1, kind = 4, minted = 5)
  school = 6,
  active = 7,
  verified = 8,
  // record_personal (party_key = 1, party_name = 2)
  given = 3,
  family = 4,
  preferred = 5,
  email = 6,
  other_emails = 7,
  phone = 8,
  other_phones = 9,
  language = 10,
  address = 11,
  grade = 12,
  local_id = 13,
  state_id = 14,
  // link_fact
  student = 1,
  contact = 2,
  custody = 3,
  legal = 4,
  communications = 5,
  emergency = 6,
  lives_with = 7,
  portal = 8,
  sequence = 9,
  link_active = 10,
  // link_personal
  relation = 1,
  restriction = 2,
  // school_fact, section_fact
  place_key = 1,
  place_name = 2,
  place_phone = 3,
  place_address = 4,
  place_active = 5,
  section_school = 6,
  teacher = 7,
  students = 8,
  // moved_entry
  moved_seq = 1,
  // notice
  notice_key = 1,
  notice_clock = 2,
  notice_no = 3,
  notice_step = 4,
  notice_at = 5,
  notice_person = 6,
  notice_role = 7,
  notice_urgent = 8,
  notice_late = 9,
  notice_stands_in_for = 10,
  // redaction_fact, redaction_personal
  redaction_fields = 1,
  redaction_person = 2,
  redaction_entry = 3,
  redaction_reason = 4,
  redaction_statute = 5,
  redaction_reviewer = 1,
};
}  // namespace sub

/// Tri-state flags in facts.
enum class Flag : std::int64_t { unknown = 0, yes = 1, no = 2 };
/// Throws bad_field for anything but yes, no, unknown and "".
Flag flag_of(const std::string &field, const std::string &text);
std::string_view to_text(Flag flag);

/// One change of one clock, as the repeated field `clock` of a case event.
struct RecordedClock {
  cases::ClockChange change;
  std::int64_t calendar_version = 0;
  std::int64_t policy_version = 0;
};
store::Group encode_clock(const RecordedClock &recorded);
RecordedClock decode_clock(const store::Group &group);

/// All pauses of a case, as the repeated field `pause` of a case event.
void encode_pauses(const cases::Pauses &pauses, store::FieldList &fields);
cases::Pauses decode_pauses(const store::Body &body);
/// The same in one text, for a column: "kind:from:to" parts, the last `to` may be absent.
std::string pauses_text(const cases::Pauses &pauses);
cases::Pauses pauses_from_text(const std::string &text);

void encode_policy(const cases::Policy &policy, store::FieldList &fields);
cases::Policy decode_policy(const store::Body &body);

void encode_calendar(const calendar::Definition &definition, store::FieldList &fields);
calendar::Definition decode_calendar(const store::Body &body);

}  // namespace heard::folds
