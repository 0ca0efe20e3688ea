// What somebody should look at: answers that may be none, and figures that may be too good.
#include <algorithm>
#include <map>

#include "web/filters.hpp"
#include "web/pages.hpp"
#include "web/settings.hpp"
#include "web/texts.hpp"

namespace heard::web {

namespace {

constexpr std::size_t kMostShown = 100;
const std::vector<std::string> kKinds{"closed_without_answer", "empty_answer", "late_typed_hit",
                                      "machine_answer",        "bulk_closing", "excused"};

std::vector<Cell> finding_cells(const Request &request, const Record &row) {
  const std::string school = row.text("school");
  const std::int64_t number = row.number("number");
  Cell found{text_with("case.number", std::to_string(number)),
             request.page("/cases/" + std::to_string(number))};
  if (number <= 0) found = {std::string(text("integrity.no_case"))};
  return {found,
          {row.text("says")},
          {row.has("at") ? request.when(row.number("at"), school) : ""},
          {school_name(request, school)},
          {row.text("actor")}};
}

Table kind_table(const Request &request, const std::string &kind, const std::vector<Record> &rows) {
  Table table{
      text_with("integrity.count", {word_for("integrity.kind", kind), std::to_string(rows.size())}),
      "integrity"};
  for (std::size_t i = 0; i < std::min(rows.size(), kMostShown); ++i)
    table.rows.push_back(finding_cells(request, rows[i]));
  if (rows.size() > kMostShown)
    table.caption += ' ' + text_with("entries.more", std::to_string(kMostShown));
  return table;
}

}  // namespace

Page integrity_page(const Request &request) {
  check_settings_access(request);
  const std::string days = asked_period(request), school = request.query().text("school");
  Record filter("filter");
  filter.set("from", period_begin(request, days)).set("to", request.now());
  if (!school.empty()) filter.set("school", school);
  std::map<std::string, std::vector<Record>> by_kind;
  std::vector<std::string> kinds = kKinds;
  for (const Record &row : request.backend().rows("integrity", filter)) {
    const std::string kind = row.text("kind");
    if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) kinds.push_back(kind);
    by_kind[kind].push_back(row);
  }
  Blocks blocks(request, std::string(text("integrity.title")), text("integrity.lead"));
  blocks.back_to("/settings", text("settings.title"));
  blocks.tabs(text("measures.period"),
              period_tabs(request, "/integrity", days, {{"school", school}}));
  blocks.filter(school_filter(request, "/integrity", school, {{"days", days}}));
  for (const std::string &kind : kinds) blocks.table(kind_table(request, kind, by_kind[kind]));
  return blocks.page();
}

}  // namespace heard::web
