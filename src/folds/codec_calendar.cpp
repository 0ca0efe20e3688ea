// Calendars into bodies and back.
#include <fmt/ranges.h>

#include "base/text.hpp"
#include "folds/codec.hpp"
#include "store/registry.hpp"

namespace heard::folds {

namespace {

using store::Group;
namespace field_id = store::field_id;

// Sub-ids of the groups `era`, `offset`, `closed`, `term`, `not_closed`, `special` and `breaks`.
enum : std::uint8_t { kFrom = 1, kZone = 2, kMonday = 3, kSeconds = 2, kLast = 2, kHours = 2 };
enum : std::uint8_t { kDayName = 3, kSource = 4, kInherited = 5 };

std::string join_hours(const calendar::Hours &hours) {
  return fmt::format("{}", fmt::join(calendar::format_hours(hours), ","));
}

calendar::Hours split_hours(const std::string &text) {
  std::vector<std::string> parts;
  if (!text.empty())
    for (const std::string_view part : split(text, ',')) parts.emplace_back(part);
  return calendar::parse_hours("hours", parts);
}

/// Only what is said is written, so what older versions wrote reads the same.
template <class Part>
Group &put_origin(Group &group, const Part &part) {
  group.text(kDayName, part.name).text(kSource, part.source);
  if (part.inherited) group.number(kInherited, 1);
  return group;
}

template <class Part>
void take_origin(const Group &group, Part &part) {
  part.name = group.text(kDayName);
  part.source = group.text(kSource);
  part.inherited = group.number(kInherited) != 0;
}

void encode_days(const std::vector<calendar::DayHours> &days, std::uint16_t id,
                 store::FieldList &fields) {
  for (const calendar::DayHours &day : days) {
    Group group;
    group.number(kFrom, day.day).text(kHours, join_hours(day.hours));
    fields.group(id, put_origin(group, day));
  }
}

std::vector<calendar::DayHours> decode_days(const store::Body &body, std::uint16_t id) {
  std::vector<calendar::DayHours> days;
  for (const auto &group : body.fact_groups(id)) {
    days.push_back(
        {static_cast<calendar::Day>(group.number(kFrom)), split_hours(group.text(kHours))});
    take_origin(group, days.back());
  }
  return days;
}

void encode_ranges(const std::vector<calendar::DayRange> &ranges, std::uint16_t id,
                   store::FieldList &fields) {
  for (const calendar::DayRange &range : ranges) {
    Group group;
    group.number(kFrom, range.first).number(kLast, range.last);
    fields.group(id, put_origin(group, range));
  }
}

std::vector<calendar::DayRange> decode_ranges(const store::Body &body, std::uint16_t id) {
  std::vector<calendar::DayRange> ranges;
  for (const auto &group : body.fact_groups(id)) {
    ranges.push_back({static_cast<calendar::Day>(group.number(kFrom)),
                      static_cast<calendar::Day>(group.number(kLast))});
    take_origin(group, ranges.back());
  }
  return ranges;
}

void encode_yearly(const calendar::Definition &definition, store::FieldList &fields) {
  std::int64_t inherited = 0;
  for (const calendar::MonthDay &date : definition.closed_yearly) {
    fields.text(field_id::closed_yearly, calendar::format_month_day(date));
    if (date.inherited) ++inherited;  // they come first
  }
  if (inherited > 0) fields.number(field_id::inherited_yearly, inherited);
}

std::vector<calendar::MonthDay> decode_yearly(const store::Body &body) {
  std::vector<calendar::MonthDay> dates;
  std::int64_t inherited = body.number(field_id::inherited_yearly);
  for (const std::string &date : body.texts(field_id::closed_yearly)) {
    dates.push_back(calendar::parse_month_day("closed_yearly", date));
    dates.back().inherited = inherited-- > 0;
  }
  return dates;
}

}  // namespace

void encode_calendar(const calendar::Definition &definition, store::FieldList &fields) {
  fields.number(field_id::first_day, definition.first_day);
  fields.number(field_id::last_day, definition.last_day);
  for (const calendar::Era &era : definition.eras) {
    Group group;
    group.number(kFrom, era.from).text(kZone, era.zone);
    for (std::size_t day = 0; day < 7; ++day)
      group.text(static_cast<std::uint8_t>(kMonday + day), join_hours(era.week[day]));
    fields.group(field_id::era, group);
  }
  for (const calendar::Offset &offset : definition.offsets)
    fields.group(field_id::offset,
                 Group().number(kFrom, offset.from).number(kSeconds, offset.seconds));
  encode_ranges(definition.closed, field_id::closed, fields);
  encode_yearly(definition, fields);
  encode_ranges(definition.terms, field_id::term, fields);
  encode_days(definition.special, field_id::special, fields);
  encode_days(definition.breaks, field_id::breaks, fields);
  if (definition.parent.empty()) return;
  fields.text(field_id::parent, definition.parent);
  fields.number(field_id::own_hours, definition.own_hours ? 1 : 0);
  encode_ranges(definition.not_closed, field_id::not_closed, fields);
}

calendar::Definition decode_calendar(const store::Body &body) {
  calendar::Definition definition;
  definition.first_day = static_cast<calendar::Day>(body.number(field_id::first_day));
  definition.last_day = static_cast<calendar::Day>(body.number(field_id::last_day));
  for (const auto &group : body.fact_groups(field_id::era)) {
    calendar::Era &era = definition.eras.emplace_back();
    era.from = static_cast<calendar::Day>(group.number(kFrom));
    era.zone = group.text(kZone);
    for (std::size_t day = 0; day < 7; ++day)
      era.week[day] = split_hours(group.text(static_cast<std::uint8_t>(kMonday + day)));
  }
  for (const auto &group : body.fact_groups(field_id::offset))
    definition.offsets.push_back(
        {group.number(kFrom), static_cast<std::int32_t>(group.number(kSeconds))});
  definition.closed = decode_ranges(body, field_id::closed);
  definition.closed_yearly = decode_yearly(body);
  definition.terms = decode_ranges(body, field_id::term);
  definition.special = decode_days(body, field_id::special);
  definition.breaks = decode_days(body, field_id::breaks);
  definition.parent = body.text(field_id::parent);
  definition.own_hours = body.number(field_id::own_hours, 1) != 0;
  definition.not_closed = decode_ranges(body, field_id::not_closed);
  return definition;
}

}  // namespace heard::folds
