// The table of who is waiting, for `heard due` and the demo.
#pragma once

#include "output.hpp"

namespace heard::cli {

Table waiting_table();
/// Adds a row of the view "waiting".
void add_waiting(Table &table, api::Row row);

}  // namespace heard::cli
