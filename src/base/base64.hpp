// Base 64 of RFC 4648, section 4: padded, and strict when it is read.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace heard {

std::string to_base64(std::string_view bytes);
/// Nothing unless `text` is exactly what to_base64 gives for some bytes.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace heard
