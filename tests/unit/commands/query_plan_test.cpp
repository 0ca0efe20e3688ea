// Counters instead of clocks: which index a question takes, and how many rows a snow day rewrites.
#include <sqlite3.h>

#include <map>

#include "unit/commands/calendar_desk.hpp"

using namespace heard;
using namespace heard::calendar_tests;

namespace {

/// Every statement that runs, and the plan of those about a table.
class Statements {
 public:
  explicit Statements(Desk &desk) : database_(desk.engine.connection().database()) {
    sqlite3_trace_v2(
        database_.handle(), SQLITE_TRACE_STMT,
        [](unsigned, void *all, void *statement, void *) {
          static_cast<std::vector<std::string> *>(all)->push_back(
              sqlite3_sql(static_cast<sqlite3_stmt *>(statement)));
          return 0;
        },
        &seen_);
  }
  Statements(const Statements &) = delete;
  Statements &operator=(const Statements &) = delete;
  ~Statements() { sqlite3_trace_v2(database_.handle(), 0, nullptr, nullptr); }

  /// "plan line; plan line" for each different statement that holds `words`, in order of its text.
  std::map<std::string, std::string> plans(const std::string &words) {
    const std::vector<std::string> seen = seen_;
    std::map<std::string, std::string> all;
    for (const std::string &sql : seen)
      if (sql.find(words) != sql.npos) all[sql] = plan(sql);
    return all;
  }

 private:
  std::string plan(const std::string &sql) {
    store::Query rows(database_, "EXPLAIN QUERY PLAN " + sql);
    std::string lines;
    while (rows.step()) lines += (lines.empty() ? "" : "; ") + rows.text(3);
    return lines;
  }

  store::Database &database_;
  std::vector<std::string> seen_;
};

/// Rows of fold_clock and fold_case written since it was made.
class Writes {
 public:
  explicit Writes(Desk &desk) : database_(desk.engine.connection().database()) {
    database_.exec("CREATE TEMP TABLE IF NOT EXISTS wrote(calendar TEXT); DELETE FROM temp.wrote");
    for (const char *table : {"fold_clock", "fold_case"})
      for (const char *change : {"INSERT", "UPDATE"})
        database_.exec(("CREATE TEMP TRIGGER IF NOT EXISTS " + std::string(table) + change +
                        " AFTER " + change + " ON main." + table +
                        " BEGIN INSERT INTO wrote VALUES(new.calendar); END")
                           .c_str());
  }
  std::int64_t count(const std::string &calendar) { return ask(" WHERE calendar = ?1", calendar); }
  std::int64_t all() { return ask(" WHERE ?1 = ?1", ""); }

 private:
  std::int64_t ask(const std::string &where, const std::string &calendar) {
    store::Query row(database_, "SELECT COUNT(*) FROM temp.wrote" + where);
    row.bind(1, calendar);
    return row.step() ? row.number(0) : -1;
  }
  store::Database &database_;
};

constexpr const char *kMinutes = R"({"targets": [
    {"clock": "first_response", "amount": 600, "unit": "business_minutes"},
    {"clock": "resolution", "amount": 2400, "unit": "business_minutes"}]})";

void log_five_each(Desk &desk) {
  for (int i = 0; i < 5; ++i)
    for (const char *school : {"north", "south"})
      desk.apply("interaction.log", R"({"channel": "email", "school": ")" + std::string(school) +
                                        R"(", "from": "sis:guardian:)" + std::to_string(i) +
                                        R"(", "topic": ")" + school + "\"}");
}

std::int64_t due_of_first(Desk &desk) {
  return desk.rows("waiting", R"({"school": "north"})").at(0).number("due_at");
}

constexpr const char *kClose = R"({"school": "north", "closed": ["2026-11-24"]})";

}  // namespace

BOOST_AUTO_TEST_SUITE(query_plans)

BOOST_AUTO_TEST_CASE(what_is_due_is_sought_in_the_partial_index_and_never_sorted) {
  Desk desk;
  log_five_each(desk);
  Statements statements(desk);
  desk.now("2026-11-25T12:00Z").pump();
  BOOST_TEST(desk.count("case.clock_missed") == 10);
  const auto plans = statements.plans("ORDER BY next_key");
  BOOST_TEST(plans.size() == 2u);  // one for the pump's look, one for what it settles
  for (const auto &[sql, plan] : plans) {
    BOOST_TEST(plan.starts_with("SEARCH fold_clock USING COVERING INDEX fold_clock_next"
                                " (calendar=? AND next_axis=?"),
               sql << ": " << plan);
    BOOST_TEST(plan.find(';') == plan.npos, sql << ": " << plan);
  }
}

BOOST_AUTO_TEST_CASE(the_entries_of_a_case_are_sought_and_never_read_through) {
  Desk desk;
  log_five_each(desk);
  Statements statements(desk);
  desk.rows("case", R"({"case": "1"})");
  desk.rows("timeline", R"({"person": "sis:guardian:1"})");
  desk.apply("interaction.log", R"({"channel": "email", "case": "1", "from": "sis:guardian:0",
                                    "occurred_at": 1795000000000})");
  for (const char *order :
       {R"({"case": "1"})", R"({"person": "sis:guardian:1"})", R"({"school": "north"})"})
    desk.engine.write_export(record_from_json("actor", support::kAdmin),
                             record_from_json("what", order), [](std::string_view) {});
  desk.apply("records.erase", R"({"case": "2", "basis": "x", "approver": "staff:2"})");
  desk.apply("records.erase", R"({"person": "sis:guardian:0", "basis": "x",
                                  "approver": "staff:2"})");
  std::size_t sought = 0;
  for (const char *words : {"thread = ", "= e.thread", "e.thread IN"})
    for (const auto &[sql, plan] : statements.plans(words)) {
      BOOST_TEST(plan.find("event_thread") != plan.npos, sql << ": " << plan);
      for (const char *all : {"SCAN event", "SCAN e;"})
        BOOST_TEST((plan + ";").find(all) == plan.npos, sql << ": " << plan);
      ++sought;
    }
  BOOST_TEST(sought >= 8u);
}

BOOST_AUTO_TEST_CASE(a_snow_day_seeks_what_it_changes) {
  Desk desk;
  log_five_each(desk);
  Statements statements(desk);
  desk.apply("calendar.close", kClose);
  desk.apply("calendar.close", R"({"school": "north", "closed": ["2026-11-25"]})");
  std::size_t indexed = 0;
  for (const char *table : {"fold_clock", "fold_case"})
    for (const auto &[sql, plan] : statements.plans(table)) {
      for (const char *all : {"SCAN fold_clock", "SCAN fold_case", "SCAN c"})
        BOOST_TEST(plan.find(all) == plan.npos, sql << ": " << plan);
      indexed += plan.find("fold_clock_") != plan.npos || plan.find("fold_case_open") != plan.npos;
    }
  BOOST_TEST(indexed >= 5u);
}

BOOST_AUTO_TEST_CASE(a_snow_day_rewrites_nothing_where_targets_are_minutes) {
  Desk desk;
  desk.apply("policy.save", kMinutes);
  log_five_each(desk);
  desk.apply("calendar.close", kClose);  // now the school has a calendar of its own
  const std::int64_t due = due_of_first(desk);
  Writes writes(desk);
  desk.apply("calendar.close", R"({"school": "north", "closed": ["2026-11-25"]})");
  BOOST_TEST(writes.all() == 0);
  BOOST_TEST(due_of_first(desk) == due + 86'400'000);
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(a_snow_day_rewrites_no_other_schools_rows) {
  for (const char *policy : {"{}", kMinutes}) {
    Desk desk;
    desk.apply("policy.save", policy);
    log_five_each(desk);
    Writes writes(desk);
    desk.apply("calendar.close", kClose);
    BOOST_TEST(writes.count("north") == 15);  // five cases with two clocks each move to it
    BOOST_TEST(writes.all() == 15);
    desk.check_whole();
  }
}

BOOST_AUTO_TEST_CASE(days_of_equal_length_leave_even_the_rows_that_are_read_anew) {
  Desk desk;
  log_five_each(desk);
  desk.apply("calendar.close", R"({"school": "north", "closed": ["2026-12-24"]})");
  Writes writes(desk);
  desk.apply("calendar.close", kClose);
  BOOST_TEST(writes.all() == 0);
  // A short day is another matter: the warning is a share of the open time.
  desk.apply("calendar.close", R"({"school": "north", "closed": ["2026-11-25"],
                                   "hours": ["08:00-10:00"]})");
  BOOST_TEST(writes.all() == 10);
  BOOST_TEST(writes.count("north") == 10);
  desk.check_whole();
}

BOOST_AUTO_TEST_SUITE_END()
