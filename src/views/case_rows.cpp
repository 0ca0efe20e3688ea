#include "views/case_rows.hpp"

#include <fmt/format.h>

#include "base/failure.hpp"
#include "cases/due.hpp"
#include "cases/explain.hpp"
#include "directory/person.hpp"
#include "folds/calendars.hpp"

namespace heard::views {

namespace {

std::string key_of(const Reader &reader, const Id &person) {
  if (person == kNoId) return "";
  const auto known = directory::load_person(reader.db(), person);
  return known ? known->key : "";
}

/// Somebody known by a key only is still somebody to call back.
std::string name_or_key(const std::string &name, const std::string &key) {
  return name.empty() ? key : name;
}

}  // namespace

void put_case_columns(const Reader &reader, const store::Query &columns, Record &row) {
  row.set("case", hex(columns.id(0))).set("number", columns.number(1));
  row.set("status", cases::to_text(static_cast<cases::CaseStatus>(columns.number(2))));
  row.set("priority", cases::to_text(static_cast<cases::Priority>(columns.number(3))));
  row.set("school", columns.text(4));
  row.set("school_name", directory::school_name(reader.db(), columns.text(4)));
  const std::string requester = key_of(reader, columns.id(5));
  row.set("requester", requester).set("requester_name", name_or_key(columns.text(6), requester));
  row.set("subject", columns.text(7)).set("topic", columns.text(8));
  row.set("channel", columns.text(9)).set("language", columns.text(10));
  row.set("opened_at", columns.number(11));
  row.set("assignee", key_of(reader, columns.id(12))).set("assignee_name", columns.text(13));
  row.set("moment", columns.text(14)).set("department", columns.text(15));
}

std::vector<Record> students_of(const Reader &reader, const Id &case_id) {
  std::vector<Record> students;
  store::Query rows(reader.db(),
                    "SELECT p.key, p.name FROM fold_case_student s JOIN fold_person p"
                    " ON p.id = s.person WHERE s.case_id = ?1 ORDER BY p.name, p.key");
  rows.bind(1, case_id);
  while (rows.step())
    students.push_back(Record("student")
                           .set("person", rows.text(0))
                           .set("name", name_or_key(rows.text(1), rows.text(0))));
  return students;
}

namespace {

/// "running" and "paused", else the verdict.
std::string_view state_text(const cases::Clock &clock, const calendar::Calendar &hours) {
  if (clock.state == cases::ClockState::stopped) return cases::to_text(clock.verdict);
  const bool never = clock.target.amount != 0 && hours.never_open() &&
                     cases::due_point(clock, hours).axis == cases::Axis::none;
  return never ? "no_open_time" : cases::to_text(clock.state);
}

}  // namespace

Record clock_record(const Reader &reader, const folds::ClockRow &row, const std::string &policy,
                    const cases::Pauses &pauses) {
  const cases::Clock &clock = row.clock;
  const auto calendar = folds::calendar_now(reader.db(), row.calendar);
  if (!calendar) throw Failure(Status::corrupt, "a clock has a calendar the store does not know");
  const calendar::Calendar &hours = *calendar->compiled;
  Record record("clock");
  record.set("clock", cases::to_text(clock.name)).set("no", clock.no);
  record.set("state", state_text(clock, hours));
  record.set("verdict", cases::to_text(clock.verdict));
  record.set("started_at", clock.started_at * 1000);
  if (const auto counting = hours.next_open(clock.started_at))
    record.set("counting_from", *counting * 1000);
  if (const auto due = cases::due_at(clock, hours)) record.set("due_at", *due * 1000);
  record.set("target", clock.target.amount).set("unit", cases::to_text(clock.target.unit));
  record.set("warned", clock.warned);
  record.set("late", clock.verdict == cases::Verdict::missed);
  if (clock.stopped_at) record.set("stopped_at", *clock.stopped_at * 1000);
  record.set("calendar", row.calendar).set("cause", cases::to_text(row.cause));
  cases::Grounds grounds{fmt::format("{} (version {})", policy, row.policy_version),
                         fmt::format("{} (version {})", calendar->name, calendar->version), pauses,
                         std::string(cases::to_text(row.cause))};
  record.set("explain", cases::explain(clock, hours, grounds));
  return record;
}

}  // namespace heard::views
