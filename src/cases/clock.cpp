#include "cases/clock.hpp"

namespace heard::cases {

std::string_view to_text(ClockName name) {
  switch (name) {
    case ClockName::acknowledgement:
      return "acknowledgement";
    case ClockName::first_response:
      return "first_response";
    case ClockName::next_response:
      return "next_response";
    case ClockName::update:
      return "update";
    case ClockName::resolution:
      return "resolution";
    case ClockName::ownership:
      return "ownership";
    case ClockName::wait:
      return "wait";
  }
  return {};
}

std::string_view to_text(Unit unit) {
  switch (unit) {
    case Unit::business_minutes:
      return "business_minutes";
    case Unit::wall_minutes:
      return "wall_minutes";
    case Unit::business_days:
      return "business_days";
    case Unit::calendar_days:
      return "calendar_days";
  }
  return {};
}

std::string_view to_text(ClockState state) {
  switch (state) {
    case ClockState::running:
      return "running";
    case ClockState::paused:
      return "paused";
    case ClockState::stopped:
      return "stopped";
    case ClockState::void_:
      return "void";
  }
  return {};
}

std::string_view to_text(Verdict verdict) {
  switch (verdict) {
    case Verdict::none:
      return "none";
    case Verdict::met:
      return "met";
    case Verdict::missed:
      return "missed";
    case Verdict::closed_without_answer:
      return "closed_without_answer";
  }
  return {};
}

std::string_view to_text(What what) {
  switch (what) {
    case What::started:
      return "started";
    case What::paused:
      return "paused";
    case What::resumed:
      return "resumed";
    case What::retargeted:
      return "retargeted";
    case What::warned:
      return "warned";
    case What::missed:
      return "missed";
    case What::met:
      return "met";
    case What::answered_late:
      return "answered_late";
    case What::closed_without_answer:
      return "closed_without_answer";
    case What::corrected:
      return "corrected";
    case What::voided:
      return "voided";
    case What::escalated:
      return "escalated";
    case What::not_escalated:
      return "not_escalated";
    case What::ended:
      return "ended";
  }
  return {};
}

std::string_view to_text(Cause cause) {
  switch (cause) {
    case Cause::none:
      return "";
    case Cause::priority_change:
      return "priority_change";
    case Cause::policy_change:
      return "policy_change";
    case Cause::school_change:
      return "school_change";
    case Cause::merge:
      return "merge";
    case Cause::split:
      return "split";
    case Cause::late_entry:
      return "late_entry";
    case Cause::calendar_change:
      return "calendar_change";
    case Cause::marked:
      return "marked";
    case Cause::recalculation:
      return "recalculation";
    case Cause::longest_wait:
      return "longest_wait";
    case Cause::escalation:
      return "escalation";
  }
  return {};
}

std::string_view to_text(DayEnd ends) {
  switch (ends) {
    case DayEnd::closing:
      return "closing";
    case DayEnd::midnight:
      return "midnight";
    case DayEnd::same_time:
      return "same_time";
  }
  return {};
}

std::optional<ClockName> clock_name(std::string_view text) {
  for (const ClockName name :
       {ClockName::acknowledgement, ClockName::first_response, ClockName::next_response,
        ClockName::update, ClockName::resolution, ClockName::ownership, ClockName::wait})
    if (to_text(name) == text) return name;
  return std::nullopt;
}

std::optional<Unit> unit(std::string_view text) {
  for (const Unit unit :
       {Unit::business_minutes, Unit::wall_minutes, Unit::business_days, Unit::calendar_days})
    if (to_text(unit) == text) return unit;
  return std::nullopt;
}

std::optional<DayEnd> day_end(std::string_view text) {
  for (const DayEnd ends : {DayEnd::closing, DayEnd::midnight, DayEnd::same_time})
    if (to_text(ends) == text) return ends;
  return std::nullopt;
}

}  // namespace heard::cases
