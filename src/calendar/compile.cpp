#include "calendar/compile.hpp"

#include <algorithm>
#include <chrono>
#include <string>

#include "base/failure.hpp"

namespace heard::calendar {

namespace {

/// Sorted, with adjoining and overlapping pieces joined.
Hours joined(Hours hours, const char *field) {
  std::sort(hours.begin(), hours.end(),
            [](const Span &a, const Span &b) { return a.from < b.from; });
  Hours out;
  for (const Span &span : hours) {
    if (span.from < 0 || span.from >= span.to || span.to > kDaySeconds)
      throw bad_field(field, "a time span must lie within its day and have a length");
    if (!out.empty() && span.from <= out.back().to)
      out.back().to = std::max(out.back().to, span.to);
    else
      out.push_back(span);
  }
  return out;
}

/// `hours` without what `cuts` covers; both joined.
Hours without(const Hours &hours, const Hours &cuts) {
  Hours left;
  for (Span span : hours) {
    for (const Span &cut : cuts) {
      if (cut.to <= span.from || cut.from >= span.to) continue;
      if (cut.from > span.from) left.push_back({span.from, cut.from});
      span.from = cut.to;
    }
    if (span.from < span.to) left.push_back(span);
  }
  return left;
}

/// Dated hours in order of day, one entry a day.
std::vector<DayHours> by_day(std::vector<DayHours> list, const char *field) {
  std::stable_sort(list.begin(), list.end(),
                   [](const DayHours &a, const DayHours &b) { return a.day < b.day; });
  std::vector<DayHours> out;
  for (DayHours &entry : list) {
    if (!out.empty() && out.back().day == entry.day)
      out.back().hours.insert(out.back().hours.end(), entry.hours.begin(), entry.hours.end());
    else
      out.push_back(std::move(entry));
  }
  for (DayHours &entry : out) entry.hours = joined(std::move(entry.hours), field);
  return out;
}

/// The entry of `day` in a list walked once, forward.
class DayCursor {
 public:
  explicit DayCursor(std::vector<DayHours> list) : list_(std::move(list)) {}

  const Hours *at(Day day) {
    while (next_ < list_.size() && list_[next_].day < day) ++next_;
    return next_ < list_.size() && list_[next_].day == day ? &list_[next_].hours : nullptr;
  }

 private:
  std::vector<DayHours> list_;
  std::size_t next_ = 0;
};

void check(const Definition &definition) {
  if (definition.last_day < definition.first_day)
    throw bad_field("from", "the calendar's window ends before it begins");
  if (definition.eras.empty()) throw bad_field("hours", "the calendar has no weekly hours");
  for (std::size_t i = 1; i < definition.eras.size(); ++i)
    if (definition.eras[i].from <= definition.eras[i - 1].from)
      throw bad_field("from", "weekly hours must be in order of the day they hold from");
  for (const DayRange &range : definition.closed)
    if (range.last < range.first) throw bad_field("closed", "a closure ends before it begins");
  for (const DayRange &term : definition.terms)
    if (term.last < term.first) throw bad_field("terms", "a term ends before it begins");
}

/// A mark for each day of the window.
class DayMarks {
 public:
  DayMarks(const Definition &definition, bool value)
      : first_(definition.first_day),
        last_(definition.last_day),
        marks_(static_cast<std::size_t>(last_ - first_) + 1, value ? 1 : 0) {}

  void set(Day first, Day last, bool value) {
    for (Day day = std::max(first, first_); day <= std::min(last, last_); ++day)
      marks_[static_cast<std::size_t>(day - first_)] = value ? 1 : 0;
  }
  bool at(Day day) const { return marks_[static_cast<std::size_t>(day - first_)] != 0; }

 private:
  Day first_, last_;
  std::vector<char> marks_;
};

/// One yearly day in every year of the window.
void close_yearly(const Definition &definition, const MonthDay &yearly, DayMarks &closed) {
  using namespace std::chrono;
  const auto year_of = [](Day day) { return year_month_day(sys_days(days(day))).year(); };
  for (year y = year_of(definition.first_day); y <= year_of(definition.last_day); ++y) {
    const year_month_day date = y / month(yearly.month) / day(yearly.day);
    if (!date.ok()) continue;  // 29 February
    const auto closed_day = static_cast<Day>(sys_days(date).time_since_epoch().count());
    closed.set(closed_day, closed_day, true);
  }
}

/// What the parent closes first, then the days on which that does not hold, then its own closures.
DayMarks closed_days(const Definition &definition) {
  DayMarks closed(definition, !definition.terms.empty());
  for (const DayRange &term : definition.terms) closed.set(term.first, term.last, false);
  for (const bool inherited : {true, false}) {
    for (const DayRange &range : definition.closed)
      if (range.inherited == inherited) closed.set(range.first, range.last, true);
    for (const MonthDay &yearly : definition.closed_yearly)
      if (yearly.inherited == inherited) close_yearly(definition, yearly, closed);
    if (!inherited) continue;
    for (const DayRange &open : definition.not_closed) closed.set(open.first, open.last, false);
  }
  return closed;
}

/// 1970-01-01 was a Thursday.
std::int64_t days_since_monday(Day day) {
  const std::int64_t shifted = std::int64_t{day} + 3;
  return shifted - floor_div(shifted, 7) * 7;
}

/// Walks the window day by day and collects what is open.
class Compiler {
 public:
  Compiler(const Definition &definition, const Wall &wall)
      : definition_(definition),
        wall_(wall),
        closed_(closed_days(definition)),
        special_(by_day(definition.special, "special")),
        breaks_(by_day(definition.breaks, "breaks")) {
    for (const Era &era : definition.eras)
      for (const Hours &hours : era.week) weeks_.push_back(joined(hours, "hours"));
  }

  Compiled run() {
    const auto count = static_cast<std::size_t>(definition_.last_day - definition_.first_day) + 1;
    compiled_.spans.reserve(count);
    compiled_.days.reserve(count);
    compiled_.days_upto.reserve(count);
    start_ = wall_.utc(definition_.first_day, 0);
    for (Day day = definition_.first_day; day <= definition_.last_day; ++day) {
      const Seconds end = std::max(start_, wall_.utc(day + 1, 0));
      add_day(day, end);
      compiled_.days_upto.push_back(static_cast<std::int32_t>(compiled_.days.size()));
      start_ = end;
    }
    return std::move(compiled_);
  }

 private:
  /// What is open on `day`, on its local clock.
  const Hours &hours(Day day) {
    const Hours *breaks = breaks_.at(day);
    const Hours *special = special_.at(day);
    if (closed_.at(day)) return none_;
    while (era_ + 1 < definition_.eras.size() && definition_.eras[era_ + 1].from <= day) ++era_;
    const auto weekday = static_cast<std::size_t>(days_since_monday(day));
    const Hours &open = special ? *special : weeks_[era_ * 7 + weekday];
    if (breaks == nullptr) return open;
    cut_ = without(open, *breaks);
    return cut_;
  }

  /// Times that do not exist move on, yet never out of their day [start_, end).
  void add_day(Day day, Seconds end) {
    const Hours &open = hours(day);
    const bool even = end - start_ == kDaySeconds;  // no change of offset, so no need to look it up
    OpenDay whole{end, start_};
    for (const Span &span : open) {
      const Seconds from = even ? start_ + span.from : wall_.utc(day, span.from);
      const Seconds to = even ? start_ + span.to : wall_.utc(day, span.to);
      const OpenSpan piece{std::clamp(from, start_, end), std::clamp(to, start_, end)};
      if (piece.from >= piece.to) continue;
      whole.opening = std::min(whole.opening, piece.from);
      whole.closing = std::max(whole.closing, piece.to);
      add_span(piece);
    }
    if (whole.opening < whole.closing) compiled_.days.push_back(whole);
  }

  void add_span(OpenSpan span) {
    std::vector<OpenSpan> &spans = compiled_.spans;
    while (!spans.empty() && span.from <= spans.back().to) {
      span.from = std::min(span.from, spans.back().from);
      span.to = std::max(span.to, spans.back().to);
      spans.pop_back();
    }
    spans.push_back(span);
  }

  const Definition &definition_;
  const Wall &wall_;
  DayMarks closed_;
  DayCursor special_;
  DayCursor breaks_;
  std::vector<Hours> weeks_;  // seven for each era
  std::size_t era_ = 0;
  const Hours none_;
  Hours cut_;
  Seconds start_ = 0;
  Compiled compiled_;
};

}  // namespace

Compiled compile(const Definition &definition, const Wall &wall) {
  check(definition);
  return Compiler(definition, wall).run();
}

}  // namespace heard::calendar
