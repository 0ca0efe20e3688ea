#include "rewrite.hpp"

#include "tape.hpp"

namespace heard::bench {

namespace {

struct Wanted {
  const char *table;
  const char *where;  ///< ?1: the school
};

constexpr Wanted kTables[] = {
    {"fold_calendar", "?1 = ?1"},
    {"fold_calendar_school", "?1 = ?1"},
    {"fold_case", "school = ?1"},
    {"fold_clock", "case_id IN (SELECT id FROM fold_case WHERE school = ?1)"},
};

}  // namespace

Snapshot::Snapshot(BareDatabase &database, const std::string &school) {
  for (const auto &[name, where] : kTables) {
    Table table{name, {}, {}, {}};
    for (const Row &row :
         database.rows("SELECT name, pk FROM pragma_table_info('" + table.name + "')")) {
      if (row[1].number > 0) table.key.push_back(table.columns.size());
      table.columns.push_back(row[0].bytes);
    }
    const std::string sql = "SELECT * FROM " + table.name + " WHERE " + where;
    for (Row &row : database.rows(sql, {{SQLITE_TEXT, 0, school}})) {
      std::string key;
      for (const std::size_t i : table.key)
        key += std::to_string(row[i].number) + row[i].bytes + '\0';
      table.rows.emplace(std::move(key), std::move(row));
    }
    tables_.push_back(std::move(table));
  }
}

Rewrite::Rewrite(BareDatabase &database, const Snapshot &before, const Snapshot &after,
                 std::int64_t size_before) {
  const std::int64_t size = database.number("SELECT size FROM head");
  for (std::int64_t seq = size_before; seq < size; ++seq)
    entries_.push_back(read_entry(database, seq));
  for (std::size_t i = 0; i < before.tables_.size(); ++i)
    compare(before.tables_[i], after.tables_[i]);
}

void Rewrite::compare(const Snapshot::Table &before, const Snapshot::Table &after) {
  const bool counts = before.name == "fold_case" || before.name == "fold_clock";
  for (const auto &[key, row] : after.rows) {
    const auto known = before.rows.find(key);
    if (known == before.rows.end()) {
      insert(after, row, forward_);
      remove(after, row, back_);
    } else if (known->second != row) {
      change(after, known->second, row, forward_);
      change(after, row, known->second, back_);
    } else {
      continue;
    }
    rows_ += counts ? 1 : 0;
  }
}

void Rewrite::insert(const Snapshot::Table &table, const Row &row, std::vector<Write> &into) {
  into.push_back({insert_sql(table.name, row.size()), row});
}

void Rewrite::remove(const Snapshot::Table &table, const Row &row, std::vector<Write> &into) {
  Write write{"DELETE FROM " + table.name + " WHERE 1", {}};
  for (const std::size_t i : table.key) {
    write.values.push_back(row[i]);
    write.sql += " AND " + table.columns[i] + " = ?" + std::to_string(write.values.size());
  }
  into.push_back(std::move(write));
}

void Rewrite::change(const Snapshot::Table &table, const Row &from, const Row &to,
                     std::vector<Write> &into) {
  Write write{"UPDATE " + table.name + " SET ", {}};
  const auto add = [&](std::size_t column, const char *between) {
    const bool first = write.values.empty();
    write.values.push_back(to[column]);
    write.sql += (first ? "" : between) + table.columns[column] + " = ?" +
                 std::to_string(write.values.size());
  };
  for (std::size_t i = 0; i < to.size(); ++i)
    if (from[i] != to[i]) add(i, ", ");
  write.sql += " WHERE 1";
  for (const std::size_t i : table.key) add(i, " AND ");
  into.push_back(std::move(write));
}

void Rewrite::run(BareDatabase &database, const std::vector<Write> &writes) {
  for (const Write &write : writes) {
    sqlite3_stmt *statement = database.prepare(write.sql);
    for (std::size_t i = 0; i < write.values.size(); ++i)
      bind(statement, static_cast<int>(i) + 1, write.values[i]);
    database.run(statement);
  }
}

void Rewrite::play(BareDatabase &database, BareLedger &ledger) {
  ledger.begin();
  for (Entry &entry : entries_) {
    entry.seq = ledger.size();
    ledger.append(entry);
    ++entry.rid[0];  // no two entries may have the same: for the next time
  }
  run(database, forward_);
  ledger.commit();
}

void Rewrite::undo(BareDatabase &database) const {
  database.exec("BEGIN IMMEDIATE");
  run(database, back_);
  database.exec("COMMIT");
}

std::string calendar_difference(const std::string &left, const std::string &right) {
  BareDatabase database(left);
  database.exec(("ATTACH '" + right + "' AS other").c_str());
  for (const char *table : {"event", "body", "head", "fold_calendar", "fold_calendar_school",
                            "fold_case", "fold_clock"})
    for (const auto &[from, to] : {std::pair{"main.", "other."}, std::pair{"other.", "main."}}) {
      const std::string sql = std::string("SELECT COUNT(*) FROM (SELECT * FROM ") + from + table +
                              " EXCEPT SELECT * FROM " + to + table + ")";
      if (database.number(sql) != 0) return "table " + std::string(table) + " is not the same";
    }
  return {};
}

}  // namespace heard::bench
