// Which entries an export holds: those of a person, school or case, or all; of a period if asked.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/instant.hpp"
#include "base/record.hpp"
#include "store/database.hpp"

namespace heard::audit {

struct Selection {
  std::string what;  ///< "person", "case", "school" or "all"
  std::string name;  ///< the key, number or school as it was asked for
  Id person{};
  Id case_id{};
  /// Contacts by when they happened, all else by when it was recorded; `to` is not in it.
  std::optional<Millis> from, to;
  std::vector<std::int64_t> earlier_sizes;  ///< sizes a consistency proof is wanted from

  /// Nothing is left out.
  bool is_whole() const { return what == "all" && !from && !to; }
};

/// From the fields person, case, school, all, from, to and receipts of `what`; others are not
/// looked at. Throws bad_field or Failure(not_found).
Selection selection_from(store::Database &database, const Record &what);

/// The entries it holds as of now, and whose records these are; nobody in particular for a school
/// or all.
struct Selected {
  std::vector<std::int64_t> seqs;
  std::vector<Id> people;
};
Selected selected(store::Database &database, const Selection &selection);

/// The entries of the selection below `size`, in order. For a person: what concerns them, and the
/// whole course of the cases they asked in or are about.
std::vector<std::int64_t> seqs_of(store::Database &database, const Selection &selection,
                                  std::int64_t size);

}  // namespace heard::audit
