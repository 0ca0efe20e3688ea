// What the product wrote for each contact, so that the floor can write the very same rows.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "bare.hpp"
#include "bare_ledger.hpp"

namespace heard::bench {

/// One row of a read table, inserted or changed.
struct Write {
  std::size_t statement;  ///< place in Tape::statements
  Row values;
};

struct TapedContact {
  std::vector<Entry> entries;
  std::vector<Write> writes;
};

struct Tape {
  std::vector<std::string> statements;
  std::vector<TapedContact> contacts;
};

/// Looks at a store after each contact and notes what has changed since the last look.
class Recorder {
 public:
  explicit Recorder(const std::string &path);
  /// The entries from `size` of the last look (or the beginning) on, and the rows they touched.
  void look();
  /// The same, each entry as if it were a contact of its own.
  void look_singly();
  /// Learns all rows there are, so that later changes of them are noted as changes.
  void know_all();
  Tape take() &&;

 private:
  struct Table {
    std::string name;
    std::string select;  ///< rows touched by the entry ?1 of the thread ?2
    std::vector<std::string> columns;
    std::vector<std::size_t> key;
  };
  void note_entry(std::int64_t seq, TapedContact &contact);
  void note_people();
  void note_row(const Table &table, const Row &row, TapedContact &contact);
  std::size_t statement(const std::string &sql);

  BareDatabase database_;
  std::vector<Table> tables_;
  std::map<std::string, Row> known_;
  std::int64_t first_;  ///< seq of the first entry taped
  std::int64_t size_;
  Tape tape_;
};

/// The floor: writes the taped contacts into a copy of the store they were recorded on, `batch`
/// contacts a commit.
class Player {
 public:
  Player(const std::string &path, const Tape &tape);
  void play(std::size_t batch);

 private:
  const Tape &tape_;
  BareDatabase database_;
  BareLedger ledger_;
  std::vector<sqlite3_stmt *> statements_;
};

/// The first table in which two stores differ, with a reason; empty when they are equal. With
/// `counts_only` only the numbers of rows are compared (random identifiers differ).
std::string difference(const std::string &left, const std::string &right, bool counts_only);

}  // namespace heard::bench
