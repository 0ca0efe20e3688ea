// The adapter "sif.xpress".
#pragma once

#include <heard/heard.h>

#include <span>

#include "feed/feed.hpp"
#include "sif_xpress/objects.hpp"
#include "transport/retry.hpp"

namespace heard::sif_xpress {

/// The row of the module's table.
extern const heard_adapter kAdapter;

/// One run over the network that fetches these objects, in order.
void run_objects(feed::Feed &feed, std::span<const Object> wanted);

/// One run with another transport than the network, for tests.
void run_with(feed::Feed &feed, const transport::Get &get, const transport::Patience &patience);

}  // namespace heard::sif_xpress
