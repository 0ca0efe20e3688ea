// On what ground records are shown: the codes an actor may give, and what the law says of each.
#pragma once

#include <span>
#include <string_view>

namespace heard::directory {

struct DisclosureBasis {
  std::string_view code;
  std::string_view cite;
  /// The report a family may ask for (34 CFR 99.32) need not list it; the full log does.
  bool exempt;
  std::string_view says;
};

std::span<const DisclosureBasis> disclosure_bases();
/// Null for a code nobody knows.
const DisclosureBasis *disclosure_basis(std::string_view code);

/// A read without a code, by a role of the school's own people, is that of a school official. An
/// export or anything by others is listed until somebody says why it need not be.
bool is_exempt(std::string_view code, std::string_view role, std::string_view view);

}  // namespace heard::directory
