// The demo's time: moved by hand through three school weeks, then running on from there.
#pragma once

#include <atomic>

#include "heard/heard.h"
#include "times.hpp"

namespace heard::cli {

/// Read by any thread, moved by one.
class DemoClock {
 public:
  void set(Millis at) { offset_ = 0, at_ = at; }
  /// From now on it goes on at the speed of the world.
  void run() { offset_ = at_ - system_now(); }
  Millis now() const { return offset_ ? system_now() + offset_ : at_.load(); }

 private:
  std::atomic<Millis> at_ = 0, offset_ = 0;
};

/// A host that tells this time and knows the demo's password. The clock must outlive the runtimes.
heard_host demo_host_table(DemoClock &clock);

/// Three school weeks in the zone in use, as local midnights.
struct Weeks {
  Millis first_monday, last_friday;
};
/// Those that ended on the last Friday before `now`.
Weeks weeks_before(Millis now);

/// `count` days after a local midnight, at this local time (also over changes of the clocks).
Millis local_moment(Millis midnight, int days, int hour, int minute = 0);

/// `minutes` of school time after `from`: Monday to Friday, 08:00 to 16:00.
Millis add_school_minutes(Millis from, int minutes);

}  // namespace heard::cli
