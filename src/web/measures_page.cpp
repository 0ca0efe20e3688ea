// Response times by school: a table whose bars only repeat what the figures say.
#include <algorithm>

#include "web/filters.hpp"
#include "web/local_time.hpp"
#include "web/pages.hpp"
#include "web/texts.hpp"

namespace heard::web {

namespace {

constexpr std::string_view kCounts[] = {"missed", "unanswered", "cases", "contacts"};
constexpr std::string_view kDurations[] = {"median", "p90"};

std::string label_of(std::string_view name) {
  return std::string(text("measures." + std::string(name)));
}

Data column_list() {
  Data columns = make_list();
  columns.push_back(chip(label_of("in_time")));
  for (const auto name : kDurations) columns.push_back(chip(label_of(name)));
  for (const auto name : kCounts) columns.push_back(chip(label_of(name)));
  return columns;
}

Data figure(std::string_view name, std::string_view value) {
  Data data;
  put(data, "label", label_of(name));
  put(data, "value", value);
  return data;
}

Data row_data(const Record &row) {
  Data figures = make_list(), data;
  for (const auto name : kDurations) {
    const std::string field = std::string(name) + "_s";
    figures.push_back(figure(name, row.has(field) ? duration_words(row.number(field)) : "-"));
  }
  for (const auto name : kCounts) figures.push_back(figure(name, std::to_string(row.number(name))));
  const std::int64_t percent = std::clamp<std::int64_t>(row.number("in_time_percent"), 0, 100);
  const std::int64_t in_time = row.number("in_time"), due = in_time + row.number("missed");
  const bool known = row.has("in_time_percent") && due > 0;
  put(data, "name", row.text("name", row.text("school")));
  put(data, "percent", known ? std::to_string(percent) : "");
  put(data, "in_time",
      text_with("measures.in_time_of", {std::to_string(in_time), std::to_string(due)}));
  put(data, "figures", figures);
  return data;
}

}  // namespace

Page measures_page(const Request &request) {
  const std::string days = asked_period(request);
  const Millis from = period_begin(request, days);
  Record filter("filter");
  filter.set("from", from).set("to", request.now());
  Page page;
  page.title = text("measures.title");
  page.template_name = "measures";
  page.menu = "/measures";
  Data rows = make_list();
  for (const Record &row : request.backend().rows("measures", filter))
    rows.push_back(row_data(row));
  const LocalTime &local = request.time("");
  put(page.data, "caption", text_with("measures.caption", local.day_words(from, request.now())));
  put(page.data, "periods", period_tabs(request, "/measures", days, {}));
  put(page.data, "columns", column_list());
  put_list(page.data, "rows", rows);
  return page;
}

}  // namespace heard::web
