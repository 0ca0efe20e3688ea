// heard init: creates a store, or brings an older one up to date.
#include <fmt/core.h>

#include <memory>

#include "commands.hpp"
#include "output.hpp"

namespace heard::cli {
namespace {

struct Wanted {
  std::string zone, origin;
};

void run_init(Context &context, const Wanted &wanted) {
  api::Options options = context.options();
  if (!wanted.zone.empty()) options.set("calendar.timezone", wanted.zone);
  if (!wanted.origin.empty()) options.set("ledger.origin", wanted.origin);
  api::Store::migrate(context.runtime(), options);
  if (context.wants_json()) return print_json({{"store", context.store_path()}});
  fmt::print("The store {} is ready.\n", clean(context.store_path()));
}

}  // namespace

void add_init(Command app, Context &context) {
  Command command = app.add_subcommand("init", "Create a store, or bring one up to date");
  auto wanted = std::make_shared<Wanted>();
  command.add_option("--origin", wanted->origin,
                     "The name of a new ledger in receipts, e.g. district.example/ledger/1");
  command.add_option("--zone", wanted->zone,
                     "Time zone of a new store's schools, e.g. America/Chicago");
  command.footer("School days are Monday to Friday, 08:00 to 16:00, until a calendar says more.");
  context.add_options_to(command);
  command.callback([&context, wanted] { run_init(context, *wanted); });
}

}  // namespace heard::cli
