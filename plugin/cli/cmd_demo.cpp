// heard demo: everything with an invented district, from an empty store to pages in a browser.
#include <fmt/core.h>
#include <signal.h>

#include <cstdlib>
#include <filesystem>
#include <memory>

#include "commands.hpp"
#include "demo.hpp"
#include "exit_codes.hpp"
#include "page_server.hpp"

namespace heard::cli {
namespace {

struct Wanted {
  bool exit = false;
  int port = 8460;
};

std::string new_folder() {
  std::string folder = (std::filesystem::temp_directory_path() / "heard-demo-XXXXXX").string();
  if (!mkdtemp(folder.data())) throw Trouble(kStoreTrouble, "No temporary folder can be made.");
  return folder;
}

void refuse_existing(const std::string &path) {
  if (std::filesystem::exists(path))
    throw Trouble(kInput, fmt::format("{} exists; the demo wants a new store.", path));
}

void print_farewell(const std::string &store, const Exhibit &exhibit) {
  fmt::print("\nThe store stays at {}. Look around:\n", store);
  for (const std::string &command :
       {std::string("due --late"), fmt::format("case {}", exhibit.number),
        fmt::format("person {}", exhibit.family), std::string("verify"), std::string("serve")})
    fmt::print("  heard {} --store {}\n", command, store);
}

void run_demo(const Context &context, const Wanted &wanted) {
  if (!context.store_path().empty()) refuse_existing(context.store_path());
  Interrupt interrupt;
  signal(SIGPIPE, SIG_IGN);  // a browser may leave in the middle of a page
  const std::string folder = new_folder();
  const std::string store =
      context.store_path().empty() ? folder + "/district.heard" : context.store_path();
  Demo demo(context, interrupt, store, folder);
  if (!context.wants_json())
    fmt::print("Heard, shown with an invented district of four schools.\n");
  demo.create_store();
  demo.sync_twice();
  demo.log_three_weeks();
  demo.show_who_is_waiting();
  demo.show_schools();
  demo.show_one_case();
  demo.export_and_check();
  demo.tamper_and_check();
  if (context.wants_json()) print_json(demo.summary());
  if (!wanted.exit) demo.serve(wanted.port);
  if (!context.wants_json()) print_farewell(store, demo.exhibit());
}

}  // namespace

void Demo::serve(int port) {
  steps_.begin("The pages: Waiting, Case, Person, Log a contact");
  clock_.run();
  PageServer server({runtime_, store_path_, actor().row().json()}, port);
  interrupt_.on_signal([&server] { server.stop(); });
  interrupt_.check();
  steps_.say(
      fmt::format("{}  for this machine only, Ctrl-C stops", paint(server.url(), Ink::cyan)));
  server.run();
  interrupt_.on_signal({});
}

void add_demo(Command app, Context &context) {
  Command command = app.add_subcommand("demo", "See everything with an invented district");
  auto wanted = std::make_shared<Wanted>();
  command.add_flag("--exit", wanted->exit, "Stop before the pages, for scripts");
  command.add_option("--port", wanted->port, "Port of the pages")
      .between(1, 65535)
      .capture_default_str();
  command.footer("Without --store the demo works in a new temporary folder.");
  context.add_options_to(command);
  command.callback([&context, wanted] { run_demo(context, *wanted); });
}

}  // namespace heard::cli
