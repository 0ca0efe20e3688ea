// Makes one household at a time: its children, the adults around them and who may do what.
#pragma once

#include "demo_sis/chance.hpp"
#include "demo_sis/district.hpp"

namespace heard::demo {

/// Adds a household with at most `room` children to the district.
void add_family(District &district, Chance &chance, int room);

}  // namespace heard::demo
