#include "folds/clock_rows.hpp"

#include <algorithm>

#include "cases/due.hpp"

namespace heard::folds {

namespace {

using store::Query;

std::optional<Seconds> optional_number(const Query &row, int column) {
  return row.is_null(column) ? std::nullopt : std::optional<Seconds>(row.number(column));
}

void bind_optional(Query &query, int place, std::optional<Seconds> value) {
  value ? query.bind(place, *value) : query.null(place);
}

bool is_reply_clock(cases::ClockName name) {
  return name == cases::ClockName::first_response || name == cases::ClockName::next_response;
}

ClockKeys keys_of(const cases::Clock &clock, const cases::Policy &policy,
                  const calendar::Calendar &calendar) {
  return {cases::due_key(clock, calendar), cases::next_key(clock, policy, calendar)};
}

void bind_key(Query &query, int place, const cases::Key &key) {
  query.bind(place, static_cast<int>(key.axis)).bind(place + 1, key.at);
}

/// The three that name a clock, at places 1 to 3.
void bind_name(Query &query, const ClockRow &row) {
  query.bind(1, row.case_id).bind(2, static_cast<int>(row.clock.name)).bind(3, row.clock.no);
}

}  // namespace

void rekey_clock(store::Database &database, const ClockRow &row, const ClockKeys &before,
                 const cases::Policy &policy, const calendar::Calendar &calendar) {
  const ClockKeys now = keys_of(row.clock, policy, calendar);
  if (now == before) return;
  // A column that is not named costs nothing in the indexes that hold it.
  const bool only_next = now.due == before.due;
  Query set(database, only_next ? "UPDATE fold_clock SET next_axis = ?4, next_key = ?5"
                                  " WHERE case_id = ?1 AND name = ?2 AND no = ?3"
                                : "UPDATE fold_clock SET next_axis = ?4, next_key = ?5,"
                                  " due_axis = ?6, due_key = ?7"
                                  " WHERE case_id = ?1 AND name = ?2 AND no = ?3");
  bind_name(set, row);
  bind_key(set, 4, now.next);
  if (!only_next) bind_key(set, 6, now.due);
  set.run();
}

void move_clock(store::Database &database, const ClockRow &row, const cases::Policy &policy,
                const calendar::Calendar &calendar) {
  const ClockKeys keys = keys_of(row.clock, policy, calendar);
  Query set(database,
            "UPDATE fold_clock SET next_axis = ?4, next_key = ?5, due_axis = ?6, due_key = ?7,"
            " calendar = ?8, calendar_version = ?9 WHERE case_id = ?1 AND name = ?2 AND no = ?3");
  bind_name(set, row);
  bind_key(set, 4, keys.next);
  bind_key(set, 6, keys.due);
  set.bind(8, row.calendar).bind(9, row.calendar_version).run();
}

void save_clock(store::Database &database, const ClockRow &row, const cases::Policy &policy,
                const calendar::Calendar &calendar) {
  const cases::Clock &clock = row.clock;
  const bool running = clock.state == cases::ClockState::running;
  const bool unstopped = running || clock.state == cases::ClockState::paused;
  const ClockKeys keys = keys_of(clock, policy, calendar);
  Query insert(database,
               "INSERT OR REPLACE INTO fold_clock(case_id, name, no, state, verdict, amount, unit,"
               " started_at, anchor, left, warned, missed_at, stopped_at, calendar,"
               " calendar_version, policy_version, ends, fired, judged_from, cause, due_axis,"
               " due_key, next_axis, next_key, waiting, spent, reread, recheck)"
               " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16,"
               " ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28)");
  insert.bind(1, row.case_id).bind(2, static_cast<int>(clock.name)).bind(3, clock.no);
  insert.bind(4, static_cast<int>(clock.state)).bind(5, static_cast<int>(clock.verdict));
  insert.bind(6, clock.target.amount).bind(7, static_cast<int>(clock.target.unit));
  insert.bind(8, clock.started_at).bind(9, clock.anchor).bind(10, clock.left);
  insert.bind(11, clock.warned ? 1 : 0);
  bind_optional(insert, 12, clock.missed_at);
  bind_optional(insert, 13, clock.stopped_at);
  insert.bind(14, row.calendar).bind(15, row.calendar_version).bind(16, row.policy_version);
  insert.bind(17, static_cast<int>(clock.target.ends)).bind(18, std::int64_t{clock.fired});
  bind_optional(insert, 19, clock.judged_from);
  insert.bind(20, static_cast<int>(row.cause));
  bind_key(insert, 21, keys.due);
  bind_key(insert, 23, keys.next);
  insert.bind(25, running && is_reply_clock(clock.name) ? 1 : 0);
  // Open seconds from the start to the answer, for the measures.
  const bool answered = clock.state == cases::ClockState::stopped && clock.stopped_at &&
                        clock.verdict != cases::Verdict::closed_without_answer;
  bind_optional(insert, 26,
                answered ? std::optional(calendar.elapsed(clock.started_at, *clock.stopped_at))
                         : std::nullopt);
  insert.bind(27, running && cases::follows_calendar(clock, policy) ? 1 : 0);
  insert.bind(28, unstopped && (clock.missed_at || clock.anchor != clock.started_at) ? 1 : 0);
  insert.run();
}

ClockRow read_clock(const Query &row) {
  ClockRow read;
  read.case_id = row.id(0);
  cases::Clock &clock = read.clock;
  clock.name = static_cast<cases::ClockName>(row.number(1));
  clock.no = static_cast<std::int32_t>(row.number(2));
  clock.state = static_cast<cases::ClockState>(row.number(3));
  clock.verdict = static_cast<cases::Verdict>(row.number(4));
  clock.target.amount = static_cast<std::int32_t>(row.number(5));
  clock.target.unit = static_cast<cases::Unit>(row.number(6));
  clock.started_at = row.number(7);
  clock.anchor = row.number(8);
  clock.left = row.number(9);
  clock.warned = row.number(10) != 0;
  clock.missed_at = optional_number(row, 11);
  clock.stopped_at = optional_number(row, 12);
  read.calendar = row.text(13);
  read.calendar_version = row.number(14);
  read.policy_version = row.number(15);
  clock.target.ends = static_cast<cases::DayEnd>(row.number(16));
  clock.fired = static_cast<std::uint32_t>(row.number(17));
  clock.judged_from = optional_number(row, 18);
  read.cause = static_cast<cases::Cause>(row.number(19));
  return read;
}

ClockKeys read_keys(const Query &row, int first) {
  const auto key = [&](int column) {
    return cases::Key{static_cast<cases::Axis>(row.number(column)), row.number(column + 1)};
  };
  return {key(first), key(first + 2)};
}

std::vector<ClockRow> clocks_of(store::Database &database, const Id &case_id) {
  static const std::string kSql = "SELECT " + std::string(kClockColumns) +
                                  " FROM fold_clock WHERE case_id = ?1 ORDER BY name, no";
  std::vector<ClockRow> all;
  Query rows(database, kSql);
  rows.bind(1, case_id);
  while (rows.step()) all.push_back(read_clock(rows));
  return all;
}

}  // namespace heard::folds
