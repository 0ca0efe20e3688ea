// Walks all pages of one object type, and decides whether the walk was complete.
#pragma once

#include <string>

#include "feed/feed.hpp"
#include "sif_xpress/objects.hpp"
#include "sif_xpress/service.hpp"
#include "transport/retry.hpp"
#include "xml/record_tree.hpp"

namespace heard::sif_xpress {

/// What every walk of a run shares.
struct Tools {
  feed::Feed &feed;
  const Service &service;
  const transport::Get &get;
  const transport::Patience &patience;
  xml::RecordTree &tree;
};

/// Hands over every page, and reports the set as done only after a complete walk whose counts
/// agree. Throws Failure when the walk cannot be finished; pages handed over before stay.
void walk(const Tools &tools, const Object &object);

}  // namespace heard::sif_xpress
