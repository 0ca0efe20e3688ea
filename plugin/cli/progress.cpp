// A progress bar on standard error for long work; silent when nobody is looking.
#include "progress.hpp"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "output.hpp"

namespace heard::cli {
namespace {

constexpr std::int64_t kBarWidth = 28;
constexpr std::chrono::milliseconds kBetween{80};

std::string bar(std::int64_t filled) {
  std::string drawn;
  for (std::int64_t i = 0; i < kBarWidth; ++i) drawn += i < filled ? "█" : "░";
  return drawn;
}

}  // namespace

Progress::Progress(std::string title) : title_(std::move(title)), is_on_(isatty(STDERR_FILENO)) {}

Progress::~Progress() {
  const bool was_shown = shown_at_ != std::chrono::steady_clock::time_point{};
  if (was_shown) fmt::print(stderr, "\r\x1b[K");
}

void Progress::show(std::int64_t done, std::int64_t total, std::string_view note) {
  const auto now = std::chrono::steady_clock::now();
  if (!is_on_ || now - shown_at_ < kBetween) return;
  shown_at_ = now;
  if (total <= 0) {
    fmt::print(stderr, "\r\x1b[K{}  {}", title_, note.empty() ? grouped(done) : note);
  } else {
    const std::int64_t shown = std::clamp<std::int64_t>(done, 0, total);
    const std::string figures = fmt::format("{} of {}", grouped(done), grouped(total));
    fmt::print(stderr, "\r\x1b[K{}  {} {:3}%  {}", title_, bar(shown * kBarWidth / total),
               shown * 100 / total, note.empty() ? figures : note);
  }
  std::fflush(stderr);
}

}  // namespace heard::cli
