// heard clocks: what response clocks would say.
#include "commands.hpp"
#include "evaluation.hpp"

namespace heard::cli {

void add_clocks(CLI::App &app, Context &context) {
  CLI::App *command = app.add_subcommand("clocks", "What response clocks would say");
  command->require_subcommand(1);
  add_eval(*command, context, "clocks.eval");
}

}  // namespace heard::cli
