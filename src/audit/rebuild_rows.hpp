// `heard rebuild` as rows: fold the ledger again into a scratch database and compare.
#pragma once

#include <functional>
#include <memory>

#include "views/view_table.hpp"

namespace heard::audit {

/// Rows as verify_store. When the tables differ and `replace` is not empty, it is called to put
/// fresh ones in their place.
std::unique_ptr<views::Rows> rebuild_rows(store::Database &database, std::function<void()> replace);

}  // namespace heard::audit
