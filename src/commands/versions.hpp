// Named things that are saved as whole versions: their thread, and what came before.
#pragma once

#include <string>
#include <string_view>

#include "store/database.hpp"

namespace heard::commands {

/// A thread id that is the same for every version of one named thing.
Id thread_of(std::string_view family, std::string_view id);

/// The number the next version gets; 1 for the first. `table` has columns id, version, seq.
std::int64_t next_version(store::Database &database, const char *table, const std::string &id);

/// The entry of the newest version; 0 if there is none.
std::int64_t previous_seq(store::Database &database, const char *table, const std::string &id);

}  // namespace heard::commands
