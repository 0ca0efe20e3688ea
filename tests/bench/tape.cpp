#include "tape.hpp"

#include <algorithm>

namespace heard::bench {

namespace {

// fold_body_person is left to the end: nothing finds its rows by entry.
const std::map<std::string, std::string> kTouched = {
    {"fold_interaction", "seq = ?1"},
    {"fold_case", "id = ?2"},
    {"fold_case_student", "case_id = ?2"},
    {"fold_clock", "case_id = ?2"},
    {"fold_notice", "seq = ?1 AND delivered_at IS NULL"},
};

std::vector<std::string> table_names(BareDatabase &database) {
  std::vector<std::string> names;
  for (const Row &row : database.rows("SELECT name FROM sqlite_schema WHERE type = 'table'"
                                      " AND name NOT LIKE 'sqlite%' ORDER BY name"))
    names.push_back(row[0].bytes);
  return names;
}

/// A table's rows in order of its key, or how many there are.
std::vector<Row> contents(BareDatabase &database, const std::string &table, bool counts_only) {
  return database.rows((counts_only ? "SELECT COUNT(*) FROM " : "SELECT * FROM ") + table);
}

}  // namespace

Recorder::Recorder(const std::string &path)
    : database_(path), first_(database_.number("SELECT size FROM head")), size_(first_) {
  for (const auto &[name, where] : kTouched) {
    Table table{name, "SELECT * FROM " + name + " WHERE " + where, {}, {}};
    for (const Row &row :
         database_.rows("SELECT name, pk FROM pragma_table_info('" + name + "')")) {
      if (row[1].number > 0) table.key.push_back(table.columns.size());
      table.columns.push_back(row[0].bytes);
    }
    tables_.push_back(std::move(table));
  }
}

void Recorder::know_all() {
  size_ = 0;
  look();
  tape_ = {};
}

void Recorder::look() {
  TapedContact &contact = tape_.contacts.emplace_back();
  const std::int64_t size = database_.number("SELECT size FROM head");
  for (; size_ < size; ++size_) note_entry(size_, contact);
}

void Recorder::look_singly() {
  const std::int64_t size = database_.number("SELECT size FROM head");
  for (; size_ < size; ++size_) note_entry(size_, tape_.contacts.emplace_back());
}

void Recorder::note_entry(std::int64_t seq, TapedContact &contact) {
  contact.entries.push_back(read_entry(database_, seq));
  const Row touched{{SQLITE_INTEGER, seq, {}}, {SQLITE_BLOB, 0, contact.entries.back().thread}};
  for (const Table &table : tables_)
    for (const Row &found : database_.rows(table.select, touched)) note_row(table, found, contact);
}

void Recorder::note_people() {
  std::map<std::int64_t, TapedContact *> by_seq;
  for (TapedContact &contact : tape_.contacts)
    for (const Entry &entry : contact.entries) by_seq[entry.seq] = &contact;
  const Row from{{SQLITE_INTEGER, first_, {}}};
  for (Row &row : database_.rows("SELECT * FROM fold_body_person WHERE seq >= ?1", from)) {
    const std::size_t insert = statement(insert_sql("fold_body_person", row.size()));
    by_seq.at(row.at(1).number)->writes.push_back({insert, std::move(row)});
  }
}

Tape Recorder::take() && {
  note_people();
  return std::move(tape_);
}

void Recorder::note_row(const Table &table, const Row &row, TapedContact &contact) {
  std::string name = table.name;
  for (const std::size_t i : table.key) name += std::to_string(row[i].number) + row[i].bytes + '\0';
  const auto [place, is_new] = known_.try_emplace(name, row);
  if (is_new) {
    contact.writes.push_back({statement(insert_sql(table.name, row.size())), row});
    return;
  }
  if (place->second == row) return;
  Write write{0, {}};
  std::string sql;
  const auto add = [&](std::size_t column, const char *between) {
    write.values.push_back(row[column]);
    sql += (sql.empty() ? "" : between) + table.columns[column] + " = ?" +
           std::to_string(write.values.size());
  };
  for (std::size_t i = 0; i < row.size(); ++i)
    if (row[i] != place->second[i]) add(i, ", ");
  sql = "UPDATE " + table.name + " SET " + sql + " WHERE 1";
  for (const std::size_t i : table.key) add(i, " AND ");
  write.statement = statement(sql);
  contact.writes.push_back(std::move(write));
  place->second = row;
}

std::size_t Recorder::statement(const std::string &sql) {
  auto &known = tape_.statements;
  const auto found = std::find(known.begin(), known.end(), sql);
  if (found != known.end()) return static_cast<std::size_t>(found - known.begin());
  known.push_back(sql);
  return known.size() - 1;
}

Player::Player(const std::string &path, const Tape &tape)
    : tape_(tape), database_(path), ledger_(database_) {
  for (const std::string &sql : tape.statements) statements_.push_back(database_.prepare(sql));
}

void Player::play(std::size_t batch) {
  for (std::size_t i = 0; i < tape_.contacts.size(); ++i) {
    if (i % batch == 0) ledger_.begin();
    for (const Entry &entry : tape_.contacts[i].entries) ledger_.append(entry);
    for (const Write &write : tape_.contacts[i].writes) {
      sqlite3_stmt *statement = statements_[write.statement];
      for (std::size_t v = 0; v < write.values.size(); ++v)
        bind(statement, static_cast<int>(v) + 1, write.values[v]);
      database_.run(statement);
    }
    if ((i + 1) % batch == 0 || i + 1 == tape_.contacts.size()) ledger_.commit();
  }
}

std::string difference(const std::string &left, const std::string &right, bool counts_only) {
  BareDatabase a(left);
  BareDatabase b(right);
  for (const std::string &table : table_names(a)) {
    const auto rows_a = contents(a, table, counts_only);
    const auto rows_b = contents(b, table, counts_only);
    if (rows_a != rows_b) return "table " + table + " is not the same in both";
  }
  return {};
}

}  // namespace heard::bench
