// Checks a bundle from nothing but itself and what somebody was given before; fails closed.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "audit/receipt.hpp"
#include "views/view_table.hpp"

namespace heard::bundle {

/// What the bundle must agree with; each may be empty.
struct Expected {
  std::optional<audit::Receipt> receipt;
  std::string seal;  ///< hexadecimal
  std::string key;   ///< a verifier key that must have signed
};

/// Rows as verify_store (NAMES.md, "Verify and rebuild").
std::unique_ptr<views::Rows> verify_bundle(const std::string &path, const Expected &expected);

}  // namespace heard::bundle
