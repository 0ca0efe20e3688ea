// A snow day, or a day that ends early: the form a principal opens on a phone at six in the
// morning.
#include "base/failure.hpp"
#include "base/text.hpp"
#include "web/blocks.hpp"
#include "web/calendar_words.hpp"
#include "web/filters.hpp"
#include "web/pages.hpp"
#include "web/settings.hpp"
#include "web/texts.hpp"

namespace heard::web {

namespace {

constexpr const char *kPath = "/settings/snow-day";

Form snow_form(const Request &request) {
  const auto &schools = request.schools();
  const std::string only = schools.size() == 1 ? schools.front().text("school") : "";
  Form form{"snow", kPath, {}};
  form.fields.push_back(
      {"school", FieldKind::select, only, school_options(request, "log.choose_school")});
  form.fields.push_back({"date", FieldKind::date, today(request, only)});
  form.fields.push_back({"name", FieldKind::line, std::string(text("snow.name"))});
  form.fields.push_back({"hours", FieldKind::line, "", {}, std::string(text("hint.snow.hours"))});
  return form;
}

/// "Closed. 3 open cases now count on the new hours.", from what the redirect says.
std::string outcome(const Request &request) {
  const auto cases = to_int(request.query().text("cases"));
  if (request.query().text("done") != "snow" || !cases || *cases < 0) return {};
  return counted("done.snow", *cases);
}

Page show(const Request &request, const Typed &typed) {
  Blocks blocks(request, std::string(text("snow.title")), text("snow.lead"));
  blocks.back_to("/settings", text("settings.title"));
  blocks.said(outcome(request));
  blocks.form(snow_form(request), typed);
  return blocks.page(typed);
}

}  // namespace

Page snow_day_page(const Request &request) {
  check_settings_access(request);
  if (!request.is_admin()) throw Failure(Status::denied, std::string(text("problem.settings")));
  return show(request, {});
}

Page snow_day_action(const Request &request) {
  check_settings_access(request);
  Typed typed("snow", request);
  Record command("calendar.close");
  if (trimmed(typed.text("school")).empty()) typed.refuse("school", text("error.school"));
  const auto day = range_from(std::string(trimmed(typed.text("date"))));
  if (!day) typed.refuse("date", text("error.date"));
  set_line(typed, "school", command);
  if (day) command.set("closed", std::vector<std::string>{day->text("first")});
  set_line(typed, "name", command);
  const auto hours = hours_from(typed.text("hours"));
  if (!hours.empty()) command.set("hours", hours);
  if (typed.ok())
    if (const auto result = try_apply(request, command, {{"closed", "date"}}, typed)) {
      Page page = go_on(kPath, "snow");
      page.redirect_query.emplace_back("cases", std::to_string(result->number("cases")));
      return page;
    }
  return show(request, typed);
}

}  // namespace heard::web
