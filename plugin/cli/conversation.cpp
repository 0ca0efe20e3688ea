// Tells a case and a timeline the way one reads a conversation.
#include "conversation.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "output.hpp"
#include "times.hpp"

namespace heard::cli {
namespace {

bool says(api::Row row, const char *field) { return !row.text(field).empty(); }

std::string arrow_of(api::Row entry) {
  const std::string direction = entry.text("direction");
  if (direction == "inbound") return paint("→", Ink::cyan);
  return direction == "outbound" ? paint("←", Ink::green) : "·";
}

std::string remarks_on(api::Row entry) {
  std::string remarks;
  if (entry.flag("late_typed")) remarks += ", typed in later";
  if (entry.has("human") && !entry.flag("human")) remarks += ", automatic";
  if (entry.flag("bulk")) remarks += ", to many";
  if (entry.has("public") && !entry.flag("public")) remarks += ", internal";
  if (entry.flag("erased")) remarks += ", erased";
  if (entry.has("corrects")) remarks += fmt::format(", corrects {}", entry.number("corrects"));
  return remarks;
}

Ink ink_of_clock(const std::string &state) {
  if (state == "missed") return Ink::red;
  return state == "met" ? Ink::green : Ink::yellow;
}

std::string tell_clock(api::Row clock, const std::string &indent) {
  const std::string state = clean(clock.text("state"));
  std::string line = fmt::format("{}{}  {}", indent, fit(clean(clock.text("clock")), 16),
                                 paint(fit(state, 8), ink_of_clock(state)));
  if (clock.has("due_at")) line += fmt::format("  due {}", show_moment(clock.number("due_at")));
  if (clock.has("stopped_at"))
    line += fmt::format(", stopped {}", show_moment(clock.number("stopped_at")));
  return line + "\n" + paint(clean_lines(clock.text("explain"), indent + "  "), Ink::dim);
}

/// Who, where, how it stands, and whom it is about, as far as known.
std::string tell_facts(api::Row row, const std::string &indent) {
  std::string line = indent + clean(row.text("status"));
  if (says(row, "requester_name")) line += ", from " + clean(row.text("requester_name"));
  if (says(row, "school_name")) line += ", " + clean(row.text("school_name"));
  for (const char *field : {"topic", "language"})
    if (says(row, field)) line += fmt::format(", {} {}", field, clean(row.text(field)));
  if (says(row, "assignee_name"))
    line += fmt::format(", with {}", clean(row.text("assignee_name")));
  for (api::Row student : row.rows("students"))
    line +=
        fmt::format(", about {}", clean(student.text(says(student, "name") ? "name" : "person")));
  return line + "\n";
}

}  // namespace

std::string tell_entry(api::Row entry, const std::string &indent) {
  const std::string to = clean(entry.text("to_name"));
  std::string told =
      fmt::format("{}{} {}  {} {}{}{}  {}\n", indent, arrow_of(entry),
                  paint(show_moment(entry.number("occurred_at")), Ink::bold),
                  clean(entry.text("channel")), clean(entry.text("from_name")),
                  to.empty() ? "" : " to " + to, paint(remarks_on(entry), Ink::yellow),
                  paint(fmt::format("entry {}", entry.number("seq")), Ink::dim));
  if (says(entry, "subject")) told += clean_lines(entry.text("subject"), indent + "    ");
  if (says(entry, "text")) told += clean_lines(entry.text("text"), indent + "    ");
  return told;
}

std::string tell_case(api::Row row, const std::string &indent) {
  const std::string title =
      fmt::format("Case {}: {}", row.number("number"), clean(row.text("subject")));
  std::string told = indent + paint(title, Ink::bold) + "\n" + tell_facts(row, indent) + "\n";
  for (api::Row clock : row.rows("clocks")) told += tell_clock(clock, indent);
  told += "\n";
  std::vector<api::Row> entries = row.rows("entries");
  std::sort(entries.begin(), entries.end(), [](const api::Row &one, const api::Row &other) {
    return one.number("occurred_at") < other.number("occurred_at");
  });
  for (const api::Row &entry : entries) told += tell_entry(entry, indent);
  return told;
}

}  // namespace heard::cli
