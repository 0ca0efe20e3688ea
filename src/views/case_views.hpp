// The views of cases; `waiting` has a file of its own.
#pragma once

#include "views/view_table.hpp"

namespace heard::views {

std::unique_ptr<Rows> open_waiting(const Reader &reader, const Record &filter);

}  // namespace heard::views
