#include "folds/definition_bytes.hpp"

#include "store/registry.hpp"

namespace heard::folds {

std::string definition_bytes(const store::Body &body) {
  store::FieldList kept;
  for (const store::SaltedField &field : body.fields())
    if (field.id >= store::field_id::policy_id) kept.bytes(field.id, field.value);
  std::string out;
  for (const store::Field &field : std::move(kept).take()) {
    const std::uint16_t id = field.id;
    const auto size = static_cast<std::uint32_t>(field.value.size());
    out += static_cast<char>(id >> 8);
    out += static_cast<char>(id & 0xFF);
    out += '\1';
    out.append(16, '\0');
    for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>((size >> shift) & 0xFF);
    out += field.value;
  }
  return out;
}

}  // namespace heard::folds
