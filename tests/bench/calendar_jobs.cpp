// Due dates and elapsed time in nanoseconds, beside a bare loop over the same tables.
#include <algorithm>
#include <random>
#include <stdexcept>
#include <vector>

#include "base/zone_file.hpp"
#include "calendar/calendar.hpp"
#include "jobs.hpp"

namespace heard::bench {

namespace {

using calendar::OpenSpan;

constexpr Seconds kFrom = 1735689600;  // 2025-01-01
constexpr Seconds kYear = 365 * 86400;

struct Question {
  Seconds from;
  Seconds amount;
  Seconds to;
};

/// School days 08:00 to 16:00 in New York with a lunch break, winter and summer holidays.
calendar::Definition school_year() {
  calendar::Definition definition;
  const auto offsets =
      zone_offsets("/usr/share/zoneinfo", "America/New_York", 946684800, 2145916800);
  for (const auto &[from, seconds] : offsets) definition.offsets.push_back({from, seconds});
  calendar::Era era{0, "America/New_York", {}};
  for (std::size_t day = 0; day < 5; ++day)
    era.week[day] = calendar::parse_hours("hours", {"08:00-12:00", "13:00-16:00"});
  definition.eras.push_back(era);
  definition.closed.push_back(calendar::parse_day_range("closed", "2025-12-24/2026-01-04"));
  definition.closed.push_back(calendar::parse_day_range("closed", "2026-06-20/2026-08-30"));
  return definition;
}

/// The same answers from prefix sums and two indexes, with no question asked about the edges.
class BareCalendar {
 public:
  explicit BareCalendar(const std::vector<OpenSpan> &spans) : spans_(spans) {
    before_.push_back(0);
    for (const OpenSpan &span : spans_) before_.push_back(before_.back() + span.to - span.from);
    const Seconds last = spans_.back().to;
    for (Seconds t = spans_[0].from, i = 0; t < last; t += 1 << kShift) {
      while (spans_[static_cast<std::size_t>(i)].to <= t) ++i;
      by_time_.push_back(static_cast<std::uint32_t>(i));
    }
    for (Seconds key = 0, i = 0; key <= before_.back(); key += 1 << kShift) {
      while (before_[static_cast<std::size_t>(i) + 1] < key) ++i;
      by_key_.push_back(static_cast<std::uint32_t>(i));
    }
  }
  Seconds axis(Seconds t) const {
    std::size_t i = by_time_[static_cast<std::size_t>(t - spans_[0].from) >> kShift];
    i += spans_[i].to <= t;  // nobody can guess whether a time is before or after noon
    while (spans_[i].to <= t) ++i;
    return before_[i] + std::max<Seconds>(t - spans_[i].from, 0);
  }
  Seconds instant(Seconds key) const {
    std::size_t i = by_key_[static_cast<std::size_t>(key) >> kShift];
    i += before_[i + 1] < key;
    while (before_[i + 1] < key) ++i;
    return spans_[i].from + key - before_[i];
  }
  Seconds add(Seconds from, Seconds amount) const { return instant(axis(from) + amount); }
  Seconds elapsed(Seconds from, Seconds to) const { return axis(to) - axis(from); }

 private:
  static constexpr int kShift = 13;
  std::vector<OpenSpan> spans_;
  std::vector<Seconds> before_;
  std::vector<std::uint32_t> by_time_;
  std::vector<std::uint32_t> by_key_;
};

/// So many that no processor learns by heart which way each of them goes.
std::vector<Question> questions(const Settings &settings) {
  std::mt19937_64 random(settings.seed);
  std::vector<Question> all;
  for (int i = 0; i < (settings.is_small ? 300000 : 1000000); ++i) {
    const Seconds from = kFrom + static_cast<Seconds>(random() % kYear);
    const Seconds amount = 3600 * (2 + static_cast<Seconds>(random() % 79));
    all.push_back({from, amount, from + static_cast<Seconds>(random() % (40 * 86400))});
  }
  return all;
}

/// The answers must be used, or the compiler leaves the questions out.
volatile Seconds sink;

template <class Answer>
Spent answered(const std::vector<Question> &all, int times, const Answer &answer) {
  return spent_in([&] {
    Seconds sum = 0;
    for (int i = 0; i < times; ++i)
      for (const Question &question : all) sum += answer(question);
    sink = sum;
  });
}

template <class Product, class Floor>
Figure compared(const std::string &name, const Settings &settings, const Product &product,
                const Floor &floor) {
  const auto all = questions(settings);
  const int times = settings.is_small ? 5 : 10;
  for (const Question &question : all)
    if (product(question) != floor(question))
      throw std::runtime_error(name + ": product and floor give different answers");
  return measure({name, Shown::nanoseconds, double(times) * double(all.size()),
                  [&] { return answered(all, times, product); },
                  [&] { return answered(all, times, floor); }});
}

}  // namespace

void calendar_jobs(const Settings &settings, const Runner &run) {
  const calendar::Calendar hours(school_year());
  const BareCalendar bare(hours.spans());
  run("due_date", [&] {
    return compared(
        "due_date", settings, [&](const Question &q) { return *hours.add(q.from, q.amount); },
        [&](const Question &q) { return bare.add(q.from, q.amount); });
  });
  run("elapsed", [&] {
    return compared(
        "elapsed", settings, [&](const Question &q) { return hours.elapsed(q.from, q.to); },
        [&](const Question &q) { return bare.elapsed(q.from, q.to); });
  });
}

}  // namespace heard::bench
