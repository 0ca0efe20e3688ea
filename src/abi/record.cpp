// Records: a bag of named fields, from and to JSON.
#include "abi/guard.hpp"

using heard::Record;
using heard::abi::bytes_argument;
using heard::abi::guard;
using heard::abi::require;
using heard::abi::text_argument;

namespace {

template <class Change>
int32_t change(heard_record *record, const char *name, heard_error **err, Change &&change) {
  return guard(err, [&] {
    require(record, "record");
    const std::string_view field = text_argument(name, "name");
    if (field.empty()) throw heard::bad_field("name", "is empty");
    change(record->record, field);
    record->forget();
    return HEARD_OK;
  });
}

const Record::Value *find(const heard_record *record, const char *name) {
  return record && name ? record->record.find(name) : nullptr;
}

/// A text value is checked under the name of its field, so that the error says which one.
std::string_view value_argument(const char *value, std::string_view field) {
  return text_argument(value, std::string(field).c_str());
}

}  // namespace

int32_t heard_record_create(const char *kind, heard_record **out, heard_error **err) {
  if (out) *out = nullptr;
  return guard(err, [&] {
    require(out, "out");
    *out = new heard_record{Record(std::string(text_argument(kind, "kind"))), {}, {}};
    return HEARD_OK;
  });
}

void heard_record_destroy(heard_record *record) { delete record; }

int32_t heard_record_from_json(const char *kind, const char *json, int64_t length,
                               heard_record **out, heard_error **err) {
  if (out) *out = nullptr;
  return guard(err, [&] {
    require(out, "out");
    require(json, "json");
    const std::string_view text =
        length == -1 ? std::string_view(json) : bytes_argument(json, length, "json");
    const std::string_view name = text_argument(kind, "kind");
    *out = new heard_record{heard::record_from_json(std::string(name), text), {}, {}};
    return HEARD_OK;
  });
}

const char *heard_record_json(const heard_record *record) {
  if (record == nullptr) return nullptr;
  const int32_t status = guard(nullptr, [&] {
    if (record->json.empty()) record->json = heard::to_json(record->record);
    return HEARD_OK;
  });
  return status == HEARD_OK ? record->json.c_str() : nullptr;
}

int32_t heard_record_set_text(heard_record *record, const char *name, const char *value,
                              heard_error **err) {
  return change(record, name, err, [&](Record &r, std::string_view field) {
    r.set(field, value_argument(value, field));
  });
}

int32_t heard_record_set_int(heard_record *record, const char *name, int64_t value,
                             heard_error **err) {
  return change(record, name, err, [&](Record &r, std::string_view field) { r.set(field, value); });
}

int32_t heard_record_add_text(heard_record *record, const char *name, const char *value,
                              heard_error **err) {
  return change(record, name, err, [&](Record &r, std::string_view field) {
    r.add(field, value_argument(value, field));
  });
}

int32_t heard_record_add_record(heard_record *record, const char *name, const heard_record *value,
                                heard_error **err) {
  return change(record, name, err, [&](Record &r, std::string_view field) {
    require(value, "value");
    Record copy = value->record;
    r.add(field, std::move(copy));
  });
}

int64_t heard_record_count(const heard_record *record, const char *name) {
  const Record::Value *value = find(record, name);
  if (value == nullptr) return 0;
  if (const auto *texts = std::get_if<std::vector<std::string>>(value))
    return static_cast<int64_t>(texts->size());
  if (const auto *records = std::get_if<std::vector<Record>>(value))
    return static_cast<int64_t>(records->size());
  return 1;
}

const char *heard_record_text(const heard_record *record, const char *name) {
  const Record::Value *value = find(record, name);
  const auto *text = value ? std::get_if<std::string>(value) : nullptr;
  return text ? text->c_str() : nullptr;
}

int64_t heard_record_int(const heard_record *record, const char *name, int64_t fallback) {
  const Record::Value *value = find(record, name);
  const auto *number = value ? std::get_if<std::int64_t>(value) : nullptr;
  return number ? *number : fallback;
}

const char *heard_record_text_at(const heard_record *record, const char *name, int64_t index) {
  const Record::Value *value = find(record, name);
  if (value == nullptr || index < 0) return nullptr;
  const auto *text = std::get_if<std::string>(value);
  if (text) return index == 0 ? text->c_str() : nullptr;
  const auto *texts = std::get_if<std::vector<std::string>>(value);
  if (texts == nullptr || static_cast<std::size_t>(index) >= texts->size()) return nullptr;
  return (*texts)[static_cast<std::size_t>(index)].c_str();
}

const heard_record *heard_record_record_at(const heard_record *record, const char *name,
                                           int64_t index) {
  const Record::Value *value = find(record, name);
  const auto *records = value ? std::get_if<std::vector<Record>>(value) : nullptr;
  if (records == nullptr || index < 0 || static_cast<std::size_t>(index) >= records->size())
    return nullptr;
  const heard_record *item = nullptr;
  guard(nullptr, [&] {
    auto &made = record->items[{name, index}];
    if (!made) made.reset(new heard_record{(*records)[static_cast<std::size_t>(index)], {}, {}});
    item = made.get();
    return HEARD_OK;
  });
  return item;
}
