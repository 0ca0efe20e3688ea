// Ids and codes as real systems write them, brought into one form.
#pragma once

#include <string>
#include <string_view>

namespace heard::sif_xpress {

/// GUIDs come in upper or lower case, with and without hyphens, sometimes all in one school: the
/// key is lower case with hyphens. Any other id is kept, without spaces around it.
std::string normalised_key(std::string_view id);

/// Two letters for the three-letter codes families are likely to have ("spa" -> "es", "hat" ->
/// "ht"); other codes as they are, in lower case.
std::string short_language(std::string_view code);

/// "yes", "no", or "" when nothing understandable was said.
std::string tri_state(std::string_view flag);

}  // namespace heard::sif_xpress
