// A forked child that runs a function and leaves without cleaning up, and a pipe to talk to it.
#pragma once

#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <string>
#include <utility>

namespace heard::support {

/// Two ends of one pipe; what was not closed is closed at the end.
class Pipe {
 public:
  Pipe() {
    if (::pipe(ends_) != 0) throw std::exception();
  }
  Pipe(const Pipe &) = delete;
  Pipe &operator=(const Pipe &) = delete;
  ~Pipe() {
    close_reading();
    close_writing();
  }
  void close_reading() { close(ends_[0]); }
  void close_writing() { close(ends_[1]); }
  /// All of `line` at once (at most PIPE_BUF bytes are never torn); false when nobody reads.
  bool write(const std::string &line) const {
    return ::write(ends_[1], line.data(), line.size()) == static_cast<ssize_t>(line.size());
  }
  /// Up to `most` bytes as soon as there are any; "" when all writers are gone.
  std::string read(std::size_t most = 65536) const {
    std::string bytes(most, '\0');
    const ssize_t got = ::read(ends_[0], bytes.data(), bytes.size());
    bytes.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    return bytes;
  }
  std::string read_all() const {
    std::string all;
    for (std::string part = read(); !part.empty(); part = read()) all += part;
    return all;
  }

 private:
  static void close(int &end) {
    if (end >= 0) ::close(std::exchange(end, -1));
  }
  int ends_[2] = {-1, -1};
};

class Child {
 public:
  /// The child runs `work` and ends with its answer as exit code; 99 after an exception.
  template <class Work>
  explicit Child(Work work) : pid_(::fork()) {
    if (pid_ != 0) return;
    int code = 99;
    try {
      code = work();
    } catch (const std::exception &failure) {
      std::cerr << "child: " << failure.what() << std::endl;
    }
    ::_exit(code);
  }
  Child(const Child &) = delete;
  Child &operator=(const Child &) = delete;
  ~Child() {
    if (pid_ > 0) kill_now();
  }
  void kill_now() {
    ::kill(pid_, SIGKILL);
    wait();
  }
  /// Waits until it has stopped itself (SIGSTOP); false if it ended instead.
  bool wait_until_stopped() {
    int status = 0;
    ::waitpid(pid_, &status, WUNTRACED);
    if (WIFSTOPPED(status)) return true;
    pid_ = -1;
    return false;
  }
  void go_on() const { ::kill(pid_, SIGCONT); }
  /// The exit code, or minus the signal that ended it.
  int wait() {
    int status = 0;
    ::waitpid(std::exchange(pid_, -1), &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  }

 private:
  pid_t pid_;
};

}  // namespace heard::support
