// What the pages need from the rest of Heard: rows of views, commands, the time and one secret.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "base/record.hpp"

namespace heard::web {

/// Acts for one actor, who was named when it was made; rights are checked behind it. Views,
/// commands and their fields are those of NAMES.md. Throws Failure (not_found, denied, argument
/// with the detail "field", conflict, ...). Used by one thread during one answer.
class Backend {
 public:
  virtual ~Backend() = default;
  virtual std::vector<Record> rows(std::string_view view, const Record &filter) = 0;
  virtual Record apply(std::string_view command, const Record &fields) = 0;
  /// Rows of a check of the whole ledger, its progress left out.
  virtual std::vector<Record> verify(const Record &what) = 0;
  /// An export in memory. Throws Failure(limit) when it has more than `most` bytes.
  virtual std::string export_bytes(const Record &what, std::size_t most) = 0;
  virtual Millis now() const = 0;
  /// 32 secret bytes of this store, which sign form tokens.
  virtual std::string_view form_key() const = 0;
  /// Where compiled zone files lie.
  virtual std::string zone_folder() const = 0;
};

}  // namespace heard::web
