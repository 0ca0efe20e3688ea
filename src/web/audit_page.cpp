// The auditor's page: is the record whole, who vouches for it, and where to look further.
#include <algorithm>

#include "base/failure.hpp"
#include "web/audit.hpp"
#include "web/pages.hpp"
#include "web/settings.hpp"
#include "web/texts.hpp"

namespace heard::web {

namespace {

constexpr std::size_t kMostFindings = 50;

Form check_form() { return {"audit_check", "/audit/check", {}}; }

Form checkpoint_form() {
  Form form{"audit_checkpoint", "/audit/checkpoint", {}};
  form.quiet = true;
  return form;
}

Table checkpoint_table(const Request &request) {
  Table table{std::string(text("audit.checkpoints")), "checkpoints", {}, "audit.no_checkpoints"};
  Record newest("filter");
  for (const Record &row : request.backend().rows("checkpoints", newest.set("newest", 1)))
    table.rows.push_back({{std::to_string(row.number("size")), {}, {row.text("root")}},
                          {request.when(row.number("at"), "")},
                          {joined(row.texts("anchored_by"))}});
  return table;
}

Table epoch_table(const Request &request) {
  Table table{std::string(text("audit.epochs")), "epochs", {}, "audit.no_epochs"};
  for (const Record &row : request.backend().rows("epochs", Record("filter")))
    table.rows.push_back({{std::to_string(row.number("epoch"))},
                          {request.when(row.number("at"), "")},
                          {text_with("audit.gap", {std::to_string(row.number("restored_size")),
                                                   std::to_string(row.number("last_size"))})},
                          {row.text("reason"), {}, {row.text("approved_by")}}});
  return table;
}

/// What the check said, worst first.
void add_verdict(const Request &request, Blocks &blocks) {
  Table findings{std::string(text("audit.findings")), "findings", {}, "audit.no_findings"};
  Table coverage{std::string(text("audit.coverage")), "coverage"};
  std::size_t count = 0;
  for (const Record &row : request.backend().verify(Record("what"))) {
    const std::string kind = row.text("row");
    if (kind == "verdict") blocks.said(row.text("says"));
    if (kind == "finding" && ++count <= kMostFindings)
      findings.rows.push_back(
          {{row.has("seq") ? std::to_string(row.number("seq")) : std::string("–")},
           {row.text("says")}});
    if (kind == "coverage")
      coverage.rows.push_back({{text_with("audit.range", {std::to_string(row.number("from")),
                                                          std::to_string(row.number("to"))})},
                               {word_for("coverage", row.text("by"))},
                               {row.text("says")}});
  }
  if (count > kMostFindings)
    findings.caption += ' ' + text_with("entries.more", std::to_string(kMostFindings));
  blocks.table(findings);
  blocks.table(coverage);
}

Blocks overview(const Request &request) {
  Blocks blocks(request, std::string(text("audit.title")), text("audit.lead"));
  blocks.link("/audit/export", text("audit.export.title"));
  for (const AuditList list : {AuditList::disclosures, AuditList::erasures, AuditList::holds,
                               AuditList::retention, AuditList::checkpoints})
    blocks.link(audit_path(list), text(audit_key(list) + ".title"));
  blocks.link("/integrity", text("integrity.title"));
  return blocks;
}

}  // namespace

void check_audit_access(const Request &request) {
  if (!request.may_see_settings())
    throw Failure(Status::denied, std::string(text("problem.audit")));
}

Page audit_page(const Request &request) {
  check_audit_access(request);
  Blocks blocks = overview(request);
  blocks.form(check_form(), {});
  blocks.table(checkpoint_table(request));
  blocks.form(checkpoint_form(), {});
  blocks.table(epoch_table(request));
  Page page = blocks.page();
  page.menu = "/audit";
  return page;
}

Page audit_check_page(const Request &request) {
  check_audit_access(request);
  Blocks blocks = overview(request);
  blocks.back_to("/audit", text("audit.title"));
  add_verdict(request, blocks);
  Page page = blocks.page();
  page.menu = "/audit";
  return page;
}

Page audit_checkpoint_action(const Request &request) {
  check_audit_access(request);
  Typed typed("audit_checkpoint", request);
  if (typed.ok() && try_apply(request, Record("checkpoint.make"), {}, typed))
    return go_on("/audit", "checkpoint");
  Blocks blocks = overview(request);
  blocks.back_to("/audit", text("audit.title"));
  blocks.form(checkpoint_form(), typed);
  return blocks.page(typed);
}

}  // namespace heard::web
