// outbox, departments, topics, absences: who is asked, who stands in, and whom to tell what.
#include <array>

#include "cases/clock.hpp"
#include "directory/person.hpp"
#include "folds/calendars.hpp"
#include "store/ledger.hpp"
#include "views/view_table.hpp"

namespace heard::views {

namespace {

using store::Query;

void put_person(const Reader &reader, const Id &id, const std::string &field, Record &row) {
  if (id == kNoId) return;
  const auto person = directory::load_person(reader.db(), id);
  if (!person) return;
  row.set(field, person->key);
  row.set(field + "_name", person->name.empty() ? person->key : person->name);
}

/// The calendar by which somebody is disturbed or not: that of their own school, else the case's.
const calendar::Calendar &hours_of(const Reader &reader, const Id &person,
                                   const std::string &case_calendar) {
  const auto known = person == kNoId ? std::nullopt : directory::load_person(reader.db(), person);
  if (known && !known->school.empty())
    return *folds::calendar_of_school(reader.db(), known->school)->compiled;
  return *folds::calendar_now(reader.db(), case_calendar)->compiled;
}

Record notice_record(const Reader &reader, const Query &notice) {
  Record row("notice");
  row.set("key", notice.text(0)).set("case", hex(notice.id(1))).set("number", notice.number(2));
  row.set("clock", cases::to_text(static_cast<cases::ClockName>(notice.number(3))));
  row.set("no", notice.number(4)).set("step", notice.text(5)).set("subject", notice.text(6));
  put_person(reader, notice.id(7), "to", row);
  row.set("role", notice.text(8)).set("urgent", notice.number(9));
  row.set("fell_due_at", notice.number(10) * 1000).set("late", notice.number(11));
  put_person(reader, notice.id(12), "stands_in_for", row);
  return row.set("school", notice.text(14));
}

/// A notice that may be given now: urgent, or within the hours of whom it is for.
bool is_ready(const Reader &reader, const Query &notice, Record &row) {
  if (notice.number(9) != 0) return true;
  const calendar::Calendar &hours = hours_of(reader, notice.id(7), notice.text(13));
  const auto opening = hours.next_open(reader.now_seconds());
  if (opening) row.set("deliver_at", *opening * 1000);
  return opening == reader.now_seconds();
}

/// Everything for one person together, oldest first; urgent notices stand alone in front.
std::unique_ptr<Rows> open_outbox(const Reader &reader, const Record &filter) {
  directory::require_write(reader.actor);
  std::vector<Record> rows;
  Query notices(reader.db(),
                "SELECT n.key, n.case_id, c.number, n.clock, n.no, n.step, c.subject, n.person,"
                " n.role, n.urgent, n.at, n.late, n.stands_in_for, c.calendar, c.school"
                " FROM fold_notice n JOIN fold_case c ON c.id = n.case_id"
                " WHERE n.delivered_at IS NULL"
                " ORDER BY n.urgent DESC, n.person, n.role, n.at, n.seq");
  while (notices.step()) {
    if (!reader.actor.may_see_school(notices.text(14))) continue;
    Record row = notice_record(reader, notices);
    const bool ready = is_ready(reader, notices, row);
    if (!ready && !filter.flag("held")) continue;
    rows.push_back(std::move(row.set("ready", ready)));
  }
  reader.ensure_synced(store::Ledger(reader.db()).head().size);
  return all_rows(std::move(rows));
}

std::unique_ptr<Rows> open_departments(const Reader &reader, const Record &) {
  std::vector<Record> rows;
  Query all(reader.db(), "SELECT id, name, school, lead, active FROM fold_department ORDER BY id");
  while (all.step()) {
    Record &row = rows.emplace_back("department");
    row.set("department", all.text(0)).set("name", all.text(1)).set("school", all.text(2));
    put_person(reader, all.id(3), "lead", row);
    row.set("active", all.number(4));
  }
  return all_rows(std::move(rows));
}

std::unique_ptr<Rows> open_topics(const Reader &reader, const Record &) {
  std::vector<Record> rows;
  Query all(reader.db(), "SELECT id, name, department, active FROM fold_topic ORDER BY id");
  while (all.step())
    rows.emplace_back("topic")
        .set("topic", all.text(0))
        .set("name", all.text(1))
        .set("department", all.text(2))
        .set("active", all.number(3));
  return all_rows(std::move(rows));
}

std::unique_ptr<Rows> open_absences(const Reader &reader, const Record &) {
  directory::require_write(reader.actor);
  std::vector<Record> rows;
  Query all(reader.db(),
            "SELECT person, absent_from, absent_to, stand_in FROM fold_absence"
            " WHERE absent_to > ?1 ORDER BY absent_from, person");
  all.bind(1, reader.now);
  while (all.step()) {
    Record &row = rows.emplace_back("absence");
    put_person(reader, all.id(0), "person", row);
    row.set("from", all.number(1)).set("to", all.number(2));
    put_person(reader, all.id(3), "stand_in", row);
  }
  return all_rows(std::move(rows));
}

constexpr auto kOutboxFilter = std::to_array<FilterField>({{"held", true}});

constexpr auto kViews = std::to_array<View>({
    {"outbox", "1.0", kOutboxFilter, open_outbox},
    {"departments", "1.0", {}, open_departments},
    {"topics", "1.0", {}, open_topics},
    {"absences", "1.0", {}, open_absences},
});

}  // namespace

std::span<const View> desk_views() { return kViews; }

}  // namespace heard::views
