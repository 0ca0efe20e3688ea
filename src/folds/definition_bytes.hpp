// The part of a saved version that its table row keeps, so that it can be decoded from the row.
#pragma once

#include <string>

#include "store/body.hpp"

namespace heard::folds {

/// The body's own fields, without the common ones, in their open form-1 bytes. Equal definitions
/// give equal bytes: the salt is of no use here and left zero.
std::string definition_bytes(const store::Body &body);

}  // namespace heard::folds
