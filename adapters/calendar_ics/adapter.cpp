// One run: fetch the file, find the days it closes, hand them over as one complete set.
#include "calendar_ics/adapter.hpp"

#include <fmt/format.h>

#include <charconv>
#include <chrono>

#include "calendar_ics/closed_days.hpp"
#include "calendar_ics/fetch.hpp"
#include "feed/date.hpp"
#include "feed/feed.hpp"

namespace heard::calendar_ics {
namespace {

namespace chr = std::chrono;

constexpr char kType[] = "closure";
constexpr Day kYear = 366;
constexpr Day kLongestWindow = 11 * kYear;

constexpr char kDescribe[] = R"json({
  "title": "Closures from an iCalendar file or address",
  "settings": [
    {"name": "url", "type": "text", "required": true}, {"name": "calendar", "type": "text"},
    {"name": "category", "type": "text"}, {"name": "zone", "type": "text"},
    {"name": "from", "type": "text"}, {"name": "to", "type": "text"},
    {"name": "user", "type": "text"}, {"name": "password", "type": "secret"}
  ]
})json";

/// The host's clock where the library tells it, else this machine's.
Day today(feed::Feed &feed) {
  const std::string now = feed.setting("now");
  std::int64_t ms = 0;
  const auto [end, error] = std::from_chars(now.data(), now.data() + now.size(), ms);
  const auto at = error == std::errc() && !now.empty()
                      ? chr::sys_time<chr::milliseconds>(chr::milliseconds(ms))
                      : chr::floor<chr::milliseconds>(chr::system_clock::now());
  return static_cast<Day>(chr::floor<chr::days>(at).time_since_epoch().count());
}

Day date_setting(feed::Feed &feed, const char *name, Day fallback) {
  const std::string text = feed.setting(name);
  if (text.empty()) return fallback;
  const auto day = feed::parse_date(text);
  if (!day)
    throw feed::Failure(HEARD_E_ARGUMENT,
                        fmt::format("the feed's setting '{}' is no date like 2026-12-24", name),
                        "field", name);
  return *day;
}

Wishes wishes_of(feed::Feed &feed) {
  Wishes wishes;
  const Day now = today(feed);
  wishes.from = date_setting(feed, "from", now - kYear);
  wishes.to = date_setting(feed, "to", now + 2 * kYear);
  if (wishes.to < wishes.from || wishes.to - wishes.from > kLongestWindow)
    throw feed::Failure(HEARD_E_ARGUMENT,
                        "the feed's setting 'to' lies before 'from' or more than 11 years after it",
                        "field", "to");
  wishes.category = feed.setting("category");
  wishes.zone = feed.setting("zone");
  if (wishes.zone.empty()) wishes.zone = feed.setting("calendar_zone");
  return wishes;
}

void hand_over(feed::Feed &feed, const ClosedDays &days) {
  for (const std::string &sentence : days.rejected) feed.reject(kType, "", sentence);
  for (const Closure &closure : days.closures) {
    const std::string first = feed::format_date(closure.first),
                      last = feed::format_date(closure.last);
    const std::string key = first + "/" + last;
    feed::Record record(kType);
    record.set("key", key).set("first", first).set("last", last).set("name", closure.name);
    feed.known(kType, key, {});
    feed.put(record, {});
  }
  if (days.timed > 0)
    feed.reject(kType, "",
                fmt::format("{} of {} events are at a time of day and close nothing", days.timed,
                            days.events));
  feed.page_done(kType);
  feed.set_done(kType);
}

void run(feed::Feed &feed) {
  const Wishes wishes = wishes_of(feed);
  hand_over(feed, closed_days(fetch(feed, feed.setting("url")), wishes));
}

int32_t run_adapter(heard_feed *feed, heard_error **err) {
  if (err != nullptr) *err = nullptr;
  return feed::run_guarded(feed, err, run);
}

}  // namespace

const heard_adapter kAdapter = {sizeof(heard_adapter), HEARD_ABI, "calendar.ics", kDescribe,
                                run_adapter};

}  // namespace heard::calendar_ics
