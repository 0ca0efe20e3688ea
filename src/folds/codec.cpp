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
  kCause = 17,
  kStep = 18,
  kFired = 19,
  kEnds = 20,
  kJudgedFrom = 21,
};

// Sub-ids of the group `pause`.
enum : std::uint8_t { kPauseKind = 1, kPauseFrom = 2, kPauseTo = 3 };

std::optional<Seconds> optional_number(const Group &group, std::uint8_t sub) {
  return group.has(sub) ? std::optional(group.number(sub)) : std::nullopt;
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
  // What most clocks do not have is left out.
  if (change.cause != cases::Cause::none)
    group.number(kCause, static_cast<std::int64_t>(change.cause));
  if (change.step != 0) group.number(kStep, change.step);
  if (clock.fired != 0) group.number(kFired, clock.fired);
  if (clock.target.ends != cases::DayEnd::closing)
    group.number(kEnds, static_cast<std::int64_t>(clock.target.ends));
  if (clock.judged_from) group.number(kJudgedFrom, *clock.judged_from);
  return group;
}

RecordedClock decode_clock(const Group &group) {
  RecordedClock recorded;
  recorded.change.what = static_cast<cases::What>(group.number(kWhat));
  recorded.change.at = group.number(kAt);
  recorded.calendar_version = group.number(kCalendarVersion);
  recorded.policy_version = group.number(kPolicyVersion);
  recorded.change.cause = static_cast<cases::Cause>(group.number(kCause));
  recorded.change.step = static_cast<std::uint32_t>(group.number(kStep));
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
  clock.fired = static_cast<std::uint32_t>(group.number(kFired));
  clock.target.ends = static_cast<cases::DayEnd>(group.number(kEnds));
  clock.judged_from = optional_number(group, kJudgedFrom);
  return recorded;
}

void encode_pauses(const cases::Pauses &pauses, store::FieldList &fields) {
  for (const cases::Pause &pause : pauses) {
    Group group;
    group.number(kPauseKind, static_cast<std::int64_t>(pause.kind)).number(kPauseFrom, pause.from);
    if (pause.to) group.number(kPauseTo, *pause.to);
    fields.group(field_id::pause, group);
  }
}

cases::Pauses decode_pauses(const store::Body &body) {
  cases::Pauses pauses;
  for (const auto &group : body.fact_groups(field_id::pause))
    pauses.push_back({static_cast<cases::PauseKind>(group.number(kPauseKind)),
                      group.number(kPauseFrom), optional_number(group, kPauseTo)});
  return pauses;
}

std::string pauses_text(const cases::Pauses &pauses) {
  std::string text;
  for (const cases::Pause &pause : pauses)
    text += fmt::format("{}{}:{}:{}", text.empty() ? "" : ",", static_cast<int>(pause.kind),
                        pause.from, pause.to ? std::to_string(*pause.to) : "");
  return text;
}

cases::Pauses pauses_from_text(const std::string &text) {
  cases::Pauses pauses;
  if (text.empty()) return pauses;
  for (const std::string_view part : split(text, ',')) {
    const auto numbers = split(part, ':');
    pauses.push_back({static_cast<cases::PauseKind>(to_int(numbers.at(0)).value_or(1)),
                      to_int(numbers.at(1)).value_or(0), to_int(numbers.at(2))});
  }
  return pauses;
}

}  // namespace heard::folds
