// Neutral calendars and the operations on them.
#include <algorithm>
#include <array>
#include <map>
#include <stdexcept>

#include "base/zone_file.hpp"
#include "support/neutral.hpp"

namespace heard::neutral {

using namespace calendar;

namespace {

constexpr std::array<const char *, 7> kWeekdays = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

Hours hours_of(const Json &list) {
  std::vector<std::string> texts;
  for (const Json &span : list)
    texts.push_back(span.at(0).get<std::string>() + "-" + span.at(1).get<std::string>());
  return parse_hours("hours", texts);
}

Day day_of(const Json &date) {
  const auto day = parse_date(date.get<std::string>());
  if (!day) throw std::invalid_argument("no date: " + date.dump());
  return *day;
}

Json list_of(const Json &object, const char *name) {
  return object.contains(name) ? object.at(name) : Json::array();
}

std::vector<DayHours> dated_hours(const Json &calendar, const char *name) {
  std::vector<DayHours> list;
  if (!calendar.contains(name)) return list;
  for (const auto &[date, hours] : calendar.at(name).items())
    list.push_back({day_of(date), hours_of(hours)});
  return list;
}

bool is_closed(const Definition &definition, Day day) {
  const auto yearly = format_date(day).substr(5);
  for (const DayRange &range : definition.closed)
    if (range.first <= day && day <= range.last) return true;
  return std::any_of(definition.closed_yearly.begin(), definition.closed_yearly.end(),
                     [&](const MonthDay &date) { return format_month_day(date) == yearly; });
}

std::string truth(bool value) { return value ? "true" : "false"; }

/// The table of operations: the answer, or why there is none.
class Operations {
 public:
  explicit Operations(const Definition &definition)
      : definition_(definition), calendar_(definition) {}

  Outcome run(const Json &row) {
    Outcome outcome{row.at("id"), wanted(row), {}, {}};
    const std::string op = row.at("op");
    if (op == "add")
      outcome.got = text_of(calendar_.add(at(row, "from"), row.at("amount_s")));
    else if (op == "elapsed")
      outcome.got = std::to_string(calendar_.elapsed(at(row, "from"), at(row, "to")));
    else if (op == "is_open")
      outcome.got = truth(calendar_.is_open(at(row, "at")));
    else if (op == "next_open")
      outcome.got = text_of(calendar_.next_open(at(row, "from")));
    else if (op == "next_close")
      outcome.got = text_of(next_close(at(row, "from")));
    else if (op == "is_holiday")
      outcome.got = truth(is_closed(definition_, day_of(row.at("date"))));
    else if (op == "local_to_utc")
      outcome.got = local_to_utc(row);
    else if (op == "due_date" && row.value("unit", "") == "business_days" && days(row) > 0)
      outcome.got = due_date(row);
    else if (op == "add_days" && row.at("mode") == "end_of_day" && days(row) > 0)
      outcome.got = text_of(end_of_day(at(row, "from"), days(row)));
    else
      outcome.left_out = left_out(op, row);
    return outcome;
  }

 private:
  static Seconds at(const Json &row, const char *name) { return instant_of(row.at(name)); }
  static std::int64_t days(const Json &row) { return row.value("days", std::int64_t{0}); }

  static std::string wanted(const Json &row) {
    for (const char *name : {"expect", "expect_s", "expect_date"}) {
      if (!row.contains(name)) continue;
      const Json &value = row.at(name);
      return value.is_string() ? value.get<std::string>() : value.dump();
    }
    return {};
  }

  static std::string left_out(const std::string &op, const Json &row) {
    if (op == "add_days" && days(row) > 0) return "days at the same time of day: not our rule";
    if (op == "add_days" || op == "due_date") return "days counted back, or months: no function";
    return op + ": no function";
  }

  std::optional<Seconds> next_close(Seconds from) const {
    const auto &spans = calendar_.spans();
    const auto span = std::upper_bound(spans.begin(), spans.end(), from,
                                       [](Seconds t, const OpenSpan &open) { return t < open.to; });
    return span == spans.end() ? std::nullopt : std::optional(span->to);
  }

  std::optional<Seconds> end_of_day(Seconds from, std::int64_t count) const {
    const auto number = calendar_.open_day_after(from, count);
    return number ? calendar_.closing_of_day(*number) : std::nullopt;
  }

  std::string due_date(const Json &row) const {
    const Seconds noon = calendar_.local_to_utc(day_of(row.at("from_date")), 43200);
    const auto closing = end_of_day(noon, days(row));
    return closing ? format_date(calendar_.local_day(*closing - 1)) : "nothing";
  }

  std::string local_to_utc(const Json &row) const {
    const std::string time = row.at("time");
    const std::int32_t seconds = std::stoi(time.substr(0, 2)) * 3600 +
                                 std::stoi(time.substr(3, 2)) * 60 +
                                 (time.size() > 5 ? std::stoi(time.substr(6, 2)) : 0);
    return text_of(calendar_.local_to_utc(day_of(row.at("date")), seconds));
  }

  const Definition &definition_;
  Calendar calendar_;
};

}  // namespace

Seconds instant_of(const Json &value) {
  const auto instant = parse_utc(value.get<std::string>());
  if (!instant) throw std::invalid_argument("no instant: " + value.dump());
  return *instant;
}

std::string text_of(std::optional<Seconds> instant) {
  return instant ? format_utc(*instant) : "null";
}

Definition read_calendar(const Json &calendar, const std::string &zone_folder) {
  Definition definition;
  const std::string zone = calendar.at("tz");
  if (zone == "UTC" || zone == "Etc/UTC")
    definition.offsets = {{0, 0}};
  else
    for (const ZoneOffset &offset : zone_offsets(zone_folder, zone, 946684800, 2145916800))
      definition.offsets.push_back({offset.from, offset.seconds});
  Era era{definition.first_day, zone, {}};
  for (std::size_t i = 0; i < kWeekdays.size(); ++i)
    era.week[i] = hours_of(list_of(calendar.at("hours"), kWeekdays[i]));
  definition.eras = {era};
  definition.special = dated_hours(calendar, "shifts");
  definition.breaks = dated_hours(calendar, "breaks");
  for (const Json &date : list_of(calendar, "holidays"))
    definition.closed.push_back({day_of(date), day_of(date)});
  for (const Json &range : list_of(calendar, "holiday_ranges"))
    definition.closed.push_back({day_of(range.at(0)), day_of(range.at(1))});
  for (const Json &date : list_of(calendar, "holidays_yearly"))
    definition.closed_yearly.push_back(parse_month_day("closed_yearly", date.get<std::string>()));
  return definition;
}

std::vector<Outcome> run_operations(const Json &group, const Definition &definition) {
  Operations operations(definition);
  std::vector<Outcome> outcomes;
  for (const Json &row : group.at("cases")) outcomes.push_back(operations.run(row));
  return outcomes;
}

}  // namespace heard::neutral
