// schools and measures: figures by school, exact medians from the clocks' own rows.
#include <algorithm>
#include <array>
#include <map>

#include "base/failure.hpp"
#include "cases/clock.hpp"
#include "cases/due.hpp"
#include "directory/person.hpp"
#include "folds/calendars.hpp"
#include "views/case_views.hpp"
#include "views/view_table.hpp"

namespace heard::views {

namespace {

struct Figures {
  std::int64_t contacts = 0, cases = 0, answered = 0, in_time = 0, missed = 0, unanswered = 0;
  std::vector<std::int64_t> spent;  ///< open seconds until each answer
};
using BySchool = std::map<std::string, Figures>;

struct Period {
  Millis from;
  Millis to;
};

void count_contacts(const Reader &reader, const Period &period, BySchool &figures) {
  store::Query rows(reader.db(),
                    "SELECT school, COUNT(*) FROM fold_interaction WHERE occurred_at >= ?1"
                    " AND occurred_at < ?2 GROUP BY school");
  rows.bind(1, period.from).bind(2, period.to);
  while (rows.step()) figures[rows.text(0)].contacts = rows.number(1);
  store::Query cases(reader.db(),
                     "SELECT school, COUNT(*) FROM fold_case WHERE opened_at >= ?1"
                     " AND opened_at < ?2 GROUP BY school");
  cases.bind(1, period.from).bind(2, period.to);
  while (cases.step()) figures[cases.text(0)].cases = cases.number(1);
}

void count_clocks(const Reader &reader, cases::ClockName name, const Period &period,
                  BySchool &figures) {
  store::Query rows(reader.db(),
                    "SELECT c.school, k.state, k.verdict, k.spent FROM fold_clock k"
                    " JOIN fold_case c ON c.id = k.case_id WHERE k.name = ?1"
                    " AND k.started_at >= ?2 AND k.started_at < ?3");
  rows.bind(1, static_cast<int>(name)).bind(2, floor_seconds(period.from));
  rows.bind(3, period.to == INT64_MAX ? INT64_MAX : floor_seconds(period.to));
  while (rows.step()) {
    Figures &school = figures[rows.text(0)];
    const auto verdict = static_cast<cases::Verdict>(rows.number(2));
    if (verdict == cases::Verdict::met) ++school.in_time;
    if (verdict == cases::Verdict::missed) ++school.missed;
    if (static_cast<cases::ClockState>(rows.number(1)) == cases::ClockState::running)
      ++school.unanswered;
    if (rows.is_null(3)) continue;
    ++school.answered;
    school.spent.push_back(rows.number(3));
  }
}

/// The smallest value with at least `percent` of the values at or below it.
std::int64_t percentile(std::vector<std::int64_t> &values, int percent) {
  const std::size_t rank = (values.size() * static_cast<std::size_t>(percent) + 99) / 100;
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(std::max<std::size_t>(rank, 1) - 1);
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

Record figures_row(const Reader &reader, const std::string &school, Figures &f) {
  Record row("measure");
  row.set("school", school).set("name", directory::school_name(reader.db(), school));
  row.set("contacts", f.contacts).set("cases", f.cases).set("answered", f.answered);
  row.set("in_time", f.in_time).set("missed", f.missed).set("unanswered", f.unanswered);
  if (f.in_time + f.missed > 0)
    row.set("in_time_percent", f.in_time * 100 / (f.in_time + f.missed));
  if (!f.spent.empty())
    row.set("median_s", percentile(f.spent, 50)).set("p90_s", percentile(f.spent, 90));
  return row;
}

std::unique_ptr<Rows> open_measures(const Reader &reader, const Record &filter) {
  const std::string wanted = filter.text("clock", "first_response");
  const auto name = cases::clock_name(wanted);
  if (!name) throw bad_field("clock", "'" + wanted + "' is not a clock, like first_response");
  const Period period{filter.number("from", INT64_MIN / 2), filter.number("to", INT64_MAX)};
  BySchool figures;
  count_contacts(reader, period, figures);
  count_clocks(reader, *name, period, figures);
  std::vector<Record> rows;
  for (auto &[school, f] : figures)
    if (reader.actor.may_see_school(school)) rows.push_back(figures_row(reader, school, f));
  return all_rows(std::move(rows));
}

struct Counts {
  std::int64_t students = 0, staff = 0, waiting = 0, late = 0;
};

std::map<std::string, Counts> count_people(const Reader &reader) {
  std::map<std::string, Counts> counts;
  store::Query people(reader.db(),
                      "SELECT school, SUM(kind = 'student'), SUM(kind = 'staff') FROM fold_person"
                      " WHERE active = 1 GROUP BY school");
  while (people.step()) {
    counts[people.text(0)].students = people.number(1);
    counts[people.text(0)].staff = people.number(2);
  }
  const auto waiting = open_waiting(reader, Record("filter"));
  for (Record row; waiting->next(row);) {
    ++counts[row.text("school")].waiting;
    if (row.flag("late")) ++counts[row.text("school")].late;
  }
  return counts;
}

std::unique_ptr<Rows> open_schools(const Reader &reader, const Record &) {
  std::map<std::string, Counts> counts = count_people(reader);
  std::vector<Record> rows;
  store::Query schools(reader.db(),
                       "SELECT key, name FROM fold_school WHERE active = 1"
                       " ORDER BY name, key");
  while (schools.step()) {
    const std::string key = schools.text(0);
    if (!reader.actor.may_see_school(key)) continue;
    const auto calendar = folds::calendar_of_school(reader.db(), key);
    const Counts &count = counts[key];
    Record &row = rows.emplace_back("school");
    row.set("school", key).set("name", schools.text(1)).set("calendar", calendar->id);
    row.set("zone", calendar->definition.eras.back().zone);
    row.set("students", count.students).set("staff", count.staff);
    row.set("waiting", count.waiting).set("late", count.late);
  }
  return all_rows(std::move(rows));
}

constexpr auto kMeasuresFilter =
    std::to_array<FilterField>({{"from", true}, {"to", true}, {"clock"}});

constexpr auto kViews = std::to_array<View>({
    {"schools", "1.0", {}, open_schools},
    {"measures", "1.0", kMeasuresFilter, open_measures},
});

}  // namespace

std::span<const View> measure_views() { return kViews; }

}  // namespace heard::views
