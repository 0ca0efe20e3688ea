// A new store: its tables, its keys, its first three entries.
#pragma once

#include <memory>

#include "base/options.hpp"
#include "base/ports.hpp"
#include "store/connection.hpp"

namespace heard::runtime {

/// A working store without a file; "calendar.timezone" defaults to UTC.
std::unique_ptr<store::Connection> create_in_memory(Host &host, const Options &options);

}  // namespace heard::runtime
