// The file itself: from an address, or from this machine's disk.
#pragma once

#include <string>

#include "feed/feed.hpp"

namespace heard::calendar_ics {

/// What `url` names: http, https, webcal (which is https), file, or a path. At most kMostBytes of
/// it are ever held. Throws feed::Failure.
std::string fetch(feed::Feed &feed, const std::string &url);

}  // namespace heard::calendar_ics
