// Instants in the words of a school's own clock, and back from what a form sends.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "base/zone_file.hpp"

namespace heard::web {

/// The wall clock of one zone. A zone nobody knows is shown as UTC, and says so.
class LocalTime {
 public:
  explicit LocalTime(const std::string &zone, const std::string &folder = kSystemZones);

  /// "today 15:00", "Thu 27 Nov, 16:00", with the year when it is another one.
  std::string words(Millis at, Millis now) const;
  /// "Thu 27 Nov" without the clock; used for periods.
  std::string day_words(Millis at, Millis now) const;
  /// "2026-11-22T15:04", as a form field wants it, and back; a time that the clocks skip moves on.
  std::string field(Millis at) const;
  std::optional<Millis> from_field(std::string_view text) const;

 private:
  Seconds local(Seconds at) const;

  std::vector<ZoneOffset> offsets_;
  bool known_ = true;
};

/// "40 min", "2 h 10 min"; open time, not wall time.
std::string duration_words(Seconds amount);

}  // namespace heard::web
