// A strict reader for our own pages: every tag known, every attribute quoted, every element closed.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace heard::web {

struct Tag {
  std::string name;
  std::map<std::string, std::string> attributes;  ///< decoded
};

/// The opening tags of `html` in order. Throws std::runtime_error with the place when a tag or
/// attribute is none of ours, or elements do not nest.
std::vector<Tag> read_html(std::string_view html);

/// All tags with that name.
std::vector<Tag> tags_named(const std::vector<Tag> &tags, std::string_view name);

/// What a person reads: tags and style left out, entities decoded.
std::string text_of(std::string_view html);

/// The value of the first field of that name, "" if there is none.
std::string field_value(std::string_view html, std::string_view name);

}  // namespace heard::web
