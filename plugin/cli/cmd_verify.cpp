// heard verify and heard rebuild: is everything as it was written?
#include <fmt/core.h>

#include <memory>

#include "checking.hpp"
#include "commands.hpp"
#include "exit_codes.hpp"
#include "interrupt.hpp"

namespace heard::cli {
namespace {

struct Wanted {
  std::string exported, receipt, proof, key, anchors, seal;
  bool replace = false;
};

/// A file that was handed out needs no store: a library with an empty one in memory checks it.
api::Store store_for(Context &context, const Wanted &wanted) {
  const bool needs_store = wanted.exported.empty() && wanted.proof.empty();
  if (needs_store || (wanted.proof.empty() && !context.store_path().empty())) {
    api::Options options = context.options();
    return api::Store(context.runtime(), options.set("store.mode", "read"));
  }
  const api::Options options({{"store.path", ":memory:"}, {"calendar.timezone", "UTC"}});
  api::Store::migrate(context.runtime(), options);
  return api::Store(context.runtime(), options);
}

void finish(Context &context, const CheckResult &result) {
  context.set_exit_code(result.is_intact() ? kOk : kFinding);
  if (!context.wants_json()) return print_check(result);
  json document = result.verdict;
  document["details"] = result.findings;
  if (!result.coverage.empty()) document["coverage"] = result.coverage;
  print_json(document);
}

void run_verify(Context &context, const Wanted &wanted) {
  api::Store store = store_for(context, wanted);
  Interrupt interrupt;
  interrupt.on_signal([&store] { store.interrupt(); });
  api::Record what("what");
  if (!wanted.exported.empty()) what.set({"export", wanted.exported});
  if (!wanted.receipt.empty()) what.set({"receipt", wanted.receipt});
  if (!wanted.proof.empty()) what.set({"proof", wanted.proof});
  if (!wanted.key.empty()) what.set({"key", wanted.key});
  if (!wanted.anchors.empty()) what.set({"anchors", wanted.anchors});
  if (!wanted.seal.empty()) what.set({"seal", wanted.seal});
  finish(context, run_check(store.verify(context.actor(), what), "Verifying"));
}

void run_rebuild(Context &context, const Wanted &wanted) {
  api::Store store = context.open();
  Interrupt interrupt;
  interrupt.on_signal([&store] { store.interrupt(); });
  const api::Record what("what", {{"replace", wanted.replace ? 1 : 0}});
  finish(context, run_check(store.rebuild(context.actor(), what), "Folding the ledger again"));
}

}  // namespace

void add_verify(Command app, Context &context) {
  Command command = app.add_subcommand("verify", "Check the whole ledger, or an exported file");
  auto wanted = std::make_shared<Wanted>();
  command
      .add_option("--export", wanted->exported, "Check this exported file or bundle, not the store")
      .type_name("FILE");
  command.add_option("--receipt", wanted->receipt, "A receipt the file must agree with")
      .type_name("RECEIPT");
  command.add_option("--proof", wanted->proof, "Check this proof, not the store; needs --key")
      .type_name("FILE");
  command.add_option("--key", wanted->key, "A verifier key that must have signed").type_name("KEY");
  command.add_option("--anchors", wanted->anchors, "A file with copies of the checkpoints")
      .type_name("FILE");
  command.add_option("--seal", wanted->seal, "The seal a bundle must have (export.sealed)")
      .type_name("HASH");
  command.footer(
      "Writes nothing. A receipt is seq:size:root, or as it stands in a letter:\n"
      "\"heard.local/ledger/... 17/18 0123456789abcdef\".\n"
      "Exit code 0: intact; 1: damaged, or something could not be checked.");
  context.add_options_to(command);
  command.callback([&context, wanted] { run_verify(context, *wanted); });
}

void add_rebuild(Command app, Context &context) {
  Command command = app.add_subcommand("rebuild", "Fold the ledger again and compare");
  auto wanted = std::make_shared<Wanted>();
  command.add_flag("--replace", wanted->replace, "Let the fresh tables take the old ones' place");
  command.footer("Exit code 0: every read table is what the ledger says; 1: one is not.");
  context.add_options_to(command);
  command.callback([&context, wanted] { run_rebuild(context, *wanted); });
}

}  // namespace heard::cli
