#include "base/record.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/failure.hpp"
#include "base/text.hpp"

namespace heard {

namespace {

using Json = nlohmann::ordered_json;

constexpr int kMaxDepth = 64;
constexpr std::size_t kMostFields = 1000;

Record from_object(std::string kind, const Json &object, int depth);

std::string checked_text(const std::string &name, const Json &value) {
  const auto &text = value.get_ref<const std::string &>();
  if (!is_utf8(text)) throw bad_field(name, "not valid UTF-8, or contains a NUL");
  return text;
}

Record::Value list_value(const std::string &name, const Json &list, int depth) {
  const auto is_object = [](const Json &item) { return item.is_object(); };
  const auto is_string = [](const Json &item) { return item.is_string(); };
  if (!list.empty() && std::all_of(list.begin(), list.end(), is_object)) {
    std::vector<Record> records;
    for (const Json &item : list) records.push_back(from_object(name, item, depth + 1));
    return records;
  }
  if (!std::all_of(list.begin(), list.end(), is_string))
    throw bad_field(name, "a list holds either texts or objects, nothing else");
  std::vector<std::string> texts;
  for (const Json &item : list) texts.push_back(checked_text(name, item));
  return texts;
}

Record::Value value_of(const std::string &name, const Json &value, int depth) {
  if (value.is_string()) return checked_text(name, value);
  if (value.is_boolean()) return std::int64_t{value.get<bool>()};
  if (value.is_number_unsigned() && value.get<std::uint64_t>() > INT64_MAX)
    throw bad_field(name, "number is too large");
  if (value.is_number_integer()) return value.get<std::int64_t>();
  if (value.is_array()) return list_value(name, value, depth);
  if (value.is_object()) return std::vector<Record>{from_object(name, value, depth + 1)};
  throw bad_field(name, "numbers must be whole");
}

Record from_object(std::string kind, const Json &object, int depth) {
  if (depth > kMaxDepth) throw bad_field(kind, "nested deeper than 64 levels");
  if (object.size() > kMostFields) throw bad_field(kind, "has more than 1,000 fields");
  Record record(std::move(kind));
  for (const auto &[name, value] : object.items()) {
    if (!is_utf8(name)) throw bad_field("json", "a field's name contains a NUL");
    if (value.is_null()) continue;
    std::visit([&, &field = name](auto &&v) { record.set(field, std::move(v)); },
               value_of(name, value, depth));
  }
  return record;
}

Json to_object(const Record &record) {
  Json object = Json::object();
  for (const auto &[name, value] : record.fields()) {
    if (const auto *records = std::get_if<std::vector<Record>>(&value)) {
      Json list = Json::array();
      for (const Record &item : *records) list.push_back(to_object(item));
      object[name] = std::move(list);
    } else {
      std::visit(
          [&, &field = name](const auto &v) {
            if constexpr (!std::is_same_v<std::decay_t<decltype(v)>, std::vector<Record>>)
              object[field] = v;
          },
          value);
    }
  }
  return object;
}

/// Refuses text that nests deeper than a record may, before the parser recurses into it.
void check_depth(std::string_view json) {
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (quoted) {
      if (c == '\\') ++i;
      if (c == '"') quoted = false;
    } else if (c == '"') {
      quoted = true;
    } else if (c == '{' || c == '[') {
      if (++depth > 2 * kMaxDepth) throw bad_field("json", "nested deeper than 64 levels");
    } else if (c == '}' || c == ']') {
      --depth;
    }
  }
}

}  // namespace

Record::Record() = default;
Record::Record(std::string kind) : kind_(std::move(kind)) {}
Record::Record(const Record &other) = default;
Record::Record(Record &&other) noexcept = default;
Record &Record::operator=(const Record &other) = default;
Record &Record::operator=(Record &&other) noexcept = default;
Record::~Record() = default;

Record::Value &Record::slot(std::string_view name) {
  for (auto &[key, value] : fields_)
    if (key == name) return value;
  return fields_.emplace_back(std::string(name), Value{}).second;
}

const Record::Value *Record::find(std::string_view name) const {
  for (const auto &[key, value] : fields_)
    if (key == name) return &value;
  return nullptr;
}

Record &Record::set(std::string_view name, std::string_view given) {
  std::string text(given);  // it may lie in this very record, which is about to move
  slot(name) = std::move(text);
  return *this;
}
Record &Record::set(std::string_view name, std::int64_t number) {
  slot(name) = number;
  return *this;
}
Record &Record::set(std::string_view name, std::vector<std::string> texts) {
  slot(name) = std::move(texts);
  return *this;
}
Record &Record::set(std::string_view name, std::vector<Record> records) {
  slot(name) = std::move(records);
  return *this;
}

Record &Record::add(std::string_view name, std::string_view given) {
  std::string text(given);  // it may lie in this very record, which is about to move
  if (!has(name)) slot(name) = std::vector<std::string>{};
  auto *list = std::get_if<std::vector<std::string>>(&slot(name));
  if (list == nullptr) throw bad_field(name, "is not a list of texts");
  list->push_back(std::move(text));
  return *this;
}

Record &Record::add(std::string_view name, Record record) {
  if (!has(name)) slot(name) = std::vector<Record>{};
  auto *list = std::get_if<std::vector<Record>>(&slot(name));
  if (list == nullptr) throw bad_field(name, "is not a list of records");
  list->push_back(std::move(record));
  return *this;
}

void Record::erase(std::string_view name) {
  std::erase_if(fields_, [&](const auto &field) { return field.first == name; });
}

std::string Record::text(std::string_view name, std::string_view fallback) const {
  const Value *value = find(name);
  const auto *text = value ? std::get_if<std::string>(value) : nullptr;
  return text ? *text : std::string(fallback);
}

std::int64_t Record::number(std::string_view name, std::int64_t fallback) const {
  const Value *value = find(name);
  const auto *number = value ? std::get_if<std::int64_t>(value) : nullptr;
  return number ? *number : fallback;
}

std::vector<std::string> Record::texts(std::string_view name) const {
  const Value *value = find(name);
  if (value == nullptr) return {};
  if (const auto *one = std::get_if<std::string>(value)) return {*one};
  const auto *list = std::get_if<std::vector<std::string>>(value);
  return list ? *list : std::vector<std::string>{};
}

const std::vector<Record> &Record::records(std::string_view name) const {
  static const std::vector<Record> kNone;
  const Value *value = find(name);
  const auto *list = value ? std::get_if<std::vector<Record>>(value) : nullptr;
  return list ? *list : kNone;
}

bool Record::operator==(const Record &other) const { return fields_ == other.fields_; }

Record record_from_json(std::string kind, std::string_view json) {
  check_depth(json);
  if (json.find('\0') != std::string_view::npos) throw bad_field("json", "has a zero byte");
  const Json parsed = Json::parse(json, nullptr, false);
  if (parsed.is_discarded()) throw bad_field("json", "not valid JSON");
  if (!parsed.is_object())
    throw bad_field("json", "must be one object, like {\"channel\":\"phone\"}");
  return from_object(std::move(kind), parsed, 0);
}

std::string to_json(const Record &record) {
  return to_object(record).dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string json_quoted(std::string_view text) {
  return Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace heard
