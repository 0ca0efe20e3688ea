// heard checkpoint: what was signed, with which key; sign now; change the key.
#include <fmt/core.h>

#include <memory>

#include "commands.hpp"
#include "exit_codes.hpp"
#include "output.hpp"
#include "times.hpp"

namespace heard::cli {
namespace {

struct Wanted {
  bool make = false, list = false, keys = false, rotate = false;
};

std::string joined(const std::vector<std::string> &texts) {
  std::string all;
  for (const std::string &text : texts) all += (all.empty() ? "" : ", ") + text;
  return all;
}

void run_list(Context &context, api::Rows rows) {
  if (context.wants_json()) return print_json(to_json(std::move(rows)));
  Table table({{"entries", Table::Align::right, Table::Width::kept},
               {"signed", Table::Align::left, Table::Width::kept},
               {"key", Table::Align::left, Table::Width::kept},
               {"copies", Table::Align::left, Table::Width::kept},
               {"root", Table::Align::left, Table::Width::spare}});
  for (const api::Row row : rows)
    table.add({{grouped(row.number("size"))},
               {show_moment(row.number("at"))},
               {joined(row.texts("signed_by"))},
               {joined(row.texts("anchored_by"))},
               {row.text("root")}});
  if (table.is_empty()) return fmt::print("Nothing was signed yet: heard checkpoint --make\n");
  table.print();
}

void run_keys(Context &context, api::Rows rows) {
  if (context.wants_json()) return print_json(to_json(std::move(rows)));
  for (const api::Row row : rows) fmt::print("{}\n", clean(row.text("key")));
}

void run_rotate(Context &context, api::Store &store) {
  const api::Record done = store.apply(context.actor(), "key.rotate", api::Record("fields"));
  if (context.wants_json()) return print_json(to_json(done.row()));
  fmt::print("From entry {} on, checkpoints are signed with the key\n{}\n",
             done.row().number("seq"), clean(done.row().text("key")));
}

/// A note as it is: for files and other programs.
void print_note(const Context &context, api::Row row) {
  if (context.wants_json()) return print_json(to_json(row));
  fmt::print("{}", row.text("note"));
}

void run_checkpoint(Context &context, const Wanted &wanted) {
  api::Store store = context.open();
  if (wanted.rotate) return run_rotate(context, store);
  if (wanted.keys) return run_keys(context, store.query(context.actor(), "keys"));
  if (wanted.list) return run_list(context, store.query(context.actor(), "checkpoints"));
  if (wanted.make) {
    const api::Record made = store.apply(context.actor(), "checkpoint.make", api::Record("fields"));
    return print_note(context, made.row());
  }
  const api::Record newest("filter", {{"newest", 1}});
  for (const api::Row row : store.query(context.actor(), "checkpoints", newest))
    return print_note(context, row);
  throw Trouble(kInput, "Nothing was signed yet; heard checkpoint --make does it.");
}

}  // namespace

void add_checkpoint(Command app, Context &context) {
  Command command =
      app.add_subcommand("checkpoint", "The newest signed head of the ledger, as a note");
  auto wanted = std::make_shared<Wanted>();
  Command what = command.add_option_group("what", "Instead (one of)");
  what.add_flag("--make", wanted->make, "Sign the ledger as it is now, and print that");
  what.add_flag("--list", wanted->list, "All of them, and who holds copies");
  what.add_flag("--keys", wanted->keys, "The verifier keys that signed, oldest first");
  what.add_flag("--rotate-key", wanted->rotate, "Change the key; the old one vouches for it");
  what.require_option(0, 1);
  command.footer("Give a verifier key to whoever is to check proofs; keep the key file private.");
  context.add_options_to(command);
  command.callback([&context, wanted] { run_checkpoint(context, *wanted); });
}

}  // namespace heard::cli
