// What the tests of calendars share: two schools, and their calendars as the views show them.
#pragma once

#include "support/desk.hpp"

namespace heard::calendar_tests {

using support::at;
using support::Desk;

using Texts = std::vector<std::string>;

inline constexpr const char *kNorth =
    R"({"channel": "email", "from": "sis:guardian:9", "school": "north"})";
inline constexpr const char *kSouth =
    R"({"channel": "email", "from": "sis:guardian:8", "school": "south"})";

inline Record shown_calendar(Desk &desk, const std::string &id) {
  return desk.row("calendars", R"({"calendar": ")" + id + "\"}");
}

/// "2026-12-24/2026-12-25 Name (source) inherited" for each record of a list.
inline Texts shown(const std::vector<Record> &records) {
  Texts all;
  for (const Record &record : records) {
    std::string text = record.text("first") + "/" + record.text("last");
    if (record.has("name")) text += " " + record.text("name");
    if (record.has("source")) text += " (" + record.text("source") + ")";
    if (record.flag("inherited")) text += " inherited";
    all.push_back(text);
  }
  return all;
}

/// Hours and reason of one day: "08:00-16:00|Autumn", "|Snow day".
inline std::string day(Desk &desk, const std::string &of, const std::string &date) {
  const Record row = desk.row("calendar_days",
                              "{" + of + R"(, "from": ")" + date + R"(", "to": ")" + date + "\"}");
  std::string hours;
  for (const std::string &span : row.texts("hours")) hours += (hours.empty() ? "" : " ") + span;
  return hours + "|" + row.text("why");
}

inline std::int64_t due_of(Desk &desk, const std::string &school) {
  return desk.row("waiting", R"({"school": ")" + school + "\"}").number("due_at");
}

}  // namespace heard::calendar_tests
