// heard calendar: the school's days, asked, changed, read from files, and evaluated.
#include "commands.hpp"
#include "evaluation.hpp"

namespace heard::cli {

void add_calendar(Command app, Context &context) {
  Command command = app.add_subcommand("calendar", "School days: hours, closures, snow days");
  command.require_subcommand(1);
  add_calendar_edit(command, context);
  add_eval(command, context, "calendar.eval");
}

}  // namespace heard::cli
