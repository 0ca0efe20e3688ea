// heard backup: a checked copy of the whole store while it is in use.
#include <fmt/core.h>

#include <memory>

#include "checking.hpp"
#include "commands.hpp"
#include "exit_codes.hpp"
#include "interrupt.hpp"

namespace heard::cli {
namespace {

void run_backup(Context &context, const std::string &path) {
  api::Store store = context.open();
  Interrupt interrupt;
  interrupt.on_signal([&store] { store.interrupt(); });
  const CheckResult result = run_check(
      store.backup(context.actor(), api::Record("what", {{"path", path}})), "Checking the copy");
  context.set_exit_code(result.is_intact() ? kOk : kFinding);
  if (context.wants_json()) return print_json(result.verdict);
  print_check(result);
  if (result.is_intact()) fmt::print("  {}\n", clean(path));
}

}  // namespace

void add_backup(Command app, Context &context) {
  Command command = app.add_subcommand("backup", "Write a checked copy of the whole store");
  auto path = std::make_shared<std::string>();
  command.add_option("--out", *path, "The new file (an existing one is refused)")
      .type_name("FILE")
      .required();
  command.footer(
      "Others may go on writing meanwhile. Do not copy the store's file yourself: without its log\n"
      "it is not the store. A backup keeps what is erased later; delete it when its time is over.");
  context.add_options_to(command);
  command.callback([&context, path] { run_backup(context, *path); });
}

}  // namespace heard::cli
