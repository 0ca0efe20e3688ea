#include "views/entries.hpp"

#include "directory/person.hpp"
#include "folds/codec.hpp"
#include "store/ledger.hpp"

namespace heard::views {

namespace {

namespace field_id = store::field_id;

constexpr Millis kLateTyped = Millis{24} * 3600 * 1000;

std::string name_of(const std::optional<store::Group> &personal) {
  if (!personal) return "";
  const std::string name = personal->text(folds::sub::party_name);
  return name.empty() ? personal->text(folds::sub::party_key) : name;
}

/// Names of the parties with one role, joined.
std::string names_in_role(const store::Body &body, std::string_view role) {
  const auto facts = body.groups(field_id::party_fact);
  const auto personal = body.groups(field_id::party_personal);
  std::string names;
  for (std::size_t i = 0; i < facts.size() && i < personal.size(); ++i) {
    if (!facts[i] || facts[i]->text(folds::sub::role) != role) continue;
    const std::string name = name_of(personal[i]);
    if (name.empty()) continue;
    names += (names.empty() ? "" : ", ") + name;
  }
  return names;
}

std::string sender(const store::Body &body) {
  const std::string from = names_in_role(body, "from");
  if (!from.empty()) return from;
  return body.text(field_id::direction) == "inbound" ? names_in_role(body, "requester")
                                                     : body.text(field_id::actor_name);
}

bool has_closed_field(const store::Body &body) {
  for (const store::SaltedField &field : body.fields())
    if (!field.open) return true;
  return false;
}

void put_case(const Reader &reader, std::int64_t seq, Record &row) {
  store::Query found(reader.db(),
                     "SELECT c.id, c.number FROM fold_interaction i JOIN fold_case c"
                     " ON c.id = i.case_id WHERE i.seq = ?1");
  found.bind(1, seq);
  if (found.step()) row.set("case", hex(found.id(0))).set("number", found.number(1));
}

/// As it was logged, or as somebody marked the contact later.
bool needs_response_now(const Reader &reader, std::int64_t seq) {
  store::Query row(reader.db(), "SELECT needs_response FROM fold_interaction WHERE seq = ?1");
  row.bind(1, seq);
  return row.step() && row.number(0) != 0;
}

}  // namespace

void put_later(const Reader &reader, std::int64_t seq, Record &row) {
  store::Query erased(reader.db(), "SELECT MAX(by_seq) FROM fold_erased WHERE seq = ?1");
  erased.bind(1, seq);
  if (erased.step() && !erased.is_null(0)) row.set("erased_by", erased.number(0));
  store::Query corrected(reader.db(), "SELECT MAX(seq) FROM fold_interaction WHERE corrects = ?1");
  corrected.bind(1, seq);
  if (corrected.step() && !corrected.is_null(0)) row.set("corrected_by", corrected.number(0));
}

Record entry_row(const Reader &reader, const store::Event &event,
                 const std::optional<store::Body> &body) {
  Record row("entry");
  row.set("seq", event.seq);
  put_case(reader, event.seq, row);
  row.set("recorded_at", event.wall_ms);
  if (event.ref != 0) row.set("corrects", event.ref);
  put_later(reader, event.seq, row);
  if (!body) return row.set("erased", 1);
  const Millis occurred_at = body->number(field_id::occurred_at);
  row.set("occurred_at", occurred_at);
  row.set("late_typed", event.wall_ms - occurred_at > kLateTyped);
  row.set("channel", body->text(field_id::channel));
  row.set("direction", body->text(field_id::direction));
  row.set("from_name", sender(*body)).set("to_name", names_in_role(*body, "to"));
  row.set("about_name", names_in_role(*body, "about"));
  row.set("subject", body->text(field_id::subject)).set("text", body->text(field_id::text));
  row.set("topic", body->text(field_id::topic));
  row.set("human", body->number(field_id::human)).set("public", body->number(field_id::public_));
  row.set("bulk", body->number(field_id::bulk));
  row.set("delivery", body->text(field_id::delivery));
  row.set("needs_response", needs_response_now(reader, event.seq));
  row.set("erased", has_closed_field(*body));
  return row;
}

void Families::add(const store::Body &body) {
  for (const store::Group &party : body.fact_groups(field_id::party_fact)) {
    const Id id = party.id(folds::sub::person);
    if (party.number(folds::sub::is_staff) == 0 && known_.insert(id).second) people_.push_back(id);
  }
}

ShownEntries entry_rows(const Reader &reader, const std::vector<std::int64_t> &seqs) {
  store::Ledger ledger(reader.db());
  ShownEntries shown;
  Families families;
  for (const std::int64_t seq : seqs) {
    const auto event = ledger.event(seq);
    if (!event) continue;
    const auto body = ledger.body(seq);
    shown.rows.push_back(entry_row(reader, *event, body));
    if (body) families.add(*body);
  }
  shown.people = std::move(families).take();
  return shown;
}

}  // namespace heard::views
