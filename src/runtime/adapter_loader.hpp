// Finds and loads the adapters module, which brings the network into the process.
#pragma once

#include <string>

namespace heard::runtime {

/// The address of `symbol` in the adapters module: at `path` (a file or its folder), else beside
/// this library, else where it is installed. Loaded once, RTLD_LOCAL, and never unloaded. Throws
/// Failure(not_found) naming the places looked at.
void *adapter_symbol(const std::string &path, const char *symbol);

}  // namespace heard::runtime
