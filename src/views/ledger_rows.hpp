// A ledger entry as a record: what the view `ledger` and the export have in common.
#pragma once

#include <string>
#include <vector>

#include "base/record.hpp"
#include "store/event.hpp"

namespace heard::views {

Record ledger_row(const store::Event &event);
std::vector<std::string> hex_list(const std::vector<Hash> &hashes);

}  // namespace heard::views
