#include "sif_xpress/calendars.hpp"

#include <fmt/format.h>
#include <tinyxml2.h>

#include <algorithm>

#include "feed/date.hpp"
#include "feed/feed.hpp"
#include "sif_xpress/adapter.hpp"
#include "sif_xpress/key.hpp"
#include "xml/record_tree.hpp"

namespace heard::sif_xpress {
namespace {

using tinyxml2::XMLElement;
using xml::child;
using xml::text_at;

constexpr std::string_view kSessions[] = {"schoolRefId", "sessions"};
constexpr std::string_view kDates[] = {"Date", "SchoolInfoRefId", "CalendarDateType",
                                       "StudentAttendance"};

constexpr Object kCalendars = {
    "xCalendars", "xCalendar", "closure", true, kSessions, nullptr, closures_between_sessions};
constexpr Object kCalendarDates = {"CalendarDates", "CalendarDate", "closure",      true,
                                   kDates,          nullptr,        closure_of_date};

constexpr char kDescribe[] = R"json({
  "title": "School calendars of a SIF 3 service",
  "settings": [
    {"name": "url", "type": "text", "required": true}, {"name": "calendar", "type": "text"},
    {"name": "source", "type": "text"},
    {"name": "user", "type": "text"}, {"name": "password", "type": "secret"},
    {"name": "zone", "type": "text"}, {"name": "context", "type": "text"},
    {"name": "page_size", "type": "integer", "default": 200}
  ]
})json";

std::string trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
}

/// North America writes it as an attribute, Australia as an element.
std::string either(const XMLElement &from, const char *name) {
  const char *attribute = from.Attribute(name);
  return trimmed(attribute == nullptr ? text_at(&from, {name}) : attribute);
}

feed::Day date_in(const std::string &text) {
  const auto day = feed::parse_date(text);
  if (!day) throw feed::Failure(HEARD_E_ARGUMENT, "has a date that is none; ask for its repair");
  return *day;
}

feed::Record closure(const std::string &school, feed::Day first, feed::Day last,
                     const std::string &name) {
  const std::string from = feed::format_date(first), to = feed::format_date(last);
  feed::Record record("closure");
  record.set("key", fmt::format("{} {}/{}", school, from, to)).set("school", school);
  record.set("first", from).set("last", to).set("name", name);
  return record;
}

struct Session {
  feed::Day first, last;
};

std::vector<Session> sessions_of(const XMLElement &from) {
  std::vector<Session> sessions;
  const XMLElement *list = child(&from, "sessions");
  for (const XMLElement *e = child(list, "session"); e != nullptr;
       e = e->NextSiblingElement("session")) {
    const Session session{date_in(trimmed(text_at(e, {"startDate"}))),
                          date_in(trimmed(text_at(e, {"endDate"})))};
    if (session.last < session.first)
      throw feed::Failure(HEARD_E_ARGUMENT,
                          "has a session that ends before it begins; ask for its repair");
    sessions.push_back(session);
  }
  std::ranges::sort(sessions, {}, &Session::first);
  return sessions;
}

/// What a code says about a day where nothing is said about attendance.
bool is_holiday(const std::string &code) {
  return code.size() >= 3 && (code[0] == 'H' || code[0] == 'h') &&
         (code[1] == 'O' || code[1] == 'o') && (code[2] == 'L' || code[2] == 'l');
}

std::string reason(const std::string &code) {
  if (is_holiday(code)) return "Holiday";
  return code.empty() ? "No school" : "No school (" + code + ")";
}

int32_t run_object(heard_feed *feed, heard_error **err, const Object &object) {
  if (err != nullptr) *err = nullptr;
  return feed::run_guarded(
      feed, err, [&](feed::Feed &guarded) { run_objects(guarded, std::span(&object, 1)); });
}
int32_t run_calendars(heard_feed *feed, heard_error **err) {
  return run_object(feed, err, kCalendars);
}
int32_t run_dates(heard_feed *feed, heard_error **err) {
  return run_object(feed, err, kCalendarDates);
}

}  // namespace

const heard_adapter kCalendarAdapter = {sizeof(heard_adapter), HEARD_ABI, "sif.xpress.calendar",
                                        kDescribe, run_calendars};
const heard_adapter kCalendarDateAdapter = {sizeof(heard_adapter), HEARD_ABI, "sif.calendar",
                                            kDescribe, run_dates};

void closures_between_sessions(const XMLElement &from, std::vector<feed::Record> &to) {
  const std::string school = normalised_key(text_at(&from, {"schoolRefId"}));
  const std::vector<Session> sessions = sessions_of(from);
  if (sessions.empty()) return;
  feed::Day last = sessions.front().last;
  for (const Session &session : sessions) {
    if (session.first > last + 1)
      to.push_back(closure(school, last + 1, session.first - 1, "Between sessions"));
    last = std::max(last, session.last);
  }
}

void closure_of_date(const XMLElement &from, std::vector<feed::Record> &to) {
  const feed::Day day = date_in(either(from, "Date"));
  const std::string school = normalised_key(either(from, "SchoolInfoRefId"));
  const std::string counts =
      tri_state(text_at(&from, {"StudentAttendance", "CountsTowardAttendance"}));
  const std::string code = trimmed(text_at(&from, {"CalendarDateType", "Code"}));
  const bool closed = counts.empty() ? is_holiday(code) : counts == "no";
  if (closed) to.push_back(closure(school, day, day, reason(code)));
}

}  // namespace heard::sif_xpress
