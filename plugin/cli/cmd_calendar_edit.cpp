// heard calendar show, days, close and save: what is set, what comes of it, and changes.
#include <fmt/core.h>

#include <memory>
#include <vector>

#include "commands.hpp"
#include "exit_codes.hpp"
#include "input.hpp"
#include "output.hpp"
#include "times.hpp"

namespace heard::cli {
namespace {

using Texts = std::vector<std::string>;

/// What the four commands take; each its part.
struct Wanted {
  std::string calendar, school, from, to, name, zone, parent, fields_file;
  Texts closed, hours, closed_yearly, not_closed, schools;
  bool reopen = false;
};

void set_if_given(api::Record &fields, const char *name, const std::string &value) {
  if (!value.empty()) fields.set({name, value});
}

void add_all(api::Record &fields, const char *name, const Texts &values) {
  for (const std::string &value : values) fields.add(name, value);
}

std::string joined(const Texts &texts, const char *between) {
  std::string all;
  for (const std::string &text : texts) all += (all.empty() ? "" : between) + text;
  return all;
}

void print_hours(api::Row week) {
  for (const char *day :
       {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
    if (week.has(day)) fmt::print("  {:<10} {}\n", day, joined(week.texts(day), ", "));
}

/// "closed 2026-12-24 to 2027-01-03  Winter break (from the district)".
void print_ranges(api::Row row, const char *list, const char *title) {
  for (api::Row range : row.rows(list)) {
    const std::string first = range.text("first"), last = range.text("last");
    const std::string days = first == last ? first : first + " to " + last;
    const std::string source = range.text("source");
    fmt::print("  {:<10} {:<24} {}{}{}\n", title, days, clean(range.text("name")),
               range.flag("inherited") ? paint(" (from its parent)", Ink::dim) : "",
               source.empty() ? "" : paint(" [" + clean(source) + "]", Ink::dim));
  }
}

void print_days(api::Row row, const char *list, const char *title) {
  for (api::Row day : row.rows(list))
    fmt::print("  {:<10} {:<24} {} {}\n", title, day.text("date"), joined(day.texts("hours"), ", "),
               clean(day.text("name")));
}

void print_calendar(api::Row row) {
  fmt::print("{}  {}, {}, version {}{}\n", paint(clean(row.text("calendar")), Ink::bold),
             clean(row.text("name")), row.text("zone"), row.number("version"),
             row.has("parent") ? ", below " + clean(row.text("parent")) : "");
  fmt::print("  {}", row.flag("open_now") ? "open now" : "closed now");
  if (!row.flag("open_now") && row.has("next_open"))
    fmt::print(", opens {}", show_moment(row.number("next_open")));
  fmt::print("; saved {} by {}\n", show_moment(row.number("changed_at")),
             clean(row.text("saved_by")));
  if (row.has("schools"))
    fmt::print("  schools    {}\n", clean(joined(row.texts("schools"), ", ")));
  for (api::Row week : row.rows("hours")) print_hours(week);
  print_ranges(row, "terms", "term");
  print_ranges(row, "closed", "closed");
  if (row.has("closed_yearly"))
    fmt::print("  {:<10} {}\n", "yearly", joined(row.texts("closed_yearly"), ", "));
  print_ranges(row, "not_closed", "not closed");
  print_days(row, "special", "special");
  print_days(row, "breaks", "break");
}

void run_show(Context &context, const Wanted &wanted) {
  api::Store store = context.open();
  api::Record filter("filter");
  set_if_given(filter, "calendar", wanted.calendar);
  api::Rows rows = store.query(context.actor(), "calendars", filter);
  if (context.wants_json()) return print_json(to_json(std::move(rows)));
  int shown = 0;
  for (api::Row row : rows) {
    if (shown++ > 0) fmt::print("\n");
    print_calendar(row);
  }
  if (shown == 0) throw Trouble(kInput, "There is no calendar '" + wanted.calendar + "'.");
}

void run_days(Context &context, const Wanted &wanted) {
  api::Store store = context.open();
  api::Record filter("filter");
  set_if_given(filter, "calendar", wanted.calendar);
  set_if_given(filter, "school", wanted.school);
  set_if_given(filter, "from", wanted.from);
  set_if_given(filter, "to", wanted.to);
  api::Rows rows = store.query(context.actor(), "calendar_days", filter);
  if (context.wants_json()) return print_json(to_json(std::move(rows)));
  for (api::Row row : rows)
    fmt::print("{}  {:<24} {}\n", row.text("date"),
               row.flag("open") ? joined(row.texts("hours"), ", ") : paint("closed", Ink::dim),
               clean(row.text("why")));
}

void run_close(Context &context, const Wanted &wanted) {
  api::Store store = context.open();
  api::Record fields("fields");
  set_if_given(fields, "calendar", wanted.calendar);
  set_if_given(fields, "school", wanted.school);
  set_if_given(fields, "name", wanted.name);
  add_all(fields, "closed", wanted.closed);
  add_all(fields, "hours", wanted.hours);
  if (wanted.reopen) fields.set({"reopen", 1});
  const api::Record done = store.apply(context.actor(), "calendar.close", fields);
  if (context.wants_json()) return print_json(to_json(done.row()));
  fmt::print("{} calendar '{}', version {}; open cases on it: {}.\n",
             done.row().flag("duplicate") ? "Nothing to change in" : "Saved",
             clean(done.row().text("calendar")), done.row().number("version"),
             grouped(done.row().number("cases")));
}

api::Record fields_of(const std::string &path) {
  return path.empty() ? api::Record("fields") : api::Record::from_json("fields", read_input(path));
}

void run_save(Context &context, const Wanted &wanted) {
  api::Store store = context.open();
  api::Record fields = fields_of(wanted.fields_file);
  set_if_given(fields, "calendar", wanted.calendar);
  set_if_given(fields, "name", wanted.name);
  set_if_given(fields, "zone", wanted.zone);
  set_if_given(fields, "from", wanted.from);
  set_if_given(fields, "parent", wanted.parent);
  add_all(fields, "closed", wanted.closed);
  add_all(fields, "closed_yearly", wanted.closed_yearly);
  add_all(fields, "not_closed", wanted.not_closed);
  add_all(fields, "schools", wanted.schools);
  const api::Record done = store.apply(context.actor(), "calendar.save", fields);
  if (context.wants_json()) return print_json(to_json(done.row()));
  fmt::print("Saved calendar '{}', version {}.\n", clean(done.row().text("calendar")),
             done.row().number("version"));
}

using Run = void (*)(Context &, const Wanted &);

Command add_one(Command calendar_command, Context &context, const std::shared_ptr<Wanted> &wanted,
                const std::string &name, Run run) {
  Command command = calendar_command.add_subcommand(name);
  context.add_options_to(command);
  command.callback([&context, wanted, run] { run(context, *wanted); });
  return command;
}

void add_show(Command calendar_command, Context &context) {
  const auto wanted = std::make_shared<Wanted>();
  Command command = add_one(calendar_command, context, wanted, "show", run_show);
  command.description("What is set: hours, closures, terms, schools");
  command.add_option("CALENDAR", wanted->calendar, "Only this one");
}

void add_days(Command calendar_command, Context &context) {
  const auto wanted = std::make_shared<Wanted>();
  Command command = add_one(calendar_command, context, wanted, "days", run_days);
  command.description("Day by day: open or closed, and why");
  command.add_option("--calendar", wanted->calendar, "Of this calendar");
  command.add_option("--school", wanted->school, "Of this school's calendar");
  command.add_option("--from", wanted->from, "First day, like 2026-12-24 (default today)");
  command.add_option("--to", wanted->to, "Last day");
}

void add_close(Command calendar_command, Context &context) {
  const auto wanted = std::make_shared<Wanted>();
  Command command = add_one(calendar_command, context, wanted, "close", run_close);
  command.description("A snow day, or a day that ends early; open clocks follow at once");
  command.add_option("DAY", wanted->closed, "2026-12-24 or 2026-12-24/2026-12-26 (default today)");
  command.add_option("--school", wanted->school, "The school that is closed");
  command.add_option("--calendar", wanted->calendar, "Or all that use this calendar");
  command.add_option("--name", wanted->name, "What it is, e.g. \"Snow day\"");
  command.add_option("--hours", wanted->hours, "Open at these hours, e.g. 08:00-11:00");
  command.add_flag("--reopen", wanted->reopen, "Take the closure of these days back");
}

void add_save(Command calendar_command, Context &context) {
  const auto wanted = std::make_shared<Wanted>();
  Command command = add_one(calendar_command, context, wanted, "save", run_save);
  command.description("Change a calendar, or make a new one");
  command.add_option("CALENDAR", wanted->calendar, "Its id (default: default)");
  command.add_option("--name", wanted->name, "Its name");
  command.add_option("--zone", wanted->zone, "Its time zone, e.g. America/Chicago");
  command.add_option("--from", wanted->from, "The day from which hours or zone hold");
  command.add_option("--parent", wanted->parent, "The calendar it inherits from");
  command.add_option("--closed", wanted->closed, "\"2026-12-24/2027-01-03 Winter break\"");
  command.add_option("--closed-yearly", wanted->closed_yearly, "12-25");
  command.add_option("--not-closed", wanted->not_closed, "Open although the parent is closed");
  command.add_option("--school", wanted->schools, "A school that uses it");
  command.add_option("--fields", wanted->fields_file, "More fields of calendar.save, as JSON")
      .type_name("FILE");
}

}  // namespace

void add_calendar_edit(Command calendar_command, Context &context) {
  add_show(calendar_command, context);
  add_days(calendar_command, context);
  add_close(calendar_command, context);
  add_save(calendar_command, context);
  add_calendar_import(calendar_command, context);
}

}  // namespace heard::cli
