// What is to be exported, and against which head.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "audit/redaction.hpp"
#include "audit/selection.hpp"
#include "store/tree.hpp"

namespace heard::bundle {

/// What vouches for the head from outside the tree. Empty parts are left out of the bundle.
struct Vouchers {
  std::string checkpoint;  ///< for proof/checkpoint.txt: a note over exactly the order's head
  std::string keys;
  std::vector<std::pair<std::string, std::string>> anchors;  ///< file name below anchors/, content
};

constexpr std::int64_t kBetween = 4096;  ///< entries from one report of progress to the next

struct Order {
  audit::Selection selection;
  audit::Redaction redaction;
  store::TreeHead head;          ///< as it was when the order was recorded; later entries stay out
  Millis ordered_at = 0;         ///< the bundle's only time, so that it can be made again
  std::int64_t ordered_by = -1;  ///< the entry that records the order; -1: none
  Vouchers vouchers;
  std::function<void(std::int64_t done, std::int64_t total)> progress;
};

}  // namespace heard::bundle
