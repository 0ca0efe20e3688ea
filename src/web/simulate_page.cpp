// What another policy or calendar would have made of the cases of a period; nothing is changed.
#include "base/failure.hpp"
#include "base/text.hpp"
#include "web/calendar_words.hpp"
#include "web/filters.hpp"
#include "web/pages.hpp"
#include "web/settings.hpp"
#include "web/texts.hpp"

namespace heard::web {

namespace {

constexpr std::size_t kMostFlips = 200;
constexpr Millis kMinute = 60'000;

Form simulate_form(const Request &request) {
  std::vector<Option> policies{{"", std::string(text("simulate.no_policy"))}};
  for (const Record &row : request.backend().rows("policies", Record("filter")))
    policies.push_back({row.text("policy"), row.text("name", row.text("policy"))});
  const std::string to = today(request, "");
  const std::string from = request.time("").field(period_begin(request, "30")).substr(0, 10);
  return {"simulate",
          "/simulate",
          {{"policy", FieldKind::select, "", std::move(policies)},
           {"policy_json", FieldKind::text, "", {}, std::string(text("hint.policy_json"))},
           {"calendar_json", FieldKind::text, "", {}, std::string(text("hint.calendar_json"))},
           {"from", FieldKind::date, from},
           {"to", FieldKind::date, to},
           {"school", FieldKind::select, "", school_options(request, "waiting.all_schools")}}};
}

/// Both days belong to the period.
void set_period(const Request &request, Typed &typed, Record &filter) {
  const LocalTime &local = request.time(typed.text("school"));
  const std::string first(trimmed(typed.text("from"))), last(trimmed(typed.text("to")));
  const auto from = local.from_field(first + "T00:00");
  const auto to = local.from_field(last + "T23:59");
  if (!from || !parse_date(first)) return typed.refuse("from", text("error.date"));
  if (!to || !parse_date(last)) return typed.refuse("to", text("error.date"));
  if (*to < *from) return typed.refuse("to", text("error.period"));
  filter.set("from", *from).set("to", *to + kMinute);
}

Record asked(const Request &request, Typed &typed) {
  Record filter("filter");
  for (const char *field : {"policy", "policy_json", "calendar_json", "school"})
    set_line(typed, field, filter);
  set_period(request, typed, filter);
  if (filter.has("policy") && filter.has("policy_json"))
    typed.refuse("policy_json", text("error.two_policies"));
  if (!filter.has("policy") && !filter.has("policy_json") && !filter.has("calendar_json"))
    typed.refuse("policy", text("error.no_policy"));
  return filter;
}

std::string share(const Record &row, const std::string &side) {
  const std::string met = std::to_string(row.number("met_" + side));
  if (!row.has("percent_" + side)) return met;
  return text_with("simulate.share", {met, std::to_string(row.number("percent_" + side))});
}

std::vector<Cell> flip_cells(const Request &request, const Record &row) {
  const std::string number = std::to_string(row.number("number"));
  const auto side = [&](const std::string &name) -> Cell {
    Cell cell{word_for("clock", row.text(name))};
    if (row.has("due_" + name))
      cell.more.push_back(
          text_with("simulate.due", request.when(row.number("due_" + name), row.text("school"))));
    return cell;
  };
  return {{text_with("case.number", number), request.page("/cases/" + number)},
          {word_for("clock", row.text("clock"))},
          side("before"),
          side("after")};
}

void add_results(const Request &request, const std::vector<Record> &rows, Blocks &blocks) {
  Table figures{std::string(text("simulate.figures")), "figures"};
  Table flips{std::string(text("simulate.flips")), "flips", {}, "simulate.no_flips"};
  std::size_t count = 0;
  for (const Record &row : rows) {
    if (row.text("row") == "figure")
      figures.rows.push_back({{word_for("clock", row.text("clock"))},
                              {std::to_string(row.number("judged"))},
                              {share(row, "before")},
                              {share(row, "after")}});
    if (row.text("row") == "flip" && ++count <= kMostFlips)
      flips.rows.push_back(flip_cells(request, row));
  }
  flips.caption = text_with("integrity.count", {flips.caption, std::to_string(count)});
  if (count > kMostFlips)
    flips.caption += ' ' + text_with("entries.more", std::to_string(kMostFlips));
  blocks.table(figures);
  blocks.table(flips);
}

}  // namespace

Page simulate_page(const Request &request) {
  if (!request.is_admin()) throw Failure(Status::denied, std::string(text("problem.settings")));
  Typed typed = request.is_post() ? Typed("simulate", request) : Typed();
  Blocks blocks(request, std::string(text("simulate.title")), text("simulate.lead"));
  blocks.back_to("/settings", text("settings.title"));
  if (request.is_post()) {
    const Record filter = asked(request, typed);
    if (typed.ok())
      if (const auto rows = try_rows(request, "simulate", filter, {}, typed))
        add_results(request, *rows, blocks);
  }
  blocks.form(simulate_form(request), typed);
  return blocks.page(typed);
}

}  // namespace heard::web
