// Writes a part of the log as JSON lines with proofs (NAMES.md, "Export"), and checks such a file.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "audit/receipt.hpp"
#include "views/view_table.hpp"

namespace heard::audit {

/// What an export holds: exactly one of person, case, school, all.
struct Selection {
  std::string what;  ///< "person", "case", "school" or "all"
  std::string name;  ///< the key, number or school as it was asked for
  Id person{};
  Id case_id{};
  std::vector<std::int64_t> earlier_sizes;  ///< sizes a consistency proof is wanted from
};

/// Throws bad_field or Failure(not_found).
Selection selection_from(store::Database &database, const Record &what);

/// The entries it holds as of now, and whose records these are; nobody in particular for a school
/// or all.
struct Selected {
  std::vector<std::int64_t> seqs;
  std::vector<Id> people;
};
Selected selected(store::Database &database, const Selection &selection);

using Sink = std::function<void(std::string_view)>;

/// Streams in bounded memory; everything is proved against the head as it is now.
void write_export(store::Database &database, const Selection &selection, Millis now,
                  const Sink &sink);

/// Rows as verify_store, from the file alone.
std::unique_ptr<views::Rows> verify_export(const std::string &path, std::optional<Receipt> receipt);

}  // namespace heard::audit
