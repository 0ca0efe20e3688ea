// heard disclosures: who looked at whose records, and on what ground.
#include <fmt/core.h>

#include <memory>

#include "commands.hpp"
#include "input.hpp"
#include "output.hpp"
#include "times.hpp"

namespace heard::cli {
namespace {

struct Wanted {
  std::string person, actor;
  Period period;
  bool statutory = false;
};

std::string recipients_of(api::Row row) {
  std::string all;
  for (const std::string &one : row.texts("recipients")) all += (all.empty() ? "" : ", ") + one;
  return all;
}

void run_disclosures(Context &context, const Wanted &wanted) {
  api::Store store = context.open();
  api::Record filter("filter");
  if (!wanted.person.empty()) filter.set({"person", wanted.person});
  if (!wanted.actor.empty()) filter.set({"actor", wanted.actor});
  if (wanted.statutory) filter.set({"statutory", 1});
  put_period(wanted.period, filter);
  api::Rows rows = store.query(context.actor(), "disclosures", filter);
  if (context.wants_json()) return print_json(to_json(std::move(rows)));
  Table table({{"entry", Table::Align::right, Table::Width::kept},
               {"when", Table::Align::left, Table::Width::kept},
               {"who"},
               {"view"},
               {"ground"},
               {"purpose"},
               {"to"},
               {"entries", Table::Align::right, Table::Width::kept}});
  for (api::Row row : rows)
    table.add({{std::to_string(row.number("seq"))},
               {show_moment(row.number("at"))},
               {row.text("name")},
               {row.text("view")},
               {row.text("basis")},
               {row.text("purpose")},
               {recipients_of(row)},
               {grouped(row.number("entries"))}});
  if (table.is_empty()) return fmt::print("Nothing was disclosed.\n");
  table.print();
}

}  // namespace

void add_disclosures(Command app, Context &context) {
  Command command = app.add_subcommand("disclosures", "Who looked at whose records, and why");
  auto wanted = std::make_shared<Wanted>();
  command.add_option("--person", wanted->person, "Only records of this person (key)");
  command.add_option("--actor", wanted->actor, "Only what this one looked at (id)");
  command.add_option("--from", wanted->period.from, "First day").type_name("DATE");
  command.add_option("--to", wanted->period.to, "Last day").type_name("DATE");
  command.add_flag("--statutory", wanted->statutory,
                   "The report a family may ask for: without the exempt grounds");
  context.add_options_to(command);
  command.callback([&context, wanted] { run_disclosures(context, *wanted); });
}

}  // namespace heard::cli
