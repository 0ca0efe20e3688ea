// heard integrity: everything that makes the response figures look better than they are.
#include <fmt/core.h>

#include <map>
#include <memory>

#include "commands.hpp"
#include "input.hpp"
#include "interrupt.hpp"
#include "output.hpp"
#include "times.hpp"

namespace heard::cli {
namespace {

struct Wanted {
  std::string school;
  Period period;
};

std::string words(std::string name) {
  for (char &c : name)
    if (c == '_') c = ' ';
  return name;
}

/// As they come: a big ledger has many, and each is a line of its own.
void print_finding(api::Row row) {
  fmt::print("{}  case {}, entry {}, {}, {}\n  {}\n", paint(words(row.text("kind")), Ink::yellow),
             row.number("number"), row.number("seq"), show_moment(row.number("at")),
             clean(row.text("actor")), clean(row.text("says")));
}

void run_integrity(Context &context, const Wanted &wanted) {
  api::Store store = context.open();
  Interrupt interrupt;
  interrupt.on_signal([&store] { store.interrupt(); });
  api::Record filter("filter");
  if (!wanted.school.empty()) filter.set({"school", wanted.school});
  put_period(wanted.period, filter);
  api::Rows rows = store.query(context.actor(), "integrity", filter);
  if (context.wants_json()) return print_json(to_json(std::move(rows)));
  std::map<std::string, std::int64_t> counts;
  for (api::Row row : rows) {
    print_finding(row);
    ++counts[row.text("kind")];
  }
  if (counts.empty()) return fmt::print("Nothing makes the figures look better than they are.\n");
  fmt::print("\n");
  for (const auto &[kind, count] : counts) fmt::print("{:>7}  {}\n", grouped(count), words(kind));
}

}  // namespace

void add_integrity(Command app, Context &context) {
  Command command =
      app.add_subcommand("integrity", "What makes response figures look better than they are");
  auto wanted = std::make_shared<Wanted>();
  command.add_option("--school", wanted->school, "Only this school (its key)");
  command.add_option("--from", wanted->period.from, "Recorded from this day on: 2026-09-01");
  command.add_option("--to", wanted->period.to, "Up to this day, included");
  context.add_options_to(command);
  command.callback([&context, wanted] { run_integrity(context, *wanted); });
}

}  // namespace heard::cli
