// What administrators set: a form for each command, and the command it makes.
#pragma once

#include <vector>

#include "web/form.hpp"

namespace heard::web {

bool may_set(const Request &request);  ///< administrators

/// The forms of the settings page, filled with what is set now.
std::vector<Form> settings_forms(const Request &request);

/// Runs the command of a form that was sent; its answer, or nothing when it was refused.
std::optional<Record> send_settings_form(const Request &request, const Form &form, Typed &typed);

}  // namespace heard::web
