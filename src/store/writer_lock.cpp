#include "store/writer_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <random>
#include <thread>

#include "base/failure.hpp"

namespace heard::store {

namespace {

using Clock = std::chrono::steady_clock;

/// Between 60 microseconds and 1 millisecond, so that waiters do not march in step.
std::chrono::microseconds pause() {
  thread_local std::minstd_rand random(static_cast<unsigned>(::getpid()));
  return std::chrono::microseconds(60 + random() % 940);
}

Failure interrupted() { return {Status::interrupted, "interrupted; nothing was changed"}; }

Failure cannot_lock() {
  return {Status::io, "the lock file of the store cannot be locked on this file system"};
}

}  // namespace

WriterLock::WriterLock(const std::string &store_path) {
  const std::string path = store_path + ".lock";
  fd_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd_ < 0)
    throw Failure(Status::io,
                  "the lock file '" + path + "' cannot be opened; check the folder's permissions");
}

WriterLock::~WriterLock() {
  if (fd_ >= 0) ::close(fd_);
}

void WriterLock::lock(std::int64_t wait_ms, const std::atomic<bool> &stop) {
  if (wait_ms < 0) return wait_in_line(stop);
  const auto deadline = Clock::now() + std::chrono::milliseconds(wait_ms);
  for (;;) {
    if (stop.load(std::memory_order_relaxed)) throw interrupted();
    if (::flock(fd_, LOCK_EX | LOCK_NB) == 0) return;
    if (errno != EWOULDBLOCK && errno != EINTR) throw cannot_lock();
    if (Clock::now() >= deadline)
      throw Failure(Status::busy, "another process is writing to the store; try again in a moment",
                    {}, 50);
    std::this_thread::sleep_for(pause());
  }
}

void WriterLock::wait_in_line(const std::atomic<bool> &stop) {
  while (!stop.load(std::memory_order_relaxed)) {
    if (::flock(fd_, LOCK_EX) == 0) return;
    if (errno != EINTR) throw cannot_lock();
  }
  throw interrupted();
}

void WriterLock::unlock() noexcept { ::flock(fd_, LOCK_UN); }

void WriterLock::abandon() {
  if (fd_ >= 0) ::close(fd_);
  fd_ = -1;
}

}  // namespace heard::store
