// The names of commands, kinds and options, as rows of the view `names`.
#pragma once

#include <vector>

#include "base/record.hpp"

namespace heard::views {

std::vector<Record> known_names();

}  // namespace heard::views
