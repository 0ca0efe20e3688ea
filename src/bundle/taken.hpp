// What erasures took from the entries of a bundle, compared with what their tombstones say they
// took.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <utility>

#include "store/body.hpp"
#include "store/event.hpp"

namespace heard::bundle {

/// A field by its entry and its place in the body.
using FieldPlace = std::pair<std::int64_t, std::size_t>;

/// Told of entries in order; a tombstone always comes after what it took.
class Taken {
 public:
  using Find = std::function<void(std::int64_t seq, const std::string &says)>;

  void removed(std::int64_t seq) { removed_.insert(seq); }
  void erased(const FieldPlace &place) { erased_.insert(place); }
  /// Crosses off what an erasure.done lists. Throws Failure(corrupt) for a list that is none.
  void tombstone(const store::Body &body);
  /// What is left has no tombstone here. Closed fields may have theirs outside of a bundle that
  /// does not hold everything.
  void finish(bool holds_everything, const Find &find) const;

 private:
  std::set<std::int64_t> removed_;
  std::set<FieldPlace> erased_;
};

}  // namespace heard::bundle
