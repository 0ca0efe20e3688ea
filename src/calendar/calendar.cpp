#include "calendar/calendar.hpp"

#include <algorithm>
#include <bit>

#include "calendar/compile.hpp"

namespace heard::calendar {

Calendar::Calendar(const Definition &definition)
    : wall_(definition.offsets),
      first_day_(definition.first_day),
      window_from_(wall_.utc(definition.first_day, 0)),
      window_to_(wall_.utc(definition.last_day + 1, 0)) {
  Compiled compiled = compile(definition, wall_);
  spans_ = std::move(compiled.spans);
  days_ = std::move(compiled.days);
  days_upto_ = std::move(compiled.days_upto);
  index_spans();
}

/// Both indexes answer "where to start looking", so that a search is one load and about one step.
void Calendar::index_spans() {
  before_.reserve(spans_.size() + 1);
  before_.push_back(0);
  for (const OpenSpan &span : spans_) before_.push_back(before_.back() + span.to - span.from);
  if (spans_.empty()) return;
  first_opening_ = spans_.front().from;
  last_closing_ = spans_.back().to;

  std::uint32_t i = 0;
  by_time_.reserve(static_cast<std::size_t>((last_closing_ - first_opening_) >> kTimeShift) + 1);
  for (Seconds start = first_opening_; start < last_closing_; start += Seconds{1} << kTimeShift) {
    while (spans_[i].to <= start) ++i;
    by_time_.push_back(i);
  }

  const auto mean = static_cast<std::uint64_t>(before_.back()) / spans_.size();
  key_shift_ = static_cast<int>(std::bit_width(mean)) - 1;
  i = 0;
  by_key_.reserve(static_cast<std::size_t>(before_.back() >> key_shift_) + 1);
  for (Seconds start = 0; start <= before_.back(); start += Seconds{1} << key_shift_) {
    while (before_[i + 1] < start) ++i;
    by_key_.push_back(i);
  }
}

bool Calendar::is_open(Seconds t) const { return next_open(t) == t; }

std::optional<Seconds> Calendar::next_open(Seconds t) const {
  if (never_open() || t >= last_closing_) return std::nullopt;
  return t <= first_opening_ ? first_opening_ : std::max(t, spans_[span_at(t)].from);
}

std::int64_t Calendar::begun_day(Seconds t) const {
  const auto next =
      std::lower_bound(days_.begin(), days_.end(), t,
                       [](const OpenDay &day, Seconds at) { return day.opening < at; });
  return next - days_.begin() - 1;
}

std::optional<std::int64_t> Calendar::open_day_after(Seconds t, std::int64_t days) const {
  if (never_open()) return std::nullopt;
  const Day day = local_day(t);
  if (day < first_day_) return days - 1;
  const auto place = static_cast<std::size_t>(day - first_day_);
  return days_upto_[std::min(place, days_upto_.size() - 1)] + days - 1;
}

std::optional<Seconds> Calendar::closing_of_day(std::int64_t number) const {
  if (number < 0 || number >= static_cast<std::int64_t>(days_.size())) return std::nullopt;
  return days_[static_cast<std::size_t>(number)].closing;
}

}  // namespace heard::calendar
