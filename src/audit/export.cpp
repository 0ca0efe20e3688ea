#include "audit/export.hpp"

#include <algorithm>

#include "audit/explanations.hpp"
#include "base/failure.hpp"
#include "base/text.hpp"
#include "directory/person.hpp"
#include "interactions/threads.hpp"
#include "store/ledger.hpp"
#include "views/entries.hpp"
#include "views/ledger_rows.hpp"

namespace heard::audit {

namespace {

using store::Query;

std::vector<std::int64_t> earlier_sizes(const Record &what) {
  std::vector<std::int64_t> sizes;
  for (const std::string &text : what.texts("receipts")) {
    const auto size = to_int(text);
    const std::int64_t value = size ? *size : parse_receipt(text).head.size;
    if (value < 0) throw bad_field("receipts", "a size cannot be negative");
    sizes.push_back(value);
  }
  return sizes;
}

/// The entries of the selection in order. For a person: what concerns them, and the whole course of
/// the cases they asked in or are about.
std::vector<std::int64_t> seqs_of(store::Database &database, const Selection &selection,
                                  std::int64_t size) {
  const char *sql =
      selection.what == "person"
          ? "SELECT seq FROM fold_body_person WHERE person = ?1 UNION SELECT e.seq FROM event e"
            " JOIN fold_case c ON c.id = e.thread WHERE c.requester = ?1 OR c.id IN"
            " (SELECT case_id FROM fold_case_student WHERE person = ?1) ORDER BY 1"
      : selection.what == "case" ? "SELECT seq FROM event WHERE thread = ?2 ORDER BY seq"
                                 : "SELECT seq FROM fold_interaction WHERE school = ?3 UNION SELECT"
                                   " e.seq FROM event e JOIN fold_case c ON c.id = e.thread"
                                   " WHERE c.school = ?3 ORDER BY 1";
  std::vector<std::int64_t> seqs;
  if (selection.what == "all") {
    for (std::int64_t seq = 0; seq < size; ++seq) seqs.push_back(seq);
    return seqs;
  }
  Query rows(database, sql);
  if (selection.what == "person") rows.bind(1, selection.person);
  if (selection.what == "case") rows.bind(2, selection.case_id);
  if (selection.what == "school") rows.bind(3, selection.name);
  while (rows.step())
    if (rows.number(0) < size) seqs.push_back(rows.number(0));
  return seqs;
}

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

Record header(store::Database &database, const Selection &selection, Millis now,
              const store::TreeHead &head) {
  store::Ledger ledger(database);
  Record row("header");
  row.set("format", "heard-export/1").set("ledger", hex(ledger.id()));
  row.set("size", head.size).set("root", hex(head.root)).set("made_at", now);
  row.set("what", selection.what + (selection.name.empty() ? "" : " " + selection.name));
  for (const std::int64_t size : selection.earlier_sizes) {
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

Selection selection_from(store::Database &database, const Record &what) {
  Selection selection;
  selection.earlier_sizes = earlier_sizes(what);
  int named = 0;
  for (const auto kind : {"person", "case", "school", "all"}) {
    if (!what.has(kind)) continue;
    ++named;
    selection.what = kind;
    selection.name = what.text(kind);
  }
  for (const auto &[field, value] : what.fields())
    if (field != "person" && field != "case" && field != "school" && field != "all" &&
        field != "receipts")
      throw Failure(Status::unknown_name, "'" + field + "' is not known to an export",
                    {{"name", field}, {"field", field}});
  if (named != 1) throw bad_field("person", "name exactly one of person, case, school and all");
  if (selection.what == "person") {
    const auto person = directory::find_person(database, selection.name);
    if (!person)
      throw Failure(Status::not_found, "nobody is known as '" + selection.name + "'",
                    {{"field", "person"}});
    selection.person = person->id;
  }
  if (selection.what == "case")
    selection.case_id = interactions::case_by_name(database, selection.name);
  return selection;
}

Selected selected(store::Database &database, const Selection &selection) {
  store::Ledger ledger(database);
  Selected found{seqs_of(database, selection, ledger.head().size), {}};
  if (selection.what != "person" && selection.what != "case") return found;
  for (const std::int64_t seq : found.seqs)
    if (const auto body = ledger.body(seq)) views::add_family(*body, found.people);
  return found;
}

void write_export(store::Database &database, const Selection &selection, Millis now,
                  const Sink &sink) {
  store::Ledger ledger(database);
  const store::TreeHead head = ledger.head();
  sink(to_json(header(database, selection, now, head)) + "\n");
  store::TileNodes nodes(database);
  Explanations explanations(database);
  const views::Reader reader{&database, {}, now, {}, {}};
  const std::vector<std::int64_t> seqs = seqs_of(database, selection, head.size);
  for (const std::int64_t seq : seqs) {
    const auto event = ledger.event(seq);
    if (!event) throw Failure(Status::corrupt, "the ledger is damaged; run 'heard verify'");
    const auto body = ledger.body(seq);
    Record row = views::ledger_row(*event);
    row.set("version", static_cast<int>(event->version));
    row.set("proof", views::hex_list(store::inclusion_proof(nodes, seq, head.size)));
    if (body) row.set("body", std::vector<Record>{body_record(*body)});
    if (auto read = readable(reader, explanations, *event, body))
      row.set("read", std::vector<Record>{std::move(*read)});
    sink(to_json(row) + "\n");
  }
  sink(to_json(Record("end").set("entries", static_cast<std::int64_t>(seqs.size()))) + "\n");
}

}  // namespace heard::audit
