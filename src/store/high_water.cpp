#include "store/high_water.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>

#include "base/text.hpp"

namespace heard::store {

namespace {

constexpr std::string_view kFormat = "heard-high-water/1";

/// Always as long, so that a shorter one never leaves the end of a longer one behind it.
std::string line_of(const HighWaterMark &mark) {
  return fmt::format("{} {} {:020} {}\n", kFormat, hex(mark.ledger), mark.head.size,
                     hex(mark.head.root));
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
  std::array<char, 256> bytes{};
  const ssize_t got = ::read(fd, bytes.data(), bytes.size());
  ::close(fd);
  if (got <= 0) return std::nullopt;
  const auto words = split(trimmed({bytes.data(), static_cast<std::size_t>(got)}), ' ');
  if (words.size() != 4 || words[0] != kFormat) return std::nullopt;
  HighWaterMark mark;
  const auto size = to_int(words[2]);
  if (!size || !parse_id(words[1], mark.ledger) || !parse_hash(words[3], mark.head.root))
    return std::nullopt;
  mark.head.size = *size;
  return mark;
}

bool HighWaterFile::write(const HighWaterMark &mark) {
  if (fd_ < 0) fd_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd_ < 0) return false;
  const std::string line = line_of(mark);
  return ::pwrite(fd_, line.data(), line.size(), 0) == static_cast<ssize_t>(line.size());
}

}  // namespace heard::store
