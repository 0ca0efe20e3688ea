#include "store/body.hpp"

#include <algorithm>

#include "base/failure.hpp"
#include "store/bytes.hpp"

namespace heard::store {

namespace {

Failure damaged(const char *what) {
  return {Status::corrupt, std::string("a stored body is damaged: ") + what};
}

std::string number_bytes(std::int64_t value) {
  std::string out;
  put_number(out, static_cast<std::uint64_t>(value), 8);
  return out;
}

std::int64_t number_of(std::string_view bytes, std::int64_t fallback) {
  return bytes.size() == 8 ? static_cast<std::int64_t>(get_number(bytes)) : fallback;
}

Id id_of_bytes(std::string_view bytes) {
  Id id{};
  if (bytes.size() == id.size()) std::copy(bytes.begin(), bytes.end(), id.begin());
  return id;
}

/// One item of a group, taken off `in`; nothing when malformed.
std::optional<std::pair<std::uint8_t, std::string_view>> take_item(std::string_view &in) {
  bool ok = true;
  const auto sub = static_cast<std::uint8_t>(get_number(take_bytes(in, 1, ok)));
  std::uint64_t length = get_number(take_bytes(in, 1, ok));
  if (length == 255) length = get_number(take_bytes(in, 4, ok));
  const std::string_view value = take_bytes(in, length, ok);
  if (!ok) return std::nullopt;
  return std::pair(sub, value);
}

/// The salts of a body of form 0, in order of place: one hash for each two of them.
class Salts {
 public:
  explicit Salts(std::string_view master) : in_(master) { in_ += 's'; }
  Id next() {
    if (place_ % 2 == 0) {
      in_.resize(33);
      put_number(in_, place_ / 2, 4);
      pair_ = sha256(in_);
    }
    Id salt{};
    std::copy_n(pair_.begin() + place_++ % 2 * 16, 16, salt.begin());
    return salt;
  }

 private:
  std::string in_;
  Hash pair_{};
  std::ptrdiff_t place_ = 0;
};

/// `in` is overwritten: one buffer serves all fields of a body.
Hash digest_through(std::string &in, const SaltedField &field, const Id &salt) {
  if (!field.open) return field.digest;
  in = "heardfld";
  in += view(salt);
  put_number(in, field.id, 2);
  put_number(in, field.value.size(), 4);
  in += field.value;
  return sha256(in);
}

}  // namespace

Group &Group::put(std::uint8_t sub, std::string_view value) {
  put_number(bytes_, sub, 1);
  if (value.size() < 255) {
    put_number(bytes_, value.size(), 1);
  } else {
    put_number(bytes_, 255, 1);
    put_number(bytes_, value.size(), 4);
  }
  bytes_ += value;
  return *this;
}

Group &Group::text(std::uint8_t sub, std::string_view value) {
  return value.empty() ? *this : put(sub, value);
}
Group &Group::number(std::uint8_t sub, std::int64_t value) { return put(sub, number_bytes(value)); }
Group &Group::id(std::uint8_t sub, const Id &value) { return put(sub, view(value)); }

std::vector<std::pair<std::uint8_t, std::string_view>> Group::items() const {
  std::vector<std::pair<std::uint8_t, std::string_view>> all;
  std::string_view in = bytes_;
  while (!in.empty()) {
    const auto item = take_item(in);
    if (!item) throw damaged("a group ends too early");
    all.push_back(*item);
  }
  return all;
}

std::optional<std::string_view> Group::find(std::uint8_t sub) const {
  std::string_view in = bytes_;
  while (!in.empty()) {
    const auto item = take_item(in);
    if (!item) return std::nullopt;
    if (item->first == sub) return item->second;
  }
  return std::nullopt;
}

std::string Group::text(std::uint8_t sub) const { return std::string(find(sub).value_or("")); }
std::int64_t Group::number(std::uint8_t sub, std::int64_t fallback) const {
  return number_of(find(sub).value_or(""), fallback);
}
Id Group::id(std::uint8_t sub) const { return id_of_bytes(find(sub).value_or("")); }

Group Group::decode(std::string_view bytes) {
  for (std::string_view in = bytes; !in.empty();)
    if (!take_item(in)) throw damaged("a group ends too early");
  Group group;
  group.bytes_ = bytes;
  return group;
}

FieldList &FieldList::text(std::uint16_t id, std::string_view value) {
  return value.empty() ? *this : bytes(id, value);
}
FieldList &FieldList::number(std::uint16_t id, std::int64_t value) {
  return bytes(id, number_bytes(value));
}
FieldList &FieldList::bytes(std::uint16_t id, std::string_view value) {
  fields_.push_back({id, std::string(value)});
  return *this;
}
FieldList &FieldList::group(std::uint16_t id, const Group &group) {
  return bytes(id, group.bytes());
}
FieldList &FieldList::append(FieldList other) {
  for (Field &field : other.fields_) fields_.push_back(std::move(field));
  return *this;
}
std::vector<Field> FieldList::take() && {
  std::stable_sort(fields_.begin(), fields_.end(),
                   [](const Field &a, const Field &b) { return a.id < b.id; });
  return std::move(fields_);
}

Body Body::sealed(std::vector<Field> fields) {
  Hash salt;
  fill_random(salt);
  return sealed(std::move(fields), salt);
}

Body Body::sealed(std::vector<Field> fields, const Hash &salt) {
  Body body;
  body.salt_ = view(salt);
  body.fields_.reserve(fields.size());
  for (Field &field : fields) {
    SaltedField &salted = body.fields_.emplace_back();
    salted.id = field.id;
    salted.value = std::move(field.value);
  }
  return body;
}

Body Body::decode(int form, std::string_view salt, std::string_view in) {
  if (form != 0 && form != 1) throw damaged("unknown form");
  if ((form == 0) != (salt.size() == 32) || (form == 1 && !salt.empty()))
    throw damaged("wrong salt");
  Body body;
  body.form_ = form;
  body.salt_ = salt;
  bool ok = true;
  body.fields_.reserve(16);
  while (ok && !in.empty()) {
    SaltedField &field = body.fields_.emplace_back();
    field.id = static_cast<std::uint16_t>(get_number(take_bytes(in, 2, ok)));
    if (form == 1) {
      const std::uint64_t flag = get_number(take_bytes(in, 1, ok));
      if (flag > 1) throw damaged("a field is neither open nor closed");
      field.open = flag == 1;
    }
    if (!field.open) {
      const std::string_view digest = take_bytes(in, 32, ok);
      std::copy(digest.begin(), digest.end(), field.digest.begin());
      continue;
    }
    if (form == 1) field.salt = id_of_bytes(take_bytes(in, 16, ok));
    const std::uint64_t length = get_number(take_bytes(in, 4, ok));
    field.value = take_bytes(in, length, ok);
  }
  if (!ok) throw damaged("it ends too early");
  if (!std::is_sorted(body.fields_.begin(), body.fields_.end(),
                      [](const auto &a, const auto &b) { return a.id < b.id; }))
    throw damaged("fields out of order");
  return body;
}

std::string Body::encode() const {
  std::string out;
  for (const SaltedField &field : fields_) {
    put_number(out, field.id, 2);
    if (form_ == 1) put_number(out, field.open ? 1 : 0, 1);
    if (!field.open) {
      out += view(field.digest);
      continue;
    }
    if (form_ == 1) out += view(field.salt);
    put_number(out, field.value.size(), 4);
    out += field.value;
  }
  return out;
}

Hash Body::commitment() const {
  std::string in = "heardcmt";
  std::string of_field;
  Salts salts(salt_);
  in.reserve(12 + fields_.size() * 34);
  put_number(in, fields_.size(), 4);
  for (const SaltedField &field : fields_) {
    put_number(in, field.id, 2);
    in += view(digest_through(of_field, field, form_ == 0 ? salts.next() : field.salt));
  }
  return sha256(in);
}

void Body::close(const std::vector<std::size_t> &places) {
  Salts salts(salt_);
  if (form_ == 0)
    for (SaltedField &field : fields_) field.salt = salts.next();
  std::string of_field;
  for (const std::size_t place : places) {
    SaltedField &field = fields_.at(place);
    field.digest = digest_through(of_field, field, field.salt);
    field.open = false;
    field.salt = {};
    field.value.clear();
  }
  form_ = 1;
  salt_.clear();
}

std::optional<std::string_view> Body::find(std::uint16_t id) const {
  for (const SaltedField &field : fields_)
    if (field.id == id && field.open) return field.value;
  return std::nullopt;
}

std::string Body::text(std::uint16_t id) const { return std::string(find(id).value_or("")); }
std::int64_t Body::number(std::uint16_t id, std::int64_t fallback) const {
  return number_of(find(id).value_or(""), fallback);
}
Id Body::id_of(std::uint16_t id) const { return id_of_bytes(find(id).value_or("")); }

std::vector<std::string> Body::texts(std::uint16_t id) const {
  std::vector<std::string> all;
  for (const SaltedField &field : fields_)
    if (field.id == id && field.open) all.push_back(field.value);
  return all;
}

std::vector<Id> Body::ids(std::uint16_t id) const {
  std::vector<Id> all;
  for (const std::string &bytes : texts(id)) all.push_back(id_of_bytes(bytes));
  return all;
}

std::vector<std::optional<Group>> Body::groups(std::uint16_t id) const {
  std::vector<std::optional<Group>> all;
  for (const SaltedField &field : fields_) {
    if (field.id != id) continue;
    all.emplace_back();
    if (field.open) all.back() = Group::decode(field.value);
  }
  return all;
}

std::vector<Group> Body::fact_groups(std::uint16_t id) const {
  std::vector<Group> all;
  for (const SaltedField &field : fields_) {
    if (field.id != id) continue;
    if (!field.open) throw damaged("a fact in it is closed");
    all.push_back(Group::decode(field.value));
  }
  return all;
}

bool Body::is_closed(std::uint16_t id) const {
  return std::any_of(fields_.begin(), fields_.end(),
                     [&](const SaltedField &f) { return f.id == id && !f.open; });
}

}  // namespace heard::store
