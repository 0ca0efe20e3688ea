// Departments and topics: a list of each, and a form for a new one or the one that was chosen.
#include <algorithm>

#include "base/text.hpp"
#include "web/case_forms.hpp"
#include "web/filters.hpp"
#include "web/pages.hpp"
#include "web/settings.hpp"
#include "web/texts.hpp"

namespace heard::web {

namespace {

/// Departments and topics differ in their fields only.
struct Desk {
  std::string name;  ///< of the thing: its command is <name>.save, its view <name>s
  Table (*table)(const Request &);
  std::vector<std::string_view> given;  ///< fields of the command besides id and active
};
const Desk kDepartment{"department", department_table, {"name", "school", "lead"}};
const Desk kTopic{"topic", topic_table, {"name", "department"}};

std::string path_of(const Desk &desk) { return "/settings/" + desk.name + 's'; }

std::vector<Record> rows_of(const Request &request, std::string_view view) {
  return request.backend().rows(view, Record("filter"));
}

std::vector<Option> department_options(const Request &request) {
  std::vector<Option> options{{"", std::string(text("department.none"))}};
  for (const Record &row : rows_of(request, "departments"))
    options.push_back(
        {row.text("department"), row.text("name", row.text("department")), {}, false});
  return options;
}

Field field_of(const Request &request, std::string_view name, const Record &row) {
  const std::string value = row.text(name);
  if (name == "school")
    return {"school", FieldKind::select, value, school_options(request, "department.any_school")};
  if (name == "department")
    return {"department", FieldKind::select, value, department_options(request)};
  if (name == "lead") {
    std::vector<Option> options = staff_options(request, "", "department.no_lead");
    const bool known = value.empty() || std::any_of(options.begin(), options.end(),
                                                    [&](auto &one) { return one.value == value; });
    if (!known) options.push_back({value, row.text("lead_name", value)});
    return {"lead", FieldKind::select, value, std::move(options)};
  }
  return {std::string(name), FieldKind::line, value};
}

/// The row that was chosen; an empty one for something new.
Record chosen_row(const Request &request, const Desk &desk) {
  const std::string id =
      request.is_post() ? request.form().text("chosen") : request.query().text(desk.name);
  for (const Record &row : rows_of(request, desk.name + 's'))
    if (!id.empty() && row.text(desk.name) == id) return row;
  return Record();
}

/// An id is chosen once: what exists keeps its own, in the hidden field `chosen`.
Form desk_form(const Request &request, const Desk &desk, const Record &row) {
  Form form{desk.name, path_of(desk), {}};
  const std::string id = row.text(desk.name);
  form.title =
      id.empty() ? text("action." + desk.name) : text_with("settings.change", row.text("name", id));
  if (id.empty())
    form.fields.push_back({"id", FieldKind::line, "", {}, std::string(text("hint.id"))});
  else
    form.fields.push_back({"chosen", FieldKind::hidden, id});
  for (const std::string_view name : desk.given)
    form.fields.push_back(field_of(request, name, row));
  form.fields.push_back(yes_or_no("active", row.flag("active", true)));
  return form;
}

Page show(const Request &request, const Desk &desk, const Record &row, const Typed &typed) {
  Blocks blocks(request, std::string(text(desk.name + ".title")), text(desk.name + ".lead"));
  blocks.back_to("/settings", text("settings.title"));
  if (row.has(desk.name)) blocks.link(path_of(desk), text("action." + desk.name));
  if (request.is_admin() && (row.has(desk.name) || !typed.ok()))
    blocks.form(desk_form(request, desk, row), typed);
  blocks.table(desk.table(request));
  if (request.is_admin() && !row.has(desk.name) && typed.ok())
    blocks.form(desk_form(request, desk, row), typed);
  return blocks.page(typed);
}

Page desk_page(const Request &request, const Desk &desk) {
  check_settings_access(request);
  const Record row = chosen_row(request, desk);
  if (!request.is_post()) return show(request, desk, row, {});
  Typed typed(desk.name, request);
  Record command(desk.name + ".save");
  const std::string id(trimmed(typed.text(row.has(desk.name) ? "chosen" : "id")));
  if (id.empty()) typed.refuse("id", text("error.id"));
  command.set(desk.name, id);
  for (const std::string_view name : desk.given)
    if (const std::string value(trimmed(typed.text(name))); name != "name" || !value.empty())
      command.set(name, value);
  command.set("active", typed.text("active") != "no");
  if (typed.ok() && try_apply(request, command, {{desk.name, "id"}}, typed))
    return go_on(path_of(desk), "setting");
  return show(request, desk, row, typed);
}

Cell named(const Request &request, const Desk &desk, const Record &row) {
  const std::string id = row.text(desk.name);
  Cell cell{row.text("name", id), {}, {id}};
  if (request.is_admin()) cell.href = request.page(path_of(desk), {{desk.name, id}});
  if (!row.flag("active", true)) cell.chip = chip(text("settings.inactive"), "hrd-warn");
  return cell;
}

}  // namespace

Table department_table(const Request &request) {
  Table table{std::string(text("department.title")), "departments"};
  for (const Record &row : rows_of(request, "departments"))
    table.rows.push_back({named(request, kDepartment, row),
                          {school_name(request, row.text("school"))},
                          {row.text("lead_name", row.text("lead"))}});
  return table;
}

Table topic_table(const Request &request) {
  const auto departments = rows_of(request, "departments");
  Table table{std::string(text("topic.title")), "topics"};
  for (const Record &row : rows_of(request, "topics")) {
    std::string department = row.text("department");
    for (const Record &one : departments)
      if (one.text("department") == department) department = one.text("name", department);
    table.rows.push_back({named(request, kTopic, row), {department}});
  }
  return table;
}

Field yes_or_no(std::string name, bool yes) {
  return {std::move(name),
          FieldKind::select,
          yes ? "yes" : "no",
          {{"yes", word_for("flag", "yes")}, {"no", word_for("flag", "no")}}};
}

void set_line(const Typed &typed, const std::string &field, Record &command) {
  const std::string value = typed.text(field);
  if (!trimmed(value).empty()) command.set(field, trimmed(value));
}

void set_number(Typed &typed, const std::string &field, Record &command) {
  const std::string value = typed.text(field);
  if (trimmed(value).empty()) return;
  const auto number = to_int(trimmed(value));
  if (!number) typed.refuse(field, text("error.number"));
  if (number) command.set(field, *number);
}

Page departments_page(const Request &request) { return desk_page(request, kDepartment); }
Page topics_page(const Request &request) { return desk_page(request, kTopic); }

}  // namespace heard::web
