// What an auditor finds in the school office made up for tests.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/instant.hpp"
#include "base/record.hpp"

namespace heard::web {

void add_audit(std::map<std::string, std::vector<Record>, std::less<>> &views, Millis now);

}  // namespace heard::web
