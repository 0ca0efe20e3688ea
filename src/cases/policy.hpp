// Which targets a case gets, when somebody is told, and which cases a policy is for.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cases/clock.hpp"

namespace heard::cases {

// Numbers of these enums are written into the ledger: never renumber, only add.
enum class Priority : std::uint8_t { low = 1, normal = 2, high = 3, urgent = 4 };
enum class OffsetUnit : std::uint8_t { percent = 1, minutes = 2, business_days = 3 };
enum class OffsetFrom : std::uint8_t { due = 1, start = 2 };
/// What a policy's conditions look at.
enum class Trait : std::uint8_t {
  school = 1,
  department = 2,
  topic = 3,
  moment = 4,
  requester_kind = 5,
  channel = 6,
  priority = 7,
  language = 8,
};

struct TargetRow {
  ClockName clock = ClockName::first_response;
  std::optional<Priority> priority;  ///< absent: all; a row that names the priority wins
  Target target;
};

/// One step of an escalation ladder. It falls due at a distance from the clock's due point or
/// start, once for each instance of the clock; its condition is looked at then.
struct EscalationStep {
  std::string name;
  ClockName clock = ClockName::first_response;
  OffsetUnit unit = OffsetUnit::percent;
  OffsetFrom from = OffsetFrom::due;
  /// percent: of the counted time between start and due point, may pass 100; else minutes (open
  /// ones for business targets) or open days, negative before.
  std::int32_t amount = 100;
  std::string notify;   ///< "assignee", "lead" (of the department), "role:<role>" or a person's key
  bool urgent = false;  ///< also outside the recipient's hours, never bundled
  std::optional<Priority> at_least;  ///< only for cases of this priority or above
  bool only_unassigned = false;      ///< only while nobody has the case
  std::optional<Priority> raise_to;  ///< also raises the case's priority
  bool operator==(const EscalationStep &) const = default;
};
constexpr std::size_t kMostSteps = 32;  ///< one bit of Clock::fired each

/// A case fits if, for every trait that is named, it has one of the values named for it.
struct Condition {
  Trait trait;
  std::string value;
  bool operator==(const Condition &) const = default;
};

struct Policy {
  std::vector<TargetRow> targets;
  std::int32_t warn_percent = 75;
  std::int32_t reopen_days = 14;  ///< calendar days after solving in which a message reopens
  bool pause_when_held = false;
  std::int32_t rank = 0;  ///< the lowest one that fits a case is its policy
  bool active = true;
  std::vector<Condition> conditions;  ///< none: the fallback
  std::vector<EscalationStep> steps;

  /// Amount 0 when there is none.
  Target target(ClockName clock, Priority priority) const;
};

/// First response 1 business day, next response 1, resolution 5; warn at 75 %.
Policy default_policy();

std::string_view to_text(Priority priority);
std::optional<Priority> priority(std::string_view text);
std::string_view to_text(OffsetUnit unit);
std::optional<OffsetUnit> offset_unit(std::string_view text);
std::string_view to_text(OffsetFrom from);
std::optional<OffsetFrom> offset_from(std::string_view text);
std::string_view to_text(Trait trait);
std::optional<Trait> trait(std::string_view text);

}  // namespace heard::cases
