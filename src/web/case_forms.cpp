#include "web/case_forms.hpp"

#include <algorithm>

#include "base/failure.hpp"
#include "base/text.hpp"
#include "web/filters.hpp"
#include "web/texts.hpp"

namespace heard::web {

namespace {

constexpr std::int64_t kMostStaff = 300;

bool is_over(const Record &row) {
  const std::string status = row.text("status");
  return status == "solved" || status == "closed";
}

constexpr std::string_view kNames[] = {"accept", "wait",  "solve", "assign", "prioritize",
                                       "move",   "merge", "close", "reopen"};

std::vector<Option> priority_options() {
  std::vector<Option> options;
  for (const char *priority : {"low", "normal", "high", "urgent"})
    options.push_back({priority, word_for("priority", priority)});
  return options;
}

/// Somebody has still to say that the case is theirs.
bool can_be_accepted(const Record &row) {
  const auto &clocks = row.records("clocks");
  return std::any_of(clocks.begin(), clocks.end(), [](const Record &clock) {
    return clock.text("clock") == "ownership" && !clock.has("stopped_at");
  });
}

Field note() { return {"note", FieldKind::text}; }

std::vector<Field> fields_of(const Request &request, const Record &row, std::string_view name) {
  if (name == "reply")
    return {{"channel", FieldKind::select, row.text("channel"), channel_options()},
            {"text", FieldKind::text, "", {}, std::string(text("hint.reply.text"))}};
  if (name == "assign")
    return {
        {"to", FieldKind::select, "", staff_options(request, row.text("school"), "assign.choose")},
        note()};
  if (name == "prioritize")
    return {{"priority", FieldKind::select, row.text("priority", "normal"), priority_options()},
            note()};
  if (name == "move")
    return {{"school", FieldKind::select, "", school_options(request, "log.choose_school")},
            note()};
  if (name == "merge") return {{"into", FieldKind::line}, note()};
  if (name == "wait")
    return {{"on",
             FieldKind::choice,
             "family",
             {{"family", word_for("wait", "family")}, {"other", word_for("wait", "other")}}},
            note()};
  return {note()};
}

/// What no command needs to be asked about.
void check(const Form &form, Typed &typed) {
  if (form.name == "reply" && trimmed(typed.text("text")).empty())
    typed.refuse("text", text("error.reply"));
  if (form.name == "merge" && trimmed(typed.text("into")).empty())
    typed.refuse("into", text("error.into"));
  if (form.name == "move" && typed.text("school").empty())
    typed.refuse("school", text("error.school"));
  if (form.name == "assign" && typed.text("to").empty()) typed.refuse("to", text("error.to"));
}

/// The plain name, without "(me)".
std::string colleague_name(const Request &request, const Field &field, const std::string &value) {
  const Record &me = request.actor();
  if (value == me.text("id")) return me.text("display", value);
  for (const Option &option : field.options)
    if (option.value == value) return option.label;
  return value;
}

}  // namespace

std::vector<Option> staff_options(const Request &request, const std::string &school,
                                  std::string_view none) {
  const std::string me = request.actor().text("id");
  std::vector<Option> options{{"", std::string(text(none))}};
  options.push_back({me, text_with("assign.me", request.actor().text("display", me))});
  Record filter("filter");
  filter.set("kind", "staff").set("limit", kMostStaff);
  if (!school.empty()) filter.set("school", school);
  for (const Record &person : request.backend().rows("people", filter))
    if (person.text("person") != me && person.flag("active", true))
      options.push_back({person.text("person"), person.text("name", person.text("person"))});
  return options;
}

std::span<const std::string_view> case_form_names() { return kNames; }

std::vector<Option> channel_options() {
  std::vector<Option> options;
  for (const char *channel : {"phone", "email", "visit", "sms", "portal", "chat", "meeting",
                              "video", "letter", "social", "event", "survey", "other"})
    options.push_back({channel, word_for("channel", channel)});
  return options;
}

Form case_form(const Request &request, const Record &row, std::string_view name) {
  const std::string path = "/cases/" + percent_encoded(request.path().at(1), ":");
  return {std::string(name), path + '/' + std::string(name), fields_of(request, row, name),
          name != "reply"};
}

std::vector<std::string_view> case_actions(const Request &request, const Record &row) {
  if (is_over(row)) return {"reopen"};
  const std::string status = row.text("status");
  const bool waits = status == "waiting" || status == "held";
  std::vector<std::string_view> names;
  for (const std::string_view name : kNames) {
    const bool offered = name == "accept" ? can_be_accepted(row)
                         : name == "wait" ? !waits
                         : name == "move" ? request.schools().size() > 1
                                          : name != "reopen";
    if (offered) names.push_back(name);
  }
  return names;
}

bool can_be_answered(const Record &row) { return !is_over(row); }

bool send_case_form(const Request &request, const Form &form, Typed &typed) {
  check(form, typed);
  if (!typed.ok()) return false;
  Record command("case." + form.name);
  command.set("case", request.path().at(1));
  for (const Field &field : form.fields) {
    const std::string value(trimmed(typed.text(field.name)));
    if (!value.empty()) command.set(field.name, value);
    if (form.name == "assign" && field.name == "to")
      command.set("to_name", colleague_name(request, field, value));
  }
  if (form.name == "reply") mark_once(request, command);
  return try_apply(request, command, {}, typed).has_value();
}

}  // namespace heard::web
