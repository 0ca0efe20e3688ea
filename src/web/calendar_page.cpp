// One calendar: what comes of it in the next weeks, and a form for everything it is made of.
#include <algorithm>

#include "base/failure.hpp"
#include "base/text.hpp"
#include "web/calendar_words.hpp"
#include "web/pages.hpp"
#include "web/settings.hpp"
#include "web/texts.hpp"

namespace heard::web {

namespace {

constexpr std::int32_t kDaysShown = 35;

struct Editing {
  std::string id;  ///< "" for a calendar that is to be made
  Record row;
  std::vector<Record> all;  ///< every calendar
};

std::string path_for(const std::string &id) {
  return path_of({"settings", "calendars", id.empty() ? "new" : id});
}

Editing find_calendar(const Request &request) {
  Editing editing{request.path().at(2), Record(), {}};
  if (editing.id == "new") editing.id.clear();
  editing.all = request.backend().rows("calendars", Record("filter"));
  for (const Record &row : editing.all)
    if (row.text("calendar") == editing.id) editing.row = row;
  if (!editing.id.empty() && !editing.row.has("calendar"))
    throw Failure(Status::not_found, text_with("calendar.missing", editing.id));
  return editing;
}

/// Set here and by hand: what a parent or a feed brings is not ours to change.
bool is_own(const Record &part) { return !part.flag("inherited") && part.text("source").empty(); }

std::string own_lines(const Record &row, std::string_view field,
                      std::string (*line)(const Record &)) {
  std::string lines;
  for (const Record &part : row.records(field))
    if (is_own(part)) lines += line(part) + '\n';
  return lines.empty() ? lines : lines.substr(0, lines.size() - 1);
}

/// Without the days that come from the parent.
std::vector<std::string> own_yearly(const Editing &editing) {
  auto days = editing.row.texts("closed_yearly");
  for (const Record &parent : editing.all)
    if (parent.text("calendar") == editing.row.text("parent"))
      for (const std::string &day : parent.texts("closed_yearly")) std::erase(days, day);
  return days;
}

std::string hours_typed(const Record &row, const std::string &day) {
  const bool own = row.flag("own_hours", true) && !row.records("hours").empty();
  return own ? joined(row.records("hours").front().texts(day)) : "";
}

void add_week(const Editing &editing, std::vector<Field> &fields) {
  const bool is_new = editing.id.empty();
  for (const std::string &day : weekdays()) {
    const bool weekend = day == "saturday" || day == "sunday";
    const std::string usual = weekend ? "" : "08:00-16:00";
    Field field{day, FieldKind::line, is_new ? usual : hours_typed(editing.row, day)};
    if (day == "monday") field.hint = text("hint.hours");
    fields.push_back(std::move(field));
  }
}

std::vector<Option> parent_options(const Editing &editing) {
  std::vector<Option> options{{"", std::string(text("calendar.no_parent"))}};
  for (const Record &row : editing.all)
    if (row.text("parent").empty() && row.text("calendar") != editing.id)
      options.push_back({row.text("calendar"), row.text("name", row.text("calendar"))});
  return options;
}

std::vector<Option> user_options(const Request &request, const Editing &editing) {
  const auto users = editing.row.texts("schools");
  std::vector<Option> options;
  for (const Record &school : request.schools()) {
    const std::string key = school.text("school");
    const bool uses = std::find(users.begin(), users.end(), key) != users.end();
    options.push_back({key, school.text("name", key), {}, uses});
  }
  for (const std::string &key : users)
    if (school_name(request, key) == key) options.push_back({key, key, {}, true});
  return options;
}

Field lines(std::string name, std::string value) {
  std::string hint(text("hint." + name));
  return {std::move(name), FieldKind::text, std::move(value), {}, std::move(hint)};
}

Form calendar_form(const Request &request, const Editing &editing) {
  const Record &row = editing.row;
  Form form{"calendar", path_for(editing.id), {}};
  auto &fields = form.fields;
  if (editing.id.empty()) {
    form.title = text("calendar.new");
    fields.push_back({"id", FieldKind::line, "", {}, std::string(text("hint.id"))});
  }
  fields.push_back({"name", FieldKind::line, row.text("name")});
  fields.push_back({"zone", FieldKind::line, row.text("zone"), {}, std::string(text("hint.zone"))});
  fields.push_back({"parent", FieldKind::select, row.text("parent"), parent_options(editing)});
  add_week(editing, fields);
  if (!editing.id.empty()) fields.push_back({"from", FieldKind::date, today(request, "")});
  fields.push_back(lines("closed", own_lines(row, "closed", range_line)));
  fields.push_back(lines("closed_yearly", joined(own_yearly(editing), "\n")));
  fields.push_back(lines("terms", own_lines(row, "terms", range_line)));
  fields.push_back(lines("special", own_lines(row, "special", day_line)));
  fields.push_back(lines("not_closed", own_lines(row, "not_closed", range_line)));
  const auto users = user_options(request, editing);
  if (!users.empty()) fields.push_back({"schools", FieldKind::checks, "", users});
  return form;
}

/// Each line as a record; the first that is none is refused by name.
void set_records(Typed &typed, const std::string &field,
                 std::optional<Record> (*read)(const std::string &), Record &command) {
  std::vector<Record> records;
  for (const std::string &line : lines_of(typed.text(field))) {
    const auto record = read(line);
    if (!record) return typed.refuse(field, text_with("error.day_line", line));
    records.push_back(*record);
  }
  command.set(field, std::move(records));
}

/// The hours are sent when they are others than now: each time begins a new span of validity.
void set_hours(const Typed &typed, const Editing &editing, Record &command) {
  Record week("week");
  bool changed = editing.id.empty(), any = false;
  for (const std::string &day : weekdays()) {
    const auto hours = hours_from(typed.text(day));
    any = any || !hours.empty();
    changed = changed || hours != hours_from(hours_typed(editing.row, day));
    week.set(day, hours);
  }
  const bool from_parent = !any && !trimmed(typed.text("parent")).empty();
  if (from_parent && editing.id.empty()) return;
  if (changed)
    command.set("hours", from_parent ? std::vector<Record>{} : std::vector<Record>{week});
  if (changed) set_line(typed, "from", command);
}

Record save_command(const Editing &editing, Typed &typed) {
  Record command("calendar.save");
  const std::string id(trimmed(typed.text("id")));
  command.set("calendar", editing.id.empty() ? id : editing.id);
  if (editing.id.empty() && (id.empty() || id == "new")) typed.refuse("id", text("error.id"));
  set_line(typed, "name", command);
  if (trimmed(typed.text("zone")) != editing.row.text("zone")) set_line(typed, "zone", command);
  command.set("parent", trimmed(typed.text("parent")));
  set_hours(typed, editing, command);
  for (const char *field : {"closed", "closed_yearly"})
    command.set(field, lines_of(typed.text(field)));
  set_records(typed, "terms", range_from, command);
  set_records(typed, "special", day_from, command);
  command.set("not_closed", lines_of(typed.text("not_closed")));
  return command.set("schools", typed.chosen("schools"));
}

Table days_table(const Request &request, const std::string &id) {
  const std::int32_t first = parse_date(today(request, "")).value_or(0);
  Record filter("filter");
  filter.set("calendar", id).set("from", format_date(first));
  filter.set("to", format_date(first + kDaysShown - 1));
  Table table{std::string(text("calendar.weeks")), "days"};
  for (const Record &row : request.backend().rows("calendar_days", filter)) {
    const bool open = row.flag("open");
    Cell hours{open ? joined(row.texts("hours")) : ""};
    if (!open) hours.chip = chip(text("calendar.closed"));
    table.rows.push_back({{date_words(request, row.text("date"))}, hours, {row.text("why")}});
  }
  return table;
}

/// What a parent or a feed closes, which this form does not change.
Table brought_table(const Request &request, const Record &row) {
  Table table{std::string(text("calendar.brought")), "brought"};
  for (const Record &range : row.records("closed"))
    if (!is_own(range))
      table.rows.push_back({{range_words(request, range)},
                            {range.flag("inherited") ? std::string(text("calendar.inherited"))
                                                     : range.text("source")}});
  return table;
}

Page show(const Request &request, const Editing &editing, const Typed &typed) {
  const bool is_new = editing.id.empty();
  Blocks blocks(request,
                is_new ? std::string(text("calendar.new")) : editing.row.text("name", editing.id),
                is_new ? std::string_view() : std::string_view(week_words(editing.row)));
  blocks.back_to("/settings", text("settings.title"));
  if (request.is_admin() && !typed.ok()) blocks.form(calendar_form(request, editing), typed);
  if (request.is_admin() && !is_new && typed.ok()) blocks.jump_to(calendar_form(request, editing));
  if (!is_new) blocks.table(days_table(request, editing.id));
  const Table brought = brought_table(request, editing.row);
  if (!brought.rows.empty()) blocks.table(brought);
  if (request.is_admin() && typed.ok()) blocks.form(calendar_form(request, editing), typed);
  return blocks.page(typed);
}

}  // namespace

Page calendar_page(const Request &request) {
  check_settings_access(request);
  return show(request, find_calendar(request), {});
}

Page calendar_action(const Request &request) {
  check_settings_access(request);
  const Editing editing = find_calendar(request);
  Typed typed("calendar", request);
  const Record command = save_command(editing, typed);
  const FieldNames names = {
      {"calendar", "id"}, {"hours", "monday"}, {"date", "special"}, {"first", "terms"}};
  if (typed.ok() && try_apply(request, command, names, typed))
    return go_on(path_for(command.text("calendar")), "calendar");
  return show(request, editing, typed);
}

}  // namespace heard::web
