// heard names: the commands, views, options and settings this library knows.
#include <fmt/core.h>

#include "commands.hpp"
#include "output.hpp"

namespace heard::cli {
namespace {

/// Names need no store: without --store they are asked of one in memory.
api::Store store_or_memory(Context &context) {
  return context.store_path().empty() ? context.open_in_memory() : context.open();
}

void run_names(Context &context) {
  api::Store store = store_or_memory(context);
  api::Rows rows = store.query(context.actor(), "names");
  if (context.wants_json()) return print_json(to_json(std::move(rows)));
  std::string section;
  for (api::Row row : rows) {
    if (row.text("section") != section) {
      section = row.text("section");
      fmt::print("{}\n", paint(section, Ink::bold));
    }
    std::string fields;
    for (const std::string &field : row.texts("fields")) fields += field + " ";
    fmt::print("  {}\n{}", row.text("name"), paint(clean_lines(fields, "      "), Ink::dim));
  }
}

}  // namespace

void add_names(Command app, Context &context) {
  Command command = app.add_subcommand("names", "The commands, views and options there are");
  context.add_options_to(command);
  command.callback([&context] { run_names(context); });
}

}  // namespace heard::cli
