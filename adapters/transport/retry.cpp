// Retries 408, 429, 5xx and broken connections; everything else is the caller's business.
#include "transport/retry.hpp"

#include <heard/heard.h>

#include <algorithm>
#include <random>
#include <thread>

namespace heard::transport {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kFirstPause{1000};
constexpr milliseconds kStep{200};
constexpr std::int64_t kLongestWish = 120;  ///< seconds of Retry-After we are willing to wait

bool passes_by_itself(const Head &head) {
  return head.status == 408 || head.status == 429 || (head.status >= 500 && head.status != 501);
}

double jitter() {
  static thread_local std::minstd_rand engine(std::random_device{}());
  return static_cast<double>(engine() % 1000) / 1000.0;
}

/// False when waiting makes no sense any more.
bool pause(const Patience &patience, int attempt, std::int64_t retry_after_s) {
  if (attempt >= patience.attempts) return false;
  const auto time = pause_after(attempt, retry_after_s, jitter());
  if (!time) return false;
  patience.wait(*time);
  if (patience.cancelled && patience.cancelled()) {
    throw feed::Failure(HEARD_E_INTERRUPTED, "the sync was stopped");
  }
  return true;
}

}  // namespace

void wait_for(milliseconds time, const std::function<bool()> &cancelled) {
  for (milliseconds left = time; left > milliseconds(0) && !(cancelled && cancelled());
       left -= kStep) {
    std::this_thread::sleep_for(std::min(left, kStep));
  }
}

std::optional<milliseconds> pause_after(int attempt, std::int64_t retry_after_s, double jitter) {
  if (retry_after_s > kLongestWish) return std::nullopt;
  if (retry_after_s > 0) return milliseconds(retry_after_s * 1000);
  const milliseconds base = kFirstPause * (1 << std::min(attempt - 1, 5));
  return base +
         milliseconds(static_cast<std::int64_t>(static_cast<double>(base.count()) * jitter / 4));
}

Head get_patiently(const Get &get, const Request &request, Body &body, const Patience &patience) {
  for (int attempt = 1;; ++attempt) {
    try {
      Head head = get(request, body);
      if (!passes_by_itself(head) || !pause(patience, attempt, head.retry_after_s)) return head;
    } catch (const ConnectionFailure &) {
      if (!pause(patience, attempt, 0)) throw;
    }
  }
}

}  // namespace heard::transport
