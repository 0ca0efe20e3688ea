// Who is waiting: every family that waits for an answer, soonest due first.
#include "web/blocks.hpp"
#include "web/filters.hpp"
#include "web/pages.hpp"
#include "web/texts.hpp"

namespace heard::web {

namespace {

constexpr std::int64_t kMostRows = 200;

struct Counts {
  std::int64_t waiting = 0;
  std::int64_t late = 0;
};

Counts counts_of(const Request &request, const std::string &school) {
  Counts counts;
  for (const Record &row : request.schools()) {
    if (!school.empty() && row.text("school") != school) continue;
    counts.waiting += row.number("waiting");
    counts.late += row.number("late");
  }
  return counts;
}

Data row_chips(const Record &row) {
  Data chips = make_list();
  const std::string priority = row.text("priority");
  const std::string status = row.text("status");
  if (row.flag("late"))
    chips.push_back(chip(text("waiting.late"), "hrd-late"));
  else if (row.flag("warned"))
    chips.push_back(chip(text("waiting.soon"), "hrd-warn"));
  if (priority == "urgent" || priority == "high")
    chips.push_back(chip(word_for("priority", priority), "hrd-warn"));
  if (status == "waiting" || status == "held") chips.push_back(chip(word_for("status", status)));
  return chips;
}

std::string due_words(const Request &request, const Record &row) {
  if (row.flag("no_open_time")) return std::string(text("waiting.no_open_time"));
  if (!row.has("due_at")) return std::string(text("waiting.no_due"));
  return request.when(row.number("due_at"), row.text("school"));
}

/// "Phone, Spanish, Lincoln Elementary".
std::string how_words(const Record &row, bool with_school) {
  std::vector<std::string> parts{word_for("channel", row.text("channel"))};
  const std::string language = row.text("language");
  if (!language.empty() && language != "en") parts.push_back(word_for("language", language));
  if (with_school) parts.push_back(row.text("school_name"));
  std::erase(parts, "");
  return joined(parts);
}

Data row_data(const Request &request, const Record &row, bool with_school) {
  const std::string number = std::to_string(row.number("number"));
  const std::string name = row.text("requester_name");
  Data data;
  put(data, "row_class", row.flag("late") ? "hrd-late" : row.flag("warned") ? "hrd-warn" : "");
  put(data, "due", due_words(request, row));
  put(data, "chips", row_chips(row));
  put(data, "family", name.empty() ? text("entry.nobody") : std::string_view(name));
  put(data, "students", joined(row.texts("students")));
  put(data, "subject", row.text("subject", text_with("case.number", number)));
  put(data, "href", request.page("/cases/" + number));
  put(data, "how", how_words(row, with_school));
  put(data, "since", request.when(row.number("waiting_since"), row.text("school")));
  put(data, "assignee", row.text("assignee_name"));
  return data;
}

void put_rows(const Request &request, const std::string &school, bool late, Data &data) {
  Record filter("filter");
  filter.set("limit", kMostRows + 1);
  if (!school.empty()) filter.set("school", school);
  if (late) filter.set("late", 1);
  const bool with_school = school.empty() && request.schools().size() > 1;
  std::int64_t count = 0;
  Data list = make_list();
  for (const Record &row : request.backend().rows("waiting", filter))
    if (++count <= kMostRows) list.push_back(row_data(request, row, with_school));
  put_list(data, "rows", list);
  put(data, "more", count > kMostRows ? text_with("waiting.more", std::to_string(kMostRows)) : "");
}

}  // namespace

Page waiting_page(const Request &request) {
  const std::string school = request.query().text("school");
  const bool late = request.query().text("late") == "1";
  const Counts counts = counts_of(request, school);
  Page page;
  page.title = text("waiting.title");
  page.template_name = "waiting";
  page.menu = "/";
  put(page.data, "log_href", request.may_write() ? request.page("/log") : "");
  put(page.data, "late", late);
  put(page.data, "all_href", request.page("/waiting", {{"school", school}}));
  put(page.data, "late_href", request.page("/waiting", {{"school", school}, {"late", "1"}}));
  put(page.data, "all_count", text_with("waiting.all", std::to_string(counts.waiting)));
  put(page.data, "late_count", text_with("waiting.late_count", std::to_string(counts.late)));
  put(page.data, "empty", text(late ? "waiting.empty_late" : "waiting.empty"));
  put(page.data, "filter", school_filter(request, "/waiting", school, {{"late", late ? "1" : ""}}));
  put_rows(request, school, late, page.data);
  return page;
}

}  // namespace heard::web
