// Retention: schedules are data, a run takes what is over its time and not held, and leaves an
// entry.
#include "support/desk.hpp"

using namespace heard;
using support::Desk;
using support::kAuditor;

namespace {

constexpr const char *kContact = R"({"channel": "phone", "from": "g:1", "needs_response": 0,
                                     "text": "words", "subject": "s"})";

void save_schedule(Desk &desk, const std::string &id, const std::string &rest) {
  desk.apply("schedule.save", R"({"schedule": ")" + id + R"(", "basis": "class 7", )" + rest + "}");
}

/// A contact outside any case, and a case that was solved on the spot, both in November 2026.
void log_both(Desk &desk) {
  desk.apply("interaction.log", kContact);
  desk.apply("interaction.log", R"({"channel": "email", "from": "g:2", "text": "why?"})");
  desk.apply("case.reply", R"({"case": "1", "text": "because"})");
  desk.apply("case.solve", R"({"case": "1", "note": "done"})");
}

/// A later case, so that the one before it has not the highest number.
void log_another(Desk &desk) {
  desk.apply("interaction.log", R"({"channel": "email", "from": "g:3", "text": "new"})");
}

std::size_t bodies(Desk &desk) {
  store::Query rows(desk.engine.connection().database(), "SELECT COUNT(*) FROM body");
  return rows.step() ? static_cast<std::size_t>(rows.number(0)) : 0;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(retention)

BOOST_AUTO_TEST_CASE(what_is_over_its_time_is_erased_once) {
  Desk desk;
  log_both(desk);
  save_schedule(desk, "phone", R"("applies_to": "interactions", "keep_days": 30,
                                  "action": "erase", "channel": "phone")");
  desk.now("2026-12-22T09:00Z");
  BOOST_TEST(desk.row("retention").number("due") == 0);
  desk.now("2026-12-24T09:00Z");
  BOOST_TEST(desk.row("retention").number("due") == 1);
  BOOST_TEST(desk.row("retention").number("oldest") == support::at("2026-11-23T09:00Z"));
  const Record run = desk.apply("retention.run", "{}");
  BOOST_TEST(run.number("entries") == 1);
  BOOST_TEST(run.flag("purged"));
  BOOST_TEST(desk.rows("timeline", R"({"person": "g:2"})").back().text("text") == "why?");
  BOOST_TEST(desk.row("retention").number("due") == 0);
  BOOST_TEST(desk.apply("retention.run", R"({"schedule": "phone"})").number("entries") == 0);
  const auto erasures = desk.rows("erasures");
  BOOST_TEST_REQUIRE(erasures.size() == 2u);  // the second run took nothing and says so
  BOOST_TEST(erasures.front().text("basis") == "class 7");
  BOOST_TEST(erasures.front().text("schedule") == "phone");
  BOOST_TEST(erasures.front().text("scope") == "retention");
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(a_case_is_removed_whole_and_its_number_stays_used) {
  Desk desk;
  log_both(desk);
  save_schedule(desk, "cases", R"("applies_to": "cases", "keep_days": 30, "action": "remove")");
  desk.now("2027-01-24T09:00Z");
  BOOST_TEST(desk.apply("retention.run", "{}").number("removed") == 0);  // the newest number
  log_another(desk);
  const std::size_t before = bodies(desk);
  const std::int64_t removed = desk.apply("retention.run", "{}").number("removed");
  BOOST_TEST(removed >= 5);
  BOOST_TEST(bodies(desk) == before + 1 - static_cast<std::size_t>(removed));
  BOOST_TEST(desk.rows("cases").size() == 1u);
  BOOST_TEST(desk.rows("people", R"({"person": "g:2"})").empty());
  desk.check_whole();
  desk.apply("interaction.log", R"({"channel": "email", "from": "g:2"})");
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(merged_and_split_cases_go_together_or_not_at_all) {
  Desk desk;
  for (const char *topic : {"bus", "grades"})
    for (int i = 0; i < 2; ++i)
      desk.apply("interaction.log", R"({"channel": "email", "from": "g:1", "topic": ")" +
                                        std::string(topic) + R"(", "text": "words"})");
  desk.apply("case.split", R"({"case": "1", "entries": ["5"]})");
  desk.apply("case.merge", R"({"case": "2", "into": "1"})");
  log_another(desk);
  save_schedule(desk, "cases", R"("applies_to": "cases", "keep_days": 30, "action": "remove")");
  desk.apply("case.solve", R"({"case": "1"})");
  desk.now("2027-02-01T09:00Z");
  BOOST_TEST(desk.apply("retention.run", "{}").number("removed") == 0);
  desk.check_whole();
  desk.apply("case.solve", R"({"case": "3"})");
  desk.now("2027-04-01T09:00Z");
  BOOST_TEST(desk.apply("retention.run", "{}").number("removed") >= 8);
  BOOST_TEST(desk.rows("cases").size() == 1u);
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(held_ones_are_left_out_and_counted) {
  Desk desk;
  log_both(desk);
  desk.apply("interaction.log", R"({"channel": "phone", "from": "g:9", "needs_response": 0})");
  save_schedule(desk, "all", R"("applies_to": "interactions", "keep_days": 1, "action": "remove")");
  desk.apply("hold.place", R"({"hold": "smith", "kind": "litigation", "reason": "suit",
                               "person": "g:1"})");
  desk.now("2026-12-24T09:00Z");
  const Record due = desk.row("retention");
  BOOST_TEST(due.number("due") == 1);
  BOOST_TEST(due.number("held") == 1);
  BOOST_TEST(due.texts("held_by").front() == "smith");
  const Record run = desk.apply("retention.run", "{}");
  BOOST_TEST(run.number("removed") == 1);
  BOOST_TEST(run.number("held") == 1);
  BOOST_TEST(desk.rows("erasures").back().number("held") == 1);
  BOOST_TEST(desk.rows("timeline", R"({"person": "g:1"})").size() == 1u);
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(the_log_of_disclosures_has_a_time_too) {
  Desk desk;
  log_both(desk);
  desk.rows("people", R"({"search": "somebody"})");
  desk.rows("case", R"({"case": "1"})");
  save_schedule(desk, "log",
                R"("applies_to": "disclosures", "keep_days": 365, "action": "remove")");
  desk.now("2028-01-01T09:00Z");
  BOOST_TEST(desk.apply("retention.run", "{}").number("removed") == 2);
  BOOST_TEST(desk.rows("disclosures").empty());
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(the_pump_runs_it_once_a_day_when_told_to) {
  Desk desk;
  log_both(desk);
  save_schedule(desk, "all", R"("applies_to": "interactions", "keep_days": 1, "action": "erase")");
  desk.now("2026-12-24T09:00Z");
  desk.pump();
  BOOST_TEST(desk.rows("erasures").empty());
  desk.apply("settings.save", R"({"name": "retention.automatic", "value": "1"})");
  BOOST_TEST(desk.pump() == support::at("2026-12-25T09:00Z"));
  desk.pump();
  BOOST_TEST(desk.rows("erasures").size() == 1u);
  BOOST_TEST(desk.rows("erasures").front().text("actor") == "system:heard");
  desk.now("2026-12-25T09:00Z").pump();
  BOOST_TEST(desk.rows("erasures").size() == 2u);
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(a_run_without_any_schedule_leaves_an_entry_too) {
  Desk desk;
  desk.apply("retention.run", "{}");
  BOOST_TEST(desk.count("erasure.done") == 1);
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(schedules_are_checked) {
  Desk desk;
  const char *wrong[] = {
      R"("applies_to": "people", "keep_days": 1, "action": "erase")",
      R"("applies_to": "cases", "keep_days": 0, "action": "erase")",
      R"("applies_to": "cases", "keep_days": 1, "action": "burn")",
      R"("applies_to": "interactions", "keep_days": 1, "action": "erase", "from": "closed")",
      R"("applies_to": "disclosures", "keep_days": 1, "action": "erase", "school": "north")",
  };
  for (const char *rest : wrong)
    desk.apply_refused("schedule.save",
                       std::string(R"({"schedule": "x", "basis": "b", )") + rest + "}");
  desk.apply_refused("retention.run", R"({"schedule": "x"})");
  desk.apply_refused("retention.run", "{}", kAuditor);
  desk.apply_refused("settings.save", R"({"name": "retention.automatic", "value": "yes"})");
  save_schedule(desk, "x", R"("applies_to": "cases", "keep_days": 5, "action": "erase",
                              "active": 0)");
  desk.apply_refused("retention.run", R"({"schedule": "x"})");
}

BOOST_AUTO_TEST_SUITE_END()
