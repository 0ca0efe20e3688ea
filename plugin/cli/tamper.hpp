// What somebody with access to the disk could do to a store: change one letter of what was said.
#pragma once

#include <cstdint>
#include <string>

namespace heard::cli {

/// Copies a store into which nobody writes meanwhile. A child process reads the file, because
/// closing it in this one would drop the locks that this process holds on it.
void copy_store(const std::string &from, const std::string &to);

/// Changes one letter of `said` in the body of entry `seq`, past Heard; returns the changed text.
std::string change_one_letter(const std::string &store_path, std::int64_t seq, std::string said);

}  // namespace heard::cli
