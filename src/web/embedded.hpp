// The templates and the style sheet, built into the library (embed.cmake writes the other half).
#pragma once

#include <span>
#include <string_view>

namespace heard::web {

struct EmbeddedFile {
  std::string_view name;  ///< without its folder
  std::string_view content;
};

/// Sorted by path; lives as long as the process.
std::span<const EmbeddedFile> embedded_files();

}  // namespace heard::web
