// Working time compiled for arithmetic: sorted open spans, prefix sums, a day index. Pure, O(1).
//
// The axis: B(t) = open seconds from the calendar's first day to t. It is what due times are stored
// on: a closing announced for later changes no B of the past, only the map from B back to the wall.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "calendar/definition.hpp"

namespace heard::calendar {

struct OpenSpan {  ///< half-open, UTC
  Seconds from;
  Seconds to;
  bool operator==(const OpenSpan &) const = default;
};

/// Immutable after construction; share freely between threads.
class Calendar {
 public:
  /// Throws bad_field when the definition cannot be compiled (no era, unordered offsets ...).
  explicit Calendar(const Definition &definition);

  bool never_open() const { return spans_.empty(); }
  Seconds window_from() const;  ///< the axis' origin as an instant
  Seconds window_to() const;
  bool in_window(Seconds t) const { return t >= window_from() && t < window_to(); }

  bool is_open(Seconds t) const;
  /// `t` itself if open, else the next opening; nothing beyond the window.
  std::optional<Seconds> next_open(Seconds t) const;

  /// B(t): open seconds before `t`.
  Seconds axis(Seconds t) const;
  /// The earliest instant with B = key (so a key at a closing is that closing); nothing beyond.
  std::optional<Seconds> instant(Seconds key) const;

  Seconds elapsed(Seconds from, Seconds to) const;
  /// Earliest instant when `amount` open seconds have passed since `from`; 0 gives next_open(from).
  std::optional<Seconds> add(Seconds from, Seconds amount) const;

  /// Open days are the local days with any open time, numbered from 0 in order.
  /// Number of the last open day whose first opening is before `t` (-1: none): the day that "has
  /// begun". A clock due at the end of open day K is late iff begun_day(t) > K or ... see late rule:
  /// no open time may have passed after the last closing of K.
  std::int64_t begun_day(Seconds t) const;
  /// Number of the Nth open day after the local day of `t` (which is day 0, open or not).
  std::optional<std::int64_t> open_day_after(Seconds t, std::int64_t days) const;
  /// Last closing of an open day by number; nothing beyond the window.
  std::optional<Seconds> closing_of_day(std::int64_t number) const;

  /// UTC offset in force at an instant, and the instant of a local wall time (a time that does not
  /// exist moves on by the gap, a doubled one means the first).
  std::int32_t offset_at(Seconds t) const;
  Seconds local_to_utc(Day day, std::int32_t second_of_day) const;
  Day local_day(Seconds t) const;

  const std::vector<OpenSpan> &spans() const { return spans_; }

 private:
  std::vector<OpenSpan> spans_;
  // ... prefix sums, day index, open-day tables: see calendar.cpp
};

}  // namespace heard::calendar
