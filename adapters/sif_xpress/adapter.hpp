// The adapter "sif.xpress".
#pragma once

#include <heard/heard.h>

#include "feed/feed.hpp"
#include "transport/retry.hpp"

namespace heard::sif_xpress {

/// The row of the module's table.
extern const heard_adapter kAdapter;

/// One run with another transport than the network, for tests.
void run_with(feed::Feed &feed, const transport::Get &get, const transport::Patience &patience);

}  // namespace heard::sif_xpress
