// heard due: who is waiting for an answer, soonest due first.
#include "cmd_due.hpp"

#include <fmt/core.h>

#include <memory>

#include "commands.hpp"
#include "times.hpp"

namespace heard::cli {
namespace {

struct Wanted {
  std::string school, assignee;
  bool late = false;
  std::int64_t limit = 0;
};

Table::Cell due_cell(api::Row row) {
  if (row.flag("no_open_time")) return {"school never open", Ink::yellow};
  if (!row.has("due_at")) return {"paused", Ink::dim};
  const std::string due = show_moment(row.number("due_at"));
  if (row.flag("late")) return {due + " late", Ink::red};
  return {due, row.flag("warned") ? Ink::yellow : Ink::plain};
}

void run_due(Context &context, const Wanted &wanted) {
  api::Store store = context.open();
  api::Record filter("filter");
  if (!wanted.school.empty()) filter.set({"school", wanted.school});
  if (!wanted.assignee.empty()) filter.set({"assignee", wanted.assignee});
  if (wanted.late) filter.set({"late", 1});
  if (wanted.limit > 0) filter.set({"limit", wanted.limit});
  api::Rows rows = store.query(context.actor(), "waiting", filter);
  if (context.wants_json()) return print_json(to_json(std::move(rows)));
  Table table = waiting_table();
  int count = 0, late = 0;
  for (api::Row row : rows) {
    add_waiting(table, row);
    ++count;
    late += row.flag("late");
  }
  if (count == 0) return fmt::print("Nobody is waiting for an answer.\n");
  table.print();
  fmt::print("\n{} waiting, {} of them late.\n", count, late);
}

}  // namespace

Table waiting_table() {
  return Table({{"case", Table::Align::right, Table::Width::kept},
                {"due", Table::Align::left, Table::Width::kept},
                {"family"},
                {"subject"},
                {"school", Table::Align::left, Table::Width::spare},
                {"waiting since", Table::Align::left, Table::Width::spare},
                {"with", Table::Align::left, Table::Width::cut}});
}

void add_waiting(Table &table, api::Row row) {
  const std::string since = row.has("waiting_since") ? show_date(row.number("waiting_since")) : "";
  table.add({{std::to_string(row.number("number"))},
             due_cell(row),
             {row.text("requester_name")},
             {row.text("subject")},
             {row.text("school_name"), Ink::dim},
             {since, Ink::dim},
             {row.text("assignee_name"), Ink::dim}});
}

void add_due(Command app, Context &context) {
  Command command = app.add_subcommand("due", "Who is waiting for an answer, soonest due first");
  auto wanted = std::make_shared<Wanted>();
  command.add_option("--school", wanted->school, "Only this school (its key)");
  command.add_option("--assignee", wanted->assignee, "Only what this person has to answer (key)");
  command.add_flag("--late", wanted->late, "Only what is late");
  command.add_option("--limit", wanted->limit, "At most so many");
  context.add_options_to(command);
  command.callback([&context, wanted] { run_due(context, *wanted); });
}

}  // namespace heard::cli
