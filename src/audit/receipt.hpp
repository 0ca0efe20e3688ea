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
  store::TreeHead head;
};

/// From "seq:size:root" or "size:root". Throws bad_field("receipt").
Receipt parse_receipt(std::string_view text);
std::string format_receipt(const Receipt &receipt);

}  // namespace heard::audit
