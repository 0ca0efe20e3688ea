// Proofs that stand alone: that an entry is in the ledger (c2sp.org/tlog-proof), and that one
// checkpoint continues another. Files of a few hundred bytes, checked with a verifier key only.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/ports.hpp"
#include "views/view_table.hpp"

namespace heard::audit {

/// True if an export's `what` asks for a proof: "proof" (seq) or "consistency" (a size).
bool asks_for_proof(const Record &what);
/// True if no checkpoint covers what is asked for yet.
bool wants_newer_checkpoint(store::Database &database, const Record &what);
/// Throws bad_field, Failure(not_found | conflict).
void write_proof(store::Database &database, const Record &what, const Sink &sink);

/// Rows as verify_store, from the file and the key alone.
std::unique_ptr<views::Rows> verify_proof(const std::string &path, const std::string &key);

}  // namespace heard::audit
