// The settings of the school office made up for tests: calendars, policies, departments, reports.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/instant.hpp"
#include "base/record.hpp"

namespace heard::web {

void add_settings(std::map<std::string, std::vector<Record>, std::less<>> &views, Millis now);

}  // namespace heard::web
