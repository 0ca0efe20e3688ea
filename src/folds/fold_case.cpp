// case.*: the case's row and its clocks, exactly as the event recorded them.
#include "folds/calendars.hpp"
#include "folds/clock_rows.hpp"
#include "folds/codec.hpp"
#include "folds/folder.hpp"
#include "folds/people.hpp"

namespace heard::folds {

namespace {

namespace field_id = store::field_id;
using store::Query;

struct CaseRow {
  std::string calendar;
  std::string policy;
  std::int64_t policy_version = 0;
};

CaseRow load_case(store::Database &database, const Id &id) {
  Query row(database, "SELECT calendar, policy, policy_version FROM fold_case WHERE id = ?1");
  row.bind(1, id);
  if (!row.step()) throw Failure(Status::corrupt, "the ledger speaks of a case it never opened");
  return {row.text(0), row.text(1), row.number(2)};
}

void open_case(store::Database &database, const store::Event &event, const store::Body &body) {
  Query row(database,
            "INSERT INTO fold_case(id, number, status, priority, school, department, requester,"
            " requester_name, requester_kind, subject, topic, moment, channel, language, opened_at,"
            " calendar, policy, policy_version, last_at, pauses, follows, split_from, seq)"
            " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17,"
            " ?18, ?19, ?20, ?21, ?22, ?23)");
  row.bind(1, event.thread).bind(2, body.number(field_id::number));
  row.bind(3, body.number(field_id::status)).bind(4, body.number(field_id::priority));
  row.bind(5, body.text(field_id::school)).bind(6, body.text(field_id::department));
  row.id_or_null(7, body.id_of(field_id::requester));
  row.bind(8, body.text(field_id::requester_name)).bind(9, body.text(field_id::requester_kind));
  row.bind(10, body.text(field_id::subject)).bind(11, body.text(field_id::topic));
  row.bind(12, body.text(field_id::moment)).bind(13, body.text(field_id::channel));
  row.bind(14, body.text(field_id::language)).bind(15, body.number(field_id::occurred_at));
  row.bind(16, body.text(field_id::calendar)).bind(17, body.text(field_id::policy));
  row.bind(18, body.number(field_id::version));
  row.bind(19, body.number(field_id::last_at, INT64_MIN))
      .bind(20, pauses_text(decode_pauses(body)));
  row.id_or_null(21, body.id_of(field_id::follows))
      .id_or_null(22, body.id_of(field_id::split_from));
  row.bind(23, event.seq).run();
  for (const Id &student : body.ids(field_id::student)) {
    Query link(database, "INSERT OR IGNORE INTO fold_case_student(case_id, person) VALUES(?1, ?2)");
    link.bind(1, event.thread).bind(2, student).run();
  }
}

void set_number(store::Database &database, const Id &id, const char *column, std::int64_t value) {
  Query set(database, std::string("UPDATE fold_case SET ") + column + " = ?2 WHERE id = ?1");
  set.bind(1, id).bind(2, value).run();
}

void set_text(store::Database &database, const Id &id, const char *column,
              const std::string &value) {
  Query set(database, std::string("UPDATE fold_case SET ") + column + " = ?2 WHERE id = ?1");
  set.bind(1, id).bind(2, value).run();
}

/// What every contact changes, in one statement. Status and solved_at change together.
void change_state(store::Database &database, const store::Event &event, const store::Body &body) {
  const bool has_status = body.has(field_id::status), has_last = body.has(field_id::last_at);
  if (!has_status && !has_last) return;
  // A column that is not named costs nothing in the indexes that hold it.
  Query set(database, !has_status ? "UPDATE fold_case SET last_at = ?4 WHERE id = ?1"
                      : has_last
                          ? "UPDATE fold_case SET status = ?2, solved_at = ?3, last_at = ?4"
                            " WHERE id = ?1"
                          : "UPDATE fold_case SET status = ?2, solved_at = ?3 WHERE id = ?1");
  set.bind(1, event.thread);
  if (has_status) set.bind(2, body.number(field_id::status));
  if (body.has(field_id::solved_at)) set.bind(3, body.number(field_id::solved_at));
  if (has_last) set.bind(4, body.number(field_id::last_at));
  set.run();
}

void assign_case(store::Database &database, const store::Event &event, const store::Body &body) {
  Query assign(database,
               "UPDATE fold_case SET assignee = ?2, assignee_name = ?3,"
               " department = CASE WHEN ?4 = '' THEN department ELSE ?4 END WHERE id = ?1");
  assign.bind(1, event.thread).id_or_null(2, body.id_of(field_id::assignee));
  assign.bind(3, body.text(field_id::assignee_name));
  assign.bind(4, body.text(field_id::department)).run();
}

/// Whatever the event says of the case's own columns; what it does not say stays.
void change_case(store::Database &database, const store::Event &event, const store::Body &body) {
  const Id &id = event.thread;
  change_state(database, event, body);
  if (static_cast<store::Kind>(event.kind) == store::Kind::case_assigned)
    assign_case(database, event, body);
  if (body.has(field_id::pause)) set_text(database, id, "pauses", pauses_text(decode_pauses(body)));
  if (body.has(field_id::priority))
    set_number(database, id, "priority", body.number(field_id::priority));
  if (body.has(field_id::school)) set_text(database, id, "school", body.text(field_id::school));
  if (body.has(field_id::calendar))
    set_text(database, id, "calendar", body.text(field_id::calendar));
  if (!body.has(field_id::policy)) return;
  set_text(database, id, "policy", body.text(field_id::policy));
  set_number(database, id, "policy_version", body.number(field_id::version));
}

/// The contacts of the absorbed case now belong to the other; its students too.
void merge_case(store::Database &database, const Id &absorbed, const Id &into) {
  Query link(database, "UPDATE fold_case SET merged_into = ?2 WHERE id = ?1");
  link.bind(1, absorbed).bind(2, into).run();
  Query contacts(database, "UPDATE fold_interaction SET case_id = ?2 WHERE case_id = ?1");
  contacts.bind(1, absorbed).bind(2, into).run();
  Query students(database,
                 "INSERT OR IGNORE INTO fold_case_student(case_id, person)"
                 " SELECT ?2, person FROM fold_case_student WHERE case_id = ?1");
  students.bind(1, absorbed).bind(2, into).run();
}

void move_entries(store::Database &database, const Id &to, const store::Body &body) {
  for (const store::Group &moved : body.fact_groups(field_id::moved_entry)) {
    Query contact(database, "UPDATE fold_interaction SET case_id = ?2 WHERE seq = ?1");
    contact.bind(1, moved.number(sub::moved_seq)).bind(2, to).run();
  }
}

/// A notice that was given before is given once.
void save_notices(store::Database &database, const store::Event &event, const store::Body &body) {
  for (const store::Group &notice : body.fact_groups(field_id::notice)) {
    Query row(database,
              "INSERT OR IGNORE INTO fold_notice(key, case_id, clock, no, step, person, role,"
              " stands_in_for, urgent, at, late, seq)"
              " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)");
    row.bind(1, notice.text(sub::notice_key)).bind(2, event.thread);
    row.bind(3, notice.number(sub::notice_clock)).bind(4, notice.number(sub::notice_no));
    row.bind(5, notice.text(sub::notice_step)).id_or_null(6, notice.id(sub::notice_person));
    row.bind(7, notice.text(sub::notice_role));
    row.id_or_null(8, notice.id(sub::notice_stands_in_for));
    row.bind(9, notice.number(sub::notice_urgent)).bind(10, notice.number(sub::notice_at));
    row.bind(11, notice.number(sub::notice_late)).bind(12, event.seq).run();
  }
}

void save_clocks(store::Database &database, const store::Event &event,
                 const std::vector<store::Group> &clocks) {
  const CaseRow row = load_case(database, event.thread);
  const auto calendar = calendar_now(database, row.calendar);
  const auto policy = policy_at(database, row.policy, row.policy_version);
  if (!calendar) throw Failure(Status::corrupt, "the ledger speaks of a calendar it never saved");
  // Only the last state of each clock is a row; within one event later changes win.
  for (const store::Group &group : clocks) {
    const RecordedClock recorded = decode_clock(group);
    save_clock(database,
               {event.thread, recorded.change.after, row.calendar, recorded.calendar_version,
                recorded.policy_version, recorded.change.cause},
               policy->policy, *calendar->compiled);
  }
}

}  // namespace

void fold_case(store::Database &database, const store::Event &event, const store::Body &body) {
  const auto kind = static_cast<store::Kind>(event.kind);
  const bool opens = kind == store::Kind::case_opened;
  fold_parties(database, event, body, body.number(field_id::at));
  opens ? open_case(database, event, body) : change_case(database, event, body);
  if (kind == store::Kind::case_merged)
    merge_case(database, event.thread, body.id_of(field_id::merged_into));
  if (opens) move_entries(database, event.thread, body);
  save_notices(database, event, body);
  const auto clocks = body.fact_groups(field_id::clock);
  if (!clocks.empty()) save_clocks(database, event, clocks);
}

}  // namespace heard::folds
