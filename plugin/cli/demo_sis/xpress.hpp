// Writes a district as SIF xPress collections, and cuts collections out of documents.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "demo_sis/district.hpp"

namespace heard::demo {

/// One service of the demo SIS: each record is the text of one element.
struct Collection {
  std::string name;    ///< "xStudents"
  std::string record;  ///< "xStudent"
  std::vector<std::string> records;
};

/// xSchools, xStaffs, xStudents, xContacts, xRosters.
std::vector<Collection> collections(const District &district);

/// The `record` elements found anywhere in a document, as they are written there.
Collection cut_collection(std::string name, std::string record, std::string_view document);

/// Records [from, to) as one document; `from` and `to` are clipped to what there is.
std::string to_document(const Collection &collection, std::size_t from, std::size_t to);

}  // namespace heard::demo
