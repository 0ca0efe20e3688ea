// Settings at a glance: when each school is open, what is promised, and who answers what.
#include <algorithm>

#include "web/blocks.hpp"
#include "web/calendar_words.hpp"
#include "web/pages.hpp"
#include "web/policy_words.hpp"
#include "web/settings.hpp"
#include "web/texts.hpp"

namespace heard::web {

namespace {

constexpr std::size_t kMostClosures = 4;

std::string school_names(const Request &request, const std::vector<std::string> &keys) {
  std::vector<std::string> names;
  for (const std::string &key : keys) names.push_back(school_name(request, key));
  return joined(names);
}

/// The next closures, soonest first.
std::vector<std::string> closures_to_come(const Request &request, const Record &calendar) {
  std::vector<Record> closed = calendar.records("closed");
  std::stable_sort(closed.begin(), closed.end(), [](const Record &a, const Record &b) {
    return a.text("first") < b.text("first");
  });
  std::vector<std::string> lines;
  const std::string from = today(request, "");
  for (const Record &range : closed)
    if (range.text("last", range.text("first")) >= from && lines.size() < kMostClosures)
      lines.push_back(range_words(request, range));
  return lines;
}

std::string name_of(const std::vector<Record> &calendars, const std::string &id) {
  for (const Record &row : calendars)
    if (row.text("calendar") == id) return row.text("name", id);
  return id;
}

std::vector<Cell> calendar_cells(const Request &request, const std::vector<Record> &all,
                                 const Record &row) {
  const std::string id = row.text("calendar"), parent = row.text("parent");
  Cell name{row.text("name", id), request.page(path_of({"settings", "calendars", id})), {}};
  if (!parent.empty()) name.more.push_back(text_with("calendar.follows", name_of(all, parent)));
  const std::string schools = school_names(request, row.texts("schools"));
  const std::string_view fallback = text(id == "default" ? "calendar.others" : "calendar.unused");
  return {name,
          {week_words(row), {}, {row.text("zone")}},
          {"", {}, closures_to_come(request, row)},
          {schools.empty() ? std::string(fallback) : schools}};
}

Table calendar_table(const Request &request) {
  Table table{std::string(text("settings.calendars")), "calendars"};
  const auto all = request.backend().rows("calendars", Record("filter"));
  for (const Record &row : all) table.rows.push_back(calendar_cells(request, all, row));
  return table;
}

std::vector<Cell> policy_cells(const Request &request, const Record &row) {
  const std::string id = row.text("policy");
  Cell name{row.text("name", id), request.page(path_of({"settings", "policies", id}))};
  if (!row.flag("active", true)) name.chip = chip(text("settings.inactive"), "hrd-warn");
  Cell when{"", {}, when_words(request, row)}, targets{""}, steps{""};
  if (when.more.empty()) when.more.emplace_back(text("policy.fallback"));
  for (const Record &target : row.records("targets")) targets.more.push_back(target_words(target));
  for (const Record &step : row.records("steps")) steps.more.push_back(step_words(step));
  if (steps.more.empty()) steps.more.emplace_back(text("policy.no_steps"));
  return {name, when, targets, steps};
}

Table policy_table(const Request &request) {
  Table table{std::string(text("settings.policies")), "policies"};
  for (const Record &row : request.backend().rows("policies", Record("filter")))
    table.rows.push_back(policy_cells(request, row));
  return table;
}

}  // namespace

std::string school_name(const Request &request, const std::string &key) {
  for (const Record &school : request.schools())
    if (school.text("school") == key) return school.text("name", key);
  return key;
}

Page settings_page(const Request &request) {
  check_settings_access(request);
  Blocks blocks(request, std::string(text("settings.title")), text("settings.lead"));
  if (request.is_admin()) {
    blocks.link("/settings/snow-day", text("snow.title"));
    blocks.link("/settings/calendars/new", text("calendar.new"));
    blocks.link("/settings/policies/new", text("policy.new"));
    blocks.link("/simulate", text("simulate.title"));
  }
  blocks.link("/settings/departments", text("department.title"));
  blocks.link("/settings/topics", text("topic.title"));
  blocks.link("/integrity", text("integrity.title"));
  blocks.table(calendar_table(request));
  blocks.table(policy_table(request));
  blocks.table(department_table(request));
  blocks.table(topic_table(request));
  return blocks.page();
}

}  // namespace heard::web
