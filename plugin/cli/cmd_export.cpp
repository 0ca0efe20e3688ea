// heard export: a part of the log with proofs, for somebody who need not trust us.
#include <fmt/core.h>

#include <cstdio>
#include <cstdlib>
#include <memory>

#include "commands.hpp"
#include "exit_codes.hpp"
#include "input.hpp"
#include "interrupt.hpp"
#include "output.hpp"
#include "progress.hpp"
#include "times.hpp"

namespace heard::cli {
namespace {

struct Wanted {
  std::string person, one_case, school, file, bundle, redact;
  Period period;
  bool all = false, preview = false;
  std::vector<std::string> receipts;

  bool is_folder() const { return !bundle.empty() && !bundle.ends_with(".zip"); }
  const std::string &out() const { return bundle.empty() ? file : bundle; }
};

json read_rules(const std::string &path) {
  const json rules = json::parse(read_input(path), nullptr, false);
  if (rules.is_array()) return rules;
  throw Trouble(kInput, fmt::format("{} is no JSON list of redaction rules; see NAMES.md, "
                                    "\"Export\".",
                                    path));
}

api::Record to_fields(const Wanted &wanted) {
  json what = json::object();
  for (const auto &[name, value] :
       {std::pair("person", wanted.person), {"case", wanted.one_case}, {"school", wanted.school}})
    if (!value.empty()) what[name] = value;
  if (wanted.all) what["all"] = 1;
  if (wanted.preview) what["preview"] = 1;
  if (!wanted.receipts.empty()) what["receipts"] = wanted.receipts;
  if (!wanted.redact.empty()) what["redact"] = read_rules(wanted.redact);
  if (!wanted.bundle.empty()) what["format"] = "bundle";
  if (wanted.is_folder()) what["folder"] = wanted.bundle;
  api::Record fields = api::Record::from_json("what", what.dump());
  put_period(wanted.period, fields);
  return fields;
}

/// A file that could not be finished is taken away again; one that was there before is not ours.
void write_file(api::Store &store, const api::Record &actor, const Wanted &wanted) {
  const api::Record what = to_fields(wanted);
  api::Sink sink =
      wanted.is_folder() ? api::Sink::in_memory() : api::Sink::to_new_file(wanted.out());
  try {
    store.export_to(sink, actor, what);
    sink.close();
  } catch (...) {
    if (!wanted.is_folder()) std::remove(wanted.out().c_str());
    throw;
  }
}

void show_preview(api::Store &store, const Context &context, const Wanted &wanted) {
  api::Sink sink = api::Sink::in_memory();
  store.export_to(sink, context.actor(), to_fields(wanted));
  const json told = json::parse(sink.bytes());
  if (context.wants_json()) return print_json(told);
  fmt::print("{} entries, {} fields of {} entries would be held back.\n",
             grouped(told.value("entries", 0)), grouped(told.value("fields_hidden", 0)),
             grouped(told.value("entries_hidden", 0)));
  for (const json &rule : told.value("by_rule", json::array()))
    fmt::print("  {}: {} fields of {} entries\n", clean(rule.value("reason", "")),
               grouped(rule.value("fields_hidden", 0)), grouped(rule.value("entries_hidden", 0)));
}

/// "4096 of 100000", as the library tells the host's log.
void show_told(Progress &progress, std::string_view told) {
  const std::size_t of = told.find(" of ");
  if (of == std::string_view::npos) return;
  progress.show(std::atoll(std::string(told.substr(0, of)).c_str()),
                std::atoll(std::string(told.substr(of + 4)).c_str()));
}

void run_export(Context &context, const Wanted &wanted) {
  if (!wanted.preview && wanted.out().empty())
    throw Trouble(kUsage, "Where to? Give --out FILE, or --bundle FILE.zip or FOLDER.");
  api::Store store = context.open();
  if (wanted.preview) return show_preview(store, context, wanted);
  Interrupt interrupt;
  interrupt.on_signal([&store] { store.interrupt(); });
  const Millis began = system_now();
  {
    Progress progress("Exporting");
    context.on_told([&progress](std::string_view told) { show_told(progress, told); });
    write_file(store, context.actor(), wanted);
    context.on_told(nullptr);
  }
  const std::string out = wanted.out();
  if (context.wants_json()) return print_json({{"file", out}});
  fmt::print("Written to {} ({}).\nAnyone can check it: heard verify --export {}\n", clean(out),
             show_seconds(system_now() - began), clean(out));
  if (!wanted.bundle.empty())
    fmt::print("Or without Heard: unpack it and run python3 data/verify.py\n");
}

}  // namespace

void add_export(Command app, Context &context) {
  Command command = app.add_subcommand("export", "Write a part of the log with proofs");
  auto wanted = std::make_shared<Wanted>();
  Command part = command.add_option_group("part", "What to write (one of, or a period)");
  part.add_option("--person", wanted->person, "All entries with this person (key)");
  part.add_option("--case", wanted->one_case, "All entries of this case");
  part.add_option("--school", wanted->school, "All entries of this school (key)");
  part.add_flag("--all", wanted->all, "Everything");
  part.require_option(0, 1);
  command.add_option("--from", wanted->period.from, "First day, like 2026-09-01").type_name("DATE");
  command.add_option("--to", wanted->period.to, "Last day").type_name("DATE");
  Option file =
      command.add_option("--out", wanted->file, "Lines into this new file (refused if it exists)")
          .type_name("FILE");
  command
      .add_option("--bundle", wanted->bundle,
                  "The auditor's bundle: a new file that ends in .zip, or a new folder")
      .type_name("OUT")
      .excludes(file);
  command
      .add_option("--redact", wanted->redact,
                  "What to hold back: a file with a JSON list of rules (- is standard input)")
      .type_name("FILE");
  command.add_flag("--preview", wanted->preview, "Only tell how much --redact would hold back");
  command.add_option("--receipt", wanted->receipts, "Also prove that a receipt of this size holds")
      .type_name("SIZE");
  command.footer("What leaves the store is recorded in the ledger (a disclosure).");
  context.add_options_to(command);
  command.callback([&context, wanted] { run_export(context, *wanted); });
}

}  // namespace heard::cli
