// The host's signing service (heard_signer), as the floors below see it.
#pragma once

#include <memory>

#include "base/ports.hpp"

#include "heard/heard.h"

namespace heard::abi {

/// Null when the host offers none. Throws Failure(argument) when its table has the wrong shape.
std::unique_ptr<Signer> signer_of(const heard_host &host);

}  // namespace heard::abi
