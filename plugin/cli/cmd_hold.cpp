// heard hold: what must not be erased, and why.
#include <fmt/core.h>

#include <memory>

#include "commands.hpp"
#include "output.hpp"
#include "times.hpp"

namespace heard::cli {
namespace {

struct Wanted {
  std::string hold, kind, reason, person, one_case, school, until, released_by;
  bool all = false, in_force = false;
};

void answer(const Context &context, const api::Record &done, const char *says) {
  if (context.wants_json()) return print_json(to_json(done.row()));
  fmt::print("{} {}.\n", clean(done.row().text("hold")), says);
}

void run_place(Context &context, const Wanted &wanted) {
  api::Store store = context.open();
  api::Record fields("fields",
                     {{"hold", wanted.hold}, {"kind", wanted.kind}, {"reason", wanted.reason}});
  if (!wanted.person.empty()) fields.set({"person", wanted.person});
  if (!wanted.one_case.empty()) fields.set({"case", wanted.one_case});
  if (!wanted.school.empty()) fields.set({"school", wanted.school});
  if (wanted.all) fields.set({"all", 1});
  if (!wanted.until.empty()) fields.set({"until", read_moment(wanted.until)});
  answer(context, store.apply(context.actor(), "hold.place", fields), "is in force");
}

void run_release(Context &context, const Wanted &wanted) {
  api::Store store = context.open();
  const api::Record fields(
      "fields",
      {{"hold", wanted.hold}, {"reason", wanted.reason}, {"released_by", wanted.released_by}});
  answer(context, store.apply(context.actor(), "hold.release", fields), "is released");
}

std::string covers(api::Row row) {
  const std::string scope = row.text("scope");
  if (scope == "person") return row.text("person");
  if (scope == "case") return "case " + std::to_string(row.number("number"));
  return scope == "school" ? row.text("school") : "everything";
}

void run_list(Context &context, const Wanted &wanted) {
  api::Store store = context.open();
  api::Record filter("filter");
  if (wanted.in_force) filter.set({"in_force", 1});
  api::Rows rows = store.query(context.actor(), "holds", filter);
  if (context.wants_json()) return print_json(to_json(std::move(rows)));
  Table table({{"hold"}, {"kind"}, {"covers"}, {"since"}, {"in force"}, {"reason"}});
  for (api::Row row : rows)
    table.add({{row.text("hold")},
               {row.text("kind")},
               {covers(row)},
               {show_moment(row.number("placed_at"))},
               {row.flag("in_force") ? "yes" : "no", row.flag("in_force") ? Ink::red : Ink::plain},
               {row.text("reason")}});
  if (table.is_empty()) return fmt::print("There is no hold.\n");
  table.print();
}

using Run = void (*)(Context &, const Wanted &);

struct Added {
  Command command;
  std::shared_ptr<Wanted> wanted;
};

Added add_one(Command hold_command, Context &context, const char *name, Run run) {
  const Added added{hold_command.add_subcommand(name), std::make_shared<Wanted>()};
  context.add_options_to(added.command);
  added.command.callback([&context, wanted = added.wanted, run] { run(context, *wanted); });
  return added;
}

void add_place(Command command, Context &context) {
  const Added place = add_one(command, context, "place", run_place);
  place.command.description("Keep something from being erased");
  place.command.add_option("HOLD", place.wanted->hold, "A name, e.g. smith-2026").required();
  place.command.add_option("--kind", place.wanted->kind, "Why in law")
      .one_of({"litigation", "records_request", "inspection_request", "other"})
      .required();
  place.command.add_option("--reason", place.wanted->reason, "In words").required();
  Command part = place.command.add_option_group("part", "What it covers (one of)");
  part.add_option("--person", place.wanted->person, "Everything about this person (key)");
  part.add_option("--case", place.wanted->one_case, "This case");
  part.add_option("--school", place.wanted->school, "Everything of this school (key)");
  part.add_flag("--all", place.wanted->all, "Everything");
  part.require_option(1);
  place.command.add_option("--until", place.wanted->until, "When it ends by itself");
}

}  // namespace

void add_hold(Command app, Context &context) {
  Command command = app.add_subcommand("hold", "What must not be erased: place, release, list");
  command.require_subcommand(1);
  add_place(command, context);
  const Added release = add_one(command, context, "release", run_release);
  release.command.description("End a hold, on somebody's written word");
  release.command.add_option("HOLD", release.wanted->hold, "Its name").required();
  release.command.add_option("--reason", release.wanted->reason, "In words").required();
  release.command.add_option("--released-by", release.wanted->released_by, "Whose written word")
      .required();
  const Added list = add_one(command, context, "list", run_list);
  list.command.description("All holds, the oldest first");
  list.command.add_flag("--in-force", list.wanted->in_force, "Only those in force");
}

}  // namespace heard::cli
