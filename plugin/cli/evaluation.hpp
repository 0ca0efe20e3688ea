// Tables of rows answered in bulk: `heard calendar eval` and `heard clocks eval`.
#pragma once

#include "context.hpp"

namespace heard::cli {

/// Adds `eval FILE` to a command; `view` answers the rows. `view` must live as long as the program.
void add_eval(Command command, Context &context, const char *view);

}  // namespace heard::cli
