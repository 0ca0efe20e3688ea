// What the host offers, as the floors below the ABI see it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/instant.hpp"

namespace heard {

/// Called on the thread inside a call, never while a lock is held or a transaction is open.
class Host {
 public:
  virtual ~Host() = default;
  virtual Millis now_ms() = 0;
  /// A secret by its full name; nothing when the host has none.
  virtual std::optional<std::string> secret(const std::string &name) = 0;
  virtual void warn(std::string_view component, const std::string &message) = 0;
  virtual void wake() = 0;
  /// For the host's log, where it keeps one: what goes on in long work.
  virtual void inform(std::string_view, const std::string &) {}
};

}  // namespace heard
