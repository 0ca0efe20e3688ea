#include "commands/calendar_import.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "base/failure.hpp"
#include "calendar/inherit.hpp"
#include "commands/calendar_edit.hpp"

namespace heard::commands {

namespace {

using calendar::Day;
using calendar::DayHours;
using calendar::DayRange;

constexpr std::size_t kMostDays = 10000;

bool earlier(const DayRange &a, const DayRange &b) {
  return std::tie(a.first, a.last, a.name) < std::tie(b.first, b.last, b.name);
}

/// In order, each once, and days that adjoin under one name as a range.
std::vector<DayRange> joined(std::vector<DayRange> ranges) {
  std::stable_sort(ranges.begin(), ranges.end(), earlier);
  std::vector<DayRange> out;
  std::map<std::string, std::size_t> latest;  // of each name, its place in `out`
  for (DayRange &range : ranges) {
    const auto [place, is_first] = latest.try_emplace(range.name, out.size());
    if (!is_first && range.first <= out[place->second].last + 1) {
      out[place->second].last = std::max(out[place->second].last, range.last);
      continue;
    }
    place->second = out.size();
    out.push_back(std::move(range));
  }
  return out;
}

/// The part of `old` that lies before `day`, and the part of `fresh` from there on.
std::vector<DayRange> split_at(const std::vector<DayRange> &old, std::vector<DayRange> fresh,
                               Day day) {
  if (day == INT32_MIN) return fresh;
  std::erase_if(fresh, [&](const DayRange &range) { return range.last < day; });
  for (DayRange &range : fresh) range.first = std::max(range.first, day);
  for (DayRange range : old) {
    if (range.first >= day) continue;
    range.last = std::min(range.last, day - 1);
    fresh.push_back(range);
  }
  return fresh;
}

template <class Part>
std::vector<Part> taken_out(std::vector<Part> &parts, const std::string &source) {
  std::vector<Part> taken;
  std::erase_if(parts, [&](const Part &part) {
    if (part.source != source) return false;
    taken.push_back(part);
    return true;
  });
  return taken;
}

void import_special(const ImportedDays &imported, calendar::Definition &own) {
  std::vector<DayHours> days = taken_out(own.special, imported.source);
  std::erase_if(days, [&](const DayHours &entry) { return entry.day >= imported.keep_before; });
  for (DayHours entry : imported.special) {
    entry.source = imported.source;
    const bool known = std::find(days.begin(), days.end(), entry) != days.end();
    if (entry.day >= imported.keep_before && !known) days.push_back(entry);
  }
  own.special.insert(own.special.end(), days.begin(), days.end());
}

std::set<Day> days_of(const std::vector<DayRange> &ranges, Day from) {
  std::set<Day> days;
  for (const DayRange &range : ranges)
    for (Day day = std::max(range.first, from); day <= range.last; ++day) days.insert(day);
  return days;
}

/// A calendar that does not exist yet needs its zone; one that does keeps its own.
void check_zone(const Work &work, const Record &fields, CalendarChange &change) {
  const std::string zone = fields.text("zone");
  if (change.is_new()) {
    if (zone.empty())
      throw Failure(Status::not_found,
                    "there is no calendar '" + change.id +
                        "'; save it first, or name its zone so that it can be made",
                    {{"field", "calendar"}});
    return edit_calendar(work, nullptr, Record().set("zone", zone), change.own);
  }
  const std::string &own_zone = change.before->definition.eras.back().zone;
  if (!zone.empty() && zone != own_zone)
    throw bad_field("zone", "is '" + zone + "', but the calendar '" + change.id + "' is in " +
                                own_zone + "; change that with calendar.save");
}

}  // namespace

bool import_days(ImportedDays imported, CalendarChange &change) {
  calendar::Definition &own = change.own;
  const calendar::Definition before = own;
  for (DayRange &range : imported.closed) range.source = imported.source;
  const std::vector<DayRange> old = taken_out(own.closed, imported.source);
  const auto closed = joined(split_at(old, std::move(imported.closed), imported.keep_before));
  own.closed.insert(own.closed.end(), closed.begin(), closed.end());
  import_special(imported, own);
  if (own.closed.size() + own.special.size() > kMostDays)
    throw bad_field("closed", "is more than 10000 closures and special days; a calendar has fewer");
  return own != before;
}

LostDays lost_days(const CalendarChange &change, const ImportedDays &imported, Day from) {
  std::vector<DayRange> of_source = change.own.closed;
  std::erase_if(of_source, [&](const DayRange &range) { return range.source != imported.source; });
  const std::set<Day> before = days_of(of_source, from);
  const std::set<Day> after = days_of(imported.closed, from);
  LostDays lost{before.size(), 0};
  for (const Day day : before)
    if (!after.contains(day)) ++lost.gone;
  return lost;
}

Record run_calendar_import(const Work &work, const Record &fields) {
  ImportedDays imported;
  imported.source = fields.text("source");
  if (imported.source.empty())
    throw bad_field("source", "is empty; say where the days come from, like the file's name");
  checked_day_name("source", imported.source);
  imported.closed = ranges_from("closed", fields);
  imported.special = days_from("special", fields);
  settle_everything(work);
  CalendarChange change = open_calendar(work, fields.text("calendar"));
  check_zone(work, fields, change);
  const bool changed = import_days(std::move(imported), change) || change.is_new();
  Record result = save_if_changed(work, change, changed);
  return result.set("changed", changed);
}

}  // namespace heard::commands
