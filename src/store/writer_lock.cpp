#include "store/writer_lock.hpp"

#include <fcntl.h>
#include <linux/futex.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <random>
#include <thread>

#include "base/failure.hpp"

namespace heard::store {

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::microseconds;

// Nobody rings for a writer that is killed, nor for whoever lies down just as the bell rings. So
// nobody sleeps for long; but who wakes too early goes to the end of the line.
constexpr microseconds kFirstWait{1'000};
constexpr microseconds kLaterWait{50'000};

constexpr std::size_t kBellSize = 4;

/// The bell is a number in the lock file that is always 0: nobody ever reads or writes it, so that
/// no process falls when the file is cut. It names the line that the kernel keeps.
void *bell_of(int fd) {
  struct stat info {};
  if (::fstat(fd, &info) != 0) return nullptr;
  if (info.st_size == 0 && ::pwrite(fd, "", 1, 0) != 1) return nullptr;  // without it, no page
  void *bell = ::mmap(nullptr, kBellSize, PROT_READ, MAP_SHARED, fd, 0);
  return bell == MAP_FAILED ? nullptr : bell;
}

/// Between 60 microseconds and 1 millisecond, so that waiters do not march in step.
microseconds pause() {
  thread_local std::minstd_rand random(static_cast<unsigned>(::getpid()));
  return microseconds(60 + random() % 940);
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
  bell_ = bell_of(fd_);
}

WriterLock::~WriterLock() { abandon(); }

void WriterLock::lock(std::int64_t wait_ms, const std::atomic<bool> &stop) {
  if (wait_ms < 0) return wait_in_line(stop);
  const auto deadline = Clock::now() + std::chrono::milliseconds(wait_ms);
  for (microseconds wait = kFirstWait;; wait = kLaterWait) {
    if (stop.load(std::memory_order_relaxed)) throw interrupted();
    if (::flock(fd_, LOCK_EX | LOCK_NB) == 0) return;
    if (errno != EWOULDBLOCK && errno != EINTR) throw cannot_lock();
    const auto left = std::chrono::duration_cast<microseconds>(deadline - Clock::now());
    if (left.count() <= 0)
      throw Failure(Status::busy, "another process is writing to the store; try again in a moment",
                    {}, 50);
    wait_for_bell(std::min(wait, left));
  }
}

void WriterLock::wait_for_bell(microseconds most) const {
  const timespec time{0, static_cast<long>(most.count() * 1000)};
  if (::syscall(SYS_futex, bell_, FUTEX_WAIT, 0, &time, nullptr, 0) == 0) return;
  // A file system without bells, or a file with something else in it: then ask now and then.
  if (errno != ETIMEDOUT && errno != EINTR) std::this_thread::sleep_for(std::min(pause(), most));
}

void WriterLock::wait_in_line(const std::atomic<bool> &stop) {
  while (!stop.load(std::memory_order_relaxed)) {
    if (::flock(fd_, LOCK_EX) == 0) return;
    if (errno != EINTR) throw cannot_lock();
  }
  throw interrupted();
}

void WriterLock::unlock() noexcept {
  ::flock(fd_, LOCK_UN);
  ::syscall(SYS_futex, bell_, FUTEX_WAKE, 1, nullptr, nullptr, 0);
}

void WriterLock::abandon() {
  if (bell_ != nullptr) ::munmap(bell_, kBellSize);
  if (fd_ >= 0) ::close(fd_);
  bell_ = nullptr;
  fd_ = -1;
}

}  // namespace heard::store
