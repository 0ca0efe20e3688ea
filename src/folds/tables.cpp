#include "folds/tables.hpp"

#include <array>

namespace heard::folds {

namespace {

// An index holds all that is asked of it, for a look at the row is another seek: so fold_case_open
// has the status, and fold_clock_next the anchor. The latter says "<> 0", because the planner takes
// "next_axis > 0" beside "next_axis = ?" for a range to walk: it would read every running clock of
// a calendar where it should seek one.
constexpr const char *kTables = R"sql(
CREATE TABLE fold_person(
  id BLOB PRIMARY KEY, kind TEXT NOT NULL, key TEXT, name TEXT, given TEXT, family TEXT,
  preferred TEXT, language TEXT, email TEXT, other_emails TEXT, phone TEXT, other_phones TEXT,
  address TEXT, school TEXT, grade TEXT, active INTEGER NOT NULL, verified INTEGER NOT NULL,
  seq INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX fold_person_school ON fold_person(school, kind);
CREATE INDEX fold_person_name ON fold_person(name);
CREATE TABLE fold_person_key(key TEXT PRIMARY KEY, person BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE fold_link(
  student BLOB NOT NULL, contact BLOB NOT NULL, relation TEXT, custody INTEGER NOT NULL,
  legal INTEGER NOT NULL, communications INTEGER NOT NULL, emergency INTEGER NOT NULL,
  lives_with INTEGER NOT NULL, portal INTEGER NOT NULL, restriction TEXT, sequence INTEGER,
  active INTEGER NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY(student, contact))
  STRICT, WITHOUT ROWID;
CREATE INDEX fold_link_contact ON fold_link(contact);
CREATE TABLE fold_school(
  key TEXT PRIMARY KEY, name TEXT NOT NULL, phone TEXT, address TEXT, active INTEGER NOT NULL,
  seq INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE fold_section(
  key TEXT PRIMARY KEY, name TEXT NOT NULL, school TEXT, teacher BLOB, active INTEGER NOT NULL,
  seq INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE fold_section_student(
  section TEXT NOT NULL, student BLOB NOT NULL, PRIMARY KEY(section, student))
  STRICT, WITHOUT ROWID;
CREATE TABLE fold_body_person(
  person BLOB NOT NULL, seq INTEGER NOT NULL, part INTEGER NOT NULL, role TEXT NOT NULL,
  at INTEGER NOT NULL, PRIMARY KEY(person, seq, part)) STRICT, WITHOUT ROWID;
CREATE TABLE fold_interaction(
  seq INTEGER PRIMARY KEY, case_id BLOB, school TEXT, channel TEXT NOT NULL,
  direction TEXT NOT NULL, occurred_at INTEGER NOT NULL, needs_response INTEGER NOT NULL,
  answers INTEGER NOT NULL, corrects INTEGER) STRICT;
CREATE INDEX fold_interaction_corrects ON fold_interaction(corrects) WHERE corrects IS NOT NULL;
CREATE INDEX fold_interaction_case ON fold_interaction(case_id)
  WHERE case_id IS NOT NULL;
CREATE INDEX fold_interaction_school ON fold_interaction(school, occurred_at);
CREATE TABLE fold_case(
  id BLOB PRIMARY KEY, number INTEGER NOT NULL UNIQUE, status INTEGER NOT NULL,
  priority INTEGER NOT NULL, school TEXT, department TEXT, requester BLOB, requester_name TEXT,
  requester_kind TEXT, subject TEXT, topic TEXT, moment TEXT, channel TEXT, language TEXT,
  opened_at INTEGER NOT NULL, solved_at INTEGER, assignee BLOB, assignee_name TEXT,
  calendar TEXT NOT NULL, policy TEXT NOT NULL, policy_version INTEGER NOT NULL,
  last_at INTEGER NOT NULL, pauses TEXT NOT NULL, merged_into BLOB, follows BLOB,
  split_from BLOB, seq INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX fold_case_requester ON fold_case(requester, number);
CREATE INDEX fold_case_open ON fold_case(calendar, school, status) WHERE status < 6;
CREATE INDEX fold_case_merged ON fold_case(merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX fold_case_split ON fold_case(split_from) WHERE split_from IS NOT NULL;
CREATE TABLE fold_case_student(
  case_id BLOB NOT NULL, person BLOB NOT NULL, PRIMARY KEY(case_id, person)) STRICT, WITHOUT ROWID;
CREATE TABLE fold_clock(
  case_id BLOB NOT NULL, name INTEGER NOT NULL, no INTEGER NOT NULL, state INTEGER NOT NULL,
  verdict INTEGER NOT NULL, amount INTEGER NOT NULL, unit INTEGER NOT NULL,
  started_at INTEGER NOT NULL, anchor INTEGER NOT NULL, left INTEGER NOT NULL,
  warned INTEGER NOT NULL, missed_at INTEGER, stopped_at INTEGER, calendar TEXT NOT NULL,
  calendar_version INTEGER NOT NULL, policy_version INTEGER NOT NULL, ends INTEGER NOT NULL,
  fired INTEGER NOT NULL, judged_from INTEGER, cause INTEGER NOT NULL,
  due_axis INTEGER NOT NULL, due_key INTEGER NOT NULL, next_axis INTEGER NOT NULL,
  next_key INTEGER NOT NULL, waiting INTEGER NOT NULL, spent INTEGER, reread INTEGER NOT NULL,
  recheck INTEGER NOT NULL,
  PRIMARY KEY(case_id, name, no)) STRICT, WITHOUT ROWID;
CREATE INDEX fold_clock_next ON fold_clock(calendar, next_axis, next_key, anchor)
  WHERE next_axis <> 0;
CREATE INDEX fold_clock_waiting ON fold_clock(calendar, due_axis, due_key, started_at)
  WHERE waiting = 1;
CREATE INDEX fold_clock_reread ON fold_clock(calendar) WHERE reread = 1;
CREATE INDEX fold_clock_recheck ON fold_clock(calendar) WHERE recheck = 1;
CREATE TABLE fold_notice(
  key TEXT PRIMARY KEY, case_id BLOB NOT NULL, clock INTEGER NOT NULL, no INTEGER NOT NULL,
  step TEXT NOT NULL, person BLOB, role TEXT NOT NULL, stands_in_for BLOB, urgent INTEGER NOT NULL,
  at INTEGER NOT NULL, late INTEGER NOT NULL, seq INTEGER NOT NULL, delivered_at INTEGER)
  STRICT, WITHOUT ROWID;
CREATE INDEX fold_notice_pending ON fold_notice(seq) WHERE delivered_at IS NULL;
CREATE TABLE fold_department(
  id TEXT PRIMARY KEY, name TEXT NOT NULL, school TEXT NOT NULL, lead BLOB,
  active INTEGER NOT NULL, seq INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE fold_topic(
  id TEXT PRIMARY KEY, name TEXT NOT NULL, department TEXT NOT NULL, active INTEGER NOT NULL,
  seq INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE fold_absence(
  person BLOB PRIMARY KEY, absent_from INTEGER NOT NULL, absent_to INTEGER NOT NULL,
  stand_in BLOB, seq INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE fold_calendar(
  id TEXT NOT NULL, version INTEGER NOT NULL, name TEXT, definition BLOB NOT NULL,
  parent TEXT, seq INTEGER NOT NULL, PRIMARY KEY(id, version)) STRICT, WITHOUT ROWID;
CREATE INDEX fold_calendar_versions ON fold_calendar(id, version, parent, seq);
CREATE TABLE fold_calendar_school(school TEXT PRIMARY KEY, calendar TEXT NOT NULL)
  STRICT, WITHOUT ROWID;
CREATE TABLE fold_policy(
  id TEXT NOT NULL, version INTEGER NOT NULL, name TEXT, definition BLOB NOT NULL,
  seq INTEGER NOT NULL, PRIMARY KEY(id, version)) STRICT, WITHOUT ROWID;
CREATE TABLE fold_epoch(
  epoch INTEGER PRIMARY KEY, last_size INTEGER NOT NULL, last_root BLOB NOT NULL,
  restored_size INTEGER NOT NULL, restored_root BLOB NOT NULL, seq INTEGER NOT NULL) STRICT;
CREATE TABLE fold_disclosure(
  seq INTEGER PRIMARY KEY, view TEXT NOT NULL, person BLOB, case_id BLOB, actor TEXT NOT NULL,
  role TEXT NOT NULL, basis TEXT NOT NULL, at INTEGER NOT NULL, rows INTEGER NOT NULL,
  searched INTEGER NOT NULL, broad INTEGER NOT NULL) STRICT;
CREATE INDEX fold_disclosure_actor ON fold_disclosure(actor, seq);
CREATE INDEX fold_disclosure_searched ON fold_disclosure(seq) WHERE searched = 1;
CREATE INDEX fold_disclosure_broad ON fold_disclosure(seq) WHERE broad = 1;
CREATE TABLE fold_erasure(
  seq INTEGER PRIMARY KEY, scope TEXT NOT NULL, person BLOB, case_id BLOB,
  schedule TEXT NOT NULL, at INTEGER NOT NULL, entries INTEGER NOT NULL, fields INTEGER NOT NULL,
  removed INTEGER NOT NULL, held INTEGER NOT NULL) STRICT;
CREATE TABLE fold_erased(
  seq INTEGER NOT NULL, by_seq INTEGER NOT NULL, whole INTEGER NOT NULL,
  PRIMARY KEY(seq, by_seq)) STRICT, WITHOUT ROWID;
CREATE TABLE fold_hold(
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, scope TEXT NOT NULL, person BLOB, case_id BLOB,
  school TEXT NOT NULL, placed_at INTEGER NOT NULL, until INTEGER, seq INTEGER NOT NULL,
  released_at INTEGER, released_seq INTEGER) STRICT, WITHOUT ROWID;
CREATE TABLE fold_schedule(
  id TEXT PRIMARY KEY, name TEXT NOT NULL, applies_to TEXT NOT NULL, school TEXT NOT NULL,
  channel TEXT NOT NULL, keep_days INTEGER NOT NULL, counted_from TEXT NOT NULL,
  action TEXT NOT NULL, basis TEXT NOT NULL, active INTEGER NOT NULL, seq INTEGER NOT NULL,
  run_at INTEGER, run_seq INTEGER) STRICT, WITHOUT ROWID;
CREATE TABLE fold_setting(name TEXT PRIMARY KEY, value TEXT NOT NULL, seq INTEGER NOT NULL)
  STRICT, WITHOUT ROWID;
CREATE TABLE fold_key(
  from_seq INTEGER PRIMARY KEY, kid TEXT NOT NULL, vkey TEXT NOT NULL, to_seq INTEGER,
  by_restore INTEGER NOT NULL) STRICT;
)sql";

constexpr auto kNames = std::to_array<FoldTable>({
    {"fold_person", "id"},
    {"fold_person_key", "key"},
    {"fold_link", "student, contact"},
    {"fold_school", "key"},
    {"fold_section", "key"},
    {"fold_section_student", "section, student"},
    {"fold_body_person", "person, seq, part"},
    {"fold_interaction", "seq"},
    {"fold_case", "id"},
    {"fold_case_student", "case_id, person"},
    {"fold_clock", "case_id, name, no"},
    {"fold_notice", "key"},
    {"fold_department", "id"},
    {"fold_topic", "id"},
    {"fold_absence", "person"},
    {"fold_calendar", "id, version"},
    {"fold_calendar_school", "school"},
    {"fold_policy", "id, version"},
    {"fold_epoch", "epoch"},
    {"fold_disclosure", "seq"},
    {"fold_erasure", "seq"},
    {"fold_erased", "seq, by_seq"},
    {"fold_hold", "id"},
    {"fold_schedule", "id"},
    {"fold_setting", "name"},
    {"fold_key", "from_seq"},
});

}  // namespace

void create_tables(store::Database &database) { database.exec(kTables); }
std::span<const FoldTable> tables() { return kNames; }

}  // namespace heard::folds
