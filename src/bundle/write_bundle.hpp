// Writes the auditor's bundle: what a person can read, and a proof that a program can check.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "audit/redaction.hpp"
#include "audit/selection.hpp"
#include "bundle/target.hpp"
#include "store/tree.hpp"

namespace heard::bundle {

/// What vouches for the head from outside the tree. Empty parts are left out of the bundle.
struct Vouchers {
  std::string checkpoint;  ///< for proof/checkpoint.txt: a note over exactly the order's head
  std::string keys;
  std::vector<std::pair<std::string, std::string>> anchors;  ///< file name below anchors/, content
};

struct Order {
  audit::Selection selection;
  audit::Redaction redaction;
  store::TreeHead head;          ///< as it was when the order was recorded; later entries stay out
  Millis ordered_at = 0;         ///< the bundle's only time, so that it can be made again
  std::int64_t ordered_by = -1;  ///< the entry that records the order; -1: none
  Vouchers vouchers;
  std::function<void(std::int64_t done, std::int64_t total)> progress;
};

struct Sealed {
  Hash seal{};  ///< SHA-256 of tagmanifest-sha256.txt
  std::int64_t entries = 0;
  std::int64_t hidden = 0;  ///< fields that were closed
};

/// The name of the bundle's top folder.
std::string folder_name(store::Database &database, const Order &order);

/// The same order gives the same bytes. Throws Failure(corrupt) for a ledger that does not fit its
/// own root: such a bundle would prove nothing.
Sealed write_bundle(store::Database &database, const Order &order, Target &target);

/// The body of a checkpoint nobody has signed: origin, size, root.
std::string unsigned_checkpoint(const Id &ledger, const store::TreeHead &head);

}  // namespace heard::bundle
