// heard outbox: notices that wait to be handed on, and which have been.
#include <fmt/core.h>

#include <memory>

#include "commands.hpp"
#include "output.hpp"
#include "times.hpp"

namespace heard::cli {
namespace {

struct Wanted {
  std::vector<std::string> delivered;
  bool held = false;
};

void run_delivered(Context &context, const Wanted &wanted) {
  api::Store store = context.open();
  api::Record fields("fields");
  for (const std::string &key : wanted.delivered) fields.add("keys", key);
  const api::Record done = store.apply(context.actor(), "outbox.delivered", fields);
  if (context.wants_json()) return print_json(to_json(done.row()));
  fmt::print("Noted as handed on: {}.\n", done.row().number("delivered"));
}

std::string receiver(api::Row row) {
  const std::string name = row.text("to_name");
  const std::string for_whom = row.text("stands_in_for_name");
  return (name.empty() ? row.text("role") : name) +
         (for_whom.empty() ? "" : " (for " + for_whom + ")");
}

void add_notice(Table &table, api::Row row) {
  const bool is_urgent = row.flag("urgent");
  const std::string when = row.flag("ready")       ? (is_urgent ? "now, urgent" : "now")
                           : row.has("deliver_at") ? "from " + show_moment(row.number("deliver_at"))
                                                   : "later";
  table.add({{row.text("key")},
             {std::to_string(row.number("number"))},
             {receiver(row)},
             {row.text("step")},
             {row.text("subject")},
             {when, is_urgent ? Ink::red : Ink::plain}});
}

void run_outbox(Context &context, const Wanted &wanted) {
  if (!wanted.delivered.empty()) return run_delivered(context, wanted);
  api::Store store = context.open();
  api::Record filter("filter");
  if (wanted.held) filter.set({"held", 1});
  api::Rows rows = store.query(context.actor(), "outbox", filter);
  if (context.wants_json()) return print_json(to_json(std::move(rows)));
  Table table({{"key", Table::Align::left, Table::Width::kept},
               {"case", Table::Align::right, Table::Width::kept},
               {"for"},
               {"step"},
               {"subject", Table::Align::left, Table::Width::spare},
               {"when", Table::Align::left, Table::Width::kept}});
  for (api::Row row : rows) add_notice(table, row);
  if (table.is_empty()) return fmt::print("There is no notice to hand on.\n");
  table.print();
}

}  // namespace

void add_outbox(Command app, Context &context) {
  Command command = app.add_subcommand("outbox", "Notices to hand on; --delivered when done");
  auto wanted = std::make_shared<Wanted>();
  command.add_flag("--held", wanted->held, "Also those held back until somebody's hours begin");
  command.add_option("--delivered", wanted->delivered, "Keys of notices that were handed on")
      .type_name("KEY");
  context.add_options_to(command);
  command.callback([&context, wanted] { run_outbox(context, *wanted); });
}

}  // namespace heard::cli
