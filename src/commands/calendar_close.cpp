#include "commands/calendar_close.hpp"

#include <algorithm>

#include "base/failure.hpp"
#include "commands/calendar_change.hpp"
#include "commands/calendar_edit.hpp"

namespace heard::commands {

namespace {

using calendar::Day;
using calendar::DayHours;
using calendar::DayRange;

constexpr Day kLongest = 400;  // days that one command may give special hours

CalendarChange wanted_calendar(const Work &work, const Record &fields) {
  const std::string calendar = fields.text("calendar");
  const std::string school = fields.text("school");
  if (calendar.empty() == school.empty())
    throw bad_field("school", "or else 'calendar' must be given, one of the two");
  if (!school.empty()) return open_school_calendar(work, school);
  CalendarChange change = open_calendar(work, calendar);
  if (change.is_new())
    throw Failure(Status::not_found, "there is no calendar '" + calendar + "'; check its id",
                  {{"field", "calendar"}});
  return change;
}

/// The hours that hold now: the calendar's, or its parent's while it has none of its own.
const calendar::Calendar &hours_now(const Work &work, const CalendarChange &change) {
  if (change.before) return *change.before->compiled;
  return *folds::calendar_now(work.database(), change.own.parent)->compiled;
}

std::vector<DayRange> wanted_days(const Work &work, const Record &fields,
                                  const CalendarChange &change) {
  std::vector<DayRange> days;
  for (const std::string &text : fields.texts("closed")) {
    days.push_back(calendar::parse_day_range("closed", text));
    if (days.back().last - days.back().first >= kLongest)
      throw bad_field("closed", "'" + text + "' is longer than 400 days; is a year wrong?");
  }
  if (days.empty()) {
    const Day today = hours_now(work, change).local_day(work.now_seconds());
    days.push_back({today, today});
  }
  const std::string name = checked_day_name("name", fields.text("name"));
  for (DayRange &range : days) {
    checked_day_name("closed", range.name);
    if (!name.empty()) range.name = name;
  }
  return days;
}

/// A day that was closed already gets no second closure.
void close(const DayRange &days, calendar::Definition &own) {
  const bool known = std::any_of(own.closed.begin(), own.closed.end(), [&](const DayRange &range) {
    return range.source.empty() && range.first <= days.first && days.last <= range.last;
  });
  if (!known) own.closed.push_back(days);
}

void shorten(const DayRange &days, const calendar::Hours &hours, calendar::Definition &own) {
  std::erase_if(own.special, [&](const DayHours &entry) {
    return entry.source.empty() && days.first <= entry.day && entry.day <= days.last;
  });
  for (Day day = days.first; day <= days.last; ++day)
    own.special.push_back({day, hours, days.name});
}

/// Cuts the days out of closures made by hand, takes their special hours away, and lifts what the
/// parent closes.
void reopen(const DayRange &days, calendar::Definition &own) {
  std::vector<DayRange> left;
  for (const DayRange &range : own.closed) {
    const bool touched =
        range.source.empty() && range.first <= days.last && days.first <= range.last;
    DayRange before = range, after = range;
    if (touched) before.last = days.first - 1;
    after.first = days.last + 1;
    if (before.first <= before.last) left.push_back(before);
    if (touched && after.first <= after.last) left.push_back(after);
  }
  own.closed = std::move(left);
  std::erase_if(own.special, [&](const DayHours &entry) {
    return entry.source.empty() && days.first <= entry.day && entry.day <= days.last;
  });
  if (own.parent.empty()) return;
  DayRange lifted{days.first, days.last};
  if (std::find(own.not_closed.begin(), own.not_closed.end(), lifted) == own.not_closed.end())
    own.not_closed.push_back(lifted);
}

bool is_open_on(const calendar::Calendar &hours, const DayRange &days) {
  const Seconds from = hours.local_to_utc(days.first, 0);
  return hours.elapsed(from, hours.local_to_utc(days.last + 1, 0)) > 0;
}

/// Nothing is reopened that stays closed for another reason, nor what was open anyway.
void check_reopened(const Work &work, const CalendarChange &change,
                    const std::vector<DayRange> &days) {
  const calendar::Calendar after(whole_calendar(work, change.id, change.own));
  for (const DayRange &range : days)
    if (!is_open_on(after, range))
      throw bad_field("closed", "'" + calendar::format_day_range(range) +
                                    "' was not closed by hand, or stays closed for another reason; "
                                    "look at calendar_days");
}

void edit_days(const Work &work, const Record &fields, CalendarChange &change) {
  const std::vector<DayRange> days = wanted_days(work, fields, change);
  const calendar::Hours hours = calendar::parse_hours("hours", fields.texts("hours"));
  if (fields.flag("reopen") && !hours.empty())
    throw bad_field("hours", "cannot be given together with reopen");
  for (const DayRange &range : days) {
    if (fields.flag("reopen"))
      reopen(range, change.own);
    else if (hours.empty())
      close(range, change.own);
    else
      shorten(range, hours, change.own);
  }
  if (fields.flag("reopen")) check_reopened(work, change, days);
}

}  // namespace

Record run_calendar_close(const Work &work, const Record &fields) {
  settle_everything(work);
  CalendarChange change = wanted_calendar(work, fields);
  edit_days(work, fields, change);
  Record result = save_if_changed(work, change, change.changes_days());
  return result.set("cases", open_cases(work.database(), change.id));
}

}  // namespace heard::commands
