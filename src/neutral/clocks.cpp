#include "neutral/clocks.hpp"

#include <algorithm>
#include <limits>
#include <vector>

namespace heard::neutral {

using calendar::Calendar;

namespace {

constexpr std::int64_t kMostMinutes = 60 * 24 * 366 * 100;
constexpr Seconds kNever = std::numeric_limits<Seconds>::max();

struct Pause {  ///< half-open
  Seconds from;
  Seconds to;  ///< kNever: it lasts still
};

struct Step {
  std::int64_t distance;
  bool in_days;
};

/// A target in open seconds, or in open days.
struct Target {
  Seconds seconds = 0;
  std::int64_t days = 0;
  bool in_days = false;
  calendar::DayEnd end = calendar::DayEnd::end_of_day;
};

struct ClockRow {
  Seconds start = 0;
  Target target;
  std::optional<Seconds> stop;
  std::vector<Pause> pauses;  ///< in order, apart, between start and stop
  std::vector<Step> steps;
};

Target read_target(const Json &json) {
  Target target;
  if (has(json, "minutes")) {
    const std::int64_t minutes = number(json, "minutes");
    if (minutes < 1 || minutes > kMostMinutes)
      throw bad_field("minutes", "a target must be between 1 minute and 100 years");
    target.seconds = minutes * 60;
    return target;
  }
  target.in_days = true;
  target.days = number(json, "business_days");
  if (target.days < 0) throw bad_field("business_days", "a target cannot be negative");
  target.end = day_end(text(json, "mode", "end_of_day"));
  return target;
}

/// Pauses count only while the clock runs, and what two of them share counts once.
std::vector<Pause> read_pauses(const Json &row, Seconds start, Seconds stop) {
  std::vector<Pause> pauses;
  for (const Json &pair : list(row, "pauses")) {
    if (!pair.is_array() || pair.size() != 2)
      throw bad_field("pauses", "every pause must be a pair of instants");
    const Seconds from = to_instant(pair[0], "pauses");
    const Seconds to = pair[1].is_null() ? kNever : to_instant(pair[1], "pauses");
    if (to < from) throw bad_field("pauses", "a pause ends before it begins");
    pauses.push_back({std::max(from, start), std::min(to, stop)});
  }
  std::sort(pauses.begin(), pauses.end(),
            [](const Pause &a, const Pause &b) { return a.from < b.from; });
  for (std::size_t i = 1; i < pauses.size(); ++i)
    pauses[i].from = std::max(pauses[i].from, pauses[i - 1].to);
  for (std::size_t i = 1; i < pauses.size(); ++i)
    pauses[i].to = std::max(pauses[i].to, pauses[i - 1].to);
  std::erase_if(pauses, [](const Pause &pause) { return pause.to <= pause.from; });
  return pauses;
}

std::vector<Step> read_steps(const Json &row) {
  std::vector<Step> steps;
  for (const Json &step : list(row, "escalations")) {
    const auto seconds = optional_number(step, "offset_s");
    steps.push_back({seconds ? *seconds : number(step, "offset_business_days"), !seconds});
  }
  return steps;
}

ClockRow read_clock(const Json &row) {
  ClockRow clock;
  clock.start = instant(row, "start");
  clock.target = read_target(object(row, "target"));
  if (has(row, "stop")) clock.stop = instant(row, "stop");
  if (flag(row, "pausable", true))
    clock.pauses = read_pauses(row, clock.start, clock.stop.value_or(kNever));
  clock.steps = read_steps(row);
  return clock;
}

/// One row over one calendar. Where an instant lies beyond the calendar there is no answer yet.
class Figures {
 public:
  Figures(const ClockRow &clock, const Calendar &calendar) : clock_(clock), calendar_(calendar) {
    for (const Pause &pause : clock.pauses)
      if (pause.to == kNever)
        lasts_still_ = true;
      else
        paused_ += calendar.elapsed(pause.from, pause.to);
  }

  std::optional<Json> all() const {
    Json got = {{"paused_s", paused_}};
    if (lasts_still_) {
      got["due"] = nullptr;
      return got;
    }
    const auto due = this->due();
    if (!due) return std::nullopt;
    got["due"] = format_utc(*due);
    if (clock_.stop) add_verdict(*due, got);
    for (const Step &step : clock_.steps) {
      const auto at = step.in_days
                          ? add_days(calendar_, *due, step.distance, calendar::DayEnd::same_time)
                          : calendar::walk(calendar_, *due, step.distance);
      if (!at) return std::nullopt;
      got["escalations"].push_back(format_utc(*at));
    }
    return got;
  }

 private:
  /// A target in days ends where it ends, later by the open time that was paused.
  std::optional<Seconds> due() const {
    if (!clock_.target.in_days) return calendar_.add(clock_.start, clock_.target.seconds + paused_);
    const auto day = add_days(calendar_, clock_.start, clock_.target.days, clock_.target.end);
    return day ? calendar::walk(calendar_, *day, paused_) : std::nullopt;
  }

  void add_verdict(Seconds due, Json &got) const {
    const Seconds counted = calendar_.elapsed(clock_.start, *clock_.stop) - paused_;
    const Seconds target = clock_.target.in_days ? calendar_.elapsed(clock_.start, due) - paused_
                                                 : clock_.target.seconds;
    got["elapsed_s"] = counted;
    got["margin_s"] = target - counted;
    got["breached"] = counted > target;
  }

  const ClockRow &clock_;
  const Calendar &calendar_;
  Seconds paused_ = 0;
  bool lasts_still_ = false;
};

}  // namespace

Json answer_clock(const Json &row, Group &group) {
  const ClockRow clock = read_clock(row);
  auto got = ask(group.calendar(), dates_in(row),
                 [&](const Calendar &calendar) { return Figures(clock, calendar).all(); });
  if (!got) throw no_open_time("the calendar has too little open time for the target");
  return *std::move(got);
}

}  // namespace heard::neutral
