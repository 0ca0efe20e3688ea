// Pages that say what went wrong, with the HTTP status that means the same.
#pragma once

#include "base/failure.hpp"
#include "web/page.hpp"

namespace heard::web {

int http_status(const Failure &failure);

/// A page for `failure`; rethrows those that only the caller can handle (interrupted, forked ...).
Page problem_page(const Request &request, const Failure &failure);

}  // namespace heard::web
