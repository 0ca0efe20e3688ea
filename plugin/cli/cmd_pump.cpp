// heard pump: does the work that has fallen due; for cron.
#include <fmt/core.h>

#include <memory>

#include "commands.hpp"
#include "interrupt.hpp"
#include "output.hpp"
#include "progress.hpp"
#include "times.hpp"

namespace heard::cli {
namespace {

constexpr std::int64_t kSliceMs = 200;

/// Pumps until nothing is due, or for about `budget_ms` if that is positive.
void run_pump(Context &context, std::int64_t budget_ms) {
  api::Store store = context.open();
  Interrupt interrupt;
  interrupt.on_signal([&store] { store.interrupt(); });
  Progress progress("Pumping, slices done:");
  const Millis began = system_now();
  std::int64_t next_due_ms = 0, slices = 0;
  bool more = true;
  while (more && (budget_ms <= 0 || system_now() - began < budget_ms)) {
    interrupt.check();
    more = store.pump(budget_ms > 0 ? std::min(budget_ms, kSliceMs) : kSliceMs, next_due_ms);
    progress.show(++slices, 0);
  }
  if (context.wants_json()) return print_json({{"more", more}, {"next_due", next_due_ms}});
  if (more) return fmt::print("The time is up and more work waits; call again.\n");
  if (next_due_ms == 0) return fmt::print("Nothing is due and nothing is planned.\n");
  fmt::print("Nothing is due until {}.\n", show_moment(next_due_ms));
}

}  // namespace

void add_pump(Command app, Context &context) {
  Command command = app.add_subcommand("pump", "Do what has fallen due: warnings, misses");
  auto budget_ms = std::make_shared<std::int64_t>(0);
  command.add_option("--budget", *budget_ms, "Stop after about so many milliseconds");
  command.footer("Run it every minute from cron. It never uses the network.");
  context.add_options_to(command);
  command.callback([&context, budget_ms] { run_pump(context, *budget_ms); });
}

}  // namespace heard::cli
