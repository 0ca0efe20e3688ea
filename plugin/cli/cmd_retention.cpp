// heard retention: how long things are kept, what is over its time, and letting go of it.
#include <fmt/core.h>

#include <memory>

#include "commands.hpp"
#include "input.hpp"
#include "output.hpp"
#include "times.hpp"

namespace heard::cli {
namespace {

struct Wanted {
  std::string schedule, file;
};

void run_save(Context &context, const Wanted &wanted) {
  const api::Record fields = api::Record::from_json("fields", read_input(wanted.file));
  api::Store store = context.open();
  const api::Record done = store.apply(context.actor(), "schedule.save", fields);
  if (context.wants_json()) return print_json(to_json(done.row()));
  fmt::print("Schedule {} is saved.\n", clean(done.row().text("schedule")));
}

void run_preview(Context &context, const Wanted &wanted) {
  api::Store store = context.open();
  api::Record filter("filter");
  if (!wanted.schedule.empty()) filter.set({"schedule", wanted.schedule});
  api::Rows rows = store.query(context.actor(), "retention", filter);
  if (context.wants_json()) return print_json(to_json(std::move(rows)));
  Table table({{"schedule"},
               {"of"},
               {"days", Table::Align::right},
               {"action"},
               {"due", Table::Align::right},
               {"held", Table::Align::right},
               {"oldest"}});
  for (api::Row row : rows)
    table.add({{row.text("schedule")},
               {row.text("applies_to")},
               {grouped(row.number("keep_days"))},
               {row.text("action")},
               {grouped(row.number("due"))},
               {grouped(row.number("held"))},
               {row.has("oldest") ? show_date(row.number("oldest")) : ""}});
  if (table.is_empty()) return fmt::print("There is no schedule.\n");
  table.print();
}

/// In slices, until nothing is due.
void run_run(Context &context, const Wanted &wanted) {
  api::Store store = context.open();
  api::Record fields("fields");
  if (!wanted.schedule.empty()) fields.set({"schedule", wanted.schedule});
  std::int64_t entries = 0, removed = 0, held = 0;
  bool purged = true;
  for (bool more = true; more;) {
    const api::Record done = store.apply(context.actor(), "retention.run", fields);
    entries += done.row().number("entries");
    removed += done.row().number("removed");
    held = done.row().number("held");
    purged = done.row().flag("purged");
    more = done.row().flag("more");
  }
  if (context.wants_json())
    return print_json(
        {{"entries", entries}, {"removed", removed}, {"held", held}, {"purged", purged ? 1 : 0}});
  fmt::print("Entries erased: {}; removed: {}; kept by a hold: {}.\n", grouped(entries),
             grouped(removed), grouped(held));
}

using Run = void (*)(Context &, const Wanted &);

struct Added {
  Command command;
  std::shared_ptr<Wanted> wanted;
};

Added add_one(Command retention_command, Context &context, const char *name, Run run) {
  const Added added{retention_command.add_subcommand(name), std::make_shared<Wanted>()};
  context.add_options_to(added.command);
  added.command.callback([&context, wanted = added.wanted, run] { run(context, *wanted); });
  return added;
}

}  // namespace

void add_retention(Command app, Context &context) {
  Command command = app.add_subcommand("retention", "How long things are kept: preview, run, save");
  command.require_subcommand(1);
  const Added preview = add_one(command, context, "preview", run_preview);
  preview.command.description("What is over its time, and what a hold keeps");
  preview.command.add_option("--schedule", preview.wanted->schedule, "Only this one");
  const Added run = add_one(command, context, "run", run_run);
  run.command.description("Let go of what is over its time");
  run.command.add_option("--schedule", run.wanted->schedule, "Only this one");
  const Added save = add_one(command, context, "save", run_save);
  save.command.description("A schedule, from a file");
  save.command.add_option("FILE", save.wanted->file, "Fields of schedule.save, JSON; - reads them")
      .required();
}

}  // namespace heard::cli
