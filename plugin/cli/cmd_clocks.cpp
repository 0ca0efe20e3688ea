// heard clocks: what response clocks would say, and whether those recorded follow from the facts.
#include <fmt/core.h>

#include <memory>

#include "commands.hpp"
#include "evaluation.hpp"
#include "exit_codes.hpp"
#include "output.hpp"

namespace heard::cli {
namespace {

void run_replay(Context &context, const std::string &name) {
  api::Store store = context.open();
  api::Record filter("filter");
  if (!name.empty()) filter.set({"case", name});
  const json rows = to_json(store.query(context.actor(), "replay", filter));
  const json &verdict = rows.back();
  context.set_exit_code(verdict.value("intact", 0) == 1 ? kOk : kFinding);
  if (context.wants_json()) return print_json(rows);
  for (const json &row : rows)
    if (row.value("row", "") == "difference")
      fmt::print("Case {}, {} {}: recorded {}, by the facts {}; {}\n", row.value("number", 0),
                 clean(row.value("clock", "")), row.value("no", 0),
                 clean(row.value("recorded", "")), clean(row.value("by_facts", "")),
                 clean(row.value("says", "")));
  fmt::print(
      "{} cases: {} verdicts not explained by the facts, {} judged on an earlier calendar.\n",
      grouped(verdict.value("cases", 0)), grouped(verdict.value("unexplained", 0)),
      grouped(verdict.value("explained", 0)));
}

void add_replay(Command clocks, Context &context) {
  Command command = clocks.add_subcommand("replay", "Judge every clock again from the ledger");
  auto name = std::make_shared<std::string>();
  command.add_option("case", *name, "Only this case (its number, or its id)");
  command.footer("Exit code 0: every verdict follows from the facts; 1: one does not.");
  context.add_options_to(command);
  command.callback([&context, name] { run_replay(context, *name); });
}

}  // namespace

void add_clocks(Command app, Context &context) {
  Command command = app.add_subcommand("clocks", "Response clocks: evaluated and judged again");
  command.require_subcommand(1);
  add_eval(command, context, "clocks.eval");
  add_replay(command, context);
}

}  // namespace heard::cli
