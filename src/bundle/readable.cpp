#include "bundle/readable.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "bundle/contact_rows.hpp"
#include "bundle/write_text.hpp"
#include "store/bytes.hpp"
#include "store/registry.hpp"

namespace heard::bundle {

namespace {

namespace field_id = store::field_id;
using store::FieldType;

bool is_text(std::string_view bytes) {
  return is_utf8(bytes) && std::none_of(bytes.begin(), bytes.end(),
                                        [](char c) { return static_cast<unsigned char>(c) < 32; });
}

/// An item of a group: its type is known only to the code that wrote it.
std::string shown_item(std::string_view bytes) {
  if (is_text(bytes)) return std::string(bytes);
  if (bytes.size() == 8) return std::to_string(static_cast<std::int64_t>(store::get_number(bytes)));
  return to_hex(bytes);
}

std::string shown_group(std::string_view bytes) {
  std::string text;
  const store::Group group = store::Group::decode(bytes);
  for (const auto &[item, value] : group.items()) {
    if (!text.empty()) text += "; ";
    text += std::to_string(item) + "=" + shown_item(value);
  }
  return text;
}

std::string shown_value(const store::SaltedField &field) {
  const store::FieldRow *row = store::field(field.id);
  if (row == nullptr) return to_hex(field.value);
  std::string text;
  switch (row->type) {
    case FieldType::text:
      return field.value;
    case FieldType::bytes:
      return to_hex(field.value);
    case FieldType::group:
      return shown_group(field.value);
    case FieldType::number:
      break;
  }
  const auto number = static_cast<std::int64_t>(store::get_number(field.value));
  if (field.id != field_id::at) return std::to_string(number);
  put_time(text, number);
  return text;
}

void put_fields(std::string &out, const store::Body &body) {
  std::uint16_t last = 0;
  for (const store::SaltedField &field : body.fields()) {
    if (field.id == last) continue;  // all values of one stand together
    last = field.id;
    out += ",\"" + field_name(field.id) + "\":";
    put_json(out, shown_field(body, field.id));
  }
}

}  // namespace

std::string field_name(std::uint16_t field) {
  const store::FieldRow *row = store::field(field);
  return row ? std::string(row->name) : "field_" + std::to_string(field);
}

std::string shown_field(const store::Body &body, std::uint16_t id) {
  std::string text;
  for (const store::SaltedField &field : body.fields()) {
    if (field.id != id) continue;
    if (!text.empty()) text += " | ";
    text += field.open ? shown_value(field) : std::string(kWithheld);
  }
  return text;
}

void put_explanations(std::string &out, const std::vector<std::string> &texts) {
  for (const std::string &text : texts) {
    out += &text == &texts.front() ? ",\"explain\":[" : ",";
    put_json(out, text);
  }
  if (!texts.empty()) out += ']';
}

void put_readable(std::string &out, const store::Event &event,
                  const std::optional<store::Body> &body) {
  out += "{\"kind\":\"";
  out += store::to_text(static_cast<store::Kind>(event.kind));
  out += '"';
  if (body && is_contact(event)) {
    std::string contact;
    put_contact_json(contact, event, *body);
    contact.front() = ',';
    contact.pop_back();  // the line's end
    out += contact;
    return;
  }
  out += ",\"thread\":\"";
  put_hex(out, view(event.thread));
  out += "\",\"recorded_at\":\"";
  put_time(out, event.wall_ms);
  out += '"';
  if (event.ref != 0) out += ",\"ref\":" + std::to_string(event.ref);
  if (body) put_fields(out, *body);
  out += '}';
}

}  // namespace heard::bundle
