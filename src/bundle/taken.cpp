#include "bundle/taken.hpp"

#include <fmt/format.h>

#include "store/registry.hpp"
#include "store/seq_list.hpp"

namespace heard::bundle {

namespace field_id = store::field_id;

void Taken::tombstone(const store::Body &body) {
  const auto runs = store::decode_runs(body.text(field_id::removed));
  std::erase_if(removed_, [&](std::int64_t seq) { return store::contains(runs, seq); });
  for (const store::Places &places : store::decode_places(body.text(field_id::erased)))
    for (const std::size_t place : places.places) erased_.erase({places.seq, place});
}

void Taken::finish(bool holds_everything, const Find &find) const {
  for (const std::int64_t seq : removed_)
    find(seq, fmt::format("the body of entry {} is missing and no erasure says so", seq));
  if (!holds_everything) return;
  for (const auto &[seq, place] : erased_)
    find(seq, fmt::format("place {} of entry {} is listed as erased, but no erasure took it", place,
                          seq));
}

}  // namespace heard::bundle
