// What one can do with a case from its page: five forms, each posting to /cases/N/<name>.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "web/form.hpp"

namespace heard::web {

/// The form `name` (reply assign wait solve reopen) of a case.
Form case_form(const Request &request, const Record &row, std::string_view name);

/// The channels, the commonest first.
std::vector<Option> channel_options();

/// Which forms fit the case's status; the answer is not among them.
std::vector<std::string_view> case_actions(const Record &row);
bool can_be_answered(const Record &row);

/// Sends what was typed; false when it was refused, and why is in `typed`.
bool send_case_form(const Request &request, const Form &form, Typed &typed);

}  // namespace heard::web
