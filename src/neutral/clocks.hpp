// The rows of `clocks`: one response clock each, with its pauses, its stop and its steps.
#pragma once

#include "neutral/operations.hpp"

namespace heard::neutral {

/// The figures of one row: due, elapsed_s, margin_s, breached, paused_s, escalations; those that do
/// not apply are left out. Throws a Failure with one sentence.
Json answer_clock(const Json &row, Group &group);

}  // namespace heard::neutral
