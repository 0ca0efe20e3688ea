// Logged contacts as a conversation: who, how, when, and everything that sets an entry apart.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "web/request.hpp"
#include "web/template.hpp"

namespace heard::web {

struct EntryStyle {
  std::string school;      ///< whose clock tells the time
  bool with_case = false;  ///< each entry names its case
  std::size_t most = SIZE_MAX;
  std::string mark_path = {};  ///< where "needs no answer" is posted to; "" offers no such mark
};

/// Puts the entries in the order given, at most `most`, and says when there are more.
void put_entries(const Request &request, const std::vector<Record> &entries,
                 const EntryStyle &style, Data &data);

}  // namespace heard::web
