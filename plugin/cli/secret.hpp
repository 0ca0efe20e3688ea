// Passwords of feeds: from the environment or typed without echo, never from the command line.
#pragma once

#include <cstdint>

#include "heard/heard.h"

namespace heard::cli {

/// heard_host.secret: "feed.<id>.password" is HEARD_FEED_PASSWORD, or is asked for at a terminal.
std::int32_t give_secret(void *host_data, const char *name, heard_sink *out);

}  // namespace heard::cli
