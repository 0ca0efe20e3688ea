// heard simulate: what another policy or calendar would have done with the past of this store.
#include <fmt/core.h>

#include <filesystem>
#include <memory>

#include "commands.hpp"
#include "input.hpp"
#include "interrupt.hpp"
#include "output.hpp"
#include "times.hpp"

namespace heard::cli {
namespace {

struct Wanted {
  std::string policy, calendar, school;
  Period period;
  std::int64_t limit = 0;
};

/// A file is a policy to try; anything else is the id of one that is saved.
void put_policy(const std::string &policy, api::Record &filter) {
  const bool is_file = policy.ends_with(".json") || std::filesystem::exists(policy);
  if (is_file)
    filter.set({"policy_json", read_input(policy)});
  else
    filter.set({"policy", policy});
}

api::Record to_filter(const Wanted &wanted) {
  api::Record filter("filter");
  if (!wanted.policy.empty()) put_policy(wanted.policy, filter);
  if (!wanted.calendar.empty()) filter.set({"calendar_json", read_input(wanted.calendar)});
  if (!wanted.school.empty()) filter.set({"school", wanted.school});
  if (wanted.limit > 0) filter.set({"limit", wanted.limit});
  put_period(wanted.period, filter);
  return filter;
}

std::string words(std::string name) {
  for (char &c : name)
    if (c == '_') c = ' ';
  return name;
}

std::string percent(api::Row row, const char *field) {
  return row.has(field) ? fmt::format("{} %", row.number(field)) : "-";
}

void add_figure(Table &table, api::Row row) {
  const auto count = [&](const char *field) { return Table::Cell{grouped(row.number(field))}; };
  table.add({{words(row.text("clock"))},
             count("judged"),
             count("met_before"),
             count("met_after"),
             count("missed_before"),
             count("missed_after"),
             {percent(row, "percent_before")},
             {percent(row, "percent_after"), Ink::bold}});
}

void add_flip(Table &table, api::Row row) {
  const auto moment = [&](const char *field) {
    return Table::Cell{row.has(field) ? show_moment(row.number(field)) : "", Ink::dim};
  };
  const bool worse = row.text("after") == "missed";
  table.add({{std::to_string(row.number("number"))},
             {fmt::format("{} {}", words(row.text("clock")), row.number("no"))},
             {words(row.text("before"))},
             {words(row.text("after")), worse ? Ink::red : Ink::green},
             moment("due_before"),
             moment("due_after")});
}

void print_rows(api::Rows rows) {
  constexpr auto kRight = Table::Align::right;
  Table figures({{"clock"},
                 {"judged", kRight},
                 {"in time", kRight},
                 {"would be", kRight},
                 {"missed", kRight},
                 {"would be", kRight},
                 {"share", kRight},
                 {"would be", kRight}});
  Table flips({{"case", kRight, Table::Width::kept},
               {"clock"},
               {"was"},
               {"would be"},
               {"was due"},
               {"would be due"}});
  for (api::Row row : rows)
    row.text("row") == "figure" ? add_figure(figures, row) : add_flip(flips, row);
  if (figures.is_empty()) return fmt::print("No clock of these cases is judged yet.\n");
  figures.print();
  if (flips.is_empty()) return fmt::print("\nNo verdict would be another.\n");
  fmt::print("\n");
  flips.print();
}

void run_simulate(Context &context, const Wanted &wanted) {
  api::Store store = context.open();
  Interrupt interrupt;
  interrupt.on_signal([&store] { store.interrupt(); });
  api::Rows rows = store.query(context.actor(), "simulate", to_filter(wanted));
  if (context.wants_json()) return print_json(to_json(std::move(rows)));
  print_rows(std::move(rows));
}

}  // namespace

void add_simulate(Command app, Context &context) {
  Command command =
      app.add_subcommand("simulate", "What another policy would have done with the past");
  auto wanted = std::make_shared<Wanted>();
  command.add_option("--policy", wanted->policy, "The id of a saved policy, or a file for a new")
      .type_name("ID|FILE.json");
  command.add_option("--calendar", wanted->calendar, "A calendar to try: fields of calendar.save")
      .type_name("FILE.json");
  command.add_option("--from", wanted->period.from, "Cases opened from this day on: 2026-09-01");
  command.add_option("--to", wanted->period.to, "Up to this day, included");
  command.add_option("--school", wanted->school, "Only this school (its key)");
  command.add_option("--limit", wanted->limit, "Name at most so many verdicts (default 1000)");
  command.footer("Nothing is written. A file holds the fields of policy.save (heard names).");
  context.add_options_to(command);
  command.callback([&context, wanted] { run_simulate(context, *wanted); });
}

}  // namespace heard::cli
