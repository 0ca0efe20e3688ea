// The commands by name: which fields each knows, who may run it, and the function that does it.
#pragma once

#include <span>
#include <string_view>

#include "base/record.hpp"
#include "commands/work.hpp"

namespace heard::commands {

enum class FieldKind { text, number, texts, records };

struct FieldSpec {
  std::string_view name;
  FieldKind kind = FieldKind::text;
  bool required = false;
};

struct Command {
  std::string_view name;
  std::string_view since;
  std::span<const FieldSpec> fields;
  void (*require)(const directory::Actor &);
  /// Null for what is more than one transaction: the runtime does these itself.
  Record (*run)(const Work &work, const Record &fields);
  /// What it erased must also leave the log; the result says so as `purged`.
  bool erases = false;
};

std::span<const Command> commands();
/// Throws Failure(unknown_name).
const Command &command(std::string_view name);
/// Refuses unknown names, wrong types and missing fields; `where` is the command's name.
void check_fields(std::string_view where, std::span<const FieldSpec> specs, const Record &fields);

/// The one command that may append to a store that is behind its mark.
constexpr std::string_view kSanctionRestore = "restore.sanction";
constexpr std::string_view kKeyRotate = "key.rotate";
constexpr std::string_view kCheckpointMake = "checkpoint.make";

/// What may be set for a feed: the last part of "feed.<id>.<name>".
std::span<const std::string_view> feed_settings();
/// What may be set for the store as a whole, each 0 or 1.
std::span<const std::string_view> store_settings();

// The families, one file each.
std::span<const Command> interaction_commands();
std::span<const Command> case_commands();
std::span<const Command> case_move_commands();
std::span<const Command> clock_commands();
std::span<const Command> policy_commands();
std::span<const Command> desk_commands();
std::span<const Command> calendar_commands();
std::span<const Command> settings_commands();
std::span<const Command> person_commands();
std::span<const Command> restore_commands();
std::span<const Command> signing_commands();
std::span<const Command> erase_commands();
std::span<const Command> hold_commands();
std::span<const Command> retention_commands();

}  // namespace heard::commands
