#include "neutral/operations.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "neutral/case_rules.hpp"

namespace heard::neutral {

using calendar::Calendar;
using calendar::Day;

namespace {

constexpr std::int64_t kMostPeriods = 100000;

constexpr const char *kTooLittle = "the calendar has not that much open time";
constexpr const char *kTooFewDays = "the calendar has not that many open days";

template <class Question>
std::optional<Seconds> find_instant(const Json &row, Group &group, const Question &question) {
  return ask(group.calendar(), dates_in(row), question);
}

/// The same for a question that only open time can answer; `says` why there is none.
template <class Question>
Json need_instant(const Json &row, Group &group, const char *says, const Question &question) {
  const auto instant = find_instant(row, group, question);
  if (!instant) throw no_open_time(says);
  return to_json(instant);
}

Json next_open(const Json &row, Group &group) {
  const Seconds from = instant(row, "from");
  return need_instant(row, group, "the calendar is never open again",
                      [&](const Calendar &calendar) { return calendar.next_open(from); });
}

Json prev_open_end(const Json &row, Group &group) {
  const Seconds from = instant(row, "from");
  return need_instant(
      row, group, "the calendar was never open before",
      [&](const Calendar &calendar) { return calendar::previous_open_end(calendar, from); });
}

Json move(const Json &row, Group &group, Seconds amount) {
  const Seconds from = instant(row, "from");
  return need_instant(row, group, kTooLittle, [&](const Calendar &calendar) {
    return amount < 0 ? calendar::subtract(calendar, from, -amount) : calendar.add(from, amount);
  });
}

Json add(const Json &row, Group &group) { return move(row, group, number(row, "amount_s")); }

Json subtract(const Json &row, Group &group) {
  const Seconds amount = number(row, "amount_s");
  if (amount != 0) return move(row, group, -amount);
  return prev_open_end(row, group);
}

const Calendar &around(const Json &row, Group &group) {
  return group.calendar().over(dates_in(row).wider(2));
}

Json elapsed(const Json &row, Group &group) {
  return around(row, group).elapsed(instant(row, "from"), instant(row, "to"));
}

Json is_open(const Json &row, Group &group) {
  return around(row, group).is_open(instant(row, "at"));
}

Json next_close(const Json &row, Group &group) {
  const Seconds from = instant(row, "from");
  const auto closing = find_instant(
      row, group, [&](const Calendar &calendar) { return calendar::next_close(calendar, from); });
  if (closing) return to_json(closing);
  next_open(row, group);  // says so if it never opens
  throw Failure(Status::not_found, "the calendar is always open from then on and never closes");
}

/// What there is of `count` periods, over the first window that holds them all.
Json periods(const Json &row, Group &group, decltype(&calendar::periods_after) find) {
  const Seconds from = instant(row, "from");
  const std::int64_t count = number(row, "count");
  if (count < 0 || count > kMostPeriods)
    throw bad_field("count", "must lie between 0 and " + std::to_string(kMostPeriods));
  std::vector<calendar::OpenSpan> spans;
  ask(group.calendar(), dates_in(row), [&](const Calendar &calendar) {
    spans = find(calendar, from, static_cast<std::size_t>(count));
    return spans.size() == static_cast<std::size_t>(count);
  });
  if (spans.empty() && count > 0) {
    (find == calendar::periods_after ? next_open : prev_open_end)(row, group);  // or says so
    throw Failure(Status::not_found, "the calendar is always open there and has no periods");
  }
  Json list = Json::array();
  for (const calendar::OpenSpan &span : spans)
    list.push_back({format_utc(span.from), format_utc(span.to)});
  return list;
}

Json periods_after(const Json &row, Group &group) {
  return periods(row, group, calendar::periods_after);
}

Json periods_before(const Json &row, Group &group) {
  return periods(row, group, calendar::periods_before);
}

/// A date, or the local date of an instant.
Day day_of(const Json &row, std::string_view name, const Calendar &calendar) {
  const auto at = instant_in(field(row, name));
  return at ? calendar.local_day(*at) : date(row, name);
}

Json is_holiday(const Json &row, Group &group) {
  return group.calendar().is_closed_date(day_of(row, "date", around(row, group)));
}

Json add_days(const Json &row, Group &group) {
  const Seconds from = instant(row, "from");
  const std::int64_t days = number(row, "days");
  const calendar::DayEnd end = day_end(text(row, "mode", "same_time"));
  return need_instant(row, group, kTooFewDays, [&](const Calendar &calendar) {
    return calendar::add_days(calendar, from, days, end);
  });
}

calendar::DateDistance date_distance(const Json &row) {
  constexpr std::string_view kForward = "_roll_forward";
  calendar::DateDistance distance;
  const bool in_months = has(row, "months");
  distance.amount = number(row, in_months ? "months" : "days");
  if (std::abs(distance.amount) > 1000000)
    throw bad_field(in_months ? "months" : "days", "is too far away");
  std::string unit = text(row, "unit", in_months ? "calendar_months" : "business_days");
  distance.rolls_forward = unit.ends_with(kForward);
  if (distance.rolls_forward) unit.resize(unit.size() - kForward.size());
  if (unit == "business_days" && !in_months)
    distance.unit = calendar::DateUnit::business_days;
  else if (unit == "calendar_days" && !in_months)
    distance.unit = calendar::DateUnit::calendar_days;
  else if (unit == "calendar_months" && in_months)
    distance.unit = calendar::DateUnit::calendar_months;
  else
    throw bad_field("unit", "'" + text(row, "unit") + "' is no unit of these dates");
  return distance;
}

std::optional<Day> find_date(const Json &row, Group &group, std::string_view from,
                             const calendar::DateDistance &distance) {
  return ask(group.calendar(), dates_in(row), [&](const Calendar &calendar) {
    return calendar::due_date(calendar, day_of(row, from, calendar), distance);
  });
}

Json due_date(const Json &row, Group &group) {
  const auto day =
      find_date(row, group, has(row, "from_date") ? "from_date" : "from", date_distance(row));
  if (!day) throw no_open_time(kTooFewDays);
  return format_date(*day);
}

/// The two limits, whatever the table calls them: the lower one makes overdue.
std::array<std::int64_t, 2> limits_of(const Json &row) {
  std::vector<std::int64_t> limits;
  const auto take = [&](const std::string &name, const Json &value) {
    if (value.is_number()) limits.push_back(to_number(value, name));
  };
  for (const auto &[name, value] : row.items()) {
    if (name == "id") continue;
    take(name, value);
    if (!value.is_structured()) continue;
    for (const Json &part : value) take(name, part);
  }
  if (limits.size() != 2) throw bad_field("op", "overdue_state needs two limits in business days");
  std::sort(limits.begin(), limits.end());
  return {limits[0], limits[1]};
}

Json overdue_state(const Json &row, Group &group) {
  const auto limits = limits_of(row);
  const Day today = day_of(row, "at", around(row, group));
  int passed = 0;
  for (const std::int64_t limit : limits) {
    const auto due = find_date(row, group, "received", {limit});
    if (!due) throw no_open_time(kTooFewDays);
    passed += today > *due;
  }
  return passed == 0 ? "on_time" : passed == 1 ? "overdue" : "very_overdue";
}

Json local_to_utc(const Json &row, Group &group) {
  const Json &at_home = field(group.json, "calendar");
  const std::string zone = text(has(row, "tz") ? row : at_home, "tz");
  return to_json(instant_on_wall(zone, group.zone_folder, date(row, "date"),
                                 read_time(field(row, "time"), "time")));
}

/// A week that is never open is as wrong as one that cannot be read: no clock could run on it.
Json validate_hours(const Json &row, Group &) {
  try {
    const auto week = read_week(field(row, "hours"));
    const bool opens = std::any_of(week.begin(), week.end(),
                                   [](const calendar::Hours &day) { return !day.empty(); });
    return opens ? "ok" : "error";
  } catch (const Failure &) {
    return "error";
  }
}

/// Whoever writes while nothing is open is told so.
Json closed_notice(const Json &row, Group &group) {
  return !around(row, group).is_open(instant(row, "at"));
}

/// The last sign of life of a row: the only instant or date in it besides `at`.
Day last_contact(const Json &row, const Calendar &calendar) {
  for (const auto &[name, value] : row.items())
    if (name != "at" && (instant_in(value) || date_in(value))) return day_of(row, name, calendar);
  throw bad_field("last_contact", "is missing");
}

/// After so many calendar days of silence, open or not.
Json auto_close(const Json &row, Group &group) {
  const Calendar &calendar = around(row, group);
  return day_of(row, "at", calendar) - last_contact(row, calendar) >= number(row, "days");
}

struct Operation {
  std::string_view name;
  Json (*answer)(const Json &row, Group &group);
};

constexpr auto kOperations = std::to_array<Operation>({
    {"add", add},
    {"subtract", subtract},
    {"elapsed", elapsed},
    {"is_open", is_open},
    {"next_open", next_open},
    {"prev_open_end", prev_open_end},
    {"next_close", next_close},
    {"periods_after", periods_after},
    {"periods_before", periods_before},
    {"is_holiday", is_holiday},
    {"add_days", add_days},
    {"due_date", due_date},
    {"overdue_state", overdue_state},
    {"local_to_utc", local_to_utc},
    {"validate_hours", validate_hours},
    {"closed_notice", closed_notice},
    {"auto_close", auto_close},
});

}  // namespace

Calendars &Group::calendar() {
  if (!calendars) throw Failure(Status::argument, why_no_calendar);
  return *calendars;
}

Failure no_open_time(const std::string &says) {
  return {Status::not_found, "no_open_time: " + says};
}

calendar::DayEnd day_end(const std::string &mode) {
  if (mode == "same_time") return calendar::DayEnd::same_time;
  if (mode == "same_wall") return calendar::DayEnd::same_wall;
  if (mode == "end_of_day") return calendar::DayEnd::end_of_day;
  if (mode == "midnight") return calendar::DayEnd::midnight;
  throw bad_field("mode",
                  "'" + mode + "' is not one of same_time, same_wall, end_of_day, midnight");
}

Json answer_operation(const Json &row, Group &group) {
  const std::string name = text(row, "op");
  for (const Operation &operation : kOperations)
    if (operation.name == name) return operation.answer(row, group);
  if (auto answer = answer_case_rule(name, row, group.json)) return *std::move(answer);
  throw Failure(Status::unknown_name, "operation '" + name + "' is not known");
}

}  // namespace heard::neutral
