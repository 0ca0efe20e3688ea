// An export from order to seal: the order is an entry below the head that is shipped, the seal is
// the entry that says which bytes went out.
#pragma once

#include "runtime/engine.hpp"

namespace heard::runtime {

/// `what` as NAMES.md, "Export", has it. The actor may export.
void run_export(Engine &engine, const directory::Actor &actor, const Record &what,
                const Sink &sink);

}  // namespace heard::runtime
