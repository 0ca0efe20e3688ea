// heard do: any command of the library by its name, with its fields as JSON.
#include <fmt/core.h>

#include <memory>

#include "commands.hpp"
#include "input.hpp"
#include "output.hpp"

namespace heard::cli {
namespace {

struct Wanted {
  std::string command, json_input;
};

void run_do(Context &context, const Wanted &wanted) {
  const std::string text = wanted.json_input.empty() ? "{}" : read_input(wanted.json_input);
  const api::Record fields = api::Record::from_json("fields", text);
  api::Store store = context.open();
  const api::Record done = store.apply(context.actor(), wanted.command.c_str(), fields);
  print_json(to_json(done.row()));
}

}  // namespace

void add_do(Command app, Context &context) {
  Command command = app.add_subcommand("do", "Any command of the library, with JSON fields");
  auto wanted = std::make_shared<Wanted>();
  command.add_option("COMMAND", wanted->command, "Its name, e.g. case.move (heard names)")
      .required();
  command
      .add_option("--json-input", wanted->json_input,
                  "A JSON object with its fields; - reads it from standard input")
      .type_name("FILE");
  command.footer("Prints the result as JSON.");
  context.add_options_to(command);
  command.callback([&context, wanted] { run_do(context, *wanted); });
}

}  // namespace heard::cli
