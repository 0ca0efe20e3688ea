#include "bundle/contact_rows.hpp"

#include <array>

#include "bundle/write_text.hpp"
#include "folds/codec.hpp"
#include "store/bytes.hpp"
#include "store/registry.hpp"

namespace heard::bundle {

namespace {

namespace field_id = store::field_id;
namespace sub = folds::sub;

enum class Shown { number, flag, time, text, special };

struct Column {
  std::string_view name;
  Shown shown;
  std::uint16_t field;  ///< 0: not a field of the body
  std::string_view says;
};

constexpr auto kColumns = std::to_array<Column>({
    {"seq", Shown::special, 0, "Place of the entry in the ledger; the proof goes by it."},
    {"thread", Shown::special, 0, "The case or conversation; pages in threads/ are named by it."},
    {"recorded_at", Shown::special, 0, "When it was written into the ledger (UTC)."},
    {"occurred_at", Shown::time, field_id::occurred_at, "When the contact happened (UTC)."},
    {"channel", Shown::text, field_id::channel, "email, phone, sms, meeting and so on."},
    {"direction", Shown::text, field_id::direction, "inbound: to the school; outbound: from it."},
    {"from", Shown::special, 0, "Who wrote or called, by the name of that time."},
    {"to", Shown::special, 0, "Whom it went to."},
    {"about", Shown::special, 0, "The students it is about."},
    {"subject", Shown::text, field_id::subject, "Subject as logged."},
    {"text", Shown::text, field_id::text, "Text as logged."},
    {"school", Shown::text, field_id::school, "Key of the school."},
    {"department", Shown::text, field_id::department, "Id of the department."},
    {"topic", Shown::text, field_id::topic, "Id of the topic."},
    {"moment", Shown::text, field_id::moment, "The occasion in school life."},
    {"language", Shown::text, field_id::language, "Language of the family."},
    {"delivery", Shown::text, field_id::delivery, "attempted, sent, failed or read."},
    {"human", Shown::flag, field_id::human, "1: a person wrote it; 0: a machine."},
    {"public", Shown::flag, field_id::public_, "1: the family could see it; 0: an internal note."},
    {"bulk", Shown::flag, field_id::bulk, "1: it went to many."},
    {"needs_response", Shown::flag, field_id::needs_response, "1: logged as needing an answer."},
    {"corrects", Shown::special, 0, "The entry this one corrects; both stay."},
    {"closed", Shown::special, 0,
     "Fields held back or erased; reasons are in redactions.csv and erasures.csv."},
});

/// The first open field with this id; null if there is none.
const std::string *open_value(const store::Body &body, std::uint16_t id) {
  for (const store::SaltedField &field : body.fields()) {
    if (field.id > id) return nullptr;
    if (field.id == id && field.open) return &field.value;
  }
  return nullptr;
}

std::int64_t to_number(const std::string &bytes) {
  return static_cast<std::int64_t>(store::get_number(bytes));
}

std::string special(std::string_view name, const store::Event &event, const store::Body &body) {
  std::string text;
  if (name == "seq") return std::to_string(event.seq);
  if (name == "thread") put_hex(text, view(event.thread));
  if (name == "recorded_at") put_time(text, event.wall_ms);
  if (name == "from") return sender_of(body);
  if (name == "to" || name == "about") return names_in_role(body, name);
  if (name == "corrects") return event.ref == 0 ? "" : std::to_string(event.ref);
  if (name == "closed") return closed_fields(body);
  return text;
}

/// Puts the text of one cell into `cell`, which is empty.
void fill(const Column &column, const store::Event &event, const store::Body &body,
          std::string &cell) {
  if (column.shown == Shown::special) {
    cell = special(column.name, event, body);
    return;
  }
  const std::string *value = open_value(body, column.field);
  if (value == nullptr) return;
  if (column.shown == Shown::text) {
    cell = *value;
  } else if (value->size() == 8) {
    if (column.shown == Shown::time)
      put_time(cell, to_number(*value));
    else
      cell = std::to_string(to_number(*value));
  }
}

std::string_view type_words(store::FieldType type) {
  switch (type) {
    case store::FieldType::text:
      return "text";
    case store::FieldType::number:
      return "number";
    case store::FieldType::bytes:
      return "bytes";
    case store::FieldType::group:
      break;
  }
  return "group";
}

bool is_bare_in_json(const Column &column) {
  return column.shown == Shown::flag || column.name == "seq" || column.name == "corrects";
}

}  // namespace

bool is_contact(const store::Event &event) {
  return static_cast<store::Kind>(event.kind) == store::Kind::interaction_logged;
}

std::string names_in_role(const store::Body &body, std::string_view role) {
  const auto facts = body.groups(field_id::party_fact);
  const auto personal = body.groups(field_id::party_personal);
  std::string names;
  for (std::size_t i = 0; i < facts.size() && i < personal.size(); ++i) {
    if (!facts[i] || facts[i]->text(sub::role) != role) continue;
    std::string name(kWithheld);
    if (personal[i]) name = personal[i]->text(sub::party_name);
    if (personal[i] && name.empty()) name = personal[i]->text(sub::party_key);
    if (name.empty()) continue;
    if (!names.empty()) names += ", ";
    names += name;
  }
  return names;
}

std::string sender_of(const store::Body &body) {
  std::string from = names_in_role(body, "from");
  if (!from.empty()) return from;
  if (body.text(field_id::direction) == "inbound") return names_in_role(body, "requester");
  return body.is_closed(field_id::actor_name) ? std::string(kWithheld)
                                              : body.text(field_id::actor_name);
}

std::string closed_fields(const store::Body &body) {
  std::string names;
  std::uint16_t last = 0;
  if (body.form() == 0) return names;
  for (const store::SaltedField &field : body.fields()) {
    if (field.open || field.id == last) continue;
    last = field.id;
    const store::FieldRow *row = store::field(field.id);
    if (!names.empty()) names += ' ';
    names += row ? std::string(row->name) : std::to_string(field.id);
  }
  return names;
}

std::string contact_csv_header() {
  std::string line = "\xEF\xBB\xBF";
  for (const Column &column : kColumns) {
    if (&column != &kColumns.front()) line += ',';
    line += column.name;
  }
  return line + "\r\n";
}

void put_contact_csv(std::string &out, const store::Event &event, const store::Body &body) {
  std::string cell;
  for (const Column &column : kColumns) {
    if (&column != &kColumns.front()) out += ',';
    cell.clear();
    fill(column, event, body, cell);
    put_csv(out, cell);
  }
  out += "\r\n";
}

void put_contact_json(std::string &out, const store::Event &event, const store::Body &body) {
  std::string cell;
  char before = '{';
  for (const Column &column : kColumns) {
    cell.clear();
    fill(column, event, body, cell);
    if (cell.empty()) continue;
    out += before;
    out += '"';
    out += column.name;
    out += "\":";
    if (is_bare_in_json(column))
      out += cell;
    else
      put_json(out, cell);
    before = ',';
  }
  out += "}\n";
}

std::string field_dictionary() {
  std::string text =
      "\xEF\xBB\xBF"
      "file,column,number,meaning\r\n";
  for (const Column &column : kColumns) {
    text += "communications,";
    text += column.name;
    text += ',';
    if (column.field != 0) text += std::to_string(column.field);
    text += ',';
    put_csv(text, column.says);
    text += "\r\n";
  }
  for (const store::FieldRow &row : store::fields()) {
    text += "entries,";
    text += row.name;
    text += "," + std::to_string(row.id) + ",\"";
    text += type_words(row.type);
    text += row.personal ? ", personal" : ", fact";
    text += row.repeated ? ", repeated\"\r\n" : "\"\r\n";
  }
  return text;
}

}  // namespace heard::bundle
