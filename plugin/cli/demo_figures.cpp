// The demo's figures: who is waiting, how the schools answer, one case told from end to end.
#include <fmt/core.h>

#include <algorithm>

#include "cmd_due.hpp"
#include "conversation.hpp"
#include "demo.hpp"

namespace heard::cli {
namespace {

constexpr int kShown = 8;
constexpr std::int64_t kBarWidth = 10;

std::string bar(std::int64_t percent) {
  std::string drawn;
  for (std::int64_t i = 0; i < kBarWidth; ++i) drawn += i * 100 < percent * kBarWidth ? "█" : "░";
  return drawn;
}

Table::Column number(const char *title) { return {title, Table::Align::right, Table::Width::kept}; }

Ink ink_of_share(std::int64_t percent) {
  if (percent >= 90) return Ink::green;
  return percent >= 75 ? Ink::yellow : Ink::red;
}

}  // namespace

void Demo::show_who_is_waiting() {
  interrupt_.check();
  steps_.begin(fmt::format("Who is waiting on {}", show_moment(clock_.now())));
  api::Store store = open();
  Table table = waiting_table();
  int count = 0, late = 0;
  for (api::Row row : store.query(actor(), "waiting")) {
    if (count++ < kShown) add_waiting(table, row);
    late += row.flag("late");
  }
  summary_["waiting"] = count;
  summary_["late"] = late;
  if (!steps_.is_silent()) table.print("    ");
  steps_.say(fmt::format("{} wait for an answer, {} of them late; the {} most urgent are above",
                         count, late, std::min(count, kShown)));
}

void Demo::show_schools() {
  interrupt_.check();
  steps_.begin("First answers in time, by school");
  api::Store store = open();
  Table table({{"school"},
               {"", Table::Align::left, Table::Width::kept},
               number("in time"),
               number("contacts"),
               number("missed"),
               number("waiting"),
               number("median"),
               number("90 % within")});
  api::Rows rows = store.query(actor(), "measures");
  summary_["measures"] = json::array();
  for (api::Row row : rows) {
    const std::int64_t percent = row.number("in_time_percent");
    summary_["measures"].push_back(to_json(row));
    table.add({{row.text("name")},
               {bar(percent), ink_of_share(percent)},
               {fmt::format("{} %", percent), ink_of_share(percent)},
               {grouped(row.number("contacts"))},
               {grouped(row.number("missed"))},
               {grouped(row.number("unanswered"))},
               {show_span(row.number("median_s"))},
               {show_span(row.number("p90_s"))}});
  }
  if (!steps_.is_silent()) table.print("    ");
  steps_.say("Times are school time: nights and weekends do not count.");
}

void Demo::show_one_case() {
  interrupt_.check();
  if (exhibit_.case_id.empty()) return;
  steps_.begin("One case, with its clocks explained");
  api::Store store = open();
  const api::Record filter("filter", {{"case", exhibit_.case_id}});
  for (api::Row row : store.query(actor(), "case", filter)) {
    summary_["case"] = row.number("number");
    if (!steps_.is_silent()) fmt::print("{}", tell_case(row, "    "));
  }
}

}  // namespace heard::cli
