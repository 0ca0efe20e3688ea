// What cannot go on: one exception type with a status, a sentence for people and named details.
#pragma once

#include <cstdint>
#include <exception>
#include <initializer_list>
#include <string>
#include <string_view>
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

/// All of it is out of line: it is made in a thousand places and speed never matters.
class Failure : public std::exception {
 public:
  using DetailList = std::initializer_list<std::pair<std::string_view, std::string_view>>;

  Failure(Status status, std::string message);
  Failure(Status status, std::string message, DetailList details, std::int64_t retry_ms = 0);
  Failure(Status status, std::string message, Details details, std::int64_t retry_ms = 0);
  Failure(const Failure &other);
  Failure &operator=(const Failure &other);
  ~Failure() override;

  const char *what() const noexcept override { return message_.c_str(); }
  Status status() const { return status_; }
  const std::string &message() const { return message_; }
  const Details &details() const { return details_; }
  std::int64_t retry_ms() const { return retry_ms_; }

  /// The same failure with one more detail, e.g. the index of the item in a batch.
  Failure with(std::string name, std::string value) const;

 private:
  Status status_;
  std::string message_;
  Details details_;
  std::int64_t retry_ms_ = 0;
};

/// A wrong value of a named field: the commonest failure.
Failure bad_field(std::string_view field, std::string_view says);

}  // namespace heard
