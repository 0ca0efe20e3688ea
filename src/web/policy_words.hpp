// Targets, steps and conditions of a policy: in words for reading, and as lines for typing.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "web/request.hpp"

namespace heard::web {

/// "First answer: 1 school day (urgent)".
std::string target_words(const Record &target);
/// "Reminder: assignee, at 75 % of the time (First answer)".
std::string step_words(const Record &step);
/// A line a trait, "Topic: bus, lunch"; empty for a policy without conditions.
std::vector<std::string> when_words(const Request &request, const Record &policy);

/// "first_response 1 business_days high midnight" and back; nothing if it is no such line.
std::string target_line(const Record &target);
std::optional<Record> target_from(const std::string &line);

/// "Reminder: first_response, 30 minutes before due, tell assignee, urgent" and back.
std::string step_line(const Record &step);
std::optional<Record> step_from(const std::string &line);

/// The traits that conditions are about, in the order they are asked for.
const std::vector<std::string> &traits();

}  // namespace heard::web
