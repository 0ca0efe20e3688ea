// Checks a bundle from nothing but itself, a receipt and a seal; fails closed.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "audit/receipt.hpp"
#include "views/view_table.hpp"

namespace heard::bundle {

/// Rows as verify_store (NAMES.md, "Verify and rebuild"). `seal`: hexadecimal, or "".
std::unique_ptr<views::Rows> verify_bundle(const std::string &path,
                                           std::optional<audit::Receipt> receipt,
                                           const std::string &seal);

}  // namespace heard::bundle
