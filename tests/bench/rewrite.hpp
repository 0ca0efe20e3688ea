// What one command changed in a store, row by row, so that a bare loop can write the same again.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "bare.hpp"
#include "bare_ledger.hpp"

namespace heard::bench {

/// The rows that a change of a school's calendar may touch: its cases and clocks, all calendars.
class Snapshot {
 public:
  Snapshot(BareDatabase &database, const std::string &school);

 private:
  friend class Rewrite;
  struct Table {
    std::string name;
    std::vector<std::string> columns;
    std::vector<std::size_t> key;
    std::map<std::string, Row> rows;  ///< by what their key holds
  };
  std::vector<Table> tables_;
};

/// The difference of two snapshots, and the entries of the ledger between them.
class Rewrite {
 public:
  Rewrite(BareDatabase &database, const Snapshot &before, const Snapshot &after,
          std::int64_t size_before);

  /// Clocks and cases that are not what they were.
  std::int64_t rows() const { return rows_; }
  /// Writes entries and rows in one durable commit.
  void play(BareDatabase &database, BareLedger &ledger);
  /// Takes the rows back, but not the entries: the next `play` appends them again.
  void undo(BareDatabase &database) const;

 private:
  struct Write {
    std::string sql;
    Row values;
  };
  void compare(const Snapshot::Table &before, const Snapshot::Table &after);
  void insert(const Snapshot::Table &table, const Row &row, std::vector<Write> &into);
  void remove(const Snapshot::Table &table, const Row &row, std::vector<Write> &into);
  void change(const Snapshot::Table &table, const Row &from, const Row &to,
              std::vector<Write> &into);
  static void run(BareDatabase &database, const std::vector<Write> &writes);

  std::vector<Entry> entries_;
  std::vector<Write> forward_, back_;
  std::int64_t rows_ = 0;
};

/// The tables of a calendar change in which two stores differ; empty when they are equal.
std::string calendar_difference(const std::string &left, const std::string &right);

}  // namespace heard::bench
