// A policy as policy.save wants it: the old version, changed by the fields that were given.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/record.hpp"
#include "cases/policy.hpp"
#include "commands/command_table.hpp"

namespace heard::commands {

std::span<const FieldSpec> policy_fields();

/// Throws bad_field. `is_fallback`: the one policy without conditions.
cases::Policy edited_policy(cases::Policy policy, const Record &fields, bool is_fallback);

}  // namespace heard::commands
