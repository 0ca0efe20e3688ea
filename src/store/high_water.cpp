#include "store/high_water.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>

#include "base/text.hpp"

namespace heard::store {

namespace {

constexpr std::string_view kFormat = "heard-high-water/1";
constexpr int kAttempts = 3;  // somebody may be writing it just now

/// Always as long, so that a shorter one never leaves the end of a longer one behind it. It ends
/// with a sum of its own: one that is read while another process writes it may be half of each.
std::string line_of(const HighWaterMark &mark) {
  const std::string line = fmt::format("{} {} {:020} {}", kFormat, hex(mark.ledger), mark.head.size,
                                       hex(mark.head.root));
  return line + " " + hex(sha256(line)).substr(0, 8) + "\n";
}

std::optional<HighWaterMark> mark_of(std::string_view line) {
  const auto words = split(trimmed(line), ' ');
  if (words.size() != 5 || words[0] != kFormat) return std::nullopt;
  HighWaterMark mark;
  const auto size = to_int(words[2]);
  if (!size || !parse_id(words[1], mark.ledger) || !parse_hash(words[3], mark.head.root))
    return std::nullopt;
  mark.head.size = *size;
  return line_of(mark) == line ? std::optional(mark) : std::nullopt;
}

}  // namespace

HighWaterFile::~HighWaterFile() { abandon(); }

void HighWaterFile::abandon() {
  if (fd_ >= 0) ::close(fd_);
  fd_ = -1;
}

std::optional<HighWaterMark> HighWaterFile::read() const {
  const int fd = ::open(path_.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (fd < 0) return std::nullopt;
  std::optional<HighWaterMark> mark;
  for (int attempt = 0; attempt < kAttempts && !mark; ++attempt) {
    std::array<char, 256> bytes{};
    const ssize_t got = ::pread(fd, bytes.data(), bytes.size(), 0);
    if (got <= 0) break;
    mark = mark_of({bytes.data(), static_cast<std::size_t>(got)});
  }
  ::close(fd);
  return mark;
}

bool HighWaterFile::write(const HighWaterMark &mark) {
  if (fd_ < 0) fd_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd_ < 0) return false;
  const std::string line = line_of(mark);
  return ::pwrite(fd_, line.data(), line.size(), 0) == static_cast<ssize_t>(line.size());
}

}  // namespace heard::store
