// A progress bar on standard error for long work; silent when nobody is looking.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace heard::cli {

class Progress {
 public:
  explicit Progress(std::string title);
  /// Clears the line.
  ~Progress();
  Progress(const Progress &) = delete;
  Progress &operator=(const Progress &) = delete;

  /// Shows how far the work is, with `note` in place of figures if there is one; a `total` of 0
  /// means that nobody knows. Cheap to call often.
  void show(std::int64_t done, std::int64_t total, std::string_view note = "");

 private:
  std::string title_;
  bool is_on_;
  std::chrono::steady_clock::time_point shown_at_{};
};

}  // namespace heard::cli
