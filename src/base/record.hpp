// A bag of named fields: what commands, views, actors and feeds are made of. JSON in and out.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace heard {

class Record {
 public:
  using Value =
      std::variant<std::int64_t, std::string, std::vector<std::string>, std::vector<Record>>;

  Record();
  explicit Record(std::string kind);
  // Out of line, as a record holds records: every caller would be twice its size.
  Record(const Record &other);
  Record(Record &&other) noexcept;
  Record &operator=(const Record &other);
  Record &operator=(Record &&other) noexcept;
  ~Record();

  const std::string &kind() const { return kind_; }
  void rename(std::string kind) { kind_ = std::move(kind); }
  const std::vector<std::pair<std::string, Value>> &fields() const { return fields_; }

  Record &set(std::string_view name, std::string_view text);
  Record &set(std::string_view name, const char *text) { return set(name, std::string_view(text)); }
  Record &set(std::string_view name, std::int64_t number);
  Record &set(std::string_view name, int number) { return set(name, std::int64_t{number}); }
  Record &set(std::string_view name, bool flag) { return set(name, std::int64_t{flag}); }
  Record &set(std::string_view name, std::vector<std::string> texts);
  Record &set(std::string_view name, std::vector<Record> records);
  /// Appends to a list, making it if absent; a field of another type is a bad_field Failure.
  Record &add(std::string_view name, std::string_view text);
  Record &add(std::string_view name, Record record);
  void erase(std::string_view name);

  const Value *find(std::string_view name) const;
  bool has(std::string_view name) const { return find(name) != nullptr; }

  /// Lenient reading: the fallback for an absent field or one of another type.
  std::string text(std::string_view name, std::string_view fallback = {}) const;
  std::int64_t number(std::string_view name, std::int64_t fallback = 0) const;
  bool flag(std::string_view name, bool fallback = false) const {
    return number(name, fallback ? 1 : 0) != 0;
  }
  /// A list of texts; one text counts as a list of one.
  std::vector<std::string> texts(std::string_view name) const;
  /// The list of records, empty if absent or of another type.
  const std::vector<Record> &records(std::string_view name) const;

  bool operator==(const Record &other) const;

 private:
  Value &slot(std::string_view name);

  std::string kind_;
  std::vector<std::pair<std::string, Value>> fields_;  // in order of first setting
};

/// From one JSON object. Throws bad_field for fractions, mixed lists, bad UTF-8 or depth over 64.
Record record_from_json(std::string kind, std::string_view json);
std::string to_json(const Record &record);
/// A JSON string literal of `text`, quotes included.
std::string json_quoted(std::string_view text);

}  // namespace heard
