#include "base/failure.hpp"

namespace heard {

Failure::Failure(Status status, std::string message)
    : status_(status), message_(std::move(message)) {}

Failure::Failure(Status status, std::string message, DetailList details, std::int64_t retry_ms)
    : status_(status),
      message_(std::move(message)),
      details_(details.begin(), details.end()),
      retry_ms_(retry_ms) {}

Failure::Failure(Status status, std::string message, Details details, std::int64_t retry_ms)
    : status_(status),
      message_(std::move(message)),
      details_(std::move(details)),
      retry_ms_(retry_ms) {}

Failure::Failure(const Failure &other) = default;
Failure &Failure::operator=(const Failure &other) = default;
Failure::~Failure() = default;

Failure Failure::with(std::string name, std::string value) const {
  Failure copy = *this;
  copy.details_.emplace_back(std::move(name), std::move(value));
  return copy;
}

Failure bad_field(std::string_view field, std::string_view says) {
  std::string message = "field '";
  message.append(field).append("': ").append(says);
  return {Status::argument, std::move(message), {{"field", field}}};
}

}  // namespace heard
