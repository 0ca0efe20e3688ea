// data/READ-ME-FIRST.html: what a bundle is, how to check it, what our own check said.
#pragma once

#include <string>
#include <vector>

#include "store/tree.hpp"

namespace heard::bundle {

struct ReadMe {
  struct Page {
    std::int64_t number;  ///< of the case; 0: a contact outside any
    std::string file;     ///< below threads/
    std::string title;
  };

  std::string part;     ///< "all", "person" ...
  std::string ordered;  ///< local time
  std::string ledger;   ///< id, hex
  store::TreeHead head;
  std::int64_t entries = 0, contacts = 0, threads = 0, hidden = 0, erased = 0;
  bool is_signed = false;
  std::vector<Page> titles;        ///< of the first pages
  std::vector<std::string> files;  ///< payload, without the pages
};

std::string read_me(const ReadMe &about);

}  // namespace heard::bundle
