// heard serve: the pages in a browser, for this machine only.
#include <fmt/core.h>

#include <memory>

#include "commands.hpp"
#include "interrupt.hpp"
#include "output.hpp"
#include "page_server.hpp"

namespace heard::cli {
namespace {

void run_serve(Context &context, int port) {
  Interrupt interrupt;
  context.open();  // so that a wrong path is said now and not on the first page
  PageServer server({context.runtime(), context.store_path(), context.actor().row().json()}, port);
  interrupt.on_signal([&server] { server.stop(); });
  if (context.wants_json())
    print_json({{"url", server.url()}});
  else
    fmt::print("Pages at {} for this machine only; Ctrl-C stops.\n",
               paint(server.url(), Ink::cyan));
  std::fflush(stdout);
  server.run();
  interrupt.on_signal({});
}

}  // namespace

void add_serve(Command app, Context &context) {
  Command command = app.add_subcommand("serve", "Show the pages on this machine");
  auto port = std::make_shared<int>(8460);
  command.add_option("--port", *port, "The port").between(1, 65535).capture_default_str();
  command.footer("For a look around: a real host shows the pages inside its own, under its login.");
  context.add_options_to(command);
  command.callback([&context, port] { run_serve(context, *port); });
}

}  // namespace heard::cli
