// heard export: a part of the log as JSON lines with proofs, for somebody who need not trust us.
#include <fmt/core.h>

#include <cstdio>
#include <memory>

#include "commands.hpp"
#include "interrupt.hpp"
#include "output.hpp"
#include "times.hpp"

namespace heard::cli {
namespace {

struct Wanted {
  std::string person, one_case, school, file;
  bool all = false;
  std::vector<std::string> receipts;
};

api::Record to_fields(const Wanted &wanted) {
  api::Record what("what");
  if (!wanted.person.empty()) what.set({"person", wanted.person});
  if (!wanted.one_case.empty()) what.set({"case", wanted.one_case});
  if (!wanted.school.empty()) what.set({"school", wanted.school});
  if (wanted.all) what.set({"all", 1});
  for (const std::string &size : wanted.receipts) what.add("receipts", size);
  return what;
}

/// A file that could not be finished is taken away again; one that was there before is not ours.
void write_file(api::Store &store, const api::Record &actor, const Wanted &wanted) {
  const api::Record what = to_fields(wanted);
  api::Sink sink = api::Sink::to_new_file(wanted.file);
  try {
    store.export_to(sink, actor, what);
    sink.close();
  } catch (...) {
    std::remove(wanted.file.c_str());
    throw;
  }
}

void run_export(Context &context, const Wanted &wanted) {
  api::Store store = context.open();
  Interrupt interrupt;
  interrupt.on_signal([&store] { store.interrupt(); });
  const Millis began = system_now();
  write_file(store, context.actor(), wanted);
  if (context.wants_json()) return print_json({{"file", wanted.file}});
  fmt::print("Written to {} ({}).\nAnyone can check it: heard verify --export {}\n",
             clean(wanted.file), show_seconds(system_now() - began), clean(wanted.file));
}

}  // namespace

void add_export(CLI::App &app, Context &context) {
  CLI::App *command = app.add_subcommand("export", "Write a part of the log with proofs");
  auto wanted = std::make_shared<Wanted>();
  CLI::Option_group *part = command->add_option_group("part", "What to write (one of)");
  part->add_option("--person", wanted->person, "All entries with this person (key)");
  part->add_option("--case", wanted->one_case, "All entries of this case");
  part->add_option("--school", wanted->school, "All entries of this school (key)");
  part->add_flag("--all", wanted->all, "Everything");
  part->require_option(1);
  command->add_option("--out", wanted->file, "The new file (an existing one is refused)")
      ->type_name("FILE")
      ->required();
  command->add_option("--receipt", wanted->receipts, "Also prove that a receipt of this size holds")
      ->type_name("SIZE");
  command->footer("What leaves the store is recorded in the ledger (a disclosure).");
  context.add_options_to(*command);
  command->callback([&context, wanted] { run_export(context, *wanted); });
}

}  // namespace heard::cli
