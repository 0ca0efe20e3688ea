#include "calendar_ics/closed_days.hpp"

#include <fmt/format.h>
#include <heard/heard.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>

#include "calendar_ics/text.hpp"
#include "feed/failure.hpp"

namespace heard::calendar_ics {
namespace {

constexpr int kMostSteps = 60000;  // occurrences walked over: daily for 160 years
constexpr std::size_t kMostRepeating = 2000;
constexpr std::chrono::seconds kLongest{5};  // rules that never come true cost most
constexpr Day kUsualMost = 366;              // days one repeating event may close in the window

std::string lowered(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) {
    return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  });
  return text;
}

std::string quoted(const Event &event) {
  return event.name.empty() ? "an event without a summary" : "the event '" + event.name + "'";
}

/// The events of one file in its order, with the occurrences that others replace taken out.
class Expander {
 public:
  Expander(const Wishes &wishes, ClosedDays &result) : wishes_(wishes), result_(result) {}

  void read(icalcomponent *root, Zones &zones, icaltimezone *fallback) {
    collect(root, zones, fallback);
    for (const Event &event : events_) {
      if (event.replaces.empty()) continue;
      for (Event &master : events_)
        if (master.uid == event.uid && master.replaces.empty())
          master.left_out.insert(event.replaces);
    }
  }

  void expand() {
    for (const Event &event : events_) {
      if (event.cancelled || !is_wanted(event)) continue;
      if (!event.closes) {
        ++result_.timed;
        continue;
      }
      if (!expand_one(event)) ++result_.outside;
    }
    make_ranges();
  }

 private:
  void collect(icalcomponent *component, Zones &zones, icaltimezone *fallback) {
    for (icalcompiter at = icalcomponent_begin_component(component, ICAL_ANY_COMPONENT);
         icalcompiter_deref(&at) != nullptr; icalcompiter_next(&at)) {
      icalcomponent *part = icalcompiter_deref(&at);
      const auto kind = icalcomponent_isa(part);
      if (kind == ICAL_VCALENDAR_COMPONENT) collect(part, zones, fallback);
      if (kind != ICAL_VEVENT_COMPONENT) continue;
      ++result_.events;
      try {
        events_.push_back(read_event(part, zones, fallback));
        if (!events_.back().rules.empty()) ++repeating_;
      } catch (const Malformed &malformed) {
        result_.rejected.push_back(malformed.says);
      }
      if (repeating_ > kMostRepeating)
        throw feed::Failure(HEARD_E_LIMIT,
                            "the file has more than 2000 repeating events; use one "
                            "with holidays only");
    }
  }

  bool is_wanted(const Event &event) const {
    if (wishes_.category.empty()) return true;
    return std::ranges::any_of(event.categories, [&](const std::string &category) {
      return lowered(category) == lowered(wishes_.category);
    });
  }

  /// False if no day of it lies in the window.
  bool expand_one(const Event &event) {
    if (event.rules.empty() && *day_of(event.start) < 0) {
      result_.rejected.push_back(quoted(event) + " lies before 1970 and was left out");
      return true;
    }
    Day closed = 0;
    if (event.rules.empty()) closed += close(event, event.start);
    for (const icalrecurrencetype &rule : event.rules) closed += repeat(event, rule);
    for (const icaltimetype &extra : event.extra) closed += close(event, extra);
    return closed > 0;
  }

  Day repeat(const Event &event, const icalrecurrencetype &rule) {
    if (rule.freq < ICAL_DAILY_RECURRENCE)
      throw feed::Failure(HEARD_E_IO, quoted(event) +
                                          " repeats more often than daily, which no "
                                          "closure does; nothing was changed");
    const Recurrence dates(icalrecur_iterator_new(rule, event.start));
    if (!dates) {
      result_.rejected.push_back(quoted(event) + " repeats by an RRULE that makes no sense");
      return 0;
    }
    const Day most = std::max(kUsualMost, (wishes_.to - wishes_.from + 1) / 2);
    Day closed = 0;
    for (int step = 0; step < kMostSteps; ++step) {
      const icaltimetype date = icalrecur_iterator_next(dates.get());
      check_time();
      const auto day = icaltime_is_null_time(date) != 0 ? std::nullopt : day_of(date);
      if (!day || *day > wishes_.to) return closed;
      closed += close(event, date);
      if (closed > most)
        throw feed::Failure(HEARD_E_IO,
                            fmt::format("{} repeats without end and would close more than {} days; "
                                        "nothing was changed",
                                        quoted(event), most));
    }
    throw feed::Failure(HEARD_E_LIMIT, quoted(event) +
                                           " repeats too often to be followed; nothing "
                                           "was changed");
  }

  void check_time() const {
    if (std::chrono::steady_clock::now() - began_ < kLongest) return;
    throw feed::Failure(HEARD_E_LIMIT,
                        "the file's repeating events take too long to follow; use "
                        "one with holidays only");
  }

  /// Closes the days of one occurrence, as far as they lie in the window; the first event on a day
  /// names it.
  Day close(const Event &event, const icaltimetype &start) {
    const auto first = day_of(start);
    if (!first || event.left_out.contains(key_of(start))) return 0;
    const Day from = std::max(*first, wishes_.from);
    const Day to = std::min(*first + event.days - 1, wishes_.to);
    for (Day day = from; day <= to; ++day) names_.try_emplace(day, event.name);
    return std::max(to - from + 1, 0);
  }

  void make_ranges() {
    auto &closures = result_.closures;
    for (const auto &[day, name] : names_) {
      const bool goes_on =
          !closures.empty() && closures.back().last + 1 == day && closures.back().name == name;
      if (goes_on)
        closures.back().last = day;
      else
        closures.push_back({day, day, name});
    }
  }

  const Wishes &wishes_;
  ClosedDays &result_;
  std::vector<Event> events_;
  std::size_t repeating_ = 0;
  const std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
  std::map<Day, std::string> names_;
};

}  // namespace

ClosedDays closed_days(std::string bytes, const Wishes &wishes) {
  const std::string text = checked_text(std::move(bytes));
  const NeverFatal guard;
  const Component root(icalparser_parse_string(text.c_str()));
  if (!root)
    throw feed::Failure(HEARD_E_IO, "the file cannot be read as iCalendar; nothing was changed");
  Zones zones(root.get());
  ClosedDays result;
  Expander expander(wishes, result);
  expander.read(root.get(), zones, wishes.zone.empty() ? nullptr : zones.named(wishes.zone));
  expander.expand();
  return result;
}

}  // namespace heard::calendar_ics
