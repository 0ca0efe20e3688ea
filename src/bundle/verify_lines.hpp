// Checks a file of exported lines from nothing but itself and a receipt; fails closed.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "audit/receipt.hpp"
#include "views/view_table.hpp"

namespace heard::bundle {

/// Rows as verify_store (NAMES.md, "Verify and rebuild").
std::unique_ptr<views::Rows> verify_lines(const std::string &path,
                                          std::optional<audit::Receipt> receipt);

}  // namespace heard::bundle
