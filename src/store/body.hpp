// The erasable part of an event: fields with a salted commitment each (FORMAT.md, "Body").
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.hpp"

namespace heard::store {

struct Field {
  std::uint16_t id;
  std::string value;
};

/// Items of a group value: (sub-id, bytes).
class Group {
 public:
  Group &text(std::uint8_t sub, std::string_view value);  ///< "" is left out
  Group &number(std::uint8_t sub, std::int64_t value);
  Group &id(std::uint8_t sub, const Id &value);

  std::string text(std::uint8_t sub) const;
  std::int64_t number(std::uint8_t sub, std::int64_t fallback = 0) const;
  bool has(std::uint8_t sub) const { return find(sub).has_value(); }
  Id id(std::uint8_t sub) const;

  const std::string &bytes() const { return bytes_; }
  /// Throws Failure(corrupt) if `bytes` is not a well-formed group.
  static Group decode(std::string_view bytes);
  /// Sub-ids and values in order, for people who read the export.
  std::vector<std::pair<std::uint8_t, std::string_view>> items() const;

 private:
  std::optional<std::string_view> find(std::uint8_t sub) const;
  Group &put(std::uint8_t sub, std::string_view value);
  std::string bytes_;
};

/// Collects fields in any order; `take` gives them in order of id.
class FieldList {
 public:
  FieldList &text(std::uint16_t id, std::string_view value);  ///< "" is left out
  FieldList &number(std::uint16_t id, std::int64_t value);
  FieldList &bytes(std::uint16_t id, std::string_view value);
  FieldList &group(std::uint16_t id, const Group &group);
  FieldList &append(FieldList other);
  std::vector<Field> take() &&;

 private:
  std::vector<Field> fields_;
};

/// A field as it is stored: open (value, and in form 1 its salt) or closed (digest only).
struct SaltedField {
  std::uint16_t id = 0;
  bool open = true;
  Id salt{};  ///< of form 1; those of form 0 follow from the body's
  std::string value;
  Hash digest{};
};

/// One body, in either form.
class Body {
 public:
  /// A fresh body of form 0 with a random master salt.
  static Body sealed(std::vector<Field> fields);
  /// The same with a master salt that was drawn already.
  static Body sealed(std::vector<Field> fields, const Hash &salt);
  /// From its columns. Throws Failure(corrupt).
  static Body decode(int form, std::string_view salt, std::string_view fields);

  int form() const { return form_; }
  std::string_view salt() const { return salt_; }
  std::string encode() const;
  Hash commitment() const;

  const std::vector<SaltedField> &fields() const { return fields_; }
  /// Closes the field at each place; the body becomes form 1, its commitment stays.
  void close(const std::vector<std::size_t> &places);

  std::string text(std::uint16_t id) const;
  std::int64_t number(std::uint16_t id, std::int64_t fallback = 0) const;
  bool has(std::uint16_t id) const { return find(id).has_value(); }
  Id id_of(std::uint16_t id) const;
  std::vector<std::string> texts(std::uint16_t id) const;
  std::vector<Id> ids(std::uint16_t id) const;
  /// Every group field with this id, by place; nothing where it is closed.
  std::vector<std::optional<Group>> groups(std::uint16_t id) const;
  /// The same for facts, which are never closed. Throws Failure(corrupt) when one is.
  std::vector<Group> fact_groups(std::uint16_t id) const;
  /// True if a field with this id is there but closed.
  bool is_closed(std::uint16_t id) const;

 private:
  std::optional<std::string_view> find(std::uint16_t id) const;

  int form_ = 0;
  std::string salt_;
  std::vector<SaltedField> fields_;
};

}  // namespace heard::store
