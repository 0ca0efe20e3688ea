#include "web/fake_audit.hpp"

namespace heard::web {

namespace {

constexpr Millis kHour = 3'600'000;
constexpr Millis kDay = 24 * kHour;
const std::string kRoot(64, 'a');

std::vector<Record> disclosure_rows(Millis now) {
  Record look("disclosure");
  look.set("seq", 812).set("at", now - 3 * kHour).set("actor", "staff:7").set("name", "Anna Berg");
  look.set("view", "timeline").set("purpose", "conference").set("basis", "school_official");
  look.set("cite", "99.31(a)(1)").set("exempt", 1).set("rows", 14);
  look.set("person", "sis:student:2041");
  Record search("disclosure");
  search.set("seq", 813)
      .set("at", now - 2 * kHour)
      .set("actor", "staff:9")
      .set("name", "Luis Ortega");
  search.set("view", "people").set("terms", "<Garcia>").set("rows", 0);
  Record emergency("disclosure");
  emergency.set("seq", 820).set("at", now - kHour).set("actor", "staff:1").set("view", "export");
  emergency.set("basis", "emergency").set("cite", "99.36").set("threat", "Missing since noon");
  emergency.add("recipients", "County sheriff").set("rows", 40).set("number", 1042);
  return {look, search, emergency};
}

std::vector<Record> erasure_rows(Millis now) {
  Record row("erasure");
  row.set("seq", 700).set("at", now - 9 * kDay).set("scope", "person");
  row.set("basis", "IDEA 300.624").set("note", "Asked in writing").set("name", "Ruth Adams");
  row.set("approver", "staff:2").set("fields", 31).set("removed", 0).set("held", 0);
  return {row};
}

std::vector<Record> hold_rows(Millis now) {
  Record row("hold");
  row.set("hold", "2026-017").set("kind", "litigation").set("scope", "case").set("number", 1042);
  row.set("reason", "Letter of counsel").set("placed_at", now - 20 * kDay).set("in_force", 1);
  row.set("placed_by_name", "Ruth Adams");
  return {row};
}

std::vector<Record> retention_rows(Millis now) {
  Record row("retention");
  row.set("schedule", "mail").set("name", "Everyday mail").set("basis", "State class 2");
  row.set("applies_to", "interactions").set("keep_days", 730).set("action", "erase");
  row.set("due", 218).set("held", 3).add("held_by", "2026-017").set("run_at", now - kDay);
  return {row};
}

std::vector<Record> checkpoint_rows(Millis now) {
  Record row("checkpoint");
  row.set("size", 1024).set("at", now - kHour).set("root", kRoot).add("anchored_by", "file");
  return {row};
}

std::vector<Record> epoch_rows(Millis now) {
  Record row("epoch");
  row.set("epoch", 2).set("at", now - 30 * kDay).set("last_size", 900).set("restored_size", 880);
  row.set("reason", "The disk broke").set("approved_by", "Board clerk");
  return {row};
}

std::vector<Record> verify_rows() {
  Record finding("row"), anchored("row"), unsigned_("row"), verdict("row");
  finding.set("row", "finding").set("seq", 17).set("says", "the body of entry 17 was changed");
  anchored.set("row", "coverage").set("from", 0).set("to", 1023).set("by", "anchored");
  unsigned_.set("row", "coverage").set("from", 1024).set("to", 1100).set("by", "unsigned");
  verdict.set("row", "verdict").set("intact", 0).set("says", "damaged: 1 finding");
  return {finding, anchored, unsigned_, verdict};
}

}  // namespace

void add_audit(std::map<std::string, std::vector<Record>, std::less<>> &views, Millis now) {
  views["disclosures"] = disclosure_rows(now);
  views["erasures"] = erasure_rows(now);
  views["holds"] = hold_rows(now);
  views["retention"] = retention_rows(now);
  views["checkpoints"] = checkpoint_rows(now);
  views["epochs"] = epoch_rows(now);
  views["verify"] = verify_rows();
}

}  // namespace heard::web
