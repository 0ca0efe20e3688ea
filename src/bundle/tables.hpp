// The smaller tables of a bundle: what was hidden and erased, entries of one kind, clocks.
#pragma once

#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "audit/explanations.hpp"
#include "audit/redaction.hpp"
#include "bundle/reading.hpp"
#include "store/registry.hpp"

namespace heard::bundle {

std::string redactions_header();
void put_redactions(std::string &out, const ReadEntry &entry, const audit::Redaction &redaction);
std::string erasures_header();
void put_erasures(std::string &out, const ReadEntry &entry);

/// Entries of some kinds as a table of their fields.
struct KindTable {
  std::string_view file;
  std::span<const store::Kind> kinds;
};
std::span<const KindTable> kind_tables();
bool is_in(const KindTable &table, const store::Event &event);

/// The fields that entries of a table have, so that each gets a column.
using Columns = std::set<std::uint16_t>;
std::string kind_header(const Columns &columns);
void put_kind_row(std::string &out, const Columns &columns, const ReadEntry &entry);

/// The last word on each clock of one conversation: entries are given in order.
class ThreadClocks {
 public:
  explicit ThreadClocks(audit::Explanations &explanations) : explanations_(explanations) {}
  void add(const ReadEntry &entry);

  struct Row {
    std::int64_t seq = 0;
    audit::Explanations::Judged judged;
  };
  /// In order of name and instance.
  std::vector<Row> rows();

 private:
  struct Last {
    store::Event event;
    folds::RecordedClock recorded;
  };
  audit::Explanations &explanations_;
  std::map<std::pair<cases::ClockName, std::int32_t>, Last> last_;
};
std::string clocks_header();
void put_clock_row(std::string &out, const Id &thread, const ThreadClocks::Row &row);

}  // namespace heard::bundle
