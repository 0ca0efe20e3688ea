#include "calendar/wall.hpp"

#include <algorithm>

#include "base/failure.hpp"

namespace heard::calendar {

Wall::Wall(std::vector<Offset> offsets) : offsets_(std::move(offsets)) {
  if (offsets_.empty()) throw bad_field("zone", "no UTC offset is known; give the calendar a zone");
  for (std::size_t i = 0; i + 1 < offsets_.size(); ++i) {
    if (i > 0 && offsets_[i].from >= offsets_[i + 1].from)
      throw bad_field("zone", "UTC offsets must be in order of time");
    local_ends_.push_back(offsets_[i + 1].from + offsets_[i].seconds);
  }
}

std::int32_t Wall::offset_at(Seconds t) const {
  const auto next =
      std::upper_bound(offsets_.begin() + 1, offsets_.end(), t,
                       [](Seconds at, const Offset &offset) { return at < offset.from; });
  return std::prev(next)->seconds;
}

Day Wall::local_day(Seconds t) const {
  return static_cast<Day>(floor_div(t + offset_at(t), kDaySeconds));
}

Seconds Wall::utc(Day day, std::int32_t second_of_day) const {
  const Seconds local = Seconds{day} * kDaySeconds + second_of_day;
  const auto end = std::upper_bound(local_ends_.begin(), local_ends_.end(), local);
  const auto i = static_cast<std::size_t>(end - local_ends_.begin());
  const Seconds at = local - offsets_[i].seconds;
  const bool in_gap = i > 0 && at < offsets_[i].from;
  return in_gap ? local - offsets_[i - 1].seconds : at;
}

}  // namespace heard::calendar
