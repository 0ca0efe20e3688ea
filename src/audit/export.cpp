#include "audit/export.hpp"

#include "audit/explanations.hpp"
#include "base/failure.hpp"
#include "base/text.hpp"
#include "store/ledger.hpp"
#include "views/entries.hpp"
#include "views/ledger_rows.hpp"

namespace heard::audit {

namespace {

Record body_record(const store::Body &body) {
  Record record("body");
  std::vector<Record> fields;
  for (const store::SaltedField &field : body.fields()) {
    Record &row = fields.emplace_back("field");
    const store::FieldRow *known = store::field(field.id);
    row.set("id", static_cast<int>(field.id)).set("name", known ? known->name : "");
    if (field.open)
      row.set("salt", hex(field.salt)).set("value", to_hex(field.value));
    else
      row.set("digest", hex(field.digest));
  }
  return record.set("fields", std::move(fields));
}

/// Nothing in it says by name whose entries these are: a name may be among what is hidden.
std::string part_text(const Lines &lines) {
  const Selection &selection = lines.selection;
  std::string text = selection.is_whole() || selection.what != "all" ? selection.what : "period";
  const bool is_told = !selection.name.empty() && lines.redaction.rules().empty();
  return is_told ? text + " " + selection.name : text;
}

Record header(store::Database &database, const Lines &lines) {
  store::Ledger ledger(database);
  const store::TreeHead &head = lines.head;
  Record row("header");
  row.set("format", "heard-export/1").set("ledger", hex(ledger.id()));
  row.set("size", head.size).set("root", hex(head.root)).set("made_at", lines.now);
  row.set("what", part_text(lines));
  for (const std::int64_t size : lines.selection.earlier_sizes) {
    if (size > head.size) continue;
    Record proof("consistency");
    proof.set("size", size).set("root", hex(ledger.root_at(size)));
    proof.set("proof", views::hex_list(ledger.consistency(size, head.size)));
    row.add("consistency", std::move(proof));
  }
  return row;
}

/// The entry decoded for people: a contact, or why the clocks of a case stood as they did.
std::optional<Record> readable(const views::Reader &reader, Explanations &explanations,
                               const store::Event &event, const std::optional<store::Body> &body) {
  if (static_cast<store::Kind>(event.kind) == store::Kind::interaction_logged)
    return views::entry_row(reader, event, body);
  std::vector<std::string> texts;
  if (body) texts = explanations.of(event, *body);
  if (texts.empty()) return std::nullopt;
  return Record("entry").set("explain", std::move(texts));
}

}  // namespace

void write_export(store::Database &database, const Lines &lines, const Sink &sink) {
  store::Ledger ledger(database);
  sink(to_json(header(database, lines)) + "\n");
  store::TileNodes nodes(database);
  Explanations explanations(database);
  const views::Reader reader{&database, {}, lines.now, {}, {}};
  const std::vector<std::int64_t> seqs = seqs_of(database, lines.selection, lines.head.size);
  for (const std::int64_t seq : seqs) {
    const auto event = ledger.event(seq);
    if (!event) throw Failure(Status::corrupt, "the ledger is damaged; run 'heard verify'");
    auto body = ledger.body(seq);
    if (body) lines.redaction.apply(*event, *body);
    Record row = views::ledger_row(*event);
    row.set("version", static_cast<int>(event->version));
    row.set("proof", views::hex_list(store::inclusion_proof(nodes, seq, lines.head.size)));
    if (body) row.set("body", std::vector<Record>{body_record(*body)});
    if (auto read = readable(reader, explanations, *event, body))
      row.set("read", std::vector<Record>{std::move(*read)});
    sink(to_json(row) + "\n");
  }
  sink(to_json(Record("end").set("entries", static_cast<std::int64_t>(seqs.size()))) + "\n");
}

}  // namespace heard::audit
