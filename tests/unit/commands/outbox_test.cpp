// Notices of the ladder: in order when the pump comes late, held to working hours, given once.
#include <algorithm>
#include <map>

#include "support/desk.hpp"

using namespace heard;
using support::at;
using support::Desk;

namespace {

using Texts = std::vector<std::string>;

/// Sixty minutes, by the wall or of open time; a step each at a half, at the end and long past it.
void save_policy(Desk &desk, const std::string &unit, const std::string &notify = "assignee") {
  const auto step = [&](const char *name, int percent, bool urgent) {
    return R"({"name": ")" + std::string(name) + R"(", "clock": "first_response", "offset": )" +
           std::to_string(percent) + R"(, "unit": "percent", "notify": ")" + notify +
           R"(", "urgent": )" + (urgent ? "1" : "0") + "}";
  };
  desk.apply("policy.save", R"({"warn_percent": 25, "targets": [{"clock": "first_response",
      "amount": 60, "unit": ")" +
                                unit + R"("}], "steps": [)" + step("half", 50, false) + ", " +
                                step("due", 100, true) + ", " + step("past", 200, false) + "]}");
}

void log_contact(Desk &desk, const std::string &from) {
  desk.apply("interaction.log", R"({"channel": "email", "topic": "bus", "from": ")" + from + "\"}");
}

void assign(Desk &desk, const char *to) {
  desk.apply("case.assign", R"({"case": "1", "to": ")" + std::string(to) + "\"}");
}

Texts steps(const std::vector<Record> &rows) { return support::texts(rows, "step"); }

constexpr const char *kHeld = R"({"held": 1})";

}  // namespace

BOOST_AUTO_TEST_SUITE(outbox)

BOOST_AUTO_TEST_CASE(after_a_day_without_a_pump_all_is_caught_up_in_order_and_marked_late) {
  Desk desk;
  save_policy(desk, "business_minutes", "role:admin");
  for (int i = 0; i < 20; ++i) {  // a minute apart: due at 10:00, 10:01, ...
    desk.host.now += 60'000;
    log_contact(desk, "sis:guardian:" + std::to_string(10 + i));
  }
  desk.now("2026-11-24T09:30Z").pump();
  BOOST_TEST(desk.count("case.clock_missed") == 20);
  // The ledger has them in the order in which they fell due: the cases' numbers go up.
  std::vector<std::int64_t> numbers;
  for (const Record &entry : desk.rows("ledger", R"({"kind": "case.clock_missed"})")) {
    const Record shown = desk.row("case", R"({"case": ")" + entry.text("thread") + "\"}");
    numbers.push_back(shown.number("number"));
  }
  BOOST_TEST(numbers.size() == 20u);
  BOOST_TEST(std::is_sorted(numbers.begin(), numbers.end()));
  // Within a case: warning, half, due, past, each at its own instant.
  std::vector<std::int64_t> instants;
  const Record first = desk.row("case", R"({"case": "1"})");
  for (const Record &line : first.records("history")) instants.push_back(line.number("at"));
  BOOST_TEST(std::is_sorted(instants.begin(), instants.end()));
  const auto rows = desk.rows("outbox");
  BOOST_TEST(rows.size() == 60u);
  for (const Record &row : rows) BOOST_TEST(row.flag("late"));
  std::map<std::int64_t, std::vector<std::int64_t>> by_case;
  for (const char *name : {"half", "due", "past"})
    for (const Record &row : rows)
      if (row.text("step") == name)
        by_case[row.number("number")].push_back(row.number("fell_due_at"));
  BOOST_TEST(by_case.size() == 20u);
  for (const auto &[number, fell] : by_case)
    BOOST_TEST(fell == (std::vector<std::int64_t>{at("2026-11-23T09:30Z") + number * 60'000,
                                                  at("2026-11-23T10:00Z") + number * 60'000,
                                                  at("2026-11-23T11:00Z") + number * 60'000}),
               boost::test_tools::per_element());
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(a_pump_in_time_marks_nothing_late) {
  Desk desk;
  save_policy(desk, "business_minutes", "role:admin");
  log_contact(desk, "sis:guardian:9");
  desk.now("2026-11-23T09:30:01Z").pump();
  BOOST_TEST(steps(desk.rows("outbox")) == Texts{"half"}, boost::test_tools::per_element());
  BOOST_TEST(!desk.row("outbox").flag("late"));
}

BOOST_AUTO_TEST_CASE(notices_wait_for_the_opening_and_urgent_ones_do_not) {
  Desk desk;
  save_policy(desk, "wall_minutes", "role:admin");
  desk.now("2026-11-23T20:00Z");
  log_contact(desk, "sis:guardian:9");
  desk.now("2026-11-23T20:30:01Z");
  BOOST_TEST(desk.pump() == at("2026-11-23T21:00:01Z"));  // the next thing to fall due
  BOOST_TEST(desk.rows("outbox").empty());
  const Record held = desk.row("outbox", kHeld);
  BOOST_TEST(held.text("step") == "half");
  BOOST_TEST(!held.flag("ready"));
  BOOST_TEST(held.number("deliver_at") == at("2026-11-24T08:00Z"));
  desk.now("2026-11-23T23:00Z");
  BOOST_TEST(desk.pump() == at("2026-11-24T08:00Z"));  // the opening, when the rest is to go out
  BOOST_TEST(steps(desk.rows("outbox")) == Texts{"due"}, boost::test_tools::per_element());
  BOOST_TEST(desk.row("outbox").flag("urgent"));
  BOOST_TEST(steps(desk.rows("outbox", kHeld)) == (Texts{"due", "half", "past"}),
             boost::test_tools::per_element());
  desk.now("2026-11-24T07:59:59Z");
  BOOST_TEST(desk.rows("outbox").size() == 1u);
  desk.now("2026-11-24T08:00Z");
  BOOST_TEST(steps(desk.rows("outbox")) == (Texts{"due", "half", "past"}),
             boost::test_tools::per_element());
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(the_hours_are_those_of_whoever_is_told) {
  Desk desk;
  desk.apply("calendar.save", R"({"calendar": "evening", "zone": "UTC", "schools": ["night"],
      "hours": [{"monday": ["18:00-20:00"], "friday": ["18:00-20:00"]}]})");
  desk.apply("person.save", R"({"person": "host:staff:5", "kind": "staff", "name": "Ms Owl",
                                "school": "night"})");
  save_policy(desk, "business_minutes");
  log_contact(desk, "sis:guardian:9");
  assign(desk, "host:staff:5");
  desk.now("2026-11-23T09:45Z").pump();
  BOOST_TEST(desk.rows("outbox").empty());
  const Record held = desk.row("outbox", kHeld);
  BOOST_TEST(held.text("to_name") == "Ms Owl");
  BOOST_TEST(held.number("deliver_at") == at("2026-11-23T18:00Z"));
  desk.now("2026-11-23T18:00Z");
  BOOST_TEST(desk.row("outbox").flag("ready"));
}

BOOST_AUTO_TEST_CASE(the_stand_in_is_told_while_somebody_is_away) {
  Desk desk;
  for (const char *person : {R"({"person": "host:staff:5", "kind": "staff", "name": "Ms Owl"})",
                             R"({"person": "host:staff:6", "kind": "staff", "name": "Mr Lark"})"})
    desk.apply("person.save", person);
  desk.apply("absence.save", R"({"person": "host:staff:5", "from": )" +
                                 std::to_string(at("2026-11-23T00:00Z")) + R"(, "to": )" +
                                 std::to_string(at("2026-11-23T09:50Z")) +
                                 R"(, "stand_in": "host:staff:6"})");
  save_policy(desk, "business_minutes");
  log_contact(desk, "sis:guardian:9");
  assign(desk, "host:staff:5");
  desk.now("2026-11-23T09:40Z").pump();
  const Record away = desk.row("outbox");
  BOOST_TEST(away.text("to_name") == "Mr Lark");
  BOOST_TEST(away.text("stands_in_for_name") == "Ms Owl");
  desk.now("2026-11-23T10:10Z").pump();  // back again
  for (const Record &row : desk.rows("outbox")) {
    if (row.text("step") != "due") continue;
    BOOST_TEST(row.text("to_name") == "Ms Owl");
    BOOST_TEST(!row.has("stands_in_for"));
  }
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(saying_twice_that_a_notice_was_handed_on_is_harmless) {
  Desk desk;
  save_policy(desk, "business_minutes", "role:admin");
  log_contact(desk, "sis:guardian:9");
  desk.now("2026-11-23T09:40Z").pump();
  const std::string keys = R"({"keys": [")" + desk.row("outbox").text("key") + R"("]})";
  BOOST_TEST(desk.apply("outbox.delivered", keys).number("delivered") == 1);
  BOOST_TEST(desk.rows("outbox", kHeld).empty());
  const auto size = desk.size();
  const Record again = desk.apply("outbox.delivered", keys);
  BOOST_TEST(again.number("delivered") == 0);
  BOOST_TEST(again.flag("duplicate"));
  BOOST_TEST(desk.size() == size);
  desk.pump();
  BOOST_TEST(desk.rows("outbox", kHeld).empty());
  desk.check_whole();
}

BOOST_AUTO_TEST_SUITE_END()
