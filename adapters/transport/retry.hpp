// Repeats a request that failed for a passing reason, waiting longer each time.
#pragma once

#include <chrono>
#include <functional>
#include <optional>

#include "transport/http.hpp"

namespace heard::transport {

/// How to wait, and when to stop. Both are replaceable, so that tests do not sleep.
struct Patience {
  int attempts = 4;
  std::function<bool()> cancelled;
  std::function<void(std::chrono::milliseconds)> wait;
};

/// Sleeps in short steps and returns early when the run is cancelled.
void wait_for(std::chrono::milliseconds time, const std::function<bool()> &cancelled);

/// How long to wait after attempt 1, 2 ...; nothing if the server asks for more than two minutes.
/// `jitter` is 0 to 1 and keeps many clients from coming back together.
std::optional<std::chrono::milliseconds> pause_after(int attempt, std::int64_t retry_after_s,
                                                     double jitter);

/// The answer of the last attempt; a ConnectionFailure of the last attempt is thrown.
Head get_patiently(const Get &get, const Request &request, Body &body, const Patience &patience);

}  // namespace heard::transport
