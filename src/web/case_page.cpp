// One case: the question, what was said, the promised times, and what to do next.
#include <algorithm>

#include "base/failure.hpp"
#include "base/text.hpp"
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
  if (can_be_answered(row)) add("case.promised", row.text("promise"));
  for (const char *other : {"follows", "merged_into", "split_from"}) {
    const std::string number = std::to_string(row.number(other));
    if (row.number(other) > 0)
      add("case." + std::string(other), text_with("case.number", number),
          request.page("/cases/" + number));
  }
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
  if (state == "no_open_time") return {"hrd-warn", word_for("clock", state)};
  if (state == "met") return {"hrd-good", word_for("clock", state)};
  return {state == "running" ? "hrd-busy" : "", word_for("clock", state)};
}

/// "Due tomorrow 15:00", "Was due ...", "Answered ...".
std::string clock_when(const Request &request, const Record &clock, const std::string &school) {
  if (clock.has("stopped_at")) {
    const std::string says = word_for("clock.stopped", clock.text("clock"));
    return says + ' ' + request.when(clock.number("stopped_at"), school);
  }
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
  auto names = case_actions(request, row);
  for (const std::string_view name : case_form_names())
    if (typed.is_for(name) && std::find(names.begin(), names.end(), name) == names.end())
      names.push_back(name);
  for (const std::string_view name : names) actions.push_back(shown(name));
  put_list(data, "actions", actions);
}

/// Leads to the form that was refused; the small forms at entries have no place for a reason.
void put_refusal(const Request &request, const Typed &typed, Data &data) {
  const bool at_form = !typed.ok() && !typed.is_for("mark");
  put(data, "refused", at_form ? "#hrd-" + request.path().back() + "-errors" : "");
  put(data, "mark_refused", typed.ok() || at_form ? "" : typed.errors().front().second);
}

/// What to tell the family whose contact was just logged; "" when that is not what was done.
std::string promise_given(const Request &request, const Record &row) {
  const std::string promise = row.text("promise");
  const bool logged = !request.is_post() && request.query().text("done") == "log";
  return logged && !promise.empty() ? text_with("done.log_promise", promise) : "";
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
  EntryStyle style{row.text("school")};
  if (request.may_write()) style.mark_path = path_of({"cases", request.path().at(1), "mark"});
  put_entries(request, conversation(row), style, page.data);
  put_cautions(find_person(request, row.text("requester")).value_or(Record()), page.data);
  put(page.data, "clocks", clock_list(request, row));
  put(page.data, "no_clocks", row.records("clocks").empty());
  put_forms(request, row, typed, page.data);
  put_list(page.data, "history", history_list(request, row));
  put_refusal(request, typed, page.data);
  page.done = promise_given(request, row);
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

Page case_mark(const Request &request) {
  const Record row = find_case(request);
  Typed typed("mark", request);
  const auto seq = to_int(typed.text("seq"));
  if (!seq) typed.refuse("seq", text("error.entry"));
  Record command("interaction.mark");
  command.set("seq", seq.value_or(0)).set("needs_response", typed.text("needs_response") == "1");
  if (typed.ok() && try_apply(request, command, {}, typed))
    return go_on("/cases/" + std::to_string(row.number("number")), "mark");
  return show_case(request, row, typed);
}

}  // namespace heard::web
