#include "web/calendar_words.hpp"

#include "base/text.hpp"
#include "web/blocks.hpp"
#include "web/texts.hpp"

namespace heard::web {

namespace {

constexpr Millis kDay = 86'400'000;

/// "Mon", "Tue" ... from a week that begins on Monday.
std::string short_day(std::size_t day) {
  return std::string(split(text("time.weekdays"), ' ').at((day + 1) % 7));
}

bool is_hours(std::string_view word) {
  return word.size() >= 9 && word.find(':') != std::string_view::npos &&
         word.find('-') != std::string_view::npos && to_int(word.substr(0, 1));
}

}  // namespace

const std::vector<std::string> &weekdays() {
  static const std::vector<std::string> names{"monday", "tuesday",  "wednesday", "thursday",
                                              "friday", "saturday", "sunday"};
  return names;
}

std::string week_words(const Record &calendar) {
  if (calendar.records("hours").empty()) return {};
  const Record &week = calendar.records("hours").front();
  std::vector<std::string> parts;
  for (std::size_t day = 0; day < 7;) {
    const auto hours = week.texts(weekdays()[day]);
    std::size_t last = day;
    while (last < 6 && week.texts(weekdays()[last + 1]) == hours) ++last;
    const std::string days = last == day ? short_day(day) : short_day(day) + '-' + short_day(last);
    if (!hours.empty()) parts.push_back(days + ' ' + joined(hours, " "));
    day = last + 1;
  }
  return joined(parts);
}

std::string date_words(const Request &request, const std::string &date) {
  const auto day = parse_date(date);
  if (!day) return date;
  static const LocalTime utc("UTC");
  const Millis now = Millis{parse_date(today(request, "")).value_or(0)} * kDay;
  return utc.day_words(Millis{*day} * kDay, now);
}

std::string range_words(const Request &request, const Record &range) {
  const std::string first = range.text("first"), last = range.text("last", first);
  std::string says = date_words(request, first);
  if (last != first) says += " - " + date_words(request, last);
  const std::string name = range.text("name");
  return name.empty() ? says : says + ": " + name;
}

std::string today(const Request &request, std::string_view school) {
  return request.time(school).field(request.now()).substr(0, 10);
}

std::string range_line(const Record &range) {
  const std::string first = range.text("first"), last = range.text("last", first);
  std::string line = last == first ? first : first + '/' + last;
  const std::string name = range.text("name");
  return name.empty() ? line : line + ' ' + name;
}

std::optional<Record> range_from(const std::string &line) {
  const std::string days = line.substr(0, line.find(' '));
  const std::size_t slash = days.find('/');
  const std::string first = days.substr(0, slash);
  const std::string last = slash == std::string::npos ? first : days.substr(slash + 1);
  if (!parse_date(first) || !parse_date(last)) return std::nullopt;
  Record range("range");
  range.set("first", first).set("last", last);
  const auto name = trimmed(std::string_view(line).substr(days.size()));
  if (!name.empty()) range.set("name", name);
  return range;
}

std::string day_line(const Record &day) {
  std::vector<std::string> words{day.text("date"), joined(day.texts("hours"), " "),
                                 day.text("name")};
  std::erase(words, "");
  return joined(words, " ");
}

std::optional<Record> day_from(const std::string &line) {
  std::string_view rest = line;
  const auto next = [&rest] {
    rest = trimmed(rest);
    return rest.substr(0, rest.find_first_of(" ,"));
  };
  const std::string date(next());
  if (!parse_date(date)) return std::nullopt;
  rest.remove_prefix(date.size());
  std::vector<std::string> hours;
  for (auto word = next(); is_hours(word); word = next()) {
    hours.emplace_back(word);
    rest.remove_prefix(word.size());
    if (rest.starts_with(',')) rest.remove_prefix(1);
  }
  Record day("day");
  day.set("date", date).set("hours", hours);
  if (!rest.empty()) day.set("name", rest);
  return day;
}

std::vector<std::string> hours_from(std::string_view text) {
  std::vector<std::string> hours;
  for (const std::string_view part : split(text, ','))
    for (const std::string_view span : split(part, ' '))
      if (!trimmed(span).empty()) hours.emplace_back(trimmed(span));
  return hours;
}

}  // namespace heard::web
