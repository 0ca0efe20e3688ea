// Checks a whole ledger from the columns that people query: every commitment, leaf, tile and root.
#pragma once

#include <memory>
#include <optional>

#include "audit/coverage.hpp"
#include "views/view_table.hpp"

namespace heard::audit {

/// Rows of kind progress, finding, coverage and, last, verdict (NAMES.md). Writes nothing.
/// `database` must outlive the rows; entries appended meanwhile are left for the next time.
std::unique_ptr<views::Rows> verify_store(store::Database &database, std::optional<Receipt> receipt,
                                          Witnesses witnesses);

}  // namespace heard::audit
