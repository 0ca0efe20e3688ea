// The seam between the XML parser and us: events in, nothing of the parser's own types.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "xml/limits.hpp"

namespace heard::xml {

/// Names are local names: prefixes and namespace declarations are gone.
struct Attribute {
  std::string_view name, value;
};

/// Text is decoded to UTF-8 and may come in several pieces. May throw: the parser stops then.
class Events {
 public:
  virtual ~Events() = default;
  virtual void start(std::string_view name, std::span<const Attribute> attributes) = 0;
  virtual void text(std::string_view text) = 0;
  virtual void end() = 0;
};

/// Parses one document given in blocks. Throws feed::Failure that names line and column, never
/// content; also whatever the events threw. After a throw it is good for nothing.
class Source {
 public:
  virtual ~Source() = default;
  virtual void feed(std::string_view block) = 0;
  /// The document is complete; fails if it is not.
  virtual void finish() = 0;
  /// Of the event being handled.
  virtual std::size_t line() const = 0;
};

/// `charset` is what the transport says about the encoding, or "".
std::unique_ptr<Source> open_source(Events &events, const Limits &limits, std::string charset);

}  // namespace heard::xml
