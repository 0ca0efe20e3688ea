// The command calendar.close: a snow day, a day that ends early, and taking either back.
#pragma once

#include "base/record.hpp"
#include "commands/work.hpp"

namespace heard::commands {

Record run_calendar_close(const Work &work, const Record &fields);

}  // namespace heard::commands
