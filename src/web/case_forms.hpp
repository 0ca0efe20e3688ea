// What one can do with a case from its page: a form each, posting to /cases/N/<name>.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "web/form.hpp"

namespace heard::web {

/// All forms there are besides the answer, in the order they are offered.
std::span<const std::string_view> case_form_names();

/// The form `name` of a case.
Form case_form(const Request &request, const Record &row, std::string_view name);

/// The channels, the commonest first.
std::vector<Option> channel_options();

/// Colleagues to choose from, oneself first, behind the text `none`; of one school if one is named.
std::vector<Option> staff_options(const Request &request, const std::string &school,
                                  std::string_view none);

/// Which forms fit the case's status; the answer is not among them.
std::vector<std::string_view> case_actions(const Request &request, const Record &row);
bool can_be_answered(const Record &row);

/// Sends what was typed; false when it was refused, and why is in `typed`.
bool send_case_form(const Request &request, const Form &form, Typed &typed);

}  // namespace heard::web
