// Random calendars, and the slow and obvious way to read them: a walk over every minute.
#pragma once

#include <random>
#include <vector>

#include "calendar/calendar.hpp"

namespace heard::samples {

using Random = std::mt19937_64;

/// From low to high, both included.
std::int64_t pick(Random &random, std::int64_t low, std::int64_t high);

/// About half a year around a change of summer time, all edges on whole minutes.
calendar::Definition random_definition(Random &random);
/// Closes days, gives them special hours or breaks, changes the week: from `first` on, never
/// before.
void edit_from(calendar::Day first, Random &random, calendar::Definition &definition);

/// What is open, minute by minute, found without the code under test.
class MinuteWalk {
 public:
  explicit MinuteWalk(const calendar::Definition &definition);

  Seconds from() const { return from_; }
  Seconds to() const { return from_ + 60 * static_cast<Seconds>(open_.size()); }
  bool is_open(Seconds t) const { return open_[minute(t)]; }
  Seconds elapsed(Seconds from, Seconds to) const;
  /// Instant at which `amount` open seconds have passed since `from`; -1 beyond the window.
  Seconds add(Seconds from, Seconds amount) const;
  calendar::Day local_day(Seconds t) const;
  /// Last closing of the Nth day with open time after the local day of `t`; -1 beyond the window.
  Seconds closing_after(Seconds t, std::int64_t days) const;

 private:
  struct OpenDay {
    calendar::Day day;
    Seconds closing;
  };

  std::size_t minute(Seconds t) const { return static_cast<std::size_t>((t - from_) / 60); }
  Seconds before(Seconds t) const;
  std::int32_t offset(Seconds t) const;
  void read_the_wall();
  Seconds utc(Seconds local) const;
  void open_day(calendar::Day day);
  std::vector<bool> local_minutes(calendar::Day day) const;

  const calendar::Definition definition_;
  Seconds wall_from_ = 0;
  std::vector<Seconds> shown_;  // by local minute since wall_from_
  Seconds from_ = 0;
  std::vector<bool> open_;        // by minute since from_
  std::vector<Seconds> counted_;  // open minutes before each
  std::vector<OpenDay> days_;
};

}  // namespace heard::samples
