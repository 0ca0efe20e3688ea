// What an auditor looks through: who saw what, what was erased, what is held, what is over its
// time, what was signed. Holds and retention have forms for admins.
#include <algorithm>

#include "base/failure.hpp"
#include "base/text.hpp"
#include "web/audit.hpp"
#include "web/filters.hpp"
#include "web/pages.hpp"
#include "web/settings.hpp"
#include "web/texts.hpp"

namespace heard::web {

namespace {

constexpr std::int64_t kMostShown = 200;

std::string moment(const Request &request, const Record &row, std::string_view field) {
  return row.has(field) ? request.when(row.number(field), "") : std::string();
}

std::string number_of(const Record &row, std::string_view field) {
  return std::to_string(row.number(field));
}

/// Whom a row is about: a person, a case, a school, or everything.
Cell about(const Request &request, const Record &row) {
  if (!row.text("person").empty())
    return {row.text("person"), request.page(path_of({"people", row.text("person")}))};
  if (row.number("number") > 0)
    return {text_with("case.number", number_of(row, "number")),
            request.page("/cases/" + number_of(row, "number"))};
  return {row.has("school") ? school_name(request, row.text("school")) : ""};
}

std::vector<Cell> disclosure_cells(const Request &request, const Record &row) {
  Cell ground{row.text("basis"), {}, {row.text("cite")}};
  if (!row.text("purpose").empty()) ground.more.push_back(row.text("purpose"));
  if (!row.text("threat").empty()) ground.more.push_back(row.text("threat"));
  return {{moment(request, row, "at")},
          {row.text("name", row.text("actor")), {}, row.texts("recipients")},
          {word_for("audit.view", row.text("view")), {}, {row.text("terms")}},
          about(request, row),
          {number_of(row, "rows")},
          ground};
}

std::vector<Cell> erasure_cells(const Request &request, const Record &row) {
  return {{moment(request, row, "at")},
          about(request, row),
          {text_with("audit.erased", {number_of(row, "fields"), number_of(row, "removed"),
                                      number_of(row, "held")})},
          {row.text("basis"), {}, {row.text("note")}},
          {row.text("name", row.text("actor")), {}, {row.text("approver")}}};
}

std::vector<Cell> hold_cells(const Request &request, const Record &row) {
  Cell name{row.text("hold"), {}, {word_for("hold", row.text("kind"))}};
  if (row.flag("in_force")) name.chip = chip(text("audit.in_force"), "hrd-warn");
  return {name,
          about(request, row),
          {row.text("reason"), {}, {row.text("placed_by_name", row.text("placed_by"))}},
          {moment(request, row, "placed_at")},
          {moment(request, row, "released_at"), {}, {row.text("release_reason")}}};
}

std::vector<Cell> retention_cells(const Request &request, const Record &row) {
  return {{row.text("name", row.text("schedule")), {}, {row.text("basis")}},
          {word_for("retention", row.text("applies_to")),
           {},
           {text_with("audit.days", number_of(row, "keep_days"))}},
          {number_of(row, "due")},
          {number_of(row, "held"), {}, row.texts("held_by")},
          {moment(request, row, "run_at")}};
}

std::vector<Cell> checkpoint_cells(const Request &request, const Record &row) {
  return {{number_of(row, "size"), {}, {row.text("root")}},
          {moment(request, row, "at")},
          {joined(row.texts("anchored_by"))}};
}

struct List {
  AuditList list;
  std::string_view view;  ///< also names its columns
  std::vector<Cell> (*cells)(const Request &, const Record &);
  bool is_limited;
};
constexpr List kLists[] = {
    {AuditList::disclosures, "disclosures", disclosure_cells, true},
    {AuditList::erasures, "erasures", erasure_cells, true},
    {AuditList::holds, "holds", hold_cells, false},
    {AuditList::retention, "retention", retention_cells, false},
    {AuditList::checkpoints, "checkpoints", checkpoint_cells, true},
};

const List &list_of(AuditList wanted) {
  return *std::find_if(std::begin(kLists), std::end(kLists),
                       [&](const List &one) { return one.list == wanted; });
}

/// Of disclosures: the person asked for, the period, and the statutory report alone if wanted.
Record filter_of(const Request &request, const List &list) {
  Record filter("filter");
  if (list.is_limited) filter.set("limit", kMostShown + 1);
  if (list.list != AuditList::disclosures) return filter;
  filter.set("from", period_begin(request, asked_period(request)));
  if (const std::string person = request.query().text("person"); !person.empty())
    filter.set("person", person);
  if (request.query().text("statutory") == "1") filter.set("statutory", 1);
  return filter;
}

/// Whose disclosures, and whether only those of the report that a family may see.
Form looked_form(const Request &request) {
  Form form{"looked", audit_path(AuditList::disclosures), {}};
  form.quiet = true;
  form.fields = {{"person",
                  FieldKind::line,
                  request.query().text("person"),
                  {},
                  std::string(text("hint.looked.person"))},
                 yes_or_no("statutory", request.query().text("statutory") == "1")};
  return form;
}

Form hold_form(const Request &request) {
  Form form{"hold", audit_path(AuditList::holds), {}};
  std::vector<Option> kinds;
  for (const char *kind : {"litigation", "records_request", "inspection_request", "other"})
    kinds.push_back({kind, word_for("hold", kind)});
  form.fields = {{"hold", FieldKind::line, "", {}, std::string(text("hint.hold"))},
                 {"kind", FieldKind::select, "litigation", std::move(kinds)},
                 {"person", FieldKind::line, "", {}, std::string(text("hint.hold.scope"))},
                 {"case", FieldKind::line},
                 {"school", FieldKind::select, "", school_options(request, "audit.no_school")},
                 {"reason", FieldKind::line}};
  return form;
}

Form release_form(const Request &request) {
  Form form{"release", audit_path(AuditList::holds), {}};
  form.quiet = true;
  std::vector<Option> holds;
  Record in_force("filter");
  for (const Record &row : request.backend().rows("holds", in_force.set("in_force", 1)))
    holds.push_back({row.text("hold"), row.text("hold")});
  if (holds.empty()) return form;
  form.fields = {{"hold", FieldKind::select, holds.front().value, holds},
                 {"reason", FieldKind::line},
                 {"released_by", FieldKind::line}};
  return form;
}

Form retention_form() {
  Form form{"retention", audit_path(AuditList::retention), {}};
  form.quiet = true;
  return form;
}

void add_forms(const Request &request, const List &list, const Typed &typed, Blocks &blocks) {
  if (list.list == AuditList::disclosures) blocks.form(looked_form(request), typed);
  if (!request.is_admin()) return;
  if (list.list == AuditList::retention) blocks.form(retention_form(), typed);
  if (list.list != AuditList::holds) return;
  blocks.form(hold_form(request), typed);
  if (const Form release = release_form(request); !release.fields.empty())
    blocks.form(release, typed);
}

void add_filters(const Request &request, const List &list, Blocks &blocks) {
  if (list.list != AuditList::disclosures) return;
  const std::string person = request.query().text("person");
  const std::string statutory = request.query().text("statutory");
  blocks.tabs(text("measures.period"),
              period_tabs(request, audit_path(list.list), asked_period(request),
                          {{"person", person}, {"statutory", statutory}}));
}

Table table_of(const Request &request, const List &list) {
  const std::string key = audit_key(list.list);
  Table table{std::string(text(key + ".title")), list.view, {}, "table.empty"};
  std::vector<Record> rows = request.backend().rows(list.view, filter_of(request, list));
  const bool has_more = list.is_limited && std::ssize(rows) > kMostShown;
  if (has_more) rows.pop_back();
  for (const Record &row : rows) table.rows.push_back(list.cells(request, row));
  if (has_more) table.caption += ' ' + text_with("entries.more", std::to_string(kMostShown));
  return table;
}

Page show(const Request &request, AuditList wanted, const Typed &typed) {
  const List &list = list_of(wanted);
  const std::string key = audit_key(wanted);
  Blocks blocks(request, std::string(text(key + ".title")), text(key + ".lead"));
  blocks.back_to("/audit", text("audit.title"));
  add_filters(request, list, blocks);
  blocks.table(table_of(request, list));
  add_forms(request, list, typed, blocks);
  Page page = blocks.page(typed);
  page.menu = "/audit";
  return page;
}

void require_admin(const Request &request) {
  if (!request.is_admin()) throw Failure(Status::denied, std::string(text("problem.settings")));
}

/// Which of the two forms of the page was sent is told by its fields.
bool is_release(const Request &request) { return request.form().has("released_by"); }

}  // namespace

std::string audit_key(AuditList list) { return "audit." + std::string(list_of(list).view); }

std::string audit_path(AuditList list) { return "/audit/" + std::string(list_of(list).view); }

Page disclosures_page(const Request &request) {
  check_audit_access(request);
  if (!request.is_post()) return show(request, AuditList::disclosures, {});
  Typed typed("looked", request);
  if (!typed.ok()) return show(request, AuditList::disclosures, typed);
  Page page;
  page.redirect = audit_path(AuditList::disclosures);
  page.redirect_query = {{"days", "365"},
                         {"person", std::string(trimmed(typed.text("person")))},
                         {"statutory", typed.text("statutory") == "yes" ? "1" : ""}};
  return page;
}
Page erasures_page(const Request &request) {
  check_audit_access(request);
  return show(request, AuditList::erasures, {});
}
Page checkpoints_page(const Request &request) {
  check_audit_access(request);
  return show(request, AuditList::checkpoints, {});
}

Page holds_page(const Request &request) {
  check_audit_access(request);
  if (!request.is_post()) return show(request, AuditList::holds, {});
  require_admin(request);
  const bool release = is_release(request);
  Typed typed(release ? "release" : "hold", request);
  Record command(release ? "hold.release" : "hold.place");
  for (const char *field : {"hold", "kind", "person", "case", "school", "reason", "released_by"})
    set_line(typed, field, command);
  if (release) command.erase("kind");
  if (typed.ok() && try_apply(request, command, {}, typed))
    return go_on(audit_path(AuditList::holds), release ? "release" : "hold");
  return show(request, AuditList::holds, typed);
}

Page retention_page(const Request &request) {
  check_audit_access(request);
  if (!request.is_post()) return show(request, AuditList::retention, {});
  require_admin(request);
  Typed typed("retention", request);
  if (typed.ok() && try_apply(request, Record("retention.run"), {}, typed))
    return go_on(audit_path(AuditList::retention), "retention");
  return show(request, AuditList::retention, typed);
}

}  // namespace heard::web
