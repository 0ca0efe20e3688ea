#include "folds/codec.hpp"

#include <fmt/ranges.h>

#include "base/failure.hpp"
#include "base/text.hpp"
#include "store/registry.hpp"

namespace heard::folds {

namespace {

using store::Group;
namespace field_id = store::field_id;

// Sub-ids of the group `clock`.
enum : std::uint8_t {
  kName = 1,
  kNo = 2,
  kWhat = 3,
  kAt = 4,
  kState = 5,
  kVerdict = 6,
  kAmount = 7,
  kUnit = 8,
  kStartedAt = 9,
  kAnchor = 10,
  kLeft = 11,
  kWarned = 12,
  kMissedAt = 13,
  kStoppedAt = 14,
  kCalendarVersion = 15,
  kPolicyVersion = 16,
};

// Sub-ids of the groups `target`, `era`, `offset`, `closed`, `special` and `breaks`.
enum : std::uint8_t { kClock = 1, kPriority = 2, kTargetAmount = 3, kTargetUnit = 4 };
enum : std::uint8_t { kFrom = 1, kZone = 2, kMonday = 3, kSeconds = 2, kLast = 2, kHours = 2 };

std::optional<Seconds> optional_number(const Group &group, std::uint8_t sub) {
  return group.has(sub) ? std::optional(group.number(sub)) : std::nullopt;
}

std::string join_hours(const calendar::Hours &hours) {
  return fmt::format("{}", fmt::join(calendar::format_hours(hours), ","));
}

calendar::Hours split_hours(const std::string &text) {
  std::vector<std::string> parts;
  if (!text.empty())
    for (const std::string_view part : split(text, ',')) parts.emplace_back(part);
  return calendar::parse_hours("hours", parts);
}

void encode_days(const std::vector<calendar::DayHours> &days, std::uint16_t id,
                 store::FieldList &fields) {
  for (const calendar::DayHours &day : days)
    fields.group(id, Group().number(kFrom, day.day).text(kHours, join_hours(day.hours)));
}

std::vector<calendar::DayHours> decode_days(const store::Body &body, std::uint16_t id) {
  std::vector<calendar::DayHours> days;
  for (const auto &group : body.fact_groups(id))
    days.push_back(
        {static_cast<calendar::Day>(group.number(kFrom)), split_hours(group.text(kHours))});
  return days;
}

}  // namespace

Flag flag_of(const std::string &field, const std::string &text) {
  if (text == "yes") return Flag::yes;
  if (text == "no") return Flag::no;
  if (text == "unknown" || text.empty()) return Flag::unknown;
  throw bad_field(field, "must be yes, no or unknown, not '" + text + "'");
}

std::string_view to_text(Flag flag) {
  switch (flag) {
    case Flag::unknown:
      return "unknown";
    case Flag::yes:
      return "yes";
    case Flag::no:
      return "no";
  }
  return "unknown";
}

Group encode_clock(const RecordedClock &recorded) {
  const cases::ClockChange &change = recorded.change;
  const cases::Clock &clock = change.after;
  Group group;
  group.number(kName, static_cast<std::int64_t>(clock.name)).number(kNo, clock.no);
  group.number(kWhat, static_cast<std::int64_t>(change.what)).number(kAt, change.at);
  group.number(kState, static_cast<std::int64_t>(clock.state));
  group.number(kVerdict, static_cast<std::int64_t>(clock.verdict));
  group.number(kAmount, clock.target.amount);
  group.number(kUnit, static_cast<std::int64_t>(clock.target.unit));
  group.number(kStartedAt, clock.started_at).number(kAnchor, clock.anchor);
  group.number(kLeft, clock.left).number(kWarned, clock.warned ? 1 : 0);
  if (clock.missed_at) group.number(kMissedAt, *clock.missed_at);
  if (clock.stopped_at) group.number(kStoppedAt, *clock.stopped_at);
  group.number(kCalendarVersion, recorded.calendar_version);
  group.number(kPolicyVersion, recorded.policy_version);
  return group;
}

RecordedClock decode_clock(const Group &group) {
  RecordedClock recorded;
  recorded.change.what = static_cast<cases::What>(group.number(kWhat));
  recorded.change.at = group.number(kAt);
  recorded.calendar_version = group.number(kCalendarVersion);
  recorded.policy_version = group.number(kPolicyVersion);
  cases::Clock &clock = recorded.change.after;
  clock.name = static_cast<cases::ClockName>(group.number(kName));
  clock.no = static_cast<std::int32_t>(group.number(kNo));
  clock.state = static_cast<cases::ClockState>(group.number(kState));
  clock.verdict = static_cast<cases::Verdict>(group.number(kVerdict));
  clock.target.amount = static_cast<std::int32_t>(group.number(kAmount));
  clock.target.unit = static_cast<cases::Unit>(group.number(kUnit));
  clock.started_at = group.number(kStartedAt);
  clock.anchor = group.number(kAnchor);
  clock.left = group.number(kLeft);
  clock.warned = group.number(kWarned) != 0;
  clock.missed_at = optional_number(group, kMissedAt);
  clock.stopped_at = optional_number(group, kStoppedAt);
  return recorded;
}

void encode_policy(const cases::Policy &policy, store::FieldList &fields) {
  fields.number(field_id::warn_percent, policy.warn_percent);
  fields.number(field_id::reopen_days, policy.reopen_days);
  fields.number(field_id::pause_when_held, policy.pause_when_held ? 1 : 0);
  for (const cases::TargetRow &row : policy.targets) {
    Group group;
    group.number(kClock, static_cast<std::int64_t>(row.clock));
    if (row.priority) group.number(kPriority, static_cast<std::int64_t>(*row.priority));
    group.number(kTargetAmount, row.target.amount);
    group.number(kTargetUnit, static_cast<std::int64_t>(row.target.unit));
    fields.group(field_id::target, group);
  }
}

cases::Policy decode_policy(const store::Body &body) {
  cases::Policy policy;
  policy.warn_percent = static_cast<std::int32_t>(body.number(field_id::warn_percent));
  policy.reopen_days = static_cast<std::int32_t>(body.number(field_id::reopen_days));
  policy.pause_when_held = body.number(field_id::pause_when_held) != 0;
  for (const auto &group : body.fact_groups(field_id::target)) {
    cases::TargetRow row;
    row.clock = static_cast<cases::ClockName>(group.number(kClock));
    if (group.has(kPriority)) row.priority = static_cast<cases::Priority>(group.number(kPriority));
    row.target.amount = static_cast<std::int32_t>(group.number(kTargetAmount));
    row.target.unit = static_cast<cases::Unit>(group.number(kTargetUnit));
    policy.targets.push_back(row);
  }
  return policy;
}

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
  for (const calendar::DayRange &range : definition.closed)
    fields.group(field_id::closed, Group().number(kFrom, range.first).number(kLast, range.last));
  for (const calendar::MonthDay &date : definition.closed_yearly)
    fields.text(field_id::closed_yearly, calendar::format_month_day(date));
  encode_days(definition.special, field_id::special, fields);
  encode_days(definition.breaks, field_id::breaks, fields);
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
  for (const auto &group : body.fact_groups(field_id::closed))
    definition.closed.push_back({static_cast<calendar::Day>(group.number(kFrom)),
                                 static_cast<calendar::Day>(group.number(kLast))});
  for (const std::string &date : body.texts(field_id::closed_yearly))
    definition.closed_yearly.push_back(calendar::parse_month_day("closed_yearly", date));
  definition.special = decode_days(body, field_id::special);
  definition.breaks = decode_days(body, field_id::breaks);
  return definition;
}

}  // namespace heard::folds
