// Replays a tape into one reused tinyxml2 document, and reads values out of it.
#pragma once

#include <tinyxml2.h>

#include <cstddef>
#include <initializer_list>
#include <string>

#include "xml/tape.hpp"

namespace heard::xml {

class RecordTree {
 public:
  /// The record's element; lives until the next build.
  const tinyxml2::XMLElement &build(const Tape &tape);
  /// How many records were built so far: unchanged ones are not.
  std::size_t built() const { return built_; }

 private:
  tinyxml2::XMLDocument document_;
  std::size_t built_ = 0;
};

/// The first child with that name; null if there is none or `parent` is null.
const tinyxml2::XMLElement *child(const tinyxml2::XMLElement *parent, const char *name);

/// The trimmed text at the end of a path of first children; "" if there is none.
std::string text_at(const tinyxml2::XMLElement *parent, std::initializer_list<const char *> path);

}  // namespace heard::xml
