// heard: the command line. It is a host of the C interface like any other and knows nothing more.
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <clocale>
#include <cstring>

#include "commands.hpp"
#include "exit_codes.hpp"
#include "output.hpp"

namespace {

using namespace heard::cli;

constexpr const char *kAbout =
    "Heard logs every contact between families and a school, runs a response clock\n"
    "on each one that needs an answer, and keeps a record that anyone can check.";

constexpr const char *kFooter = R"(A first walk:
  heard demo                                        see everything with an invented district
  heard init --store our.heard --zone America/Chicago
  heard log  --store our.heard --channel phone --from guardian:7 --subject "Late bus"
  heard due  --store our.heard                      who is waiting, soonest due first
  heard COMMAND --help                              what a command takes

Exit codes:
  0  done                          4  trouble with the store or the disk
  1  a check found damage          5  trouble with a feed or the network
  2  the command line is wrong   130  interrupted (Ctrl-C)
  3  wrong value, not found, contradiction or not allowed)";

/// A server's answer says so itself; a connection that breaks is no disk that does.
bool is_from_network(const Context &context, const heard::api::Error &error) {
  if (error.detail("http")) return true;
  return context.uses_network() && error.status() == HEARD_E_IO && !error.detail("sqlite");
}

int exit_code_of(const Context &context, const heard::api::Error &error) {
  if (is_from_network(context, error)) return kNetwork;
  switch (error.status()) {
    case HEARD_E_ARGUMENT:
    case HEARD_E_UNKNOWN_NAME:
    case HEARD_E_NOT_FOUND:
    case HEARD_E_CONFLICT:
    case HEARD_E_DENIED:
    case HEARD_E_LIMIT:
      return kInput;
    case HEARD_E_INTERRUPTED:
      return kInterrupted;
    default:
      return kStoreTrouble;
  }
}

/// One sentence for people; with --json also one object for programs, on standard output.
int report(const Context &context, int exit_code, const std::string &sentence, const json &error) {
  if (context.wants_json()) print_json({{"error", error}});
  fmt::print(stderr, "heard: {}\n", clean(sentence));
  return exit_code;
}

void add_commands(Command app, Context &context) {
  add_init(app, context);
  add_demo(app, context);
  add_sync(app, context);
  add_log(app, context);
  add_due(app, context);
  add_case(app, context);
  add_calendar(app, context);
  add_person(app, context);
  add_policy(app, context);
  add_simulate(app, context);
  add_integrity(app, context);
  add_promise(app, context);
  add_outbox(app, context);
  add_pump(app, context);
  add_export(app, context);
  add_checkpoint(app, context);
  add_proof(app, context);
  add_disclosures(app, context);
  add_erase(app, context);
  add_hold(app, context);
  add_retention(app, context);
  add_verify(app, context);
  add_rebuild(app, context);
  add_backup(app, context);
  add_restore(app, context);
  add_serve(app, context);
  add_clocks(app, context);
  add_names(app, context);
  add_do(app, context);
}

int run(CLI::App &app, const Context &context, int argc, char **argv) {
  try {
    app.parse(argc, argv);
    if (app.get_subcommands().empty()) {
      fmt::print("{}", app.help());
      return kUsage;
    }
    return context.exit_code();
  } catch (const CLI::ParseError &error) {
    return app.exit(error) == 0 ? kOk : kUsage;
  } catch (const heard::api::Error &error) {
    return report(context, exit_code_of(context, error), error.what(), json::parse(error.json()));
  } catch (const Trouble &trouble) {
    return report(context, trouble.exit_code(), trouble.what(), {{"message", trouble.what()}});
  } catch (const std::exception &error) {
    return report(context, kStoreTrouble, error.what(), {{"message", error.what()}});
  }
}

}  // namespace

int main(int argc, char **argv) {
  std::setlocale(LC_CTYPE, "C.UTF-8");  // so that wcwidth knows how wide characters are
  CLI::App app(kAbout, "heard");
  app.set_version_flag("--version", std::string("heard ") + heard_version_string());
  Context context;
  add_commands(Command(&app), context);
  app.footer(kFooter);  // last: commands take over what stands here when they are added
  return run(app, context, argc, argv);
}
