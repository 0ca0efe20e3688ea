// Making an export, step by step: what goes into it, what is held back and why, a look at what that
// hides, and the file.
#include <algorithm>

#include "base/failure.hpp"
#include "base/text.hpp"
#include "web/audit.hpp"
#include "web/calendar_words.hpp"
#include "web/filters.hpp"
#include "web/pages.hpp"
#include "web/settings.hpp"
#include "web/texts.hpp"

namespace heard::web {

namespace {

constexpr const char *kPath = "/audit/export";
constexpr const char *kFilePath = "/audit/export/file";
constexpr std::size_t kMostBytes = std::size_t{64} << 20;
constexpr Millis kMinute = 60'000;

/// What can be held back with one click; anything finer is asked for with `heard export`.
constexpr std::string_view kHidden[] = {"text", "subject", "names", "note"};

std::vector<Field> wizard_fields(const Request &request) {
  std::vector<Option> hidden;
  for (const std::string_view field : kHidden)
    hidden.push_back({std::string(field), std::string(text("redact." + std::string(field)))});
  return {{"person",
           FieldKind::line,
           request.query().text("person"),
           {},
           std::string(text("hint.audit_export.person"))},
          {"case", FieldKind::line, request.query().text("case")},
          {"school", FieldKind::select, "", school_options(request, "audit.export.all")},
          {"from", FieldKind::date},
          {"to", FieldKind::date},
          {"recipient", FieldKind::line},
          {"hide", FieldKind::checks, "", std::move(hidden)},
          {"whose", FieldKind::line, "", {}, std::string(text("hint.audit_export.whose"))},
          {"reason", FieldKind::line, "", {}, std::string(text("hint.audit_export.reason"))},
          {"statute", FieldKind::line}};
}

Form wizard(const Request &request) { return {"audit_export", kPath, wizard_fields(request)}; }

/// The second step carries what was typed in the first.
Form file_form(const Typed &typed) {
  Form form{"audit_file", kFilePath, {}};
  form.downloads = true;
  for (const char *field :
       {"person", "case", "school", "from", "to", "recipient", "whose", "reason", "statute"})
    form.fields.push_back({field, FieldKind::hidden, typed.text(field)});
  int number = 0;
  for (const std::string &hidden : typed.chosen("hide"))
    form.fields.push_back({"hide_" + std::to_string(++number), FieldKind::hidden, hidden});
  return form;
}

/// Both days belong to the period; either may be left open.
void set_period(const Request &request, Typed &typed, Record &what) {
  const LocalTime &local = request.time(typed.text("school"));
  for (const char *end : {"from", "to"}) {
    const std::string day(trimmed(typed.text(end)));
    if (day.empty()) continue;
    const bool is_last = end == std::string_view("to");
    const auto at =
        parse_date(day) ? local.from_field(day + (is_last ? "T23:59" : "T00:00")) : std::nullopt;
    if (!at) typed.refuse(end, text("error.date"));
    if (at) what.set(end, *at + (is_last ? kMinute : 0));
  }
}

void set_redaction(const Request &request, Typed &typed, Record &what) {
  const std::vector<std::string> hidden = typed.chosen("hide");
  if (hidden.empty()) return;
  Record rule("redact");
  rule.set("fields", hidden).set("reviewer", request.actor().text("id"));
  if (trimmed(typed.text("reason")).empty()) typed.refuse("reason", text("error.redact_reason"));
  for (const char *field : {"reason", "statute"}) set_line(typed, field, rule);
  if (const std::string whose(trimmed(typed.text("whose"))); !whose.empty())
    rule.set("person", whose);
  what.set("redact", std::vector<Record>{std::move(rule)});
}

Record asked(const Request &request, Typed &typed) {
  Record what("what");
  int named = 0;
  for (const char *field : {"person", "case", "school"}) {
    if (trimmed(typed.text(field)).empty()) continue;
    set_line(typed, field, what);
    if (++named > 1) typed.refuse(field, text("error.one_part"));
  }
  if (named == 0) what.set("all", 1);
  set_line(typed, "recipient", what);
  set_period(request, typed, what);
  set_redaction(request, typed, what);
  return what.set("format", "bundle");
}

/// "1,204 entries; 17 fields of 12 entries are held back."
std::string preview(const Request &request, Record what) {
  const std::string told = request.backend().export_bytes(what.set("preview", 1), kMostBytes);
  const Record counts = record_from_json("preview", told);
  return text_with("audit.export.preview", {std::to_string(counts.number("entries")),
                                            std::to_string(counts.number("fields_hidden")),
                                            std::to_string(counts.number("entries_hidden"))});
}

Page show(const Request &request, const Typed &typed, const std::string &said) {
  Blocks blocks(request, std::string(text("audit.export.title")), text("audit.export.lead"));
  blocks.back_to("/audit", text("audit.title"));
  if (!said.empty()) {
    blocks.said(said);
    blocks.form(file_form(typed), {});
  }
  blocks.form(wizard(request), typed);
  Page page = blocks.page(typed);
  page.menu = "/audit";
  return page;
}

/// Says at the wizard what the sender can mend.
template <class Work>
bool tried(Typed &typed, Work &&work) {
  try {
    work();
    return true;
  } catch (const Failure &failure) {
    refuse(failure, {{"redact", "whose"}}, typed);
    return false;
  }
}

}  // namespace

Page export_page(const Request &request) {
  check_audit_access(request);
  if (!request.is_post()) return show(request, {}, {});
  Typed typed("audit_export", request);
  const Record what = asked(request, typed);
  std::string said;
  if (typed.ok()) tried(typed, [&] { said = preview(request, what); });
  return show(request, typed, said);
}

Page export_file(const Request &request) {
  check_audit_access(request);
  Typed typed("audit_export", request);
  const Record what = asked(request, typed);
  Page page;
  const auto write = [&] {
    page.file = {"heard-export.zip", "application/zip",
                 request.backend().export_bytes(what, kMostBytes)};
  };
  if (typed.ok() && tried(typed, write)) return page;
  return show(request, typed, {});
}

}  // namespace heard::web
