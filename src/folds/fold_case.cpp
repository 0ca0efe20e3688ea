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
            " calendar, policy, policy_version, seq)"
            " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17,"
            " ?18, ?19)");
  row.bind(1, event.thread).bind(2, body.number(field_id::number));
  row.bind(3, body.number(field_id::status)).bind(4, body.number(field_id::priority));
  row.bind(5, body.text(field_id::school)).bind(6, body.text(field_id::department));
  row.id_or_null(7, body.id_of(field_id::requester));
  row.bind(8, body.text(field_id::requester_name)).bind(9, body.text(field_id::requester_kind));
  row.bind(10, body.text(field_id::subject)).bind(11, body.text(field_id::topic));
  row.bind(12, body.text(field_id::moment)).bind(13, body.text(field_id::channel));
  row.bind(14, body.text(field_id::language)).bind(15, body.number(field_id::occurred_at));
  row.bind(16, body.text(field_id::calendar)).bind(17, body.text(field_id::policy));
  row.bind(18, body.number(field_id::version)).bind(19, event.seq).run();
  for (const Id &student : body.ids(field_id::student)) {
    Query link(database, "INSERT OR IGNORE INTO fold_case_student(case_id, person) VALUES(?1, ?2)");
    link.bind(1, event.thread).bind(2, student).run();
  }
}

void change_case(store::Database &database, const store::Event &event, const store::Body &body) {
  if (body.has(field_id::status)) {
    Query status(database, "UPDATE fold_case SET status = ?2, solved_at = ?3 WHERE id = ?1");
    status.bind(1, event.thread).bind(2, body.number(field_id::status));
    if (body.has(field_id::solved_at))
      status.bind(3, body.number(field_id::solved_at)).run();
    else
      status.null(3).run();
  }
  if (static_cast<store::Kind>(event.kind) != store::Kind::case_assigned) return;
  Query assign(database,
               "UPDATE fold_case SET assignee = ?2, assignee_name = ?3,"
               " department = CASE WHEN ?4 = '' THEN department ELSE ?4 END WHERE id = ?1");
  assign.bind(1, event.thread).id_or_null(2, body.id_of(field_id::assignee));
  assign.bind(3, body.text(field_id::assignee_name));
  assign.bind(4, body.text(field_id::department)).run();
}

}  // namespace

void fold_case(store::Database &database, const store::Event &event, const store::Body &body) {
  const bool opens = static_cast<store::Kind>(event.kind) == store::Kind::case_opened;
  fold_parties(database, event, body, body.number(field_id::at));
  opens ? open_case(database, event, body) : change_case(database, event, body);
  const auto clocks = body.fact_groups(field_id::clock);
  if (clocks.empty()) return;
  const CaseRow row = load_case(database, event.thread);
  const auto calendar = calendar_now(database, row.calendar);
  const auto policy = policy_at(database, row.policy, row.policy_version);
  if (!calendar) throw Failure(Status::corrupt, "the ledger speaks of a calendar it never saved");
  // Only the last state of each clock is a row; within one event later changes win.
  for (const store::Group &group : clocks) {
    const RecordedClock recorded = decode_clock(group);
    const cases::Clock &clock = recorded.change.after;
    save_clock(
        database,
        {event.thread, clock, row.calendar, recorded.calendar_version, recorded.policy_version},
        policy->policy.warn_percent, *calendar->compiled);
  }
}

}  // namespace heard::folds
