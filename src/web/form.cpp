#include "web/form.hpp"

#include <algorithm>

#include "base/digest.hpp"
#include "base/failure.hpp"
#include "base/text.hpp"
#include "web/problem.hpp"
#include "web/texts.hpp"

namespace heard::web {

namespace {

void add_hidden(Data &hidden, const std::string &name, const std::string &value) {
  if (value.empty()) return;
  Data data;
  put(data, "name", name);
  put(data, "value", value);
  hidden.push_back(data);
}

std::string error_of(const Typed &typed, std::string_view field) {
  for (const auto &[name, says] : typed.errors())
    if (name == field) return says;
  return {};
}

bool is_chosen(const Field &field, const Option &option, const Typed *typed) {
  if (typed == nullptr)
    return option.chosen || (!field.value.empty() && option.value == field.value);
  if (field.kind != FieldKind::checks) return typed->text(field.name) == option.value;
  const auto chosen = typed->chosen(field.name);
  return std::find(chosen.begin(), chosen.end(), option.value) != chosen.end();
}

Data option_list(const Field &field, const std::string &id, const Typed *typed) {
  Data list = make_list();
  int number = 0;
  for (const Option &option : field.options) {
    const std::string suffix = std::to_string(++number);
    Data data;
    put(data, "id", id + '-' + suffix);
    if (field.kind == FieldKind::checks) put(data, "name", field.name + '_' + suffix);
    put(data, "value", option.value);
    put(data, "label", option.label);
    put(data, "warning", option.warning);
    put(data, "chosen", is_chosen(field, option, typed));
    list.push_back(data);
  }
  return list;
}

std::string_view input_type(FieldKind kind) {
  switch (kind) {
    case FieldKind::when:
      return "datetime-local";
    case FieldKind::date:
      return "date";
    case FieldKind::choice:
      return "radio";
    case FieldKind::checks:
      return "checkbox";
    case FieldKind::line:
    case FieldKind::text:
    case FieldKind::select:
    case FieldKind::hidden:
      return "text";
  }
  return "text";
}

bool is_time(FieldKind kind) { return kind == FieldKind::when || kind == FieldKind::date; }

/// Room for what stands there and one line more.
std::string rows_for(const std::string &value) {
  const auto lines = std::count(value.begin(), value.end(), '\n') + 2;
  return std::to_string(std::clamp<std::ptrdiff_t>(lines, 3, 16));
}

/// `typed` is null when the form is shown for the first time.
Data field_data(const Form &form, const Field &field, const Typed *typed) {
  const std::string id = "hrd-" + form.name + '-' + field.name;
  const std::string error = typed ? error_of(*typed, field.name) : "";
  std::string described = field.hint.empty() ? "" : id + "-hint";
  if (!error.empty()) described += (described.empty() ? "" : " ") + id + "-error";
  const bool group = field.kind == FieldKind::choice || field.kind == FieldKind::checks;
  Data data;
  put(data, "id", id);
  put(data, "name", field.name);
  put(data, "label", text("field." + form.name + '.' + field.name));
  put(data, "type", input_type(field.kind));
  const std::string value = typed ? typed->text(field.name) : field.value;
  put(data, "value", value);
  put(data, "rows", rows_for(value));
  put(data, "hint", field.hint);
  put(data, "error", error);
  put(data, "described", described);
  put(data, "group", group);
  put(data, "single", !group);
  put(data, "is_line", field.kind == FieldKind::line || is_time(field.kind));
  put(data, "is_text", field.kind == FieldKind::text);
  put(data, "is_short", field.kind == FieldKind::select || is_time(field.kind));
  put(data, "is_select", field.kind == FieldKind::select);
  put(data, "options", option_list(field, id, typed));
  return data;
}

Data error_list(const Form &form, const Typed &typed) {
  Data list = make_list();
  for (const auto &[name, says] : typed.errors()) {
    Data data;
    put(data, "says", says);
    put(data, "href", asks(form, name) ? "#hrd-" + form.name + '-' + name : "");
    list.push_back(data);
  }
  return list;
}

Data hidden_list(const Request &request, const Form &form, const Typed *typed) {
  const std::string once = typed ? typed->text("hrd_once") : "";
  Query extra{{"hrd_once", once.empty() ? hex(random_id()) : once}};
  for (const Field &field : form.fields)
    if (field.kind == FieldKind::hidden)
      extra.emplace_back(field.name, typed ? typed->text(field.name) : field.value);
  return hidden_fields(request, form.path, extra);
}

/// The form's name for the field a command complained about.
std::string form_field(const Failure &failure, const FieldNames &names) {
  for (const auto &[name, value] : failure.details()) {
    if (name != "field") continue;
    for (const auto &[of_command, of_form] : names)
      if (of_command == value) return std::string(of_form);
    return value;
  }
  return {};
}

bool can_be_mended(Status status) {
  return status == Status::argument || status == Status::conflict || status == Status::busy ||
         status == Status::limit || status == Status::denied || status == Status::not_found;
}

}  // namespace

bool asks(const Form &form, std::string_view field) {
  return std::any_of(form.fields.begin(), form.fields.end(), [&](const Field &one) {
    return one.name == field && one.kind != FieldKind::hidden;
  });
}

Typed::Typed(std::string name, const Request &request)
    : name_(std::move(name)), values_(request.form()) {
  if (request.form_too_old()) refuse("", web::text("error.too_old"), 403);
}

std::string Typed::text(std::string_view field) const { return values_.text(field); }

std::vector<std::string> Typed::chosen(const std::string &field) const {
  std::vector<std::string> values;
  for (const auto &[name, value] : values_.fields()) {
    if (!name.starts_with(field + '_') || !to_int(name.substr(field.size() + 1))) continue;
    values.push_back(std::get<std::string>(value));
  }
  return values;
}

void Typed::refuse(std::string field, std::string_view says, int status) {
  errors_.emplace_back(std::move(field), says);
  if (status_ == 200) status_ = status;
}

Data form_data(const Request &request, const Form &form, const Typed &typed) {
  const Typed *mine = typed.is_for(form.name) ? &typed : nullptr;
  Data fields = make_list();
  for (const Field &field : form.fields)
    if (field.kind != FieldKind::hidden) fields.push_back(field_data(form, field, mine));
  Data data;
  put(data, "id", "hrd-" + form.name);
  put(data, "title", form.title.empty() ? word_for("action", form.name) : form.title);
  put(data, "action",
      link(request.head(), form.downloads ? LinkKind::download : LinkKind::form, form.path));
  put(data, "button", text("button." + form.name));
  put(data, "quiet", form.quiet);
  put(data, "hidden", hidden_list(request, form, mine));
  put(data, "fields", fields);
  put_list(data, "errors", mine ? error_list(form, *mine) : make_list());
  return data;
}

Data hidden_fields(const Request &request, const std::string &path, const Query &extra) {
  Data list = make_list();
  for (const auto &[name, value] : host_fields(request.head())) add_hidden(list, name, value);
  add_hidden(list, "hrd_token", request.token_for(path));
  for (const auto &[name, value] : extra) add_hidden(list, name, value);
  return list;
}

void refuse(const Failure &failure, const FieldNames &names, Typed &typed) {
  if (!can_be_mended(failure.status())) throw failure;
  typed.refuse(form_field(failure, names), failure.message(), http_status(failure));
}

std::optional<Record> try_apply(const Request &request, const Record &command,
                                const FieldNames &names, Typed &typed) {
  try {
    return request.backend().apply(command.kind(), command);
  } catch (const Failure &failure) {
    refuse(failure, names, typed);
    return std::nullopt;
  }
}

std::optional<std::vector<Record>> try_rows(const Request &request, std::string_view view,
                                            const Record &filter, const FieldNames &names,
                                            Typed &typed) {
  try {
    return request.backend().rows(view, filter);
  } catch (const Failure &failure) {
    refuse(failure, names, typed);
    return std::nullopt;
  }
}

void mark_once(const Request &request, Record &command) {
  const std::string once = request.form().text("hrd_once");
  if (once.empty()) return;
  command.set("source", "pages");
  command.set("host_ref", once);
}

}  // namespace heard::web
