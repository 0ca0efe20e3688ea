// One record as a flat run of bytes: cheap to fill, to hash and to replay. Everything on it is
// text, names included, so equal tapes mean equal content whatever came before in the document.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "xml/events.hpp"

namespace heard::xml {

class Tape {
 public:
  enum class Kind : char { start = '<', name = '@', value = '=', text = 'T', end = '>' };
  struct Item {
    Kind kind;
    std::string_view text;
  };

  void clear() { bytes_.clear(); }
  /// Attributes are put in order of their names: their order means nothing in XML.
  void start(std::string_view name, std::span<const Attribute> attributes);
  void text(std::string_view text) { append(Kind::text, text); }
  void end() { bytes_ += static_cast<char>(Kind::end); }

  std::size_t size() const { return bytes_.size(); }
  /// An attribute of the record's own element.
  std::optional<std::string_view> attribute(std::string_view name) const;
  /// SHA-256 of `salt` and the tape, cut to 128 bits.
  std::array<std::uint8_t, 16> hash(std::string_view salt) const;

  /// Reads one item at `at` and moves on; `at` starts at 0 and ends at size().
  Item next(std::size_t &at) const;

 private:
  void append(Kind kind, std::string_view text);

  std::string bytes_;  // of each item: kind, length, text; of an end only the kind
  std::vector<Attribute> sorted_;
};

}  // namespace heard::xml
