// Working time compiled for arithmetic: sorted open spans, prefix sums, two indexes. Pure, O(1).
//
// The axis: B(t) = open seconds from the calendar's first day to t. It is what due times are stored
// on: a closing announced for later changes no B of the past, only the map from B back to the wall.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "calendar/definition.hpp"
#include "calendar/wall.hpp"

namespace heard::calendar {

struct OpenSpan {  ///< half-open, UTC
  Seconds from;
  Seconds to;
  bool operator==(const OpenSpan &) const = default;
};

/// A local day with any open time: its first opening and its last closing.
struct OpenDay {
  Seconds opening;
  Seconds closing;
};

/// Immutable after construction; share freely between threads.
class Calendar {
 public:
  /// Throws bad_field when the definition cannot be compiled (no era, unordered offsets ...).
  explicit Calendar(const Definition &definition);

  bool never_open() const { return spans_.empty(); }
  Seconds window_from() const { return window_from_; }  ///< the axis' origin as an instant
  Seconds window_to() const { return window_to_; }      ///< the end of its last day
  bool in_window(Seconds t) const { return t >= window_from() && t < window_to(); }

  bool is_open(Seconds t) const;
  /// `t` itself if open, else the next opening; nothing beyond the window.
  std::optional<Seconds> next_open(Seconds t) const;

  /// B(t): open seconds before `t`.
  Seconds axis(Seconds t) const;
  /// The earliest instant with B = key (so a key at a closing is that closing; 0 is the origin);
  /// nothing for a key below 0 or beyond the window.
  std::optional<Seconds> instant(Seconds key) const;

  Seconds elapsed(Seconds from, Seconds to) const;
  /// Earliest instant when `amount` open seconds have passed since `from`; 0 gives next_open(from).
  std::optional<Seconds> add(Seconds from, Seconds amount) const;

  /// Open days are the local days with any open time, numbered from 0 in order.
  /// Number of the last open day that has begun before `t`: whose first opening is earlier than `t`
  /// (-1: none). What is due at the end of open day K is late iff begun_day(t) > K, for only then
  /// has open time passed after the last closing of K.
  std::int64_t begun_day(Seconds t) const;
  /// Number of the Nth open day after the local day of `t` (which is day 0, open or not). May lie
  /// beyond the window; nothing only if the calendar is never open.
  std::optional<std::int64_t> open_day_after(Seconds t, std::int64_t days) const;
  /// Last closing of an open day by number; nothing beyond the window.
  std::optional<Seconds> closing_of_day(std::int64_t number) const;

  /// UTC offset in force at an instant, and the instant of a local wall time (a time that does not
  /// exist moves on by the gap, a doubled one means the first).
  std::int32_t offset_at(Seconds t) const { return wall_.offset_at(t); }
  Seconds local_to_utc(Day day, std::int32_t second_of_day) const {
    return wall_.utc(day, second_of_day);
  }
  Day local_day(Seconds t) const { return wall_.local_day(t); }

  const std::vector<OpenSpan> &spans() const { return spans_; }

 private:
  static constexpr int kTimeShift = 13;  // buckets of 2 h 16 min: hardly one holds two closings

  void index_spans();
  std::size_t span_at(Seconds t) const;

  Wall wall_;
  Day first_day_;
  Seconds window_from_;
  Seconds window_to_;
  Seconds first_opening_ = std::numeric_limits<Seconds>::max();
  Seconds last_closing_ = std::numeric_limits<Seconds>::max();
  std::vector<OpenSpan> spans_;
  std::vector<OpenDay> days_;
  std::vector<std::int32_t> days_upto_;
  std::vector<Seconds> before_;         // open seconds before each span, and all of them
  std::vector<std::uint32_t> by_time_;  // bucket of time -> first span ending after its start
  std::vector<std::uint32_t> by_key_;   // bucket of the axis -> span its start lies in
  int key_shift_ = 0;                   // a bucket of the axis is 2^shift seconds
};

// Here for speed: handing an optional back from a call takes longer than finding what is in it.

/// The first span that ends after `t`, which lies between the first opening and the last closing.
/// The one step is arithmetic, for no processor can guess whether a time is before or after noon.
inline std::size_t Calendar::span_at(Seconds t) const {
  std::size_t i = by_time_[static_cast<std::size_t>((t - first_opening_) >> kTimeShift)];
  i += spans_[i].to <= t;
  while (spans_[i].to <= t) ++i;
  return i;
}

inline Seconds Calendar::axis(Seconds t) const {
  if (t <= first_opening_) return 0;
  if (t >= last_closing_) return before_.back();
  const std::size_t i = span_at(t);
  return before_[i] + std::max<Seconds>(t - spans_[i].from, 0);
}

inline Seconds Calendar::elapsed(Seconds from, Seconds to) const {
  return to <= from ? 0 : axis(to) - axis(from);
}

inline std::optional<Seconds> Calendar::instant(Seconds key) const {
  if (key < 0 || key > before_.back()) return std::nullopt;
  if (key == 0) return window_from_;
  std::size_t i = by_key_[static_cast<std::size_t>(key >> key_shift_)];
  i += before_[i + 1] < key;
  while (before_[i + 1] < key) ++i;
  return spans_[i].from + (key - before_[i]);
}

inline std::optional<Seconds> Calendar::add(Seconds from, Seconds amount) const {
  return amount <= 0 ? next_open(from) : instant(axis(from) + amount);
}

}  // namespace heard::calendar
