// What a command's answer vouches for: at this size the tree had this root, and the entry was in
// it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "store/tree.hpp"

namespace heard::audit {

struct Receipt {
  std::optional<std::int64_t> seq;
  store::TreeHead head;     ///< the root is zero when only its beginning is known
  std::string root_begins;  ///< the first 16 digits of a short receipt, else ""
  std::string origin;       ///< of a short receipt, else ""

  bool agrees(const Hash &root) const;
};

/// From "seq:size:root" or "size:root", or short as in a command's answer: "origin seq/size
/// 0123456789abcdef". Throws bad_field("receipt").
Receipt parse_receipt(std::string_view text);
std::string format_receipt(const Receipt &receipt);

}  // namespace heard::audit
