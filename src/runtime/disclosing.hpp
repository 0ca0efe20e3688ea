// What a disclosure entry says, and when a read is refused for want of a reason.
#pragma once

#include "commands/work.hpp"
#include "views/view_table.hpp"

namespace heard::runtime {

/// Throws Failure(denied) when the district wants a purpose with every read and there is none.
void require_purpose(store::Database &database, const directory::Actor &actor);

store::Draft disclosure_draft(const commands::Work &work, const views::Disclosure &disclosure);

/// The rows of a verification. One that finds the ledger intact is told to `witness` before its
/// verdict is shown; a damaged ledger stays as it was found.
std::unique_ptr<views::Rows> witnessed(std::unique_ptr<views::Rows> rows,
                                       std::function<void(std::int64_t entries)> witness);

}  // namespace heard::runtime
