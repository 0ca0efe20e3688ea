// heard case: everything about one case.
#include <fmt/core.h>

#include <memory>

#include "commands.hpp"
#include "conversation.hpp"
#include "exit_codes.hpp"
#include "output.hpp"

namespace heard::cli {
namespace {

void run_case(Context &context, const std::string &name) {
  api::Store store = context.open();
  api::Rows rows = store.query(context.actor(), "case", api::Record("filter", {{"case", name}}));
  for (api::Row row : rows) {
    if (context.wants_json()) return print_json(to_json(row));
    return fmt::print("{}", tell_case(row));
  }
  throw Trouble(kInput, fmt::format("There is no case {}.", name));
}

}  // namespace

void add_case(Command app, Context &context) {
  Command command = app.add_subcommand("case", "One case: clocks, why they are due, entries");
  auto name = std::make_shared<std::string>();
  command.add_option("case", *name, "Its number, or its id").required();
  context.add_options_to(command);
  command.callback([&context, name] { run_case(context, *name); });
}

}  // namespace heard::cli
