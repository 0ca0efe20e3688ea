#include "commands/calendar_edit.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "base/failure.hpp"
#include "base/text.hpp"
#include "base/zone_file.hpp"
#include "calendar/inherit.hpp"
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
    {"name"},
});
constexpr auto kRangeFields = std::to_array<FieldSpec>({
    {"first", FieldKind::text, true},
    {"last"},
    {"name"},
});
constexpr std::size_t kLongestName = 200;

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

/// True if the calendar is to have hours of its own after this.
bool edits_hours(const Record &fields, const Definition &own, bool is_new) {
  if (!own.parent.empty()) return fields.has("hours") || fields.has("zone");
  return fields.has("hours") || fields.has("zone") || is_new;
}

void edit_eras(const Work &work, const folds::CalendarVersion *before, const Record &fields,
               Definition &own) {
  const bool gives_up = fields.has("hours") && fields.records("hours").empty();
  if (!own.parent.empty() && gives_up) {  // hours [] below a parent: the parent's from now on
    own.own_hours = false;
    own.eras.clear();
    return;
  }
  if (!edits_hours(fields, own, before == nullptr)) return;
  if (own.eras.empty() && before != nullptr) own.eras = before->definition.eras;
  calendar::Era era;
  if (before != nullptr) {
    era = own.eras.back();
    const Day today = before->compiled->local_day(work.now_seconds());
    era.from = fields.has("from") ? checked_date("from", fields.text("from")) : today;
  } else {
    if (own.parent.empty()) era.week = default_week();
    if (const auto parent = folds::calendar_now(work.database(), own.parent))
      era = parent->definition.eras.back();
    era.from = own.first_day;
  }
  era.zone = fields.text("zone", era.zone);
  if (era.zone.empty())
    throw bad_field("zone", "is missing; name the time zone, like America/Chicago");
  if (fields.has("hours") && fields.records("hours").size() != 1)
    throw bad_field("hours", "must be one record, like {\"monday\":[\"08:00-16:00\"]}");
  if (fields.has("hours")) era.week = week_from(fields.records("hours").front());
  std::erase_if(own.eras, [&](const calendar::Era &old) { return old.from >= era.from; });
  own.eras.push_back(std::move(era));
  own.own_hours = true;
}

/// A calendar that gets a parent and had no hours before takes those of the parent; one that loses
/// it keeps what it had.
void edit_parent(const folds::CalendarVersion *before, const Record &fields, Definition &own) {
  if (!fields.has("parent") || fields.text("parent") == own.parent) return;
  own.parent = fields.text("parent");
  if (own.parent.empty()) {
    own.not_closed.clear();
    own.own_hours = true;
    if (own.eras.empty()) own.eras = before->definition.eras;
  } else if (before == nullptr) {
    own.own_hours = false;
  }
}

std::vector<calendar::DayRange> ranges_of_texts(const std::string &field, const Record &fields) {
  std::vector<calendar::DayRange> ranges;
  for (const std::string &text : fields.texts(field)) {
    ranges.push_back(calendar::parse_day_range(field, text));
    checked_day_name(field, ranges.back().name);
  }
  return ranges;
}

/// What was given by hand is replaced; what feeds brought stays, for they would bring it again.
template <class Part>
void replace_by_hand(std::vector<Part> &parts, std::vector<Part> given) {
  std::erase_if(parts, [](const Part &part) { return part.source.empty(); });
  parts.insert(parts.begin(), given.begin(), given.end());
}

}  // namespace

std::string checked_day_name(const std::string &field, std::string_view text) {
  const std::string_view name = trimmed(text);
  if (name.size() > kLongestName)
    throw bad_field(field, "has a name of more than 200 bytes; make it shorter");
  for (const char c : name)
    if (static_cast<unsigned char>(c) < 0x20)
      throw bad_field(field, "has a name with line breaks; a name is one line");
  return std::string(name);
}

std::vector<calendar::DayHours> days_from(const std::string &field, const Record &fields) {
  std::vector<calendar::DayHours> days;
  for (const Record &record : fields.records(field)) {
    check_fields("a record of " + field, kDayFields, record);
    days.push_back({checked_date(field, record.text("date")),
                    calendar::parse_hours(field, record.texts("hours")),
                    checked_day_name(field, record.text("name"))});
  }
  std::stable_sort(days.begin(), days.end(),
                   [](const auto &a, const auto &b) { return a.day < b.day; });
  return days;
}

std::vector<calendar::DayRange> ranges_from(const std::string &field, const Record &fields) {
  std::vector<calendar::DayRange> ranges;
  for (const Record &record : fields.records(field)) {
    check_fields("a record of " + field, kRangeFields, record);
    const std::string first = record.text("first");
    const Day from = checked_date(field, first);
    const Day to = checked_date(field, record.text("last", first));
    if (to < from) throw bad_field(field, "'" + first + "' ends before it begins");
    const calendar::DayRange range{from, to, checked_day_name(field, record.text("name"))};
    if (std::find(ranges.begin(), ranges.end(), range) == ranges.end()) ranges.push_back(range);
  }
  return ranges;
}

void edit_calendar(const Work &work, const folds::CalendarVersion *before, const Record &fields,
                   Definition &own) {
  edit_parent(before, fields, own);
  edit_eras(work, before, fields, own);
  if (fields.has("closed")) replace_by_hand(own.closed, ranges_of_texts("closed", fields));
  if (fields.has("closed_yearly")) {
    own.closed_yearly.clear();
    for (const std::string &text : fields.texts("closed_yearly"))
      own.closed_yearly.push_back(calendar::parse_month_day("closed_yearly", text));
  }
  if (fields.has("terms")) own.terms = ranges_from("terms", fields);
  if (fields.has("special")) replace_by_hand(own.special, days_from("special", fields));
  if (fields.has("breaks")) own.breaks = days_from("breaks", fields);
  if (!fields.has("not_closed")) return;
  if (own.parent.empty() && !fields.texts("not_closed").empty())
    throw bad_field("not_closed", "needs a parent: only inherited closures can be lifted");
  own.not_closed = ranges_of_texts("not_closed", fields);
}

Definition whole_calendar(const Work &work, const std::string &id, const Definition &own) {
  Definition whole = own;
  if (!own.parent.empty()) {
    const auto parent = folds::calendar_now(work.database(), own.parent);
    if (!parent)
      throw bad_field("parent", "'" + own.parent + "' is no calendar of this store; save it first");
    whole = calendar::inherit(own, parent->definition);
  }
  whole.offsets = frozen_offsets(work, whole);
  const calendar::Calendar compiled(whole);  // refuses what cannot be compiled
  if (!compiled.next_open(work.now_seconds()))
    throw bad_field("hours", "of the calendar '" + id +
                                 "' are never open from now on; a clock on them could not run");
  return whole;
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
