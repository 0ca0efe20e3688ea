// What cannot go on: one exception type with a status, a sentence for people and named details.
#pragma once

#include <cstdint>
#include <exception>
#include <string>
#include <utility>
#include <vector>

namespace heard {

/// The numbers are those of heard.h; `abi/` asserts it.
enum class Status : std::int32_t {
  internal = -1,
  misuse = -2,
  argument = -3,
  version = -4,
  unknown_name = -5,
  not_found = -6,
  conflict = -7,
  denied = -8,
  busy = -9,
  io = -10,
  corrupt = -11,
  no_memory = -12,
  interrupted = -13,
  limit = -14,
  host = -15,
  forked = -16,
};

using Details = std::vector<std::pair<std::string, std::string>>;

class Failure : public std::exception {
 public:
  Failure(Status status, std::string message, Details details = {}, std::int64_t retry_ms = 0)
      : status_(status),
        message_(std::move(message)),
        details_(std::move(details)),
        retry_ms_(retry_ms) {}

  const char *what() const noexcept override { return message_.c_str(); }
  Status status() const { return status_; }
  const std::string &message() const { return message_; }
  const Details &details() const { return details_; }
  std::int64_t retry_ms() const { return retry_ms_; }

  /// The same failure with one more detail, e.g. the index of the item in a batch.
  Failure with(std::string name, std::string value) const {
    Failure copy = *this;
    copy.details_.emplace_back(std::move(name), std::move(value));
    return copy;
  }

 private:
  Status status_;
  std::string message_;
  Details details_;
  std::int64_t retry_ms_;
};

/// A wrong value of a named field: the commonest failure.
inline Failure bad_field(const std::string &field, const std::string &says) {
  return {Status::argument, "field '" + field + "': " + says, {{"field", field}}};
}

}  // namespace heard
