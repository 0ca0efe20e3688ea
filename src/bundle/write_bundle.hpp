// Writes the auditor's bundle: what a person can read, and a proof that a program can check.
#pragma once

#include <string>

#include "bundle/order.hpp"
#include "bundle/target.hpp"

namespace heard::bundle {

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
