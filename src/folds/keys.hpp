// The keys that sign the ledger's checkpoints, in the order they came: from ledger.created and
// key.rotated.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "store/database.hpp"
#include "store/note.hpp"

namespace heard::folds {

struct LedgerKey {
  store::VerifierKey key;
  std::int64_t from_seq = 0;           ///< the entry that names it
  std::optional<std::int64_t> to_seq;  ///< the entry that names the next one
};

/// All of them, oldest first. Throws Failure(corrupt) when one cannot be read.
std::vector<LedgerKey> ledger_keys(store::Database &database);

/// The place of the key that signs a checkpoint of `size`: the one named last, except that the
/// checkpoint which ends with the naming itself is signed by the one before, to vouch for it.
std::optional<std::size_t> signer_at(const std::vector<LedgerKey> &keys, std::int64_t size);

}  // namespace heard::folds
