// key.rotate, checkpoint.make: the names and rights of what runtime/signing.cpp does.
#include <array>

#include "commands/command_table.hpp"

namespace heard::commands {

namespace {

constexpr auto kCommands = std::to_array<Command>({
    {kKeyRotate, "1.0", {}, directory::require_admin, nullptr},
    {kCheckpointMake, "1.0", {}, directory::require_audit, nullptr},
});

}  // namespace

std::span<const Command> signing_commands() { return kCommands; }

}  // namespace heard::commands
