#include "web/settings_forms.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "web/texts.hpp"

namespace heard::web {

namespace {

constexpr std::array<std::string_view, 7> kDays = {"monday", "tuesday",  "wednesday", "thursday",
                                                   "friday", "saturday", "sunday"};
constexpr std::string_view kAllDefault = "*";
constexpr std::array<std::string_view, 3> kClocks = {"first_response", "next_response",
                                                     "resolution"};

std::string joined(const std::vector<std::string> &parts, std::string_view between) {
  std::string text;
  for (const std::string &part : parts) text += (text.empty() ? "" : std::string(between)) + part;
  return text;
}

/// Parts between commas or line breaks, without blanks around them.
std::vector<std::string> parts_of(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ',');
  std::vector<std::string> parts;
  for (const std::string_view part : split(text, ','))
    if (!trimmed(part).empty()) parts.emplace_back(trimmed(part));
  return parts;
}

std::vector<Option> school_options(const Request &request) {
  std::vector<Option> options;
  for (const Record &school : request.schools())
    options.push_back({school.text("school"), school.text("name", school.text("school"))});
  return options;
}

Form snow_day(const Request &request) {
  Form form{"snow_day", "/settings/snow_day", {}};
  std::vector<Option> schools{{"", std::string(text("settings.choose_school"))}};
  for (Option &school : school_options(request)) schools.push_back(std::move(school));
  schools.push_back({std::string(kAllDefault), std::string(text("settings.all_default"))});
  form.fields.push_back({"school", FieldKind::select, "", std::move(schools)});
  form.fields.push_back({"day",
                         FieldKind::line,
                         request.time("").field(request.now()).substr(0, 10),
                         {},
                         std::string(text("hint.snow_day.day"))});
  form.fields.push_back({"name", FieldKind::line, std::string(text("settings.snow_day"))});
  form.fields.push_back(
      {"hours", FieldKind::line, "", {}, std::string(text("hint.snow_day.hours"))});
  return form;
}

/// The default calendar: what every school uses that has none of its own.
Form hours(const Request &request) {
  Form form{"hours", "/settings/hours", {}};
  const auto rows =
      request.backend().rows("calendars", Record("filter").set("calendar", "default"));
  const Record calendar = rows.empty() ? Record() : rows.front();
  const auto &week = calendar.records("hours");
  for (const std::string_view day : kDays)
    form.fields.push_back({std::string(day), FieldKind::line,
                           week.empty() ? "" : joined(week.front().texts(day), ", ")});
  std::string closed;
  for (const Record &range : calendar.records("closed"))
    if (range.text("source").empty() && !range.flag("inherited"))
      closed += range.text("first") + "/" + range.text("last") + " " + range.text("name") + "\n";
  form.fields.push_back(
      {"closed", FieldKind::text, closed, {}, std::string(text("hint.hours.closed"))});
  return form;
}

/// "1 business_days" for the row that holds for every priority.
std::string target_text(const Record &policy, std::string_view clock) {
  for (const Record &target : policy.records("targets"))
    if (target.text("clock") == clock && !target.has("priority"))
      return std::to_string(target.number("amount")) + " " + target.text("unit");
  return "";
}

/// The fallback policy: what every case gets that no other policy fits.
Record fallback_policy(const Request &request) {
  for (const Record &policy : request.backend().rows("policies", Record("filter")))
    if (policy.text("policy") == "default") return policy;
  return Record();
}

Form targets(const Request &request) {
  Form form{"targets", "/settings/targets", {}};
  const Record policy = fallback_policy(request);
  for (const std::string_view clock : kClocks)
    form.fields.push_back({std::string(clock),
                           FieldKind::line,
                           target_text(policy, clock),
                           {},
                           std::string(text("hint.targets"))});
  return form;
}

Form department() {
  return {"department",
          "/settings/department",
          {{"department"},
           {"name"},
           {"lead", FieldKind::line, "", {}, std::string(text("hint.department.lead"))}}};
}

Form topic() { return {"topic", "/settings/topic", {{"topic"}, {"name"}, {"department"}}}; }

Record snow_day_command(const Typed &typed) {
  Record command("calendar.close");
  if (typed.text("school") == kAllDefault)
    command.set("calendar", "default");
  else
    command.set("school", typed.text("school"));
  command.set("closed", parts_of(typed.text("day")));
  if (!trimmed(typed.text("name")).empty()) command.set("name", trimmed(typed.text("name")));
  const auto open = parts_of(typed.text("hours"));
  if (!open.empty()) command.set("hours", open);
  return command;
}

Record hours_command(const Typed &typed) {
  Record week("hours");
  for (const std::string_view day : kDays) week.set(day, parts_of(typed.text(day)));
  Record command("calendar.save");
  command.set("calendar", "default").set("hours", std::vector<Record>{week});
  std::vector<std::string> closed;
  for (const std::string_view line : split(typed.text("closed"), '\n'))
    if (!trimmed(line).empty()) closed.emplace_back(trimmed(line));
  return command.set("closed", std::move(closed));
}

/// The rows of the form take the place of those that hold for every priority; the others stay.
Record targets_command(const Request &request, Typed &typed) {
  Record command("policy.save");
  const Record policy = fallback_policy(request);
  for (const Record &target : policy.records("targets")) {
    const bool asked =
        std::find(kClocks.begin(), kClocks.end(), target.text("clock")) != kClocks.end();
    if (!asked || target.has("priority")) command.add("targets", target);
  }
  for (const std::string_view clock : kClocks) {
    const std::string line(trimmed(typed.text(clock)));
    if (line.empty()) continue;
    const std::size_t blank = line.find(' ');
    const auto amount = to_int(line.substr(0, blank));
    if (!amount || blank == line.npos) {
      typed.refuse(std::string(clock), text("error.targets"));
      continue;
    }
    Record target("target");
    target.set("clock", clock).set("amount", *amount);
    command.add("targets", target.set("unit", trimmed(line.substr(blank))));
  }
  return command;
}

/// The form's fields, as they are, for a command.
Record plain_command(const std::string &name, const Form &form, const Typed &typed) {
  Record command(name);
  for (const Field &field : form.fields)
    if (!trimmed(typed.text(field.name)).empty())
      command.set(field.name, trimmed(typed.text(field.name)));
  return command;
}

}  // namespace

bool may_set(const Request &request) {
  const auto roles = request.actor().texts("roles");
  return std::find(roles.begin(), roles.end(), "admin") != roles.end();
}

std::vector<Form> settings_forms(const Request &request) {
  return {snow_day(request), hours(request), targets(request), department(), topic()};
}

std::optional<Record> send_settings_form(const Request &request, const Form &form, Typed &typed) {
  if (form.name == "snow_day") {
    if (typed.text("school").empty()) typed.refuse("school", text("error.school"));
    if (!typed.ok()) return std::nullopt;
    return try_apply(request, snow_day_command(typed), {{"closed", "day"}}, typed);
  }
  if (form.name == "hours") return try_apply(request, hours_command(typed), {}, typed);
  if (form.name == "targets") {
    const Record command = targets_command(request, typed);
    if (!typed.ok()) return std::nullopt;
    return try_apply(request, command, {}, typed);
  }
  return try_apply(request, plain_command(form.name + ".save", form, typed), {}, typed);
}

}  // namespace heard::web
