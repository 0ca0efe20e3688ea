// Files of a bundle that are the same in every one, built into the library.
#pragma once

#include <span>
#include <string_view>

namespace heard::bundle {

struct EmbeddedFile {
  std::string_view name;
  std::string_view content;
};

std::span<const EmbeddedFile> embedded_files();

}  // namespace heard::bundle
