// Who is told when a step of a ladder falls due.
#pragma once

#include <optional>
#include <vector>

#include "cases/machine.hpp"
#include "commands/work.hpp"

namespace heard::commands {

class CaseFile;

/// Writes a `notice` for each step that has fallen due: its idempotency key, who is to be told (the
/// stand-in of somebody absent), and whether the pump came late.
void encode_notices(const Work &work, const CaseFile &file,
                    const std::vector<cases::ClockChange> &changes, store::FieldList &fields);

/// The next second after `now` at which a notice that is held back may be due: an opening of some
/// calendar. Nothing if none is held.
std::optional<Seconds> next_delivery(store::Database &database, Seconds now);

}  // namespace heard::commands
