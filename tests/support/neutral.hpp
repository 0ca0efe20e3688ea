// Reads the neutral tables of working time, clocks and whole cases, and runs their rows.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "calendar/calendar.hpp"

namespace heard::neutral {

using Json = nlohmann::json;

/// One figure of one row. Texts: an instant, seconds, "true", "false", a date, names.
struct Outcome {
  std::string id;
  std::string wanted;
  std::string got;
  std::string left_out;  ///< why the row was not run; empty if it was
};

/// The calendar of a group; "Etc/UTC" needs no zone data, other zones are read from `zone_folder`.
calendar::Definition read_calendar(const Json &calendar, const std::string &zone_folder);

/// The rows of `cases`: arithmetic on the group's calendar.
std::vector<Outcome> run_operations(const Json &group, const calendar::Definition &definition);
/// The rows of `clocks`: single clocks with pauses and a stop.
std::vector<Outcome> run_clocks(const Json &group, const calendar::Calendar &calendar);
/// `events` and `expect`: a whole case through the machine.
std::vector<Outcome> run_script(const Json &script, const calendar::Calendar &calendar);

/// Texts and instants of a row; a table that is wrong stops the test.
Seconds instant_of(const Json &value);
std::string text_of(std::optional<Seconds> instant);

}  // namespace heard::neutral
