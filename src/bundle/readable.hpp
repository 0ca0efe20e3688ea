// An entry as people read it, made from the proved entry alone: its fields by name, as text.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "store/body.hpp"
#include "store/event.hpp"

namespace heard::bundle {

/// "field_600" where it is not known.
std::string field_name(std::uint16_t field);
/// All values of one field with " | " between, the closed ones as "[withheld]".
std::string shown_field(const store::Body &body, std::uint16_t id);

/// A JSON object: what kind of entry it is, when it was recorded, and what it says: a contact as in
/// communications.jsonl, any other field by field.
void put_readable(std::string &out, const store::Event &event,
                  const std::optional<store::Body> &body);

/// Why the clocks of a case stood as they did, as a member of a line; nothing for none.
void put_explanations(std::string &out, const std::vector<std::string> &texts);

}  // namespace heard::bundle
