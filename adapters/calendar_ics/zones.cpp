#include "calendar_ics/zones.hpp"

#include <fmt/format.h>
#include <heard/heard.h>
#include <libical/icaltz-util.h>

#include <algorithm>

#include "calendar_ics/text.hpp"
#include "feed/failure.hpp"

namespace heard::calendar_ics {
namespace {

constexpr std::size_t kLongestZone = 200;

/// A rule that changes the clock more often than monthly is no time zone, and to walk it would
/// never end.
bool is_usable_rule(icalcomponent *rule) {
  if (icalcomponent_get_first_property(rule, ICAL_DTSTART_PROPERTY) == nullptr) return false;
  if (icalcomponent_get_first_property(rule, ICAL_TZOFFSETTO_PROPERTY) == nullptr) return false;
  if (icalcomponent_get_first_property(rule, ICAL_TZOFFSETFROM_PROPERTY) == nullptr) return false;
  for (icalproperty *p = icalcomponent_get_first_property(rule, ICAL_RRULE_PROPERTY); p != nullptr;
       p = icalcomponent_get_next_property(rule, ICAL_RRULE_PROPERTY)) {
    const auto frequency = icalproperty_get_rrule(p).freq;
    if (frequency != ICAL_YEARLY_RECURRENCE && frequency != ICAL_MONTHLY_RECURRENCE) return false;
  }
  return true;
}

bool is_usable(icalcomponent *zone) {
  int rules = 0;
  for (icalcomponent *rule = icalcomponent_get_first_component(zone, ICAL_ANY_COMPONENT);
       rule != nullptr; rule = icalcomponent_get_next_component(zone, ICAL_ANY_COMPONENT)) {
    if (!is_usable_rule(rule)) return false;
    ++rules;
  }
  return rules > 0;
}

/// A name that can be a file below the folder of zones, and nothing else.
bool is_zone_name(const std::string &name) {
  if (name.empty() || name.size() > kLongestZone || name.front() == '/') return false;
  if (name.find("..") != std::string::npos) return false;
  return std::ranges::all_of(name, [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '/' ||
           c == '_' || c == '-' || c == '+';
  });
}

/// The component of the file that defines this zone; null if there is none.
icalcomponent *definition_of(icalcomponent *root, const std::string &id) {
  if (icalcomponent_isa(root) == ICAL_VTIMEZONE_COMPONENT) {
    icalproperty *name = icalcomponent_get_first_property(root, ICAL_TZID_PROPERTY);
    return name != nullptr && id == icalproperty_get_tzid(name) ? root : nullptr;
  }
  for (icalcompiter at = icalcomponent_begin_component(root, ICAL_ANY_COMPONENT);
       icalcompiter_deref(&at) != nullptr; icalcompiter_next(&at)) {
    const auto kind = icalcomponent_isa(icalcompiter_deref(&at));
    if (kind != ICAL_VTIMEZONE_COMPONENT && kind != ICAL_VCALENDAR_COMPONENT) continue;
    if (icalcomponent *found = definition_of(icalcompiter_deref(&at), id)) return found;
  }
  return nullptr;
}

}  // namespace

icaltimezone *Zones::defined_in_file(const std::string &id) {
  icalcomponent *definition = definition_of(root_, id);
  if (definition == nullptr || !is_usable(definition)) return nullptr;
  OwnZone zone(icaltimezone_new());
  icalcomponent *copy = icalcomponent_new_clone(definition);
  if (icaltimezone_set_component(zone.get(), copy) == 0) {
    icalcomponent_free(copy);
    return nullptr;
  }
  return (owned_[id] = std::move(zone)).get();
}

icaltimezone *Zones::of_this_machine(const std::string &id) {
  if (!is_zone_name(id)) return nullptr;
  icalcomponent *definition = icaltzutil_fetch_timezone(id.c_str());
  if (definition == nullptr) return nullptr;
  OwnZone zone(icaltimezone_new());
  if (icaltimezone_set_component(zone.get(), definition) == 0) {
    icalcomponent_free(definition);
    return nullptr;
  }
  return (owned_[id] = std::move(zone)).get();
}

icaltimezone *Zones::named(const std::string &id) {
  const auto found = known_.find(id);
  if (found != known_.end()) return found->second;
  icaltimezone *zone = nullptr;
  if (id == "UTC" || id == "Etc/UTC" || id == "GMT") zone = icaltimezone_get_utc_timezone();
  if (zone == nullptr) zone = defined_in_file(id);
  if (zone == nullptr) zone = of_this_machine(id);
  if (zone == nullptr)
    throw feed::Failure(HEARD_E_IO,
                        fmt::format("the time zone '{}' is not known here and not defined in the "
                                    "file as it must be; nothing was changed, repair the file",
                                    day_name(id)));
  return known_[id] = zone;
}

icaltimezone *Zones::of(icalproperty *property, const icaltimetype &time) {
  if (time.is_date != 0) return nullptr;
  if (icaltime_is_utc(time) != 0) return icaltimezone_get_utc_timezone();
  icalparameter *zone = icalproperty_get_first_parameter(property, ICAL_TZID_PARAMETER);
  return zone == nullptr ? nullptr : named(icalparameter_get_tzid(zone));
}

}  // namespace heard::calendar_ics
