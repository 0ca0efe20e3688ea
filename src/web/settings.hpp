// What the pages of the settings share.
#pragma once

#include <string>

#include "web/blocks.hpp"

namespace heard::web {

/// Its name, or the key of a school nobody has announced.
std::string school_name(const Request &request, const std::string &key);

Table department_table(const Request &request);
Table topic_table(const Request &request);

/// "yes" or "no", with the one that holds.
Field yes_or_no(std::string name, bool yes);

/// Puts one typed line into a command; a blank one is left out.
void set_line(const Typed &typed, const std::string &field, Record &command);
/// Puts a typed whole number into a command, or refuses what is none.
void set_number(Typed &typed, const std::string &field, Record &command);

}  // namespace heard::web
