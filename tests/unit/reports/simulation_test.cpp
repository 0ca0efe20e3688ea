// What another policy or calendar would have made of cases whose verdicts are worked out by hand.
#include "support/desk.hpp"

using namespace heard;
using support::at;
using support::Desk;
using support::kAuditor;
using support::numbers;

namespace {

using Numbers = std::vector<std::int64_t>;

constexpr const char *kOneHour = R"({"targets": [{"clock": "first_response", "amount": 60,
                                                  "unit": "business_minutes"}]})";

void log_about(Desk &desk, int family, const std::string &topic, const std::string &school) {
  desk.apply("interaction.log", R"({"channel": "email", "from": "sis:guardian:)" +
                                    std::to_string(family) + R"(", "topic": ")" + topic +
                                    R"(", "school": ")" + school + "\"}");
}

void answer(Desk &desk, int number, std::string_view when) {
  desk.now(when).apply("case.reply",
                       R"({"case": ")" + std::to_string(number) + R"(", "text": "It comes."})");
}

/// Three messages on Monday 09:00: answered after half an hour, after five hours, on Thursday.
/// By one business day (due Tuesday 16:00) that is met, met and missed.
struct ThreeAnswers : Desk {
  ThreeAnswers() {
    log_about(*this, 1, "bus", "north");
    log_about(*this, 2, "food", "north");
    log_about(*this, 3, "bus", "south");
    answer(*this, 1, "2026-11-23T09:30Z");
    answer(*this, 2, "2026-11-23T14:00Z");
    answer(*this, 3, "2026-11-26T10:00Z");
    pump();
  }
};

std::vector<Record> simulate(Desk &desk, const char *field, std::string_view json,
                             std::string_view more = "{}") {
  Record filter = record_from_json("filter", more);
  filter.set(field, json);
  return support::drain(
      *desk.engine.query(record_from_json("actor", support::kAdmin), "simulate", filter));
}

/// The figures of one clock; an empty record if there are none.
Record figure(const std::vector<Record> &rows, std::string_view clock = "first_response") {
  for (const Record &row : rows)
    if (row.text("row") == "figure" && row.text("clock") == clock) return row;
  return Record("none");
}

std::vector<Record> flips(const std::vector<Record> &rows,
                          std::string_view clock = "first_response") {
  std::vector<Record> found;
  for (const Record &row : rows)
    if (row.text("row") == "flip" && row.text("clock") == clock) found.push_back(row);
  return found;
}

void check_figure(const Record &row, const Numbers &met_and_missed) {
  const Numbers got{row.number("met_before"), row.number("met_after"), row.number("missed_before"),
                    row.number("missed_after")};
  BOOST_TEST(got == met_and_missed);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(simulation)

BOOST_AUTO_TEST_CASE(a_shorter_target_turns_a_hit_into_a_miss_and_nothing_is_written) {
  ThreeAnswers desk;
  const std::int64_t size = desk.size();
  const auto rows = simulate(desk, "policy_json", kOneHour);
  BOOST_TEST_REQUIRE(!rows.empty());
  BOOST_TEST(rows.front().text("row") == "figure");
  const Record judged = figure(rows);
  BOOST_TEST(judged.number("judged") == 3);
  check_figure(judged, {2, 1, 1, 2});
  BOOST_TEST(judged.number("percent_before") == 66);
  BOOST_TEST(judged.number("percent_after") == 33);
  const auto changed = flips(rows);
  BOOST_TEST_REQUIRE(changed.size() == 1u);
  BOOST_TEST(changed[0].number("number") == 2);
  BOOST_TEST(changed[0].text("before") == "met");
  BOOST_TEST(changed[0].text("after") == "missed");
  BOOST_TEST(changed[0].number("due_before") == at("2026-11-24T16:00Z"));
  BOOST_TEST(changed[0].number("due_after") == at("2026-11-23T10:00Z"));
  BOOST_TEST(desk.size() == size);
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(the_policy_in_force_changes_nothing) {
  ThreeAnswers desk;
  const auto rows = simulate(desk, "policy", "default");
  check_figure(figure(rows), {2, 2, 1, 1});
  BOOST_TEST(flips(rows).empty());
}

BOOST_AUTO_TEST_CASE(a_policy_with_conditions_is_tried_on_the_cases_it_fits) {
  ThreeAnswers desk;
  const std::string strict = R"({"policy": "strict", "when": [{"topic": ["bus"]}], "targets": [
      {"clock": "first_response", "amount": 10, "unit": "business_minutes"}]})";
  const auto changed = flips(simulate(desk, "policy_json", strict));
  BOOST_TEST(numbers(changed, "number") == Numbers{1});
  // Behind a policy that fits the same cases it is never reached.
  desk.apply("policy.save", R"({"policy": "first", "when": [{"topic": ["bus"]}]})");
  BOOST_TEST(flips(simulate(desk, "policy_json", strict)).empty());
}

BOOST_AUTO_TEST_CASE(a_saved_policy_is_tried_by_its_id) {
  ThreeAnswers desk;
  desk.apply("policy.save", R"({"policy": "food", "when": [{"topic": ["food"]}], "targets": [
      {"clock": "first_response", "amount": 60, "unit": "business_minutes"}]})");
  BOOST_TEST(numbers(flips(simulate(desk, "policy", "food")), "number") == Numbers{2});
}

BOOST_AUTO_TEST_CASE(the_period_the_school_and_the_limit_hold) {
  ThreeAnswers desk;
  log_about(desk, 4, "bus", "north");  // Thursday 10:00, answered after two hours
  answer(desk, 4, "2026-11-26T12:00Z");
  const auto changed = [&](const std::string &more) {
    return numbers(flips(simulate(desk, "policy_json", kOneHour, more)), "number");
  };
  const std::string thursday = std::to_string(at("2026-11-26T10:00Z"));
  BOOST_TEST(changed("{}") == (Numbers{2, 4}));
  BOOST_TEST(changed(R"({"from": )" + thursday + "}") == Numbers{4});
  BOOST_TEST(changed(R"({"to": )" + thursday + "}") == Numbers{2});
  BOOST_TEST(changed(R"({"school": "south"})") == Numbers{});
  BOOST_TEST(changed(R"({"limit": 1})") == Numbers{2});
  const auto all = simulate(desk, "policy_json", kOneHour, R"({"limit": 1})");
  BOOST_TEST(figure(all).number("missed_after") == 3, "counts know no limit");
}

BOOST_AUTO_TEST_CASE(a_closed_day_that_was_never_announced_would_have_excused_a_miss) {
  ThreeAnswers desk;
  const auto rows =
      simulate(desk, "calendar_json", R"({"closed": ["2026-11-24 Snow", "2026-11-25 Snow"]})");
  check_figure(figure(rows), {2, 3, 1, 0});
  const auto changed = flips(rows);
  BOOST_TEST_REQUIRE(changed.size() == 1u);
  BOOST_TEST(changed[0].number("due_before") == at("2026-11-24T16:00Z"));
  BOOST_TEST(changed[0].number("due_after") == at("2026-11-26T16:00Z"));
}

BOOST_AUTO_TEST_CASE(other_hours_are_tried_on_the_whole_period) {
  ThreeAnswers desk;
  const auto rows = simulate(desk, "calendar_json", R"({"hours": [{"thursday": ["08:00-16:00"]}]})",
                             R"({"from": )" + std::to_string(at("2026-11-01T00:00Z")) + "}");
  check_figure(figure(rows), {2, 3, 1, 0});  // Thursday is the first working day after Monday
}

BOOST_AUTO_TEST_CASE(a_new_calendar_is_tried_on_its_schools_and_a_district_s_on_those_below) {
  ThreeAnswers desk;
  const std::string days = R"("closed": ["2026-11-24", "2026-11-25"])";
  const auto north = simulate(desk, "calendar_json", R"({"calendar": "north", "parent": "default",
      "schools": ["north"], )" + days + "}");
  BOOST_TEST(flips(north).empty());
  const auto south = simulate(desk, "calendar_json", R"({"calendar": "south", "parent": "default",
      "schools": ["south"], )" + days + "}");
  BOOST_TEST(numbers(flips(south), "number") == Numbers{3});
  desk.apply("calendar.save", R"({"calendar": "south", "parent": "default",
                                  "schools": ["south"]})");
  const auto district = simulate(desk, "calendar_json", "{" + days + "}");
  BOOST_TEST(numbers(flips(district), "number") == Numbers{3});
}

BOOST_AUTO_TEST_CASE(what_a_changed_calendar_left_alone_is_no_effect_of_the_proposal) {
  ThreeAnswers desk;
  desk.apply("calendar.save", R"({"closed": ["2026-11-24", "2026-11-25"]})");
  // By today's calendar case 3 would be met; nobody has recalculated it, so it stays missed.
  const auto rows = simulate(desk, "policy", "default");
  check_figure(figure(rows), {2, 2, 1, 1});
  BOOST_TEST(flips(rows).empty());
}

BOOST_AUTO_TEST_CASE(merged_cases_have_left_the_figures) {
  ThreeAnswers desk;
  desk.apply("case.merge", R"({"case": "2", "into": "1"})");
  const auto rows = simulate(desk, "policy_json", kOneHour);
  for (const Record &row : flips(rows)) BOOST_TEST(row.number("number") != 2);
  BOOST_TEST(figure(rows).number("judged") == 2);
}

BOOST_AUTO_TEST_CASE(a_miss_nobody_has_pumped_yet_is_one_already) {
  Desk desk;
  log_about(desk, 1, "bus", "north");
  desk.now("2026-11-27T09:00Z");
  const auto rows = simulate(desk, "policy_json", kOneHour);
  check_figure(figure(rows), {0, 0, 1, 1});
  BOOST_TEST(flips(rows).empty());
}

BOOST_AUTO_TEST_CASE(a_clock_that_only_the_proposal_has_is_a_flip_from_none) {
  ThreeAnswers desk;
  const auto rows = simulate(desk, "policy_json", R"({"targets": [
      {"clock": "first_response", "amount": 1, "unit": "business_days"},
      {"clock": "acknowledgement", "amount": 60, "unit": "business_minutes"}]})");
  check_figure(figure(rows, "acknowledgement"), {0, 1, 0, 2});
  const auto changed = flips(rows, "acknowledgement");
  BOOST_TEST_REQUIRE(changed.size() == 3u);
  BOOST_TEST(changed[0].text("before") == "none");
  BOOST_TEST(!changed[0].has("due_before"));
}

BOOST_AUTO_TEST_CASE(what_policy_save_and_calendar_save_refuse_is_refused) {
  Desk desk;
  const std::tuple<const char *, Status> wrong[] = {
      {"{}", Status::argument},
      {R"({"policy": "default", "policy_json": "{}"})", Status::argument},
      {R"({"policy": "nobody"})", Status::not_found},
      {R"({"policy_json": "[1]"})", Status::argument},
      {R"({"policy_json": "{\"colour\": \"red\"}"})", Status::unknown_name},
      {R"({"policy_json": "{\"targets\": []}"})", Status::argument},
      {R"({"policy_json": "{\"policy\": \"x\"}"})", Status::argument},
      {R"({"calendar_json": "{\"closed\": [\"2026-13-01\"]}"})", Status::argument},
      {R"({"calendar_json": "{\"calendar\": \"new\", \"zone\": \"UTC\"}"})", Status::argument}};
  for (const auto &[filter, status] : wrong)
    BOOST_TEST((desk.refused([&, f = filter] { desk.rows("simulate", f); }).status() == status),
               filter);
  const auto denied = [&] { desk.rows("simulate", R"({"policy": "default"})", kAuditor); };
  BOOST_TEST((desk.refused(denied).status() == Status::denied));
}

BOOST_AUTO_TEST_SUITE_END()
