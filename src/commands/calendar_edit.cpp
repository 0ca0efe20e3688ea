#include "commands/calendar_edit.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "base/failure.hpp"
#include "base/zone_file.hpp"
#include "commands/command_table.hpp"

namespace heard::commands {

namespace {

using calendar::Day;
using calendar::Definition;

constexpr Seconds kDay = 86400;
constexpr auto kWeek = std::to_array<FieldSpec>({
    {"monday", FieldKind::texts},
    {"tuesday", FieldKind::texts},
    {"wednesday", FieldKind::texts},
    {"thursday", FieldKind::texts},
    {"friday", FieldKind::texts},
    {"saturday", FieldKind::texts},
    {"sunday", FieldKind::texts},
});
constexpr auto kDayFields = std::to_array<FieldSpec>({
    {"date", FieldKind::text, true},
    {"hours", FieldKind::texts, true},
});

Day checked_date(const std::string &field, const std::string &text) {
  const auto day = parse_date(text);
  if (!day) throw bad_field(field, "'" + text + "' is not a date like 2026-12-24");
  return *day;
}

std::array<calendar::Hours, 7> week_from(const Record &record) {
  check_fields("hours of calendar.save", kWeek, record);
  std::array<calendar::Hours, 7> week;
  for (std::size_t day = 0; day < 7; ++day) {
    const std::string name(kWeek[day].name);
    week[day] = calendar::parse_hours(name, record.texts(name));
  }
  return week;
}

/// Monday to Friday 08:00-16:00 (decisions.md 24).
std::array<calendar::Hours, 7> default_week() {
  std::array<calendar::Hours, 7> week;
  for (std::size_t day = 0; day < 5; ++day) week[day] = {{8 * 3600, 16 * 3600}};
  return week;
}

std::vector<calendar::DayHours> days_from(const std::string &field, const Record &fields) {
  std::vector<calendar::DayHours> days;
  for (const Record &record : fields.records(field)) {
    check_fields(field + " of calendar.save", kDayFields, record);
    days.push_back({checked_date(field, record.text("date")),
                    calendar::parse_hours(field, record.texts("hours"))});
  }
  std::sort(days.begin(), days.end(), [](const auto &a, const auto &b) { return a.day < b.day; });
  return days;
}

/// Local midnight of `day` by the offsets of one zone.
Seconds midnight(const std::vector<ZoneOffset> &offsets, Day day) {
  Seconds at = Seconds{day} * kDay - offsets.front().seconds;
  for (const ZoneOffset &offset : offsets)
    if (offset.from <= Seconds{day} * kDay - offset.seconds)
      at = Seconds{day} * kDay - offset.seconds;
  return at;
}

/// The offsets of all eras, each from its own zone, frozen over the window.
std::vector<calendar::Offset> frozen_offsets(const Work &work, const Definition &definition) {
  std::vector<calendar::Offset> all;
  const Seconds first = (Seconds{definition.first_day} - 2) * kDay;
  const Seconds last = (Seconds{definition.last_day} + 3) * kDay;
  for (std::size_t i = 0; i < definition.eras.size(); ++i) {
    const auto offsets = zone_offsets(work.zone_folder, definition.eras[i].zone, first, last);
    const Seconds from = i == 0 ? first : midnight(offsets, definition.eras[i].from);
    while (!all.empty() && all.back().from >= from) all.pop_back();
    for (const ZoneOffset &offset : offsets) {
      if (offset.from > from) {
        all.push_back({offset.from, offset.seconds});
      } else {
        while (!all.empty() && all.back().from >= from) all.pop_back();
        all.push_back({from, offset.seconds});
      }
    }
  }
  return all;
}

void edit_eras(const Work &work, const folds::CalendarVersion *before, const Record &fields,
               Definition &definition) {
  if (!fields.has("hours") && !fields.has("zone") && before != nullptr) return;
  calendar::Era era;
  if (before != nullptr) {
    era = definition.eras.back();
    const Day today = before->compiled->local_day(work.now_seconds());
    era.from = fields.has("from") ? checked_date("from", fields.text("from")) : today;
  } else {
    era.from = definition.first_day;
    era.week = default_week();
  }
  era.zone = fields.text("zone", era.zone);
  if (era.zone.empty())
    throw bad_field("zone", "is missing; name the time zone, like America/Chicago");
  if (fields.has("hours") && fields.records("hours").size() != 1)
    throw bad_field("hours", "must be one record, like {\"monday\":[\"08:00-16:00\"]}");
  if (fields.has("hours")) era.week = week_from(fields.records("hours").front());
  std::erase_if(definition.eras, [&](const calendar::Era &old) { return old.from >= era.from; });
  definition.eras.push_back(std::move(era));
}

}  // namespace

Definition edited_calendar(const Work &work, const folds::CalendarVersion *before,
                           const Record &fields) {
  Definition definition = before ? before->definition : Definition{};
  edit_eras(work, before, fields, definition);
  if (fields.has("closed")) {
    definition.closed.clear();
    for (const std::string &text : fields.texts("closed"))
      definition.closed.push_back(calendar::parse_day_range("closed", text));
  }
  if (fields.has("closed_yearly")) {
    definition.closed_yearly.clear();
    for (const std::string &text : fields.texts("closed_yearly"))
      definition.closed_yearly.push_back(calendar::parse_month_day("closed_yearly", text));
  }
  if (fields.has("special")) definition.special = days_from("special", fields);
  if (fields.has("breaks")) definition.breaks = days_from("breaks", fields);
  definition.offsets = frozen_offsets(work, definition);
  const calendar::Calendar compiled(definition);  // refuses what cannot be compiled
  if (!compiled.next_open(work.now_seconds()))
    throw bad_field("hours", "are never open from now on; a clock on them could not run");
  return definition;
}

std::vector<std::string> schools_of(const Work &work, const std::string &calendar,
                                    const Record &fields) {
  if (fields.has("schools")) return fields.texts("schools");
  std::vector<std::string> schools;
  store::Query rows(work.database(),
                    "SELECT school FROM fold_calendar_school WHERE calendar = ?1 ORDER BY school");
  rows.bind(1, calendar);
  while (rows.step()) schools.push_back(rows.text(0));
  return schools;
}

Seconds first_change(const folds::CalendarVersion *before, const Definition &after, Seconds now) {
  if (before == nullptr) return now;
  const auto &old_spans = before->compiled->spans();
  const calendar::Calendar compiled(after);
  const auto [old_span, new_span] = std::mismatch(old_spans.begin(), old_spans.end(),
                                                  compiled.spans().begin(), compiled.spans().end());
  const bool old_end = old_span == old_spans.end();
  const bool new_end = new_span == compiled.spans().end();
  if (old_end && new_end) return now;
  if (old_end) return new_span->from;
  if (new_end) return old_span->from;
  if (old_span->from != new_span->from) return std::min(old_span->from, new_span->from);
  return std::min(old_span->to, new_span->to);
}

}  // namespace heard::commands
