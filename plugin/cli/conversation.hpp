// Tells a case and a timeline the way one reads a conversation.
#pragma once

#include <string>

#include "heard/heard.hpp"

namespace heard::cli {

/// A row of the view "case": what it is, its clocks with their explanations, its entries. Each line
/// begins with `indent`.
std::string tell_case(api::Row row, const std::string &indent = "");

/// One row of the view "timeline" (or of a case's entries).
std::string tell_entry(api::Row entry, const std::string &indent = "");

}  // namespace heard::cli
