// The advisory lock in front of every write: one writer at a time, fairly, over all processes.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>

namespace heard::store {

/// The lock file "<store>.lock", opened close-on-exec. Its own open file description, so two
/// connections of one process exclude each other too. Used by one thread at a time.
class WriterLock {
 public:
  /// Throws Failure(io) if the file cannot be made.
  explicit WriterLock(const std::string &store_path);
  ~WriterLock();
  WriterLock(const WriterLock &) = delete;
  WriterLock &operator=(const WriterLock &) = delete;

  /// Waits at most `wait_ms`; Failure(busy) afterwards, Failure(interrupted) when told to stop.
  /// Below 0: as long as it takes, in the kernel's queue; a signal is then needed to stop it.
  /// With a deadline, whoever unlocks wakes the one that has waited longest.
  void lock(std::int64_t wait_ms, const std::atomic<bool> &stop);
  void unlock() noexcept;
  /// Closes the descriptor without unlocking: for a child after fork (the lock is the parent's).
  void abandon();

 private:
  void wait_in_line(const std::atomic<bool> &stop);
  void wait_for_bell(std::chrono::microseconds most) const;

  int fd_ = -1;
  void *bell_ = nullptr;  // where all who wait sleep; null: this file system has no such place
};

}  // namespace heard::store
