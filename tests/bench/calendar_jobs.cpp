// Due dates and elapsed time in nanoseconds on ten years of closures, beside a bare loop over the
// same tables; and the compiling of these tables, beside a bare walk over the days.
#include <algorithm>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/zone_file.hpp"
#include "calendar/calendar.hpp"
#include "jobs.hpp"

namespace heard::bench {

namespace {

using calendar::OpenSpan;

constexpr int kFirstYear = 2020;
constexpr int kYears = 10;
constexpr Seconds kFrom = 1577836800;               // 2020-01-01
constexpr Seconds kAsked = (kYears * 365) * 86400;  // when questions begin

struct Question {
  Seconds from;
  Seconds amount;
  Seconds to;
};

/// School days 08:00 to 16:00 in New York with a lunch break; in each of ten years the holidays of
/// winter, spring and summer, ten single days off and two half days.
calendar::Definition ten_years() {
  calendar::Definition definition;
  const auto offsets =
      zone_offsets("/usr/share/zoneinfo", "America/New_York", 946684800, 2145916800);
  for (const auto &[from, seconds] : offsets) definition.offsets.push_back({from, seconds});
  calendar::Era era{0, "America/New_York", {}};
  for (std::size_t day = 0; day < 5; ++day)
    era.week[day] = calendar::parse_hours("hours", {"08:00-12:00", "13:00-16:00"});
  definition.eras.push_back(era);
  for (int year = kFirstYear; year < kFirstYear + kYears; ++year) {
    const std::string y = std::to_string(year) + "-";
    const auto close = [&](const std::string &text) {
      definition.closed.push_back(calendar::parse_day_range("closed", text));
    };
    close(y + "12-24/" + std::to_string(year + 1) + "-01-04");
    close(y + "04-01/" + y + "04-08");
    close(y + "06-20/" + y + "08-30");
    for (const char *day :
         {"01-17", "02-12", "02-21", "03-10", "05-05", "05-29", "09-05", "10-09", "11-11", "11-27"})
      close(y + day);
    for (const char *day : {"11-26", "12-23"}) {
      const auto date = calendar::parse_day_range("special", y + day);
      definition.special.push_back({date.first, calendar::parse_hours("hours", {"08:00-11:30"})});
    }
  }
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

/// What compiling cannot do without: a mark for each closed day, a walk over the days, and the
/// spans written in order of time.
class BareWalk {
 public:
  explicit BareWalk(const calendar::Definition &definition) : definition_(definition) {}

  std::vector<OpenSpan> spans() const {
    const auto days = static_cast<std::size_t>(definition_.last_day - definition_.first_day) + 1;
    std::vector<char> closed(days);
    for (const calendar::DayRange &range : definition_.closed)
      std::fill(closed.begin() + (range.first - definition_.first_day),
                closed.begin() + (range.last - definition_.first_day) + 1, 1);
    std::vector<OpenSpan> spans;
    spans.reserve(days);
    auto special = definition_.special.begin();
    auto offset = definition_.offsets.begin();
    for (std::size_t place = 0; place < days; ++place) {
      const calendar::Day day = definition_.first_day + static_cast<calendar::Day>(place);
      const Seconds midnight = Seconds{day} * 86400;
      const bool is_special = special != definition_.special.end() && special->day == day;
      const calendar::Hours *hours =
          is_special ? &special->hours
                     : &definition_.eras[0].week[static_cast<std::size_t>((day + 3) % 7)];
      if (is_special) ++special;
      if (closed[place] != 0) continue;
      // The offset changes at night, when nothing is open.
      while (offset + 1 != definition_.offsets.end() &&
             (offset + 1)->from <= midnight + 6 * 3600 - offset->seconds)
        ++offset;
      for (const calendar::Span &span : *hours)
        spans.push_back(
            {midnight + span.from - offset->seconds, midnight + span.to - offset->seconds});
    }
    return spans;
  }

 private:
  const calendar::Definition &definition_;
};

/// So many that no processor learns by heart which way each of them goes.
std::vector<Question> questions(const Settings &settings) {
  std::mt19937_64 random(settings.seed);
  std::vector<Question> all;
  for (int i = 0; i < (settings.is_small ? 300000 : 1000000); ++i) {
    const Seconds from = kFrom + static_cast<Seconds>(random() % kAsked);
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

Figure compiled(const calendar::Definition &definition) {
  constexpr int kTimes = 200;
  const BareWalk walk(definition);
  if (calendar::Calendar(definition).spans() != walk.spans())
    throw std::runtime_error("calendar_compile: product and floor open at different times");
  const auto repeated = [](const auto &compile) {
    return spent_in([&] {
      std::size_t sum = 0;
      for (int i = 0; i < kTimes; ++i) sum += compile();
      sink = static_cast<Seconds>(sum);
    });
  };
  return measure(
      {"calendar_compile", Shown::milliseconds, double(kTimes),
       [&] { return repeated([&] { return calendar::Calendar(definition).spans().size(); }); },
       [&] { return repeated([&] { return walk.spans().size(); }); }});
}

}  // namespace

void calendar_jobs(const Settings &settings, const Runner &run) {
  const calendar::Definition definition = ten_years();
  const calendar::Calendar hours(definition);
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
  run("calendar_compile", [&] { return compiled(definition); });
}

}  // namespace heard::bench
