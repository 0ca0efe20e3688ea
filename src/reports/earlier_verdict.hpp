// What a clock was before an entry changed it.
#pragma once

#include "cases/clock.hpp"
#include "commands/case_history.hpp"

namespace heard::reports {

/// A case as it stood before the entry `seq`.
struct Moment {
  Id case_id{};
  std::int64_t seq = 0;
};

/// The verdict the case's entries had recorded of that clock by then; none if it had not begun.
cases::Verdict verdict_before(const commands::Source &source, const Moment &moment,
                              const cases::Clock &like);

}  // namespace heard::reports
