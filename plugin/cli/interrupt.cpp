// Turns Ctrl-C into a clean stop: a thread waits for the signal and calls what stops the work.
#include "interrupt.hpp"

#include <signal.h>
#include <unistd.h>

#include "exit_codes.hpp"

namespace heard::cli {
namespace {

sigset_t stop_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  return signals;
}

}  // namespace

Interrupt::Interrupt() {
  const sigset_t signals = stop_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  thread_ = std::thread([this] { wait(); });
}

Interrupt::~Interrupt() {
  is_over_ = true;
  pthread_kill(thread_.native_handle(), SIGTERM);
  thread_.join();
  const sigset_t signals = stop_signals();
  pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);
}

void Interrupt::on_signal(std::function<void()> stop) {
  const std::lock_guard lock(mutex_);
  stop_ = std::move(stop);
}

void Interrupt::check() const {
  if (was_asked_) throw Trouble(kInterrupted, "Interrupted; what was done so far is kept.");
}

void Interrupt::wait() {
  const sigset_t signals = stop_signals();
  for (int signal = 0; sigwait(&signals, &signal) == 0;) {
    if (is_over_) return;
    if (was_asked_.exchange(true)) _exit(kInterrupted);
    const std::lock_guard lock(mutex_);
    if (stop_) stop_();
  }
}

}  // namespace heard::cli
