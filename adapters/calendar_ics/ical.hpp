// libical with owners for what it hands out, and without its effects on the rest of the process.
#pragma once

#include <libical/ical.h>

#include <memory>
#include <string>

namespace heard::calendar_ics {

struct FreeComponent {
  void operator()(icalcomponent *component) const { icalcomponent_free(component); }
};
using Component = std::unique_ptr<icalcomponent, FreeComponent>;

struct FreeZone {
  void operator()(icaltimezone *zone) const { icaltimezone_free(zone, 1); }
};
using OwnZone = std::unique_ptr<icaltimezone, FreeZone>;

struct FreeIterator {
  void operator()(icalrecur_iterator *iterator) const { icalrecur_iterator_free(iterator); }
};
using Recurrence = std::unique_ptr<icalrecur_iterator, FreeIterator>;

/// While one lives, a bad file makes libical answer null and never abort. The switch belongs to the
/// whole process, so it is put back: a host may use libical too.
class NeverFatal {
 public:
  NeverFatal() : before_(icalerror_get_errors_are_fatal()) { icalerror_set_errors_are_fatal(0); }
  ~NeverFatal() {
    icalerror_clear_errno();
    icalerror_set_errors_are_fatal(before_);
  }
  NeverFatal(const NeverFatal &) = delete;
  NeverFatal &operator=(const NeverFatal &) = delete;

 private:
  int before_;
};

}  // namespace heard::calendar_ics
