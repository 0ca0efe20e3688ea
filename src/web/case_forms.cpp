#include "web/case_forms.hpp"

#include "base/failure.hpp"
#include "base/text.hpp"
#include "web/texts.hpp"

namespace heard::web {

namespace {

constexpr std::int64_t kMostStaff = 300;

bool is_over(const Record &row) {
  const std::string status = row.text("status");
  return status == "solved" || status == "closed";
}

std::vector<Option> staff_options(const Request &request, const Record &row) {
  const std::string me = request.actor().text("id");
  std::vector<Option> options{{"", std::string(text("assign.choose"))}};
  options.push_back({me, text_with("assign.me", request.actor().text("display", me))});
  Record filter("filter");
  filter.set("kind", "staff").set("limit", kMostStaff);
  if (row.has("school")) filter.set("school", row.text("school"));
  for (const Record &person : request.backend().rows("people", filter))
    if (person.text("person") != me && person.flag("active", true))
      options.push_back({person.text("person"), person.text("name", person.text("person"))});
  return options;
}

Field note() { return {"note", FieldKind::text}; }

std::vector<Field> fields_of(const Request &request, const Record &row, std::string_view name) {
  if (name == "reply")
    return {{"channel", FieldKind::select, row.text("channel"), channel_options()},
            {"text", FieldKind::text, "", {}, std::string(text("hint.reply.text"))}};
  if (name == "assign") return {{"to", FieldKind::select, "", staff_options(request, row)}, note()};
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

std::vector<Option> channel_options() {
  std::vector<Option> options;
  for (const char *channel : {"phone", "email", "visit", "sms", "portal", "chat", "meeting",
                              "video", "letter", "social", "event", "survey", "other"})
    options.push_back({channel, word_for("channel", channel)});
  return options;
}

Form case_form(const Request &request, const Record &row, std::string_view name) {
  const std::string path = "/cases/" + percent_encoded(request.path().at(1), ":");
  return {std::string(name), path + '/' + std::string(name), fields_of(request, row, name)};
}

std::vector<std::string_view> case_actions(const Record &row) {
  if (is_over(row)) return {"reopen"};
  const std::string status = row.text("status");
  if (status == "waiting" || status == "held") return {"solve", "assign"};
  return {"wait", "solve", "assign"};
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
