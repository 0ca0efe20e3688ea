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

/// A clock with the keys of its row, and the policy of its case.
struct Kept {
  ClockRow row;
  ClockKeys keys;
  std::shared_ptr<const PolicyVersion> policy;  // shared with the cache
};

constexpr const char *kPolicyOfCase =
    "SELECT id, policy AS of_policy, policy_version AS of_version FROM fold_case";

std::string select_kept(const std::string &from) {
  return fmt::format("SELECT {}, {}, of_policy, of_version FROM {}", kClockColumns, kKeyColumns,
                     from);
}

/// Clocks of one policy stand together, so the last one is remembered.
std::vector<Kept> read_kept(store::Database &database, Query &rows) {
  std::vector<Kept> all;
  constexpr int kPolicy = kClockColumnCount + kKeyColumnCount;
  while (rows.step()) {
    std::shared_ptr<const PolicyVersion> policy = all.empty() ? nullptr : all.back().policy;
    if (!policy || policy->id != rows.bytes(kPolicy) || policy->version != rows.number(kPolicy + 1))
      policy = policy_at(database, rows.text(kPolicy), rows.number(kPolicy + 1));
    all.push_back({read_clock(rows), read_keys(rows, kClockColumnCount), std::move(policy)});
  }
  return all;
}

/// New keys for rows whose keys depend on the changed part of the calendar: those whose keys were
/// found by reading it, and those that began to count after `changed_from`, missed ones included.
void rekey_clocks(store::Database &database, const std::string &calendar, Seconds changed_from) {
  const auto now = calendar_now(database, calendar);
  const auto rekey = [&](const std::string &clocks, bool by_time) {
    Query rows(database, select_kept(fmt::format("{} CROSS JOIN ({}) ON id = case_id", clocks,
                                                 kPolicyOfCase)));
    rows.bind(1, calendar);
    if (by_time) rows.bind(2, changed_from);
    for (const Kept &clock : read_kept(database, rows))
      rekey_clock(database, clock.row, clock.keys, clock.policy->policy, *now->compiled);
  };
  rekey("(SELECT * FROM fold_clock WHERE calendar = ?1 AND reread = 1)", false);
  // Looked for in the index alone: mostly there are none, among very many.
  rekey(
      "(SELECT case_id AS on_case, name AS on_name, no AS on_no FROM fold_clock"
      " WHERE calendar = ?1 AND next_axis <> 0 AND anchor >= ?2)"
      " CROSS JOIN fold_clock ON case_id = on_case AND name = on_name AND no = on_no"
      " AND reread = 0",
      true);
  rekey(
      "(SELECT * FROM fold_clock WHERE calendar = ?1 AND recheck = 1 AND reread = 0"
      " AND next_axis = 0 AND anchor >= ?2)",
      true);
}

std::vector<std::string> calendar_ids(store::Database &database) {
  std::vector<std::string> ids;
  Query rows(database, "SELECT DISTINCT id FROM fold_calendar ORDER BY id");
  while (rows.step()) ids.push_back(rows.text(0));
  return ids;
}

/// Clocks of `school`'s cases on `from`, those that are still open, in cases that are not closed.
std::vector<Kept> open_clocks(store::Database &database, const std::string &school,
                              const std::string &from) {
  static const std::string kSql =
      select_kept(fmt::format("({} WHERE calendar = ?1 AND school = ?2 AND status < 6)"
                              " CROSS JOIN fold_clock ON case_id = id WHERE state IN (?3, ?4)",
                              kPolicyOfCase));
  Query rows(database, kSql);
  rows.bind(1, from).bind(2, school);
  rows.bind(3, static_cast<int>(cases::ClockState::running));
  rows.bind(4, static_cast<int>(cases::ClockState::paused));
  return read_kept(database, rows);
}

/// Cases that are not closed go on by the new calendar, and so do their open clocks; finished ones
/// keep the calendar that decided.
void move_from(store::Database &database, const std::string &school, const std::string &from,
               const CalendarVersion &to) {
  for (Kept &clock : open_clocks(database, school, from)) {
    clock.row.calendar = to.id;
    clock.row.calendar_version = to.version;
    move_clock(database, clock.row, clock.policy->policy, *to.compiled);
  }
  Query move(database,
             "UPDATE fold_case SET calendar = ?3"
             " WHERE calendar = ?1 AND school = ?2 AND status < 6");
  move.bind(1, from).bind(2, school).bind(3, to.id).run();
}

void move_cases(store::Database &database, const std::string &school, const std::string &to) {
  const auto calendar = calendar_now(database, to);
  for (const std::string &from : calendar_ids(database)) {
    if (from == to) continue;
    if (!calendar) throw Failure(Status::corrupt, "the ledger speaks of a calendar it never saved");
    move_from(database, school, from, *calendar);
  }
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
