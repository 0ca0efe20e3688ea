#include "unit/calendar/random_calendar.hpp"

#include <algorithm>
#include <chrono>

#include "unit/calendar/samples.hpp"

namespace heard::samples {

using namespace calendar;

namespace {

/// Whole minutes; now and then the whole day, the night, or nothing.
Hours random_hours(Random &random) {
  switch (pick(random, 0, 9)) {
    case 0:
      return {};
    case 1:
      return {{0, 86400}};
    case 2:
      return {{0, 7200}, {79200, 86400}};
    default:
      break;
  }
  Hours hours;
  std::int64_t from = pick(random, 0, 600);
  for (int i = 0; i < 3; ++i) {
    const std::int64_t to = from + pick(random, 1, 300);
    if (to > 1440) break;
    hours.push_back({static_cast<std::int32_t>(from * 60), static_cast<std::int32_t>(to * 60)});
    from = to + pick(random, 0, 1) * pick(random, 0, 200);
  }
  return hours;
}

Day random_day(Random &random, Day first, Day last) {
  return static_cast<Day>(pick(random, first, last));
}

Era random_era(Random &random, Day from) {
  Era era{from, "Etc/UTC", {}};
  for (std::size_t i = 0; i < 7; ++i)
    if (i < 5 || pick(random, 0, 3) == 0) era.week[i] = random_hours(random);
  return era;
}

/// Only what can matter in the months the random calendars cover.
std::vector<Offset> of_2026(std::vector<Offset> offsets) {
  std::erase_if(offsets, [](const Offset &offset) {
    return offset.from != 0 &&
           (offset.from < at("2026-01-01T00:00Z") || offset.from > at("2027-01-01T00:00Z"));
  });
  return offsets;
}

/// Berlin, New York by European rules, half an hour of summer time, or a jump at midnight.
std::vector<Offset> random_offsets(Random &random) {
  switch (pick(random, 0, 4)) {
    case 0:
      return {{0, 0}};
    case 1:
      return of_2026(european_offsets(3600));
    case 2:
      return of_2026(european_offsets(-5 * 3600));
    case 3:
      return {{0, 37800}, {at("2026-04-04T15:00Z"), 39600}, {at("2026-10-03T15:30Z"), 37800}};
    default:
      return {{0, 7200}, {at("2026-04-23T22:00Z"), 10800}, {at("2026-10-29T21:00Z"), 7200}};
  }
}

}  // namespace

std::int64_t pick(Random &random, std::int64_t low, std::int64_t high) {
  return low + static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(high - low + 1));
}

Definition random_definition(Random &random) {
  Definition definition;
  definition.first_day = random_day(random, day("2026-02-20"), day("2026-03-25"));
  definition.last_day = definition.first_day + static_cast<Day>(pick(random, 60, 240));
  definition.offsets = random_offsets(random);
  definition.eras = {random_era(random, definition.first_day)};
  edit_from(definition.first_day, random, definition);
  return definition;
}

void edit_from(Day first, Random &random, Definition &definition) {
  const Day last = definition.last_day;
  if (first > last) return;
  for (int i = 0; i < 4; ++i) {
    const Day closed = random_day(random, first, last);
    definition.closed.push_back({closed, closed + static_cast<Day>(pick(random, 0, 9))});
    definition.special.push_back({random_day(random, first, last), random_hours(random)});
    definition.breaks.push_back({random_day(random, first, last), random_hours(random)});
  }
  const Day era_from = random_day(random, first, last);
  if (era_from > definition.eras.back().from && pick(random, 0, 1) == 1)
    definition.eras.push_back(random_era(random, era_from));
}

MinuteWalk::MinuteWalk(const Definition &definition) : definition_(definition) {
  read_the_wall();
  from_ = utc(Seconds{definition.first_day} * 86400);
  const Seconds to = utc(Seconds{definition.last_day + 1} * 86400);
  open_.resize(static_cast<std::size_t>((to - from_) / 60));
  for (Day day = definition.first_day; day <= definition.last_day; ++day) open_day(day);
  counted_.push_back(0);
  for (const bool open : open_) counted_.push_back(counted_.back() + open);
}

std::int32_t MinuteWalk::offset(Seconds t) const {
  std::int32_t found = definition_.offsets.front().seconds;
  for (const Offset &offset : definition_.offsets)
    if (offset.from <= t) found = offset.seconds;
  return found;
}

/// Notes for each local minute when the wall shows it first. One it never shows comes a minute
/// after the one before, as if the old clock went on counting.
void MinuteWalk::read_the_wall() {
  wall_from_ = (Seconds{definition_.first_day} - 1) * 86400;
  const Seconds wall_to = (Seconds{definition_.last_day} + 3) * 86400;
  shown_.assign(static_cast<std::size_t>((wall_to - wall_from_) / 60), -1);
  for (Seconds t = wall_from_ - 15 * 3600; t < wall_to + 15 * 3600; t += 60) {
    const Seconds local = t + offset(t);
    if (local < wall_from_ || local >= wall_to) continue;
    Seconds &shown = shown_[static_cast<std::size_t>((local - wall_from_) / 60)];
    if (shown < 0) shown = t;
  }
  for (std::size_t i = 1; i < shown_.size(); ++i)
    if (shown_[i] < 0) shown_[i] = shown_[i - 1] + 60;
}

Seconds MinuteWalk::utc(Seconds local) const {
  return shown_[static_cast<std::size_t>((local - wall_from_) / 60)];
}

std::vector<bool> MinuteWalk::local_minutes(Day day) const {
  std::vector<bool> minutes(1440);
  const auto paint = [&](const Hours &hours, bool open) {
    for (const Span &span : hours)
      for (std::int32_t m = span.from / 60; m < span.to / 60; ++m)
        minutes[static_cast<std::size_t>(m)] = open;
  };
  for (const DayRange &range : definition_.closed)
    if (range.first <= day && day <= range.last) return minutes;
  bool special = false;
  for (const DayHours &entry : definition_.special) {
    if (entry.day != day) continue;
    special = true;
    paint(entry.hours, true);
  }
  if (!special) {
    const Era *era = &definition_.eras.front();
    for (const Era &later : definition_.eras)
      if (later.from <= day) era = &later;
    const std::chrono::weekday weekday{std::chrono::sys_days(std::chrono::days(day))};
    paint(era->week[weekday.iso_encoding() - 1], true);
  }
  for (const DayHours &entry : definition_.breaks)
    if (entry.day == day) paint(entry.hours, false);
  return minutes;
}

void MinuteWalk::open_day(Day day) {
  const std::vector<bool> minutes = local_minutes(day);
  const Seconds midnight = Seconds{day} * 86400;
  Seconds closing = -1;
  for (std::size_t m = 0; m < minutes.size();) {
    if (!minutes[m]) {
      ++m;
      continue;
    }
    std::size_t end = m;
    while (end < minutes.size() && minutes[end]) ++end;
    const Seconds from = utc(midnight + 60 * static_cast<Seconds>(m));
    const Seconds to = utc(midnight + 60 * static_cast<Seconds>(end));
    for (Seconds t = from; t < to; t += 60) open_[minute(t)] = true;
    if (from < to) closing = std::max(closing, to);
    m = end;
  }
  if (closing >= 0) days_.push_back({day, closing});
}

Seconds MinuteWalk::before(Seconds t) const {
  const std::size_t m = minute(t);
  const Seconds begun = m < open_.size() && open_[m] ? (t - from_) % 60 : 0;
  return 60 * counted_[m] + begun;
}

Seconds MinuteWalk::elapsed(Seconds from, Seconds to) const { return before(to) - before(from); }

Seconds MinuteWalk::add(Seconds from, Seconds amount) const {
  const Seconds needed = before(from) + amount;
  const auto enough = std::lower_bound(counted_.begin(), counted_.end(), (needed + 59) / 60);
  if (enough == counted_.end()) return -1;
  const Seconds surplus = 60 * *enough - needed;
  return from_ + 60 * static_cast<Seconds>(enough - counted_.begin()) - surplus;
}

Day MinuteWalk::local_day(Seconds t) const { return static_cast<Day>((t + offset(t)) / 86400); }

Seconds MinuteWalk::closing_after(Seconds t, std::int64_t days) const {
  for (const OpenDay &open : days_)
    if (open.day > local_day(t) && --days == 0) return open.closing;
  return -1;
}

}  // namespace heard::samples
