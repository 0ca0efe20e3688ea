// calendar.saved: the whole version, which schools use it, and what that means for open clocks.
#include <fmt/format.h>

#include <algorithm>

#include "folds/calendars.hpp"
#include "folds/clock_rows.hpp"
#include "folds/codec.hpp"
#include "folds/definition_bytes.hpp"
#include "folds/folder.hpp"

namespace heard::folds {

namespace {

namespace field_id = store::field_id;
using store::Query;

/// Rows whose keys depend on the changed part of the calendar get new ones: those that began to
/// count after it, and those whose keys were found by reading the calendar.
std::vector<ClockRow> affected_clocks(store::Database &database, const std::string &calendar,
                                      Seconds changed_from) {
  std::vector<ClockRow> rows;
  for (const char *which : {"reread = 1", "reread = 0 AND next_axis > 0 AND anchor >= ?2",
                            "reread = 0 AND waiting = 1 AND next_axis = 0 AND anchor >= ?2"}) {
    const std::string sql =
        fmt::format("SELECT {} FROM fold_clock WHERE calendar = ?1 AND {}", kClockColumns, which);
    Query affected(database, sql);
    affected.bind(1, calendar);
    if (sql.find("?2") != sql.npos) affected.bind(2, changed_from);
    while (affected.step()) rows.push_back(read_clock(affected));
  }
  return rows;
}

/// Writes the row with the keys it has on `calendar`; `row.calendar` says the same.
void save_on(store::Database &database, const ClockRow &row, const CalendarVersion &calendar) {
  Query policy(database, "SELECT policy, policy_version FROM fold_case WHERE id = ?1");
  policy.bind(1, row.case_id);
  if (!policy.step()) return;
  save_clock(database, row, policy_at(database, policy.text(0), policy.number(1))->policy,
             *calendar.compiled);
}

void rekey_clocks(store::Database &database, const std::string &calendar, Seconds changed_from) {
  const auto now = calendar_now(database, calendar);
  for (const ClockRow &row : affected_clocks(database, calendar, changed_from))
    save_on(database, row, *now);
}

std::vector<std::string> calendar_ids(store::Database &database) {
  std::vector<std::string> ids;
  Query rows(database, "SELECT DISTINCT id FROM fold_calendar ORDER BY id");
  while (rows.step()) ids.push_back(rows.text(0));
  return ids;
}

/// Cases of `school` that are not closed and lie on another calendar than `to`.
std::vector<Id> cases_elsewhere(store::Database &database, const std::string &school,
                                const std::string &to) {
  std::vector<Id> cases;
  for (const std::string &from : calendar_ids(database)) {
    if (from == to) continue;
    Query rows(database,
               "SELECT id FROM fold_case WHERE calendar = ?1 AND school = ?2 AND status < 6");
    rows.bind(1, from).bind(2, school);
    while (rows.step()) cases.push_back(rows.id(0));
  }
  return cases;
}

/// Clocks that are still open go on by the new calendar; finished ones keep the one that decided.
void move_case(store::Database &database, const Id &id, const CalendarVersion &to) {
  Query move(database, "UPDATE fold_case SET calendar = ?2 WHERE id = ?1");
  move.bind(1, id).bind(2, to.id).run();
  for (ClockRow &row : clocks_of(database, id)) {
    const bool open = row.clock.state == cases::ClockState::running ||
                      row.clock.state == cases::ClockState::paused;
    if (!open) continue;
    row.calendar = to.id;
    row.calendar_version = to.version;
    save_on(database, row, to);
  }
}

void move_cases(store::Database &database, const std::string &school, const std::string &to) {
  const std::vector<Id> cases = cases_elsewhere(database, school, to);
  if (cases.empty()) return;
  const auto calendar = calendar_now(database, to);
  if (!calendar) throw Failure(Status::corrupt, "the ledger speaks of a calendar it never saved");
  for (const Id &id : cases) move_case(database, id, *calendar);
}

/// Notes which schools use the calendar; answers those that did and do not any more.
std::vector<std::string> assign_schools(store::Database &database, const std::string &calendar,
                                        const std::vector<std::string> &schools) {
  std::vector<std::string> left;
  Query used(database,
             "SELECT school FROM fold_calendar_school WHERE calendar = ?1 ORDER BY school");
  used.bind(1, calendar);
  while (used.step())
    if (std::find(schools.begin(), schools.end(), used.text(0)) == schools.end())
      left.push_back(used.text(0));
  Query free(database, "DELETE FROM fold_calendar_school WHERE calendar = ?1");
  free.bind(1, calendar).run();
  for (const std::string &school : schools) {
    Query use(database,
              "INSERT INTO fold_calendar_school(school, calendar) VALUES(?1, ?2)"
              " ON CONFLICT(school) DO UPDATE SET calendar = ?2");
    use.bind(1, school).bind(2, calendar).run();
  }
  return left;
}

}  // namespace

void fold_calendar(store::Database &database, const store::Event &event, const store::Body &body) {
  const std::string id = body.text(field_id::calendar_id);
  Query row(database,
            "INSERT INTO fold_calendar(id, version, name, definition, parent, seq)"
            " VALUES(?1, ?2, ?3, ?4, ?5, ?6)");
  row.bind(1, id).bind(2, body.number(field_id::version)).bind(3, body.text(field_id::name));
  row.blob(4, definition_bytes(body)).bind(5, body.text(field_id::parent));
  row.bind(6, event.seq).run();
  const std::vector<std::string> schools = body.texts(field_id::used_by);
  const std::vector<std::string> left = assign_schools(database, id, schools);
  database.renew_epoch();
  rekey_clocks(database, id, body.number(field_id::changed_from));
  if (body.number(field_id::cases_follow) == 0) return;  // written before cases followed
  for (const std::string &school : schools) move_cases(database, school, id);
  for (const std::string &school : left) move_cases(database, school, std::string(kDefault));
}

}  // namespace heard::folds
