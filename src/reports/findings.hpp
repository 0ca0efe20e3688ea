// What one ledger entry shows that makes response figures look better than they are.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/record.hpp"
#include "commands/case_history.hpp"

namespace heard::reports {

/// An entry, and the case it belongs to now.
struct Entry {
  store::Event event;
  store::Body body;
  Id case_id{};
  std::int64_t number = 0;
  std::string school;
  std::string calendar;

  store::Kind kind() const { return static_cast<store::Kind>(event.kind); }
  /// Whoever made the entry: the name as it was then, else the key.
  std::string actor() const;
};

/// A row of the report about this entry.
Record finding(const Entry &entry, std::string_view kind, const std::string &says);

/// All that the entry shows by itself.
std::vector<Record> findings_about(const commands::Source &source, const Entry &entry);

}  // namespace heard::reports
