// The time zones of one file: its own definitions first, then this machine's.
#pragma once

#include <map>
#include <string>

#include "calendar_ics/ical.hpp"

namespace heard::calendar_ics {

class Zones {
 public:
  /// `root` is the parsed file and must outlive this.
  explicit Zones(icalcomponent *root) : root_(root) {}

  /// The zone a file calls `id`. Throws feed::Failure for one that neither the file nor this
  /// machine knows, or that is defined in a way nobody can read.
  icaltimezone *named(const std::string &id);
  /// The zone of a property: named, UTC, or null for a floating time or a date.
  icaltimezone *of(icalproperty *property, const icaltimetype &time);

 private:
  icaltimezone *defined_in_file(const std::string &id);
  icaltimezone *of_this_machine(const std::string &id);

  icalcomponent *root_;
  std::map<std::string, icaltimezone *> known_;
  std::map<std::string, OwnZone> owned_;
};

}  // namespace heard::calendar_ics
