// Logging a contact in twenty seconds: find the person, say what happened, done.
#include <algorithm>

#include "base/text.hpp"
#include "web/case_forms.hpp"
#include "web/filters.hpp"
#include "web/pages.hpp"
#include "web/people.hpp"
#include "web/texts.hpp"

namespace heard::web {

namespace {

/// One choice instead of direction, "needs an answer" and "answered", which exclude each other.
struct Happened {
  std::string_view name;
  std::string_view direction;
  bool needs_response;
  bool answered;
};
constexpr Happened kHappened[] = {{"waiting", "inbound", true, false},
                                  {"answered", "inbound", true, true},
                                  {"told", "inbound", false, false},
                                  {"called", "outbound", false, false},
                                  {"note", "internal", false, false}};

const Happened *find_happened(std::string_view name) {
  const auto *found = std::find_if(std::begin(kHappened), std::end(kHappened),
                                   [&](const Happened &one) { return one.name == name; });
  return found == std::end(kHappened) ? nullptr : found;
}

/// Somebody without a key can only have contacted us: a message goes to a known person.
std::vector<Option> happened_options(bool known_person) {
  std::vector<Option> options;
  for (const Happened &one : kHappened)
    if (known_person || one.direction == "inbound")
      options.push_back({std::string(one.name), word_for("happened", one.name)});
  return options;
}

/// What must be known about a link before contact, in a few words.
std::string warning_of(const Record &link) {
  const std::string restriction = link.text("restriction");
  if (!restriction.empty()) return text_with("caution.restriction", restriction);
  if (link.text("communications") == "no") return std::string(text("caution.short.communications"));
  if (link.text("custody") == "no") return std::string(text("caution.short.custody"));
  return {};
}

std::vector<Option> link_options(const Record &person) {
  std::vector<Option> options;
  const bool student = person.text("kind") == "student";
  const bool only_one = person.records("links").size() == 1;
  for (const Record &link : person.records("links")) {
    std::string label = link.text("name", link.text("person"));
    const std::string relation = relation_words(link);
    if (student && !relation.empty()) label += ", " + relation;
    options.push_back({link.text("person"), label, warning_of(link), only_one});
  }
  return options;
}

/// A student was chosen: which of the family was it? A guardian: about which student?
void add_family_field(const Record &person, std::vector<Field> &fields) {
  auto options = link_options(person);
  if (options.empty()) return;
  if (person.text("kind") != "student") {
    fields.push_back({"about", FieldKind::checks, "", std::move(options)});
    return;
  }
  options.push_back({person.text("person"), text_with("log.self", person.text("name"))});
  fields.push_back({"party", FieldKind::choice, "", std::move(options)});
}

void add_school_field(const Request &request, std::vector<Field> &fields) {
  if (request.schools().size() < 2) return;
  fields.push_back({"school", FieldKind::select, "", school_options(request, "log.choose_school")});
}

/// What is known before anything is typed.
struct Known {
  std::optional<Record> person;
  std::string school;  ///< "" if the students decide it, or it must be asked
};

/// A host may name somebody no feed has announced; a contact with them can be logged all the same.
Known known_about(const Request &request, const std::string &key) {
  Known known{find_person(request, key), {}};
  if (!known.person && !key.empty()) known.person = unverified_person(key);
  if (known.person) known.school = known.person->text("school");
  if (known.school.empty() && request.schools().size() == 1)
    known.school = request.schools().front().text("school");
  return known;
}

Form log_form(const Request &request, const Known &known) {
  std::vector<Field> fields;
  if (known.person) {
    fields.push_back({"person", FieldKind::hidden, known.person->text("person")});
    add_family_field(*known.person, fields);
  } else {
    fields.push_back({"name"});
  }
  fields.push_back(
      {"happened", FieldKind::choice, "waiting", happened_options(known.person.has_value())});
  fields.push_back({"channel", FieldKind::select, "phone", channel_options()});
  fields.push_back({"when", FieldKind::when, request.time(known.school).field(request.now())});
  fields.push_back({"subject"});
  fields.push_back({"text", FieldKind::text});
  Form form{"log", "/log", std::move(fields)};
  if (known.school.empty() && !asks(form, "about")) add_school_field(request, form.fields);
  return form;
}

bool is_blank(const Typed &typed, std::string_view field) {
  return trimmed(typed.text(field)).empty();
}

void check_time(const Request &request, const Known &known, Typed &typed) {
  if (is_blank(typed, "when")) return;
  const auto at = request.time(known.school).from_field(typed.text("when"));
  if (!at) typed.refuse("when", text("error.when"));
  if (at && *at > request.now()) typed.refuse("when", text("error.future"));
}

void check(const Request &request, const Known &known, const Form &form, Typed &typed) {
  if (asks(form, "name") && is_blank(typed, "name")) typed.refuse("name", text("error.name"));
  if (asks(form, "party") && is_blank(typed, "party")) typed.refuse("party", text("error.party"));
  if (find_happened(typed.text("happened")) == nullptr)
    typed.refuse("happened", text("error.happened"));
  if (is_blank(typed, "channel")) typed.refuse("channel", text("error.channel"));
  if (is_blank(typed, "subject") && is_blank(typed, "text"))
    typed.refuse("subject", text("error.say"));
  check_time(request, known, typed);
  if (asks(form, "about") && typed.chosen("about").empty() && known.school.empty())
    typed.refuse("about", text("error.about"));
  if (asks(form, "school") && is_blank(typed, "school"))
    typed.refuse("school", text("error.school"));
}

/// Who it was with and which students it was about.
void set_people(const std::optional<Record> &person, const Typed &typed, Record &command) {
  const std::string direction = command.text("direction");
  if (!person) {
    command.set("from_name", trimmed(typed.text("name")));
    return;
  }
  const bool student = person->text("kind") == "student";
  const std::string party = is_blank(typed, "party") ? person->text("person") : typed.text("party");
  if (direction == "inbound") command.set("from", party);
  if (direction == "outbound") command.set("to", std::vector<std::string>{party});
  if (direction == "internal") command.set("requester", party);
  const auto about = student ? std::vector{person->text("person")} : typed.chosen("about");
  if (!about.empty()) command.set("about", about);
}

Record log_command(const Request &request, const Known &known, const Typed &typed) {
  const Happened &happened = *find_happened(typed.text("happened"));
  Record command("interaction.log");
  command.set("channel", typed.text("channel")).set("direction", happened.direction);
  command.set("needs_response", happened.needs_response ? 1 : 0);
  if (happened.answered) command.set("answered", 1);
  if (happened.direction == "internal") command.set("public", std::int64_t{0});
  set_people(known.person, typed, command);
  for (const char *name : {"subject", "text"})
    if (!is_blank(typed, name)) command.set(name, trimmed(typed.text(name)));
  const bool asked = known.person || known.school.empty();
  const std::string school = asked ? typed.text("school") : known.school;
  if (!school.empty()) command.set("school", school);
  if (const auto at = request.time(known.school).from_field(typed.text("when")))
    command.set("occurred_at", *at);
  mark_once(request, command);
  return command;
}

Data person_card(const Request &request, const Record &person) {
  Data data;
  const std::string key = person.text("person");
  put(data, "name", person.text("name", key));
  put(data, "href", request.page(person_path(key)));
  put(data, "kind", word_for("kind", person.text("kind")));
  put(data, "about", about_person(person));
  put(data, "change_href", request.page("/log"));
  put_cautions(person, data);
  return data;
}

Page show_log(const Request &request, const Known &known, const Typed &typed) {
  const auto &person = known.person;
  Page page;
  page.status = typed.status();
  page.title = text("log.title");
  page.template_name = "log";
  page.menu = "/log";
  if (person)
    put(page.data, "person", person_card(request, *person));
  else
    put(page.data, "person", false);
  if (!person) put_search(request, "/log", true, page.data);
  put(page.data, "log_form", form_data(request, log_form(request, known), typed));
  if (!typed.ok()) page.title = std::string(text("form.error")) + ' ' + page.title;
  return page;
}

/// The case if there is one, else the person, else the list.
std::string path_after(const Record &result, const std::optional<Record> &person) {
  if (result.has("number")) return "/cases/" + std::to_string(result.number("number"));
  return person ? person_path(person->text("person")) : "/waiting";
}

}  // namespace

Page log_page(const Request &request) {
  return show_log(request, known_about(request, request.query().text("person")), {});
}

Page log_action(const Request &request) {
  const Known known = known_about(request, request.form().text("person"));
  const Form form = log_form(request, known);
  Typed typed(form.name, request);
  if (typed.ok()) check(request, known, form, typed);
  if (typed.ok()) {
    const FieldNames names = {{"occurred_at", "when"},
                              {"from", asks(form, "party") ? "party" : ""},
                              {"to", asks(form, "party") ? "party" : ""},
                              {"from_name", "name"}};
    const Record command = log_command(request, known, typed);
    if (const auto result = try_apply(request, command, names, typed))
      return go_on(path_after(*result, known.person), "log");
  }
  return show_log(request, known, typed);
}

}  // namespace heard::web
