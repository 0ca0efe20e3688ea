// Turns Ctrl-C into a clean stop: a thread waits for the signal and calls what stops the work.
#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <thread>

namespace heard::cli {

/// Make it before any thread of the program starts, so that all of them leave the signals to it. A
/// second Ctrl-C ends the process at once.
class Interrupt {
 public:
  Interrupt();
  ~Interrupt();
  Interrupt(const Interrupt &) = delete;
  Interrupt &operator=(const Interrupt &) = delete;

  /// What stops the work from now on (called on the waiting thread); nothing by default.
  void on_signal(std::function<void()> stop);
  bool was_asked() const { return was_asked_; }
  /// Throws a Trouble when Ctrl-C was pressed.
  void check() const;

 private:
  void wait();
  std::mutex mutex_;
  std::function<void()> stop_;  // guarded by mutex_
  std::atomic<bool> was_asked_ = false;
  std::atomic<bool> is_over_ = false;
  std::thread thread_;
};

}  // namespace heard::cli
