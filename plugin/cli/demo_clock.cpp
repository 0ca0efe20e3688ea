// The demo's time: moved by hand through three school weeks, then running on from there.
#include "demo_clock.hpp"

#include <algorithm>
#include <string_view>

#include "demo_sis/sis_server.hpp"

namespace heard::cli {
namespace {

constexpr int kFriday = 5;
constexpr int kOpens = 8, kCloses = 16;

std::int64_t tell_time(void *clock) { return static_cast<DemoClock *>(clock)->now(); }

std::int32_t tell_password(void *, const char *, heard_sink *out) {
  const std::string_view password = demo::SisServer::password();
  return heard_sink_put(out, password.data(), static_cast<std::int64_t>(password.size()));
}

}  // namespace

heard_host demo_host_table(DemoClock &clock) {
  heard_host host{};
  host.struct_size = sizeof host;
  host.abi = HEARD_ABI;
  host.host_data = &clock;
  host.now_ms = tell_time;
  host.secret = tell_password;
  return host;
}

Weeks weeks_before(Millis now) {
  const Millis today = local_moment(now, 0, 0);
  const int weekday = local_time(today).weekday;
  const int since_friday = (weekday - kFriday + 6) % 7 + 1;  // 1 to 7: never today
  const Millis friday = local_moment(today, -since_friday, 0);
  return {local_moment(friday, -18, 0), friday};
}

Millis local_moment(Millis midnight, int days, int hour, int minute) {
  LocalTime t = local_time(midnight);
  t.day += days;
  t.hour = hour;
  t.minute = minute;
  return instant_of(t);
}

Millis add_school_minutes(Millis from, int minutes) {
  for (Millis at = from;; at = local_moment(at, 1, 0)) {
    const int weekday = local_time(at).weekday;
    if (weekday == 0 || weekday == 6) continue;
    const Millis start = std::max(at, local_moment(at, 0, kOpens));
    const Millis end = local_moment(at, 0, kCloses);
    const int room = static_cast<int>(std::max<Millis>(0, end - start) / kMinute);
    if (minutes < room) return start + minutes * kMinute;
    minutes -= room;
  }
}

}  // namespace heard::cli
