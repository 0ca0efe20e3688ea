// Writes an order as lines for programs: proof lines, and in each what people read.
#pragma once

#include "bundle/order.hpp"
#include "bundle/target.hpp"
#include "store/database.hpp"

namespace heard::bundle {

/// Streams in bounded memory; the same order gives the same bytes. Throws Failure(corrupt) for a
/// ledger that does not fit its own root.
void write_lines(store::Database &database, const Order &order, const Sink &sink);

}  // namespace heard::bundle
