// heard proof: a small file that shows somebody else that an entry is in the ledger.
#include <fmt/core.h>

#include <cstdio>
#include <memory>
#include <optional>

#include "commands.hpp"
#include "exit_codes.hpp"
#include "output.hpp"

namespace heard::cli {
namespace {

struct Wanted {
  std::optional<std::int64_t> seq;
  std::vector<std::int64_t> sizes;  // of two checkpoints
  std::string file;
};

api::Record to_fields(const Wanted &wanted) {
  api::Record what("what");
  if (wanted.seq) what.set({"proof", *wanted.seq});
  if (wanted.sizes.size() == 2)
    what.set({"consistency", wanted.sizes[0]}).set({"size", wanted.sizes[1]});
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

void run_proof(Context &context, const Wanted &wanted) {
  if (wanted.seq.has_value() == (wanted.sizes.size() == 2))
    throw Trouble(kUsage, "Give an entry's number, or --consistency with two sizes.");
  api::Store store = context.open();
  write_file(store, context.actor(), wanted);
  std::string key;
  for (const api::Row row : store.query(context.actor(), "keys")) key = row.text("key");
  if (context.wants_json()) return print_json({{"file", wanted.file}, {"key", key}});
  fmt::print("Written to {}.\nAnyone can check it: heard verify --proof {} --key {}\n",
             clean(wanted.file), clean(wanted.file), clean(key));
}

}  // namespace

void add_proof(Command app, Context &context) {
  Command command =
      app.add_subcommand("proof", "A proof that an entry is in the ledger, as a file");
  auto wanted = std::make_shared<Wanted>();
  command.add_option("SEQ", wanted->seq, "The entry's number");
  command
      .add_option("--consistency", wanted->sizes,
                  "Instead: that the checkpoint of NEW entries continues the one of OLD")
      .expected(2)
      .type_name("OLD NEW");
  command.add_option("--out", wanted->file, "The new file (an existing one is refused)")
      .type_name("FILE")
      .required();
  command.footer("The file holds hashes, no names or texts. Its ending should be .tlog-proof.");
  context.add_options_to(command);
  command.callback([&context, wanted] { run_proof(context, *wanted); });
}

}  // namespace heard::cli
