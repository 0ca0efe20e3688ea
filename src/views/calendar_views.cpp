// calendars and calendar_days: working time as it was set, and as it comes out day by day.
#include <algorithm>
#include <array>
#include <chrono>

#include "base/failure.hpp"
#include "folds/calendars.hpp"
#include "store/ledger.hpp"
#include "views/view_table.hpp"

namespace heard::views {

namespace {

using calendar::Day;
using calendar::DayHours;
using calendar::DayRange;

constexpr Day kMostDays = 400;
constexpr Day kUsualDays = 31;
constexpr std::array kWeekdays{"monday", "tuesday",  "wednesday", "thursday",
                               "friday", "saturday", "sunday"};

/// Name, source and inheritance, as far as there is something to say.
template <class Part>
Record &put_origin(const Part &part, Record &record) {
  if (!part.name.empty()) record.set("name", part.name);
  if (!part.source.empty()) record.set("source", part.source);
  if (part.inherited) record.set("inherited", 1);
  return record;
}

std::vector<Record> range_records(const std::vector<DayRange> &ranges) {
  std::vector<Record> records;
  for (const DayRange &range : ranges) {
    Record record("range");
    record.set("first", format_date(range.first)).set("last", format_date(range.last));
    records.push_back(put_origin(range, record));
  }
  return records;
}

std::vector<Record> day_records(const std::vector<DayHours> &days) {
  std::vector<Record> records;
  for (const DayHours &day : days) {
    Record record("day");
    record.set("date", format_date(day.day)).set("hours", calendar::format_hours(day.hours));
    records.push_back(put_origin(day, record));
  }
  return records;
}

Record week_record(const calendar::Era &era) {
  Record week("week");
  for (std::size_t day = 0; day < 7; ++day)
    week.set(kWeekdays[day], calendar::format_hours(era.week[day]));
  return week;
}

std::vector<std::string> yearly_texts(const std::vector<calendar::MonthDay> &dates) {
  std::vector<std::string> texts;
  for (const calendar::MonthDay &date : dates) texts.push_back(calendar::format_month_day(date));
  return texts;
}

std::vector<std::string> texts_of(store::Query &rows) {
  std::vector<std::string> texts;
  while (rows.step()) texts.push_back(rows.text(0));
  return texts;
}

std::vector<std::string> schools_of(const Reader &reader, const std::string &calendar) {
  store::Query rows(reader.db(),
                    "SELECT school FROM fold_calendar_school WHERE calendar = ?1 ORDER BY school");
  rows.bind(1, calendar);
  return texts_of(rows);
}

/// Who saved the newest version, and when: as its entry says, where the name can be erased.
void put_saving(const Reader &reader, const std::string &calendar, Record &row) {
  namespace field_id = store::field_id;
  store::Query newest(reader.db(),
                      "SELECT seq FROM fold_calendar WHERE id = ?1 ORDER BY version DESC LIMIT 1");
  newest.bind(1, calendar);
  if (!newest.step()) return;
  const auto body = store::Ledger(reader.db()).body(newest.number(0));
  if (!body) return;
  row.set("changed_at", body->number(field_id::at));
  const std::string name = body->text(field_id::actor_name);
  row.set("saved_by", name.empty() ? body->text(field_id::actor) : name);
}

void put_now(const calendar::Calendar &hours, Seconds now, Record &row) {
  row.set("open_now", hours.is_open(now));
  if (const auto next = hours.next_open(now)) row.set("next_open", *next * 1000);
}

Record calendar_row(const Reader &reader, const folds::CalendarVersion &calendar) {
  const calendar::Definition &definition = calendar.definition;
  const calendar::Era &era = definition.eras.back();
  Record row("calendar");
  row.set("calendar", calendar.id).set("name", calendar.name).set("version", calendar.version);
  row.set("zone", era.zone);
  if (!definition.parent.empty()) row.set("parent", definition.parent);
  row.set("own_hours", definition.own_hours);
  row.set("schools", schools_of(reader, calendar.id));
  row.set("hours", std::vector<Record>{week_record(era)});
  row.set("hours_from", format_date(era.from));
  row.set("closed", range_records(definition.closed));
  row.set("closed_yearly", yearly_texts(definition.closed_yearly));
  row.set("terms", range_records(definition.terms));
  row.set("special", day_records(definition.special));
  row.set("breaks", day_records(definition.breaks));
  row.set("not_closed", range_records(definition.not_closed));
  put_now(*calendar.compiled, reader.now_seconds(), row);
  put_saving(reader, calendar.id, row);
  return row;
}

std::unique_ptr<Rows> open_calendars(const Reader &reader, const Record &filter) {
  std::vector<std::string> ids;
  {
    store::Query all(reader.db(), "SELECT DISTINCT id FROM fold_calendar ORDER BY id");
    ids = texts_of(all);
  }
  if (filter.has("calendar"))
    std::erase_if(ids, [&](const std::string &id) { return id != filter.text("calendar"); });
  std::vector<Record> rows;
  for (const std::string &id : ids)
    rows.push_back(calendar_row(reader, *folds::calendar_now(reader.db(), id)));
  return all_rows(std::move(rows));
}

/// The name of the first part that covers the day, the own ones before the inherited.
std::string name_at(const std::vector<DayRange> &ranges, Day day, const char *nameless) {
  const DayRange *found = nullptr;
  for (const DayRange &range : ranges) {
    if (day < range.first || range.last < day) continue;
    if (found == nullptr || (found->inherited && !range.inherited)) found = &range;
  }
  if (found == nullptr) return "";
  return found->name.empty() ? nameless : found->name;
}

std::string why_yearly(const calendar::Definition &definition, Day day) {
  using namespace std::chrono;
  const year_month_day date{sys_days(days(day))};
  for (const calendar::MonthDay &yearly : definition.closed_yearly)
    if (month(yearly.month) == date.month() && std::chrono::day(yearly.day) == date.day())
      return "closed every year";
  return "";
}

/// What makes the day another one than its weekday; "" if nothing does.
std::string why(const calendar::Definition &definition, Day day, bool is_open) {
  if (!is_open) {
    std::string closure = name_at(definition.closed, day, "closed");
    if (closure.empty()) closure = why_yearly(definition, day);
    if (!closure.empty()) return closure;
    if (!definition.terms.empty() && name_at(definition.terms, day, "term").empty())
      return "outside the terms";
  }
  for (const DayHours &special : definition.special)
    if (special.day == day) return special.name.empty() ? "special hours" : special.name;
  for (const DayHours &pause : definition.breaks)
    if (pause.day == day) return pause.name.empty() ? "break" : pause.name;
  return is_open ? name_at(definition.terms, day, "term") : "";
}

/// The open spans of one local day, on its own clock.
std::vector<std::string> hours_on(const calendar::Calendar &hours, Day day) {
  const Seconds begin = hours.local_to_utc(day, 0);
  const Seconds end = hours.local_to_utc(day + 1, 0);
  calendar::Hours open;
  auto span =
      std::lower_bound(hours.spans().begin(), hours.spans().end(), begin,
                       [](const calendar::OpenSpan &one, Seconds at) { return one.to <= at; });
  const auto on_wall = [&](Seconds at) {
    if (at >= end) return calendar::kDaySeconds;
    const Seconds local = at + hours.offset_at(at);
    return static_cast<std::int32_t>(local - Seconds{day} * calendar::kDaySeconds);
  };
  for (; span != hours.spans().end() && span->from < end; ++span)
    open.push_back({on_wall(std::max(span->from, begin)), on_wall(span->to)});
  return calendar::format_hours(open);
}

Day date_of(const Record &filter, const char *field, Day fallback) {
  if (!filter.has(field)) return fallback;
  const auto day = parse_date(filter.text(field));
  if (!day) throw bad_field(field, "'" + filter.text(field) + "' is not a date like 2026-12-24");
  return *day;
}

std::shared_ptr<const folds::CalendarVersion> wanted(const Reader &reader, const Record &filter) {
  if (filter.has("calendar") && filter.has("school"))
    throw bad_field("school", "cannot be given together with a calendar");
  if (!filter.has("calendar")) return folds::calendar_of_school(reader.db(), filter.text("school"));
  auto found = folds::calendar_now(reader.db(), filter.text("calendar"));
  if (!found)
    throw Failure(Status::not_found,
                  "there is no calendar '" + filter.text("calendar") + "'; check its id",
                  {{"field", "calendar"}});
  return found;
}

std::unique_ptr<Rows> open_calendar_days(const Reader &reader, const Record &filter) {
  const auto calendar = wanted(reader, filter);
  const calendar::Definition &definition = calendar->definition;
  const Day today = calendar->compiled->local_day(reader.now_seconds());
  const Day from = date_of(filter, "from", today);
  const Day to = date_of(filter, "to", from + kUsualDays - 1);
  if (to < from) throw bad_field("to", "lies before 'from'");
  if (to - from >= kMostDays) throw bad_field("to", "is more than 400 days after 'from'");
  if (from < definition.first_day || to > definition.last_day)
    throw bad_field("from", "or 'to' lies outside the calendar, which reaches from " +
                                format_date(definition.first_day) + " to " +
                                format_date(definition.last_day));
  std::vector<Record> rows;
  for (Day day = from; day <= to; ++day) {
    Record &row = rows.emplace_back("day");
    const auto hours = hours_on(*calendar->compiled, day);
    row.set("date", format_date(day)).set("open", !hours.empty()).set("hours", hours);
    row.set("why", why(definition, day, !hours.empty()));
  }
  return all_rows(std::move(rows));
}

constexpr auto kCalendarFilter = std::to_array<FilterField>({{"calendar"}});
constexpr auto kDaysFilter =
    std::to_array<FilterField>({{"calendar"}, {"school"}, {"from"}, {"to"}});
constexpr auto kViews = std::to_array<View>({
    {"calendars", "1.0", kCalendarFilter, open_calendars},
    {"calendar_days", "1.0", kDaysFilter, open_calendar_days},
});

}  // namespace

std::span<const View> calendar_views() { return kViews; }

}  // namespace heard::views
