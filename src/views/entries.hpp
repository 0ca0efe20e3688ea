// One logged contact as a row for people: who, when, what, decoded from its body.
#pragma once

#include <set>
#include <vector>

#include "base/record.hpp"
#include "store/body.hpp"
#include "store/event.hpp"
#include "views/view_table.hpp"

namespace heard::views {

/// The row of one interaction.logged entry; erased parts are empty and `erased` is 1.
Record entry_row(const Reader &reader, const store::Event &event,
                 const std::optional<store::Body> &body);

/// Entries as they are shown, and whose records they are: the family parties in them.
struct ShownEntries {
  std::vector<Record> rows;
  std::vector<Id> people;
};

/// The entries with these seqs, in that order.
ShownEntries entry_rows(const Reader &reader, const std::vector<std::int64_t> &seqs);

/// `erased_by` and `corrected_by`, where a later entry says so.
void put_later(const Reader &reader, std::int64_t seq, Record &row);

/// The family parties of entries, each once, in the order they are first named.
class Families {
 public:
  void add(const store::Body &body);
  std::vector<Id> take() && { return std::move(people_); }

 private:
  std::vector<Id> people_;
  std::set<Id> known_;
};

}  // namespace heard::views
