// A checkpoint (c2sp.org/tlog-checkpoint): the ledger's name, size and root, as the text of a
// signed note. Pure.
#pragma once

#include <string>
#include <string_view>

#include "store/note.hpp"
#include "store/tree.hpp"

namespace heard::store {

struct Checkpoint {
  std::string origin;
  TreeHead head;
  std::string extensions = {};  ///< further lines with their ends; we write none
};

std::string format_checkpoint(const Checkpoint &checkpoint);
/// Throws Failure(corrupt) with one sentence for a text that is none.
Checkpoint parse_checkpoint(std::string_view text);

/// What people read aloud or write down: "origin seq/size 0123456789abcdef", the last being the
/// first 16 digits of the root.
std::string short_receipt(const std::string &origin, std::int64_t seq, const TreeHead &head);

}  // namespace heard::store
