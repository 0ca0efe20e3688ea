// One case: the question, what was said, the promised times, and what to do next.
#include <algorithm>

#include "base/failure.hpp"
#include "web/case_forms.hpp"
#include "web/entries.hpp"
#include "web/pages.hpp"
#include "web/people.hpp"
#include "web/texts.hpp"

namespace heard::web {

namespace {

Record find_case(const Request &request) {
  const std::string key = request.path().at(1);
  const auto rows = request.backend().rows("case", Record("filter").set("case", key));
  if (rows.empty()) throw Failure(Status::not_found, text_with("case.missing", key));
  return rows.front();
}

std::string_view status_look(const std::string &status) {
  if (status == "solved" || status == "closed") return "hrd-good";
  return status == "new" || status == "open" ? "hrd-busy" : "";
}

Data case_chips(const Record &row) {
  Data chips = make_list();
  const std::string status = row.text("status"), priority = row.text("priority");
  chips.push_back(chip(word_for("status", status), status_look(status)));
  if (!priority.empty() && priority != "normal")
    chips.push_back(chip(word_for("priority", priority), priority == "low" ? "" : "hrd-warn"));
  return chips;
}

Data student_fact(const Request &request, const std::vector<Record> &students) {
  Data data = fact(text("case.students"), ""), values = make_list();
  for (const Record &student : students) {
    Data value;
    put(value, "value", student.text("name", student.text("person")));
    put(value, "href", request.page(person_path(student.text("person"))));
    put(value, "comma", &student != &students.back());
    values.push_back(value);
  }
  put(data, "values", values);
  return data;
}

Data case_facts(const Request &request, const Record &row) {
  Data facts = make_list();
  const std::string requester = row.text("requester");
  const auto add = [&](std::string_view name, const std::string &value,
                       std::string_view href = {}) {
    if (!value.empty()) facts.push_back(fact(text(name), value, href));
  };
  add("case.requester", row.text("requester_name", requester),
      requester.empty() ? "" : request.page(person_path(requester)));
  if (!row.records("students").empty())
    facts.push_back(student_fact(request, row.records("students")));
  add("case.language", word_for("language", row.text("language")));
  add("case.school", row.text("school_name"));
  add("case.topic", row.text("topic"));
  add("case.department", row.text("department"));
  add("case.opened", request.when(row.number("opened_at"), row.text("school")));
  const std::string assignee = row.text("assignee_name");
  add("waiting.assignee", assignee.empty() ? std::string(text("waiting.nobody")) : assignee);
  return facts;
}

struct ClockLook {
  std::string_view look;
  std::string state;
};

ClockLook clock_look(const Request &request, const Record &clock) {
  const std::string state = clock.text("state");
  if (state == "running" && clock.has("due_at") && clock.number("due_at") < request.now())
    return {"hrd-late", std::string(text("clock.late"))};
  if (state == "running" && clock.flag("warned"))
    return {"hrd-warn", std::string(text("waiting.soon"))};
  if (state == "missed" || state == "closed_without_answer")
    return {"hrd-late", word_for("clock", state)};
  if (state == "met") return {"hrd-good", word_for("clock", state)};
  return {state == "running" ? "hrd-busy" : "", word_for("clock", state)};
}

/// "Due tomorrow 15:00", "Was due ...", "Answered ...".
std::string clock_when(const Request &request, const Record &clock, const std::string &school) {
  if (clock.has("stopped_at"))
    return text_with("clock.stopped", request.when(clock.number("stopped_at"), school));
  if (!clock.has("due_at")) return {};
  const Millis due = clock.number("due_at");
  return text_with(due < request.now() ? "clock.was_due" : "clock.due", request.when(due, school));
}

Data clock_list(const Request &request, const Record &row) {
  Data list = make_list();
  for (const Record &clock : row.records("clocks")) {
    const ClockLook look = clock_look(request, clock);
    Data data;
    put(data, "name", word_for("clock", clock.text("clock")));
    put(data, "kind", look.look);
    put(data, "state", look.state);
    put(data, "when", clock_when(request, clock, row.text("school")));
    put(data, "explain", clock.text("explain"));
    list.push_back(data);
  }
  return list;
}

Data history_list(const Request &request, const Record &row) {
  Data list = make_list();
  for (const Record &step : row.records("history")) {
    Data data;
    put(data, "says", step.text("says", step.text("what")));
    put(data, "when", request.when(step.number("at"), row.text("school")));
    put(data, "actor", step.text("actor"));
    list.push_back(data);
  }
  return list;
}

/// Oldest first, as one reads a conversation.
std::vector<Record> conversation(const Record &row) {
  std::vector<Record> entries = row.records("entries");
  std::stable_sort(entries.begin(), entries.end(), [](const Record &a, const Record &b) {
    return std::pair(a.number("occurred_at"), a.number("seq")) <
           std::pair(b.number("occurred_at"), b.number("seq"));
  });
  return entries;
}

/// The forms the case's status allows, and the one just refused, so that nothing typed is lost.
void put_forms(const Request &request, const Record &row, const Typed &typed, Data &data) {
  if (!request.may_write()) {
    put(data, "answer", false);
    put_list(data, "actions", make_list());
    return;
  }
  const auto shown = [&](std::string_view name) {
    return form_data(request, case_form(request, row, name), typed);
  };
  if (can_be_answered(row) || typed.is_for("reply"))
    put(data, "answer", shown("reply"));
  else
    put(data, "answer", false);
  Data actions = make_list();
  auto names = case_actions(row);
  for (const std::string_view name : {"wait", "solve", "assign", "reopen"})
    if (typed.is_for(name) && std::find(names.begin(), names.end(), name) == names.end())
      names.push_back(name);
  for (const std::string_view name : names) actions.push_back(shown(name));
  put_list(data, "actions", actions);
}

Page show_case(const Request &request, const Record &row, const Typed &typed) {
  const std::string number = std::to_string(row.number("number"));
  const std::string eyebrow = text_with("case.number", number);
  Page page;
  page.status = typed.status();
  page.title = row.text("subject", eyebrow);
  page.template_name = "case";
  page.menu = "/";
  put(page.data, "eyebrow", eyebrow);
  put(page.data, "subject", page.title);
  put(page.data, "chips", case_chips(row));
  put(page.data, "facts", case_facts(request, row));
  put_entries(request, conversation(row), {row.text("school")}, page.data);
  put_cautions(find_person(request, row.text("requester")).value_or(Record()), page.data);
  put(page.data, "clocks", clock_list(request, row));
  put(page.data, "no_clocks", row.records("clocks").empty());
  put_forms(request, row, typed, page.data);
  put_list(page.data, "history", history_list(request, row));
  put(page.data, "refused", typed.ok() ? "" : "#hrd-" + request.path().back() + "-errors");
  if (!typed.ok()) page.title = std::string(text("form.error")) + ' ' + page.title;
  return page;
}

}  // namespace

Page case_page(const Request &request) { return show_case(request, find_case(request), {}); }

Page case_action(const Request &request) {
  const Record row = find_case(request);
  const Form form = case_form(request, row, request.path().at(2));
  Typed typed(form.name, request);
  if (typed.ok() && send_case_form(request, form, typed))
    return go_on("/cases/" + std::to_string(row.number("number")), form.name);
  return show_case(request, row, typed);
}

}  // namespace heard::web
