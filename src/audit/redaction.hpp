// What a records officer keeps back in an export, and why: rules that close personal fields.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/record.hpp"
#include "store/body.hpp"
#include "store/database.hpp"
#include "store/event.hpp"

namespace heard::audit {

/// One rule. It reaches the fields named in it, of every entry; of one entry, or of the entries
/// that concern one person, when it says so. Of a list of names only the person's own is hidden.
struct RedactionRule {
  std::vector<std::uint16_t> fields;
  Id person{};                    ///< kNoId: whoever it concerns
  std::vector<std::string> keys;  ///< all keys of the person, sorted: entries name actors by key
  std::int64_t entry = -1;        ///< -1: every entry
  std::string reason, statute, reviewer;
};

/// A field that was closed: its place among all fields of the entry, and the rule that closed it.
struct Hidden {
  std::size_t place = 0;
  std::uint16_t field = 0;
  std::size_t rule = 0;
};

class Redaction {
 public:
  /// From the list `redact` of `what`. Throws bad_field, Failure(not_found) for an unknown person.
  static Redaction from(store::Database &database, const Record &what);

  const std::vector<RedactionRule> &rules() const { return rules_; }
  /// Closes what the rules hide and tells it; the first rule that reaches a field counts.
  std::vector<Hidden> apply(const store::Event &event, store::Body &body) const;

 private:
  std::vector<RedactionRule> rules_;
};

}  // namespace heard::audit
