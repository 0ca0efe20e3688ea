// From an xPress element to a feed record (NAMES.md, "Feed records"), all but the key.
#pragma once

#include <tinyxml2.h>

#include "feed/record.hpp"

namespace heard::sif_xpress {

void map_school(const tinyxml2::XMLElement &from, feed::Record &to);
void map_staff(const tinyxml2::XMLElement &from, feed::Record &to);
void map_student(const tinyxml2::XMLElement &from, feed::Record &to);
void map_contact(const tinyxml2::XMLElement &from, feed::Record &to);
void map_section(const tinyxml2::XMLElement &from, feed::Record &to);

}  // namespace heard::sif_xpress
