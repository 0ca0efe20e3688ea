// The five xPress objects Heard reads, in the order they are fetched: names, and what is kept.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "feed/record.hpp"
#include "xml/record_reader.hpp"

namespace tinyxml2 {
class XMLElement;
}

namespace heard::sif_xpress {

struct Object {
  const char *collection;  ///< "xStudents", the name of the service
  const char *record;      ///< "xStudent"
  const char *type;        ///< "student", the kind of feed record
  bool required;           ///< a SIS that does not offer it cannot be used
  std::span<const std::string_view> wanted;
  void (*map)(const tinyxml2::XMLElement &from, feed::Record &to);
  /// Instead of `map`: any number of records, whole, of objects that are calendars.
  void (*map_many)(const tinyxml2::XMLElement &from, std::vector<feed::Record> &to) = nullptr;

  xml::Shape shape() const { return {collection, record, wanted}; }
};

std::span<const Object> objects();

/// Goes into every hash: raise it when a mapping or a list of wanted elements changes, so that
/// records already stored are read again.
constexpr std::string_view kMappingVersion = "sif.xpress mapping 1";

}  // namespace heard::sif_xpress
