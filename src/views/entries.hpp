// One logged contact as a row for people: who, when, what, decoded from its body.
#pragma once

#include <vector>

#include "base/record.hpp"
#include "store/body.hpp"
#include "store/event.hpp"
#include "views/view_table.hpp"

namespace heard::views {

/// The row of one interaction.logged entry; erased parts are empty and `erased` is 1.
Record entry_row(const Reader &reader, const store::Event &event,
                 const std::optional<store::Body> &body);

/// The entries with these seqs, in that order.
std::vector<Record> entry_rows(const Reader &reader, const std::vector<std::int64_t> &seqs);

}  // namespace heard::views
