// What an adapter throws when it cannot go on: a HEARD_E_* status, one sentence and maybe one
// detail.
#pragma once

#include <cstdint>
#include <exception>
#include <string>
#include <utility>

namespace heard::feed {

class Failure : public std::exception {
 public:
  Failure(std::int32_t status, std::string message, std::string detail_name = {},
          std::string detail_value = {})
      : status_(status),
        message_(std::move(message)),
        detail_name_(std::move(detail_name)),
        detail_value_(std::move(detail_value)) {}

  const char *what() const noexcept override { return message_.c_str(); }
  std::int32_t status() const { return status_; }
  const std::string &detail_name() const { return detail_name_; }
  const std::string &detail_value() const { return detail_value_; }

  /// The same failure, its sentence begun with what was being read.
  Failure about(const std::string &what) const {
    return {status_, what + ": " + message_, detail_name_, detail_value_};
  }

 private:
  std::int32_t status_;
  std::string message_, detail_name_, detail_value_;
};

/// A heard_feed_* call failed and has already filled the caller's heard_error.
struct CallFailed {
  std::int32_t status;
};

}  // namespace heard::feed
