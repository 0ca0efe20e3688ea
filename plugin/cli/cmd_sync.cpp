// heard sync: fetches people and schools from the school information system.
#include <fmt/core.h>

#include <array>
#include <map>
#include <memory>

#include "commands.hpp"
#include "interrupt.hpp"
#include "output.hpp"
#include "progress.hpp"
#include "times.hpp"

namespace heard::cli {
namespace {

struct Setting {
  const char *option, *name, *says;
};
constexpr std::array<Setting, 8> kSettings = {{
    {"--adapter", "adapter", "The adapter that speaks to it (default sif.xpress)"},
    {"--url", "url", "Address of its services"},
    {"--user", "user", "User name there; the password comes from HEARD_FEED_PASSWORD or a prompt"},
    {"--source", "source", "First part of its person keys (default sis)"},
    {"--page-size", "page_size", "Records to ask for at a time"},
    {"--sif-zone", "zone", "SIF zone, where there are several"},
    {"--sif-context", "context", "SIF context, where there are several"},
    {"--brake", "brake_percent", "Refuse to drop more than this share of the people (default 10)"},
}};

struct Wanted {
  std::string feed = "sis";
  std::map<std::string, std::string> settings;  // by name, as far as given
};

void save_settings(api::Store &store, const api::Record &actor, const Wanted &wanted) {
  for (const auto &[name, value] : wanted.settings) {
    if (value.empty()) continue;
    const std::string full = fmt::format("feed.{}.{}", wanted.feed, name);
    store.apply(actor, "settings.save", api::Record("fields", {{"name", full}, {"value", value}}));
  }
}

void print_result(api::Row result, Millis took) {
  fmt::print("{} records in {} pages: {} written, {} unchanged", grouped(result.number("records")),
             result.number("pages"), grouped(result.number("written")),
             grouped(result.number("unchanged")));
  if (result.number("vanished")) fmt::print(", {} gone", grouped(result.number("vanished")));
  fmt::print(" ({}).\n", show_seconds(took));
  for (const std::string &reject : result.texts("rejects"))
    fmt::print("  rejected: {}\n", clean(reject));
  for (api::Row reject : result.rows("rejects"))
    fmt::print("  rejected: {} {}: {}\n", clean(reject.text("type")), clean(reject.text("key")),
               clean(reject.text("reason")));
}

void run_sync(Context &context, Wanted &wanted) {
  context.set_uses_network();
  api::Store store = context.open();
  const api::Record actor = context.actor();
  if (!wanted.settings["url"].empty() && wanted.settings["adapter"].empty())
    wanted.settings["adapter"] = "sif.xpress";
  save_settings(store, actor, wanted);
  Interrupt interrupt;
  interrupt.on_signal([&store] { store.interrupt(); });
  Progress progress("Fetching");
  progress.show(0, 0, wanted.feed);
  const Millis began = system_now();
  const api::Record result = store.run_feed(actor, wanted.feed.c_str());
  if (context.wants_json()) return print_json(to_json(result.row()));
  print_result(result.row(), system_now() - began);
}

}  // namespace

void add_sync(Command app, Context &context) {
  Command command = app.add_subcommand("sync", "Fetch people and schools from another system");
  auto wanted = std::make_shared<Wanted>();
  command.add_option("--feed", wanted->feed, "Name of the feed").capture_default_str();
  for (const Setting &setting : kSettings)
    command.add_option(setting.option, wanted->settings[setting.name], setting.says);
  command.footer("Settings are kept in the store: the next time --feed is enough.");
  context.add_options_to(command);
  command.callback([&context, wanted] { run_sync(context, *wanted); });
}

}  // namespace heard::cli
