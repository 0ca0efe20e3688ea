// Base64 as checkpoints carry it (RFC 4648, with padding).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace heard::bundle {

std::string to_base64(std::string_view bytes);
/// Nothing for what is not well-formed.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace heard::bundle
