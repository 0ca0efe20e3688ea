// Writes proof lines entry by entry, fills in what is skipped, and sees that all of it makes the
// root: a proof that would prove nothing is not written to its end.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bundle/order.hpp"
#include "bundle/proof_lines.hpp"
#include "bundle/reading.hpp"
#include "store/ledger.hpp"

namespace heard::bundle {

class ProofWriter {
 public:
  /// `entries`: how many will be put.
  ProofWriter(store::Database &database, const Order &order, std::int64_t entries);

  /// The first line. A proof that stands alone says in it also how it continues earlier sizes.
  void begin(std::string &out, bool stands_alone);
  /// In order. `more`: members of the line that are for people. Throws Failure(corrupt) for a body
  /// that is not what its entry committed to.
  void entry(std::string &out, const ReadEntry &entry, std::string_view more = {});
  /// What is left of the tree. Throws Failure(corrupt) when it has another root.
  void finish(std::string &out);

  /// From each earlier size that was asked for to the head.
  std::vector<Continuation> continuations();

 private:
  void skip_to(std::int64_t seq, std::string &out);

  const Order &order_;
  store::Ledger ledger_;
  store::TileNodes nodes_;
  Assembly tree_;
  std::int64_t entries_;
};

/// The name of what is selected: "all", "person", "case", "school" or "period".
std::string part_of(const audit::Selection &selection);

}  // namespace heard::bundle
