// One policy: which cases it fits, what it promises, who hears of it when nobody answers, and what
// bringing open cases to it would change.
#include "base/failure.hpp"
#include "base/text.hpp"
#include "web/pages.hpp"
#include "web/policy_words.hpp"
#include "web/settings.hpp"
#include "web/texts.hpp"

namespace heard::web {

namespace {

constexpr std::int64_t kMostPreviewed = 100;

struct Editing {
  std::string id;  ///< "" for a policy that is to be made
  Record row;
};

std::string path_for(const std::string &id) {
  return path_of({"settings", "policies", id.empty() ? "new" : id});
}

Editing find_policy(const Request &request) {
  Editing editing{request.path().at(2), Record()};
  if (editing.id == "new") editing.id.clear();
  for (const Record &row : request.backend().rows("policies", Record("filter")))
    if (row.text("policy") == editing.id) editing.row = row;
  if (!editing.id.empty() && !editing.row.has("policy"))
    throw Failure(Status::not_found, text_with("policy.missing", editing.id));
  return editing;
}

std::string lines_for(const std::vector<Record> &records, std::string (*line)(const Record &)) {
  std::vector<std::string> lines;
  for (const Record &record : records) lines.push_back(line(record));
  return joined(lines, "\n");
}

Field number_field(const Record &row, std::string name, std::int64_t usual) {
  std::string value = std::to_string(row.number(name, usual));
  return {std::move(name), FieldKind::line, std::move(value)};
}

/// The fallback fits every case that is left, so it has neither order nor conditions.
void add_conditions(const Record &row, std::vector<Field> &fields) {
  if (row.has("policy"))
    fields.push_back(number_field(row, "order", 0));
  else
    fields.push_back({"order", FieldKind::line, "", {}, std::string(text("hint.order"))});
  fields.push_back(yes_or_no("active", row.flag("active", true)));
  const auto &when = row.records("when");
  for (const std::string &trait : traits()) {
    Field field{"when_" + trait, FieldKind::line};
    if (!when.empty()) field.value = joined(when.front().texts(trait));
    if (trait == traits().front()) field.hint = text("hint.when");
    fields.push_back(std::move(field));
  }
}

Form policy_form(const Editing &editing) {
  const Record &row = editing.row;
  Form form{"policy", path_for(editing.id), {}};
  auto &fields = form.fields;
  if (editing.id.empty()) {
    form.title = text("policy.new");
    fields.push_back({"id", FieldKind::line, "", {}, std::string(text("hint.id"))});
  }
  fields.push_back({"name", FieldKind::line, row.text("name")});
  if (editing.id != "default") add_conditions(row, fields);
  const std::string usual(text("policy.usual"));
  const std::string targets =
      editing.id.empty() ? usual : lines_for(row.records("targets"), target_line);
  fields.push_back({"targets", FieldKind::text, targets, {}, std::string(text("hint.targets"))});
  fields.push_back({"steps",
                    FieldKind::text,
                    lines_for(row.records("steps"), step_line),
                    {},
                    std::string(text("hint.steps"))});
  fields.push_back(number_field(row, "warn_percent", 75));
  fields.push_back(number_field(row, "reopen_days", 14));
  fields.push_back(yes_or_no("pause_when_held", row.flag("pause_when_held")));
  return form;
}

void set_records(Typed &typed, const std::string &field,
                 std::optional<Record> (*read)(const std::string &), Record &command) {
  std::vector<Record> records;
  for (const std::string &line : lines_of(typed.text(field))) {
    const auto record = read(line);
    if (!record) return typed.refuse(field, text_with("error." + field, line));
    records.push_back(*record);
  }
  command.set(field, std::move(records));
}

/// The names of steps and of the policy are refused under one name, so steps are looked at here.
void check_step_names(Typed &typed, const Record &command) {
  const auto &steps = command.records("steps");
  for (std::size_t i = 0; i < steps.size(); ++i)
    for (std::size_t k = 0; k < i; ++k)
      if (steps[i].text("name") == steps[k].text("name"))
        return typed.refuse("steps", text_with("error.step_twice", steps[i].text("name")));
}

void set_conditions(const Typed &typed, Record &command) {
  Record when("when");
  for (const std::string &trait : traits()) {
    const std::string line = typed.text("when_" + trait);
    for (const std::string_view part : split(line, ','))
      if (!trimmed(part).empty()) when.add(trait, trimmed(part));
  }
  command.set("when", when.fields().empty() ? std::vector<Record>{} : std::vector<Record>{when});
  command.set("active", typed.text("active") != "no");
}

Record save_command(const Editing &editing, Typed &typed) {
  Record command("policy.save");
  const std::string id(trimmed(typed.text("id")));
  command.set("policy", editing.id.empty() ? id : editing.id);
  if (editing.id.empty() && (id.empty() || id == "new")) typed.refuse("id", text("error.id"));
  set_line(typed, "name", command);
  if (command.text("policy") != "default") {
    set_number(typed, "order", command);
    set_conditions(typed, command);
  }
  set_records(typed, "targets", target_from, command);
  set_records(typed, "steps", step_from, command);
  check_step_names(typed, command);
  set_number(typed, "warn_percent", command);
  set_number(typed, "reopen_days", command);
  return command.set("pause_when_held", typed.text("pause_when_held") == "yes");
}

Table preview_table(const Request &request, const std::string &id) {
  Record filter("filter");
  filter.set("policy", id).set("limit", kMostPreviewed);
  Table table{std::string(text("reapply.title")), "reapply", {}, "reapply.empty"};
  for (const Record &row : request.backend().rows("reapply", filter)) {
    const std::string number = std::to_string(row.number("number"));
    const std::string school = row.text("school");
    const auto due = [&](const char *field) {
      return row.has(field) ? request.when(row.number(field), school) : "-";
    };
    Cell late{""};
    if (row.flag("missed")) late.chip = chip(text("waiting.late"), "hrd-late");
    table.rows.push_back({{text_with("case.number", number), request.page("/cases/" + number)},
                          {word_for("clock", row.text("clock"))},
                          {due("due_before")},
                          {due("due_after")},
                          late});
  }
  return table;
}

Form reapply_form(const Editing &editing) {
  return {"reapply", path_for(editing.id) + "/reapply", {{"note", FieldKind::line}}, true};
}

void add_preview(const Request &request, const Editing &editing, const Typed &typed,
                 Blocks &blocks) {
  const Table table = preview_table(request, editing.id);
  blocks.table(table);
  if (!table.rows.empty() || typed.is_for("reapply")) blocks.form(reapply_form(editing), typed);
}

/// The words of the policy, for those who only read.
Table summary_table(const Record &row) {
  Table table{std::string(text("policy.summary")), "summary"};
  for (const Record &target : row.records("targets"))
    table.rows.push_back({{target_words(target)}});
  for (const Record &step : row.records("steps")) table.rows.push_back({{step_words(step)}});
  return table;
}

/// "12 open cases have the new times.", from what the redirect says.
std::string outcome(const Request &request) {
  const auto cases = to_int(request.query().text("cases"));
  if (request.query().text("done") != "reapply" || !cases || *cases < 0) return {};
  const std::string says = counted("done.reapplied", *cases);
  return request.query().text("more") == "1" ? says + ' ' + std::string(text("reapply.more"))
                                             : says;
}

Blocks begin(const Request &request, const Editing &editing) {
  Blocks blocks(request, editing.id.empty() ? std::string(text("policy.new"))
                                            : editing.row.text("name", editing.id));
  blocks.back_to("/settings", text("settings.title"));
  blocks.said(outcome(request));
  return blocks;
}

Page show(const Request &request, const Editing &editing, const Typed &typed,
          const std::vector<std::string> &warnings = {}) {
  Blocks blocks = begin(request, editing);
  if (!warnings.empty()) blocks.said(std::string(text("done.policy")));
  blocks.warn(warnings);
  if (request.is_admin()) {
    blocks.form(policy_form(editing), typed);
    if (!editing.id.empty()) add_preview(request, editing, typed, blocks);
  } else {
    blocks.table(summary_table(editing.row));
  }
  return blocks.page(typed);
}

}  // namespace

Page policy_page(const Request &request) {
  check_settings_access(request);
  return show(request, find_policy(request), {});
}

Page policy_action(const Request &request) {
  check_settings_access(request);
  Editing editing = find_policy(request);
  Typed typed("policy", request);
  const Record command = save_command(editing, typed);
  FieldNames names = {{"policy", "id"},    {"clock", "targets"},   {"amount", "targets"},
                      {"unit", "targets"}, {"ends", "targets"},    {"offset", "steps"},
                      {"notify", "steps"}, {"when", "when_school"}};
  if (!typed.ok()) return show(request, editing, typed);
  const auto result = try_apply(request, command, names, typed);
  if (!result) return show(request, editing, typed);
  const auto warnings = result->texts("warnings");
  const std::string id = command.text("policy");
  if (warnings.empty()) return go_on(path_for(id), "policy");
  for (const Record &row : request.backend().rows("policies", Record("filter")))
    if (row.text("policy") == id) editing = {id, row};
  return show(request, editing, {}, warnings);
}

Page reapply_action(const Request &request) {
  check_settings_access(request);
  const Editing editing = find_policy(request);
  Typed typed("reapply", request);
  Record command("policy.reapply");
  command.set("policy", editing.id);
  set_line(typed, "note", command);
  if (typed.ok())
    if (const auto result = try_apply(request, command, {}, typed)) {
      Page page = go_on(path_for(editing.id), "reapply");
      page.redirect_query.emplace_back("cases", std::to_string(result->number("cases")));
      page.redirect_query.emplace_back("more", result->flag("more") ? "1" : "");
      return page;
    }
  return show(request, editing, typed);
}

}  // namespace heard::web
