// A copy of the whole store at one moment, checked before anybody relies on it.
#pragma once

#include <memory>
#include <string>

#include "views/view_table.hpp"

namespace heard::audit {

/// Writes the copy to the new file `path` (mode 0600) and verifies it; rows as verify_store, then
/// one of kind verdict. Writers go on meanwhile. A copy that is not intact, or that could not be
/// finished, is taken away again. `database` must outlive the rows. Throws Failure(conflict) when
/// the file is there.
std::unique_ptr<views::Rows> backup_rows(store::Database &database, const std::string &path);

}  // namespace heard::audit
