// What is set: calendars, policies, departments, topics; and the forms that change it.
#include "base/failure.hpp"
#include "web/pages.hpp"
#include "web/settings_forms.hpp"
#include "web/texts.hpp"

namespace heard::web {

namespace {

constexpr std::size_t kClosuresShown = 6;

std::string joined(const std::vector<std::string> &parts) {
  std::string text;
  for (const std::string &part : parts) text += (text.empty() ? "" : ", ") + part;
  return text;
}

void add_fact(Data &facts, std::string_view label, const std::string &value) {
  if (!value.empty()) facts.push_back(fact(text(label), value));
}

Data row_data(const std::string &name, Data facts) {
  Data row;
  put(row, "name", name);
  put(row, "facts", facts);
  return row;
}

std::string week_text(const Record &calendar) {
  std::string week;
  for (const Record &hours : calendar.records("hours"))
    for (const auto &[day, value] : hours.fields())
      if (!hours.texts(day).empty())
        week += (week.empty() ? "" : "; ") + word_for("day", day) + " " + joined(hours.texts(day));
  return week;
}

std::string closures_text(const Record &calendar) {
  std::vector<std::string> closures;
  for (const Record &range : calendar.records("closed")) {
    if (closures.size() == kClosuresShown) break;
    const std::string first = range.text("first"), last = range.text("last");
    closures.push_back((first == last ? first : first + " - " + last) +
                       (range.has("name") ? " " + range.text("name") : ""));
  }
  return joined(closures);
}

Data calendar_rows(const Request &request) {
  Data rows = make_list();
  for (const Record &calendar : request.backend().rows("calendars", Record("filter"))) {
    Data facts = make_list();
    add_fact(facts, "settings.zone", calendar.text("zone"));
    add_fact(facts, "settings.parent", calendar.text("parent"));
    add_fact(facts, "settings.hours", week_text(calendar));
    add_fact(facts, "settings.closed", closures_text(calendar));
    add_fact(facts, "settings.schools", joined(calendar.texts("schools")));
    rows.push_back(row_data(calendar.text("name", calendar.text("calendar")), facts));
  }
  return rows;
}

std::string conditions_text(const Record &policy) {
  std::string when;
  for (const Record &record : policy.records("when"))
    for (const auto &[trait, values] : record.fields())
      when += (when.empty() ? "" : "; ") + trait + ": " + joined(record.texts(trait));
  return when.empty() ? std::string(text("settings.every_case")) : when;
}

std::string targets_text(const Record &policy) {
  std::vector<std::string> targets;
  for (const Record &target : policy.records("targets"))
    targets.push_back(
        word_for("clock", target.text("clock")) + " " + std::to_string(target.number("amount")) +
        " " + word_for("unit", target.text("unit")) +
        (target.has("priority") ? " (" + word_for("priority", target.text("priority")) + ")" : ""));
  return joined(targets);
}

std::string ladder_text(const Record &policy) {
  std::vector<std::string> steps;
  for (const Record &step : policy.records("steps"))
    steps.push_back(step.text("name") + ": " + word_for("clock", step.text("clock")) + " " +
                    std::to_string(step.number("offset")) + " " +
                    word_for("unit", step.text("unit")) + ", " + step.text("notify"));
  return joined(steps);
}

Data policy_rows(const Request &request) {
  Data rows = make_list();
  for (const Record &policy : request.backend().rows("policies", Record("filter"))) {
    Data facts = make_list();
    add_fact(facts, "settings.when", conditions_text(policy));
    add_fact(facts, "settings.targets", targets_text(policy));
    add_fact(facts, "settings.ladder", ladder_text(policy));
    rows.push_back(row_data(policy.text("name"), facts));
  }
  return rows;
}

Data named_rows(const Request &request, const std::string &view, const std::string &id,
                const std::pair<std::string_view, std::string> &extra) {
  Data rows = make_list();
  for (const Record &record : request.backend().rows(view, Record("filter"))) {
    Data facts = make_list();
    add_fact(facts, extra.first, record.text(extra.second));
    rows.push_back(row_data(record.text("name", record.text(id)), facts));
  }
  return rows;
}

void add_section(Data &sections, std::string_view title, Data rows) {
  Data section;
  put(section, "title", text(title));
  put_list(section, "rows", rows);
  sections.push_back(section);
}

Data form_list(const Request &request, const Typed &typed) {
  Data list = make_list();
  if (!may_set(request)) return list;
  for (const Form &form : settings_forms(request)) {
    Data data = form_data(request, form, typed.is_for(form.name) ? typed : Typed());
    put(data, "title", text("action." + form.name));
    put(data, "anchor", "hrd-set-" + form.name);
    put(data, "open", typed.is_for(form.name) || form.name == "snow_day");
    list.push_back(data);
  }
  return list;
}

Page show_settings(const Request &request, const Typed &typed) {
  Page page;
  page.status = typed.status();
  page.title = text("settings.title");
  page.template_name = "settings";
  page.menu = "/settings";
  Data sections = make_list();
  add_section(sections, "settings.calendars", calendar_rows(request));
  add_section(sections, "settings.policies", policy_rows(request));
  add_section(sections, "settings.departments",
              named_rows(request, "departments", "department", {"settings.lead_by", "lead_name"}));
  add_section(sections, "settings.topics",
              named_rows(request, "topics", "topic", {"case.department", "department"}));
  put(page.data, "sections", sections);
  put_list(page.data, "forms", form_list(request, typed));
  if (!typed.ok()) page.title = std::string(text("form.error")) + ' ' + page.title;
  return page;
}

}  // namespace

Page settings_page(const Request &request) { return show_settings(request, {}); }

Page settings_action(const Request &request) {
  const std::string name = request.path().at(1);
  for (const Form &form : settings_forms(request)) {
    if (form.name != name) continue;
    Typed typed(form.name, request);
    if (typed.ok() && send_settings_form(request, form, typed))
      return go_on("/settings", form.name);
    return show_settings(request, typed);
  }
  throw Failure(Status::not_found, std::string(text("problem.no_page")));
}

}  // namespace heard::web
