#include "calendar_ics/event.hpp"

#include <fmt/format.h>

#include <chrono>

#include "calendar_ics/text.hpp"

namespace heard::calendar_ics {
namespace {

icalproperty *property(icalcomponent *component, icalproperty_kind kind) {
  return icalcomponent_get_first_property(component, kind);
}

template <class Visit>
void each(icalcomponent *component, icalproperty_kind kind, Visit visit) {
  for (icalproperty *p = icalcomponent_get_first_property(component, kind); p != nullptr;
       p = icalcomponent_get_next_property(component, kind))
    visit(p);
}

std::string text_of(const char *text) { return text == nullptr ? "" : text; }

/// The wall time in `zone`, without the zone.
icaltimetype floating_in(icaltimetype time, icaltimezone *from, icaltimezone *zone) {
  if (time.is_date == 0 && from != nullptr && zone != nullptr && from != zone) {
    time = icaltime_set_timezone(&time, from);
    time = icaltime_convert_to_zone(time, zone);
  }
  time.zone = nullptr;
  return time;
}

bool is_midnight(const icaltimetype &time) {
  return time.hour == 0 && time.minute == 0 && time.second == 0;
}

/// Reads one event; keeps what its properties share.
class Reader {
 public:
  Reader(icalcomponent *component, Zones &zones, icaltimezone *fallback)
      : component_(component), zones_(zones), fallback_(fallback) {}

  Event read() {
    event_.name = day_name(text_of(icalcomponent_get_summary(component_)));
    event_.uid = text_of(icalcomponent_get_uid(component_));
    event_.cancelled = icalcomponent_get_status(component_) == ICAL_STATUS_CANCELLED;
    read_categories();
    read_start();
    read_end();
    read_repetition();
    return std::move(event_);
  }

 private:
  [[noreturn]] void fail(const char *says) const {
    const std::string name = event_.name.empty() ? "without a summary" : "'" + event_.name + "'";
    throw Malformed{fmt::format("the event {} {}", name, says)};
  }

  void read_categories() {
    each(component_, ICAL_CATEGORIES_PROPERTY, [&](icalproperty *p) {
      const std::string all = text_of(icalproperty_get_categories(p));
      for (std::size_t from = 0; from <= all.size();) {
        const std::size_t comma = std::min(all.find(',', from), all.size());
        event_.categories.push_back(day_name(all.substr(from, comma - from)));
        from = comma + 1;
      }
    });
  }

  void read_start() {
    icalproperty *p = property(component_, ICAL_DTSTART_PROPERTY);
    if (p == nullptr) fail("has no readable DTSTART");
    const icaltimetype time = icalproperty_get_dtstart(p);
    if (!day_of(time)) fail("begins on a day that does not exist");
    zone_ = zones_.of(p, time);
    // A time in UTC says nothing about where it is midnight: the calendar's own zone does, unless
    // it is midnight in UTC itself.
    const bool is_utc = zone_ != nullptr && icaltime_is_utc(time) != 0;
    icaltimezone *from = zone_;
    if (is_utc && !is_midnight(time) && fallback_ != nullptr) zone_ = fallback_;
    event_.start = floating_in(time, from, zone_);
    event_.is_date = time.is_date != 0;
  }

  void read_end() {
    icaltimetype end = event_.start;
    icalproperty *p = property(component_, ICAL_DTEND_PROPERTY);
    if (p != nullptr) {
      const icaltimetype time = icalproperty_get_dtend(p);
      if (!day_of(time)) fail("ends on a day that does not exist");
      end = floating_in(time, zones_.of(p, time), zone_);
    } else if ((p = property(component_, ICAL_DURATION_PROPERTY)) != nullptr) {
      const icaldurationtype duration = icalproperty_get_duration(p);
      if (icaldurationtype_is_bad_duration(duration) != 0) fail("has an unreadable DURATION");
      icaltimetype start = event_.start;
      if (event_.is_date) start.is_date = 0;
      end = icaltime_add(start, duration);
    }
    const auto last = day_of(end);
    if (!last) fail("ends on a day that does not exist");
    event_.days = *last - *day_of(event_.start);
    if (event_.days < 0) fail("ends before it begins");
    event_.closes =
        event_.is_date || (is_midnight(event_.start) && is_midnight(end) && event_.days > 0);
    if (event_.days == 0) event_.days = 1;  // no DTEND, or one that means the same day
  }

  /// UNTIL is often in UTC while the event is not, and a time while the event is a date.
  icaltimetype until_of(icaltimetype until) const {
    if (icaltime_is_null_time(until) != 0 || until.is_date != 0) return until;
    icaltimezone *wanted = event_.is_date ? fallback_ : zone_;
    if (icaltime_is_utc(until) != 0)
      until = floating_in(until, icaltimezone_get_utc_timezone(), wanted);
    until.zone = nullptr;
    if (event_.is_date) {
      until.is_date = 1;
      until.hour = until.minute = until.second = 0;
    }
    return until;
  }

  void leave_out(icalproperty *p, const icaltimetype &time) {
    if (!day_of(time)) fail("leaves out a day that does not exist");
    event_.left_out.insert(key_of(in_own_form(p, time)));
  }

  /// As a floating time of the event's own kind and zone.
  icaltimetype in_own_form(icalproperty *p, const icaltimetype &time) {
    icaltimetype own = floating_in(time, zones_.of(p, time), zone_);
    if (event_.is_date) {
      own.is_date = 1;
      own.hour = own.minute = own.second = 0;
    } else if (own.is_date != 0) {  // a date leaves out that day's occurrence
      own = event_.start;
      own.year = time.year;
      own.month = time.month;
      own.day = time.day;
    }
    return own;
  }

  void read_repetition() {
    each(component_, ICAL_RRULE_PROPERTY, [&](icalproperty *p) {
      icalrecurrencetype rule = icalproperty_get_rrule(p);
      if (rule.freq == ICAL_NO_RECURRENCE) fail("repeats by an unreadable RRULE");
      rule.until = until_of(rule.until);
      event_.rules.push_back(rule);
    });
    each(component_, ICAL_RDATE_PROPERTY, [&](icalproperty *p) {
      const icaldatetimeperiodtype date = icalproperty_get_rdate(p);
      const bool is_period = icaltime_is_null_time(date.time) != 0;
      const icaltimetype time = is_period ? date.period.start : date.time;
      if (!day_of(time)) fail("has an RDATE that does not exist");
      event_.extra.push_back(in_own_form(p, time));
    });
    each(component_, ICAL_EXDATE_PROPERTY,
         [&](icalproperty *p) { leave_out(p, icalproperty_get_exdate(p)); });
    icalproperty *p = property(component_, ICAL_RECURRENCEID_PROPERTY);
    if (p == nullptr) return;
    if (icalproperty_get_first_parameter(p, ICAL_RANGE_PARAMETER) != nullptr)
      fail("changes all later dates at once (RANGE), which Heard does not read");
    const icaltimetype time = icalproperty_get_recurrenceid(p);
    if (!day_of(time)) fail("replaces a day that does not exist");
    icaltimetype own = floating_in(time, zones_.of(p, time), zone_);
    event_.replaces = key_of(own);
  }

  icalcomponent *component_;
  Zones &zones_;
  icaltimezone *fallback_;
  icaltimezone *zone_ = nullptr;
  Event event_;
};

}  // namespace

std::optional<Day> day_of(const icaltimetype &time) {
  using namespace std::chrono;
  const year_month_day date{year(time.year), month(static_cast<unsigned>(time.month)),
                            day(static_cast<unsigned>(time.day))};
  if (time.year < 1 || time.year > 9999 || !date.ok()) return std::nullopt;
  return static_cast<Day>(sys_days(date).time_since_epoch().count());
}

std::string key_of(const icaltimetype &time) {
  return fmt::format("{:04}{:02}{:02}{:02}{:02}{:02}", time.year, time.month, time.day, time.hour,
                     time.minute, time.second);
}

Event read_event(icalcomponent *component, Zones &zones, icaltimezone *fallback) {
  return Reader(component, zones, fallback).read();
}

}  // namespace heard::calendar_ics
