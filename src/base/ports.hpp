// What the host offers, as the floors below the ABI see it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/instant.hpp"

namespace heard {

/// Where bytes go, piece by piece.
using Sink = std::function<void(std::string_view)>;

/// A key kept by somebody else: a module, a service, a card. Called as the host is.
class Signer {
 public:
  virtual ~Signer() = default;
  /// The verifier key ("name+hash+key") to sign with from now on, under this name.
  virtual std::string verifier_key(const std::string &name) = 0;
  /// The signature of `text` under that verifier key. Throws when it cannot be had.
  virtual std::string sign(const std::string &verifier_key, std::string_view text) = 0;
};

/// Called on the thread inside a call, never while a lock is held or a transaction is open.
class Host {
 public:
  virtual ~Host() = default;
  virtual Millis now_ms() = 0;
  /// A secret by its full name; nothing when the host has none.
  virtual std::optional<std::string> secret(const std::string &name) = 0;
  virtual void warn(std::string_view component, const std::string &message) = 0;
  virtual void wake() = 0;
  /// The host's own signer; null when it has none.
  virtual Signer *signer() { return nullptr; }
  /// For the host's log, where it keeps one: what goes on in long work.
  virtual void inform(std::string_view, const std::string &) {}
};

}  // namespace heard
