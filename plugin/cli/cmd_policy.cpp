// heard policy list, show, save, reapply: which targets hold, and bringing open cases to them.
#include <fmt/core.h>

#include <memory>

#include "commands.hpp"
#include "exit_codes.hpp"
#include "input.hpp"
#include "output.hpp"
#include "times.hpp"

namespace heard::cli {
namespace {

struct Wanted {
  std::string policy, file, school, note;
  bool preview = false;
};

std::string words(std::string name) {
  for (char &c : name)
    if (c == '_') c = ' ';
  return name;
}

std::string target_text(api::Row target) {
  const std::string ends = target.text("ends"), priority = target.text("priority");
  return fmt::format("{} {}{}{}", target.number("amount"), words(target.text("unit")),
                     ends == "closing" ? "" : ", ends at " + words(ends),
                     priority.empty() ? "" : " (" + priority + ")");
}

/// "topic bus or food; channel phone"; "every other case" of the fallback.
std::string condition_text(api::Row policy) {
  const auto all = policy.rows("when");
  if (all.empty()) return "every other case";
  std::string text;
  for (const char *trait : {"school", "department", "topic", "moment", "requester_kind", "channel",
                            "priority", "language"}) {
    std::string values;
    for (const std::string &value : all.front().texts(trait))
      values += (values.empty() ? "" : " or ") + value;
    if (!values.empty()) text += (text.empty() ? "" : "; ") + words(trait) + " " + values;
  }
  return clean(text);
}

void run_list(Context &context, const Wanted &) {
  api::Store store = context.open();
  api::Rows rows = store.query(context.actor(), "policies");
  if (context.wants_json()) return print_json(to_json(std::move(rows)));
  Table table({{"policy"}, {"name"}, {"version", Table::Align::right}, {"for"}, {""}});
  for (api::Row row : rows)
    table.add({{row.text("policy")},
               {row.text("name")},
               {std::to_string(row.number("version"))},
               {condition_text(row)},
               {row.flag("active") ? "" : "switched off", Ink::dim}});
  table.print();
}

void print_policy(api::Row row) {
  fmt::print("{}  {}, version {}{}\n  for         {}\n",
             paint(clean(row.text("policy")), Ink::bold), clean(row.text("name")),
             row.number("version"), row.flag("active") ? "" : ", switched off",
             condition_text(row));
  for (api::Row target : row.rows("targets"))
    fmt::print("  {:<11} {}\n", "target", words(target.text("clock")) + " " + target_text(target));
  for (api::Row step : row.rows("steps"))
    fmt::print("  {:<11} {}: {} {} from {} of {}, tell {}\n", "step", clean(step.text("name")),
               step.number("offset"), words(step.text("unit")), step.text("from"),
               words(step.text("clock")), clean(step.text("notify")));
  fmt::print("  {:<11} at {} %\n  {:<11} within {} days\n", "warn", row.number("warn_percent"),
             "reopen", row.number("reopen_days"));
  if (row.flag("pause_when_held")) fmt::print("  Clocks stand still while somebody else has it.\n");
}

void run_show(Context &context, const Wanted &wanted) {
  api::Store store = context.open();
  for (api::Row row : store.query(context.actor(), "policies")) {
    if (row.text("policy") != wanted.policy) continue;
    if (context.wants_json()) return print_json(to_json(row));
    return print_policy(row);
  }
  throw Trouble(kInput, "There is no policy '" + clean(wanted.policy) + "'.");
}

void run_save(Context &context, const Wanted &wanted) {
  const api::Record fields = api::Record::from_json("fields", read_input(wanted.file));
  api::Store store = context.open();
  const api::Record done = store.apply(context.actor(), "policy.save", fields);
  if (context.wants_json()) return print_json(to_json(done.row()));
  fmt::print("Saved policy '{}', version {}. Clocks that run keep theirs (heard policy reapply).\n",
             clean(done.row().text("policy")), done.row().number("version"));
  for (const std::string &warning : done.row().texts("warnings"))
    fmt::print("{}\n", paint("Note: " + clean(warning) + ".", Ink::yellow));
}

api::Record reapply_fields(const Wanted &wanted, const char *kind) {
  api::Record fields(kind);
  if (!wanted.policy.empty()) fields.set({"policy", wanted.policy});
  if (!wanted.school.empty()) fields.set({"school", wanted.school});
  return fields;
}

void run_preview(Context &context, const Wanted &wanted) {
  api::Store store = context.open();
  api::Rows rows = store.query(context.actor(), "reapply", reapply_fields(wanted, "filter"));
  if (context.wants_json()) return print_json(to_json(std::move(rows)));
  Table table({{"case", Table::Align::right, Table::Width::kept},
               {"clock"},
               {"policy"},
               {"due"},
               {"would be due"},
               {""}});
  for (api::Row row : rows) {
    const auto due = [&](const char *field) {
      return Table::Cell{row.has(field) ? show_moment(row.number(field)) : ""};
    };
    table.add({{std::to_string(row.number("number"))},
               {words(row.text("clock"))},
               {row.text("policy")},
               due("due_before"),
               due("due_after"),
               {row.flag("missed") ? "late at once" : "", Ink::red}});
  }
  if (table.is_empty()) return fmt::print("Nothing would change.\n");
  table.print();
}

/// In slices, until no case is left.
void run_reapply(Context &context, const Wanted &wanted) {
  if (wanted.preview) return run_preview(context, wanted);
  api::Store store = context.open();
  api::Record fields = reapply_fields(wanted, "fields");
  if (!wanted.note.empty()) fields.set({"note", wanted.note});
  std::int64_t cases = 0;
  for (bool more = true; more;) {
    const api::Record done = store.apply(context.actor(), "policy.reapply", fields);
    cases += done.row().number("cases");
    more = done.row().flag("more");
  }
  if (context.wants_json()) return print_json({{"cases", cases}});
  fmt::print("Cases that have another policy now: {}.\n", grouped(cases));
}

using Run = void (*)(Context &, const Wanted &);

struct Added {
  Command command;
  std::shared_ptr<Wanted> wanted;
};

Added add_one(Command policy_command, Context &context, const char *name, Run run) {
  const Added added{policy_command.add_subcommand(name), std::make_shared<Wanted>()};
  context.add_options_to(added.command);
  added.command.callback([&context, wanted = added.wanted, run] { run(context, *wanted); });
  return added;
}

}  // namespace

void add_policy(Command app, Context &context) {
  Command command = app.add_subcommand("policy", "Targets, conditions, escalations");
  command.require_subcommand(1);
  add_one(command, context, "list", run_list).command.description("In the order they are tried");
  const Added show = add_one(command, context, "show", run_show);
  show.command.description("One policy: targets, steps, conditions");
  show.command.add_option("POLICY", show.wanted->policy, "Its id").required();
  const Added save = add_one(command, context, "save", run_save);
  save.command.description("A new version of a policy, from a file");
  save.command.add_option("FILE", save.wanted->file, "Fields of policy.save, JSON; - reads them")
      .required();
  const Added reapply = add_one(command, context, "reapply", run_reapply);
  reapply.command.description("Bring open cases to the policy they would get now");
  reapply.command.add_option("--policy", reapply.wanted->policy, "Only cases this is about (id)");
  reapply.command.add_option("--school", reapply.wanted->school, "Only this school (its key)");
  reapply.command.add_option("--note", reapply.wanted->note, "Why, for the record");
  reapply.command.add_flag("--preview", reapply.wanted->preview, "Only show what would change");
}

}  // namespace heard::cli
