// Whole cases: what is known after each event, changes and late facts included.
#include <boost/test/unit_test.hpp>

#include "support/neutral.hpp"

namespace {

using nlohmann::json;

/// 08:00 to 16:00 UTC, Monday to Friday. All cases are of Monday 23 November 2026, written "T09:00"
/// for the instant and "W09:00" for Tuesday the 24th.
json with_dates(std::string text) {
  for (const auto &[mark, date] : {std::pair{"\"T", "\"2026-11-23T"}, {"\"W", "\"2026-11-24T"}})
    for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + 1)) {
      if (std::isdigit(static_cast<unsigned char>(text[at + 2])) == 0) continue;
      text.insert(at + 7, ":00Z");
      text.replace(at, 2, date);
    }
  return json::parse(text);
}

void check(const char *policy, const char *events, const char *expect) {
  const json calendar = json::parse(R"({"tz": "UTC", "hours": {
      "mon": [["08:00", "16:00"]], "tue": [["08:00", "16:00"]], "wed": [["08:00", "16:00"]],
      "thu": [["08:00", "16:00"]], "fri": [["08:00", "16:00"]]}})");
  const auto tally = heard::support::check_table(json::array({{{"calendar", calendar},
                                                               {"policy", json::parse(policy)},
                                                               {"events", with_dates(events)},
                                                               {"expect", with_dates(expect)}}}));
  BOOST_TEST(tally.agreed > 0);
}

constexpr auto kThree = R"({"targets_min": {"first_response": 60, "next_response": 120,
                                            "resolution": 240}})";

}  // namespace

BOOST_AUTO_TEST_SUITE(neutral_scripts)

BOOST_AUTO_TEST_CASE(a_case_goes_its_way_from_message_to_solving) {
  check(kThree,
        R"([{"at": "T09:00", "type": "open"}, {"at": "T09:30", "type": "outbound"},
            {"at": "T10:00", "type": "inbound"}, {"at": "T10:30", "type": "inbound"},
            {"at": "T11:00", "type": "outbound"}, {"at": "T11:30", "type": "pending"},
            {"at": "T12:30", "type": "resume"}, {"at": "T13:00", "type": "solve"}])",
        R"([{"after_event": 0, "first_response_due": "T10:00", "next_response_due": null,
             "resolution_due": "T13:00", "next_deadline": "T10:00", "breached": [],
             "first_response_met": null, "status": "first_response_due"},
            {"after_event": 1, "first_response_due": null, "first_response_met": true,
             "first_response_late_s": 0, "next_deadline": "T13:00", "status": "resolution_due"},
            {"after_event": 3, "next_response_due": "T12:00", "next_deadline": "T12:00"},
            {"after_event": 4, "next_response_due": null, "next_response_elapsed_s": 3600,
             "next_response_margin_s": 3600, "next_response_longest_s": 3600,
             "next_response_longest_margin_s": 3600},
            {"after_event": 5, "resolution_due": null, "status": "paused",
             "resolution_elapsed_s": 9000},
            {"after_event": 6, "resolution_due": "T14:00", "paused_total_s": 3600},
            {"after_event": 7, "resolution_due": null, "next_deadline": null,
             "resolution_elapsed_s": 10800, "status": "met", "breached": []}])");
}

BOOST_AUTO_TEST_CASE(what_is_late_is_missed_once_for_each_streak_and_stays_so) {
  check(kThree,
        R"([{"at": "T09:00", "type": "inbound"}, {"at": "T10:00", "type": "tick"},
            {"at": "T11:00", "type": "outbound"}, {"at": "T11:10", "type": "inbound"},
            {"at": "T13:11", "type": "tick"}, {"at": "T13:12", "type": "outbound"},
            {"at": "T13:15", "type": "inbound"}, {"at": "T15:30", "type": "solve"},
            {"at": "T15:40", "type": "reopen"}])",
        R"([{"after_event": 1, "breached": [], "first_response_due": "T10:00"},
            {"after_event": 2, "breached": ["first_response"], "first_response_met": false,
             "first_response_late_s": 3600, "status": "open_breached"},
            {"after_event": 4, "breach_counts": {"first_response": 1, "next_response": 1,
                                                 "resolution": 1}},
            {"after_event": 5, "next_response_margin_s": -120},
            {"after_event": 7, "breach_counts": {"first_response": 1, "next_response": 2,
                                                 "resolution": 1}, "status": "breached"},
            {"after_event": 8, "resolution_due": "T13:10", "next_response_due": null}])");
}

BOOST_AUTO_TEST_CASE(a_case_that_staff_open_has_no_first_response) {
  for (const char *by : {"\"staff\"", "\"owner\"", "null"}) {
    const std::string events = std::string(R"([{"at": "T09:00", "type": "open", "by": )") + by +
                               R"(}, {"at": "T09:30", "type": "inbound"}])";
    check(kThree, events.c_str(),
          R"([{"after_event": 0, "first_response_due": null, "resolution_due": "T13:00"},
              {"after_event": 1, "first_response_due": null, "next_response_due": "T11:30"}])");
  }
}

BOOST_AUTO_TEST_CASE(automatic_messages_are_no_answers_and_thanks_need_none) {
  check(kThree,
        R"([{"at": "T09:00", "type": "inbound"}, {"at": "T09:01", "type": "outbound", "by": "bot"},
            {"at": "T09:02", "type": "outbound"},
            {"at": "T09:03", "type": "inbound", "needs_response": false}])",
        R"([{"after_event": 1, "first_response_due": "T10:00"},
            {"after_event": 3, "next_response_due": null}])");
}

BOOST_AUTO_TEST_CASE(a_message_of_the_family_ends_the_wait) {
  check(kThree,
        R"([{"at": "T09:00", "type": "inbound"}, {"at": "T09:30", "type": "pending"},
            {"at": "T10:00", "type": "inbound"}, {"at": "T10:30", "type": "resume"}])",
        R"([{"after_event": 1, "first_response_due": "T10:00", "resolution_due": null},
            {"after_event": 2, "resolution_due": "T13:30", "paused_total_s": 1800},
            {"after_event": 3, "resolution_due": "T13:30", "paused_total_s": 1800}])");
}

BOOST_AUTO_TEST_CASE(staff_must_write_again_within_the_time_of_updates) {
  check(R"({"targets_min": {"first_response": 60}, "keep_in_loop_min": 120})",
        R"([{"at": "T08:00", "type": "inbound"}, {"at": "T08:30", "type": "outbound"},
            {"at": "T09:00", "type": "outbound"}, {"at": "T10:00", "type": "pending"},
            {"at": "T11:00", "type": "resume"}, {"at": "T12:30", "type": "tick"},
            {"at": "T13:00", "type": "outbound"}, {"at": "T13:30", "type": "solve"}])",
        R"([{"after_event": 0, "update_due": null},
            {"after_event": 1, "update_due": "T10:30", "next_deadline": "T10:30"},
            {"after_event": 2, "update_due": "T11:00"}, {"after_event": 3, "update_due": null},
            {"after_event": 4, "update_due": "T12:00"},
            {"after_event": 5, "breached": ["update"]},
            {"after_event": 6, "update_due": "T15:00", "breach_counts": {"update": 1}},
            {"after_event": 7, "update_due": null}])");
}

BOOST_AUTO_TEST_CASE(clocks_exist_only_while_the_case_matches) {
  check(R"({"targets_min": {"first_response": 60}, "match": {"priority": ["A", "C"]}})",
        R"([{"at": "T09:00", "type": "open", "priority": "A"},
            {"at": "T09:30", "type": "priority", "priority": "B"},
            {"at": "T11:00", "type": "tick"},
            {"at": "T12:00", "type": "priority", "priority": "C"}])",
        R"([{"after_event": 0, "first_response_due": "T10:00", "priority": "A"},
            {"after_event": 1, "first_response_due": null, "next_deadline": null},
            {"after_event": 2, "breached": []},
            {"after_event": 3, "first_response_due": "T10:00", "breached": ["first_response"]}])");
}

BOOST_AUTO_TEST_CASE(a_change_of_level_counts_from_the_start_and_keeps_misses) {
  check(R"({"targets_min": {"first_response": null, "resolution": 240},
            "levels": {"gold": 60, "slow": {"resolution": 300, "first_response": 30}},
            "escalation_offset_s": -1800})",
        R"([{"at": "T09:00", "type": "open"}, {"at": "T09:30", "type": "pending"},
            {"at": "T10:00", "type": "resume"},
            {"at": "T12:00", "type": "policy", "level": "gold"},
            {"at": "T12:30", "type": "policy", "level": "slow"}])",
        R"([{"after_event": 0, "resolution_due": "T13:00", "escalation_at": "T12:30"},
            {"after_event": 1, "escalation_at": null},
            {"after_event": 2, "resolution_due": "T13:30", "escalation_at": "T13:00"},
            {"after_event": 3, "resolution_due": "T10:30", "breach_counts": {"resolution": 1},
             "escalation_at": "T10:00"},
            {"after_event": 4, "resolution_due": "T14:30", "first_response_due": "T09:30",
             "breach_counts": {"resolution": 1, "first_response": 1}}])");
}

BOOST_AUTO_TEST_CASE(facts_typed_in_late_count_from_when_they_happened) {
  check(kThree,
        R"([{"at": "T09:00", "type": "inbound"}, {"at": "T11:00", "type": "tick"},
            {"at": "T09:45", "type": "outbound", "recorded_at": "T11:30"},
            {"at": "T08:30", "type": "inbound", "recorded_at": "T12:00"}])",
        R"([{"after_event": 1, "breached": ["first_response"]},
            {"after_event": 2, "breached": [], "first_response_met": true},
            {"after_event": 3, "resolution_due": "T12:30", "breached": ["first_response"]}])");
}

BOOST_AUTO_TEST_CASE(agreements_within_the_house_start_when_they_are_attached) {
  check(R"({"targets_min": {}, "sla": {"ownership_min": 60, "resolution_min": 240},
            "ola": {"ownership_min": 30, "resolution_min": 120}})",
        R"([{"at": "T09:00", "type": "open"},
            {"at": "T09:30", "type": "policy", "attach": "ola"},
            {"at": "T09:40", "type": "pending"}, {"at": "T09:50", "type": "resume"},
            {"at": "T09:55", "type": "edit_start", "start": "T08:00"}])",
        R"([{"after_event": 0, "sla_ownership_due": "T10:00", "sla_resolution_due": "T13:00",
             "resolution_due": "T13:00", "ola_resolution_due": null, "next_deadline": "T10:00"},
            {"after_event": 1, "ola_ownership_due": "T10:00", "ola_resolution_due": "T11:30"},
            {"after_event": 3, "ola_ownership_due": "T10:00", "ola_resolution_due": "T11:40",
             "sla_ownership_due": "T10:00", "sla_resolution_due": "T13:10"},
            {"after_event": 4, "sla_ownership_due": "T09:00", "sla_resolution_due": "T12:10",
             "ola_resolution_due": "T11:40"}])");
}

BOOST_AUTO_TEST_CASE(an_agreement_attached_again_starts_anew_and_levels_may_speak_of_it) {
  check(R"({"sla": {"resolution_min": 240}, "ola": {"resolution_min": 120},
            "levels": {"gold": {"ola": {"resolution_min": 60}}}})",
        R"([{"at": "T09:00", "type": "open", "attach": "sla"},
            {"at": "T09:30", "type": "policy", "attach": "ola"},
            {"at": "T10:00", "type": "policy", "attach": "ola", "level": "gold"}])",
        R"([{"after_event": 0, "sla_resolution_due": "T13:00", "ola_resolution_due": null},
            {"after_event": 1, "ola_resolution_due": "T11:30"},
            {"after_event": 2, "ola_resolution_due": "T11:00", "sla_resolution_due": "T13:00"}])");
}

BOOST_AUTO_TEST_CASE(steps_fire_in_turn_and_may_change_the_priority) {
  check(R"({"targets_min": {"resolution": 240}, "escalations": [
            {"offset_s": -7200, "if": {"priority": "low"}, "set": {"priority": "normal"}},
            {"offset_s": -3600, "if": {"priority": "normal"}, "set": {"priority": "high"}},
            {"offset_s": 0, "if": {"priority": "low"}, "set": {"priority": "wrong"}}]})",
        R"([{"at": "T09:00", "type": "open", "priority": "low"}, {"at": "T11:00", "type": "tick"},
            {"at": "T14:00", "type": "tick"}])",
        R"([{"after_event": 0, "priority": "low", "next_escalation": "T11:00",
             "escalations": ["T11:00", "T12:00", "T13:00"]},
            {"after_event": 1, "priority": "normal", "next_escalation": "T12:00"},
            {"after_event": 2, "priority": "high", "next_escalation": null}])");
}

BOOST_AUTO_TEST_CASE(a_policy_may_hide_clocks_that_wait_and_give_the_time_back) {
  const char *events = R"([{"at": "T09:00", "type": "open"}, {"at": "T09:30", "type": "pending"},
                           {"at": "T10:30", "type": "resume"}])";
  check(R"({"targets_min": {"first_response": 120, "resolution": 240},
            "ignored_while_waiting": ["first_response"], "credit_waiting_time": true})",
        events, R"([{"after_event": 1, "first_response_due": null, "next_deadline": null},
                    {"after_event": 2, "first_response_due": "T12:00", "resolution_due": "T14:00"}])");
  check(R"({"targets_min": {"first_response": 120, "resolution": 240},
            "ignored_while_waiting": ["first_response"], "credit_waiting_time": false})",
        events, R"([{"after_event": 1, "first_response_due": null},
                    {"after_event": 2, "first_response_due": "T11:00", "resolution_due": "T13:00"}])");
}

BOOST_AUTO_TEST_CASE(an_event_that_is_wrong_is_left_out_and_said) {
  check(kThree,
        R"([{"at": "T09:00", "type": "open"}, {"at": "T09:10", "type": "dance"},
            {"type": "outbound"}, {"at": "T09:20", "type": "outbound"}])",
        R"([{"after_event": 1, "expect_error": "event 'dance' is not known"},
            {"after_event": 2, "expect_error": "field 'at': is missing"},
            {"after_event": 3, "first_response_met": true}])");
}

BOOST_AUTO_TEST_SUITE_END()
