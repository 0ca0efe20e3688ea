// A case from its facts: run through the machine in the order they happened, whenever they were
// typed in. What a fact that comes late, a correction, a merge or a split changes is the difference
// between two such runs.
#pragma once

#include <memory>
#include <vector>

#include "cases/machine.hpp"

namespace heard::cases {

/// Something that happened, and the policy in force from then on.
struct Fact {
  Input input;
  std::shared_ptr<const Policy> policy;  // shared by all facts under the same version
};
/// In order of `input.at`; of equal instants, in the order they were recorded.
using Facts = std::vector<Fact>;

/// Puts the facts in order of time; equal instants keep their place.
void put_in_order(Facts &facts);

/// One set of facts, and the priority the case began with.
struct Telling {
  Facts facts;
  Priority priority = Priority::normal;
};

/// The case as the facts alone make it, looked at last at `now`, and all that its clocks went
/// through. What makes no sense at its place, like solving what is solved, is passed over.
Step run(const Telling &telling, const calendar::Calendar &calendar, Seconds now);

/// What changes in a case, recorded as `recorded` from the facts of `before`, now that those of
/// `after` are known. Clocks that the difference does not touch stay as they were recorded, so a
/// calendar that has changed since then changes no verdict here. Warnings and steps that were given
/// stay given; those that are missing fall due at the next look.
Step revise(const CaseState &recorded, const Telling &before, const Telling &after,
            const calendar::Calendar &calendar, Seconds now, Cause cause);

/// Judges the stopped clocks of a case again, on the calendar as it is now: for the explicit,
/// logged recalculation only.
Step recalculate(const CaseState &recorded, const Telling &telling,
                 const calendar::Calendar &calendar, Seconds now);

}  // namespace heard::cases
