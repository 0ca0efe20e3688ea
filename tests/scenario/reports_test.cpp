// heard policy, simulate, integrity, promise, outbox and do, as an administrator uses them.
#include <boost/test/unit_test.hpp>
#include <fstream>
#include <nlohmann/json.hpp>

#include "support/command.hpp"
#include "support/temporary_folder.hpp"

namespace {

using heard::support::Ran;
using heard::support::run;
using heard::support::TemporaryFolder;
using nlohmann::json;

bool has(const Ran &ran, const std::string &words) {
  return ran.printed.find(words) != std::string::npos;
}

/// A store with one case about the bus that was answered at once.
struct School {
  School() {
    BOOST_TEST_REQUIRE(run("init --zone UTC" + at).code == 0);
    BOOST_TEST_REQUIRE(
        run("log --channel email --from host:guardian:1 --school north --topic bus" + at).code ==
        0);
    done("case.reply", R"({"case": "1", "text": "It comes on time tomorrow."})");
  }
  std::string file(const std::string &text) const {
    const std::string path = folder / "fields.json";
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }
  json done(const std::string &command, const std::string &fields) const {
    const Ran ran = run("do " + command + " --json-input " + file(fields) + at);
    BOOST_TEST_REQUIRE(ran.code == 0, command);
    return ran.object();
  }

  TemporaryFolder folder;
  std::string at = " --store " + (folder / "school.heard");
};

constexpr const char *kBusPolicy =
    R"({"policy": "bus", "name": "Buses", "when": [{"topic": ["bus"]}],
    "targets": [{"clock": "first_response", "amount": 2, "unit": "calendar_days"}]})";

}  // namespace

BOOST_AUTO_TEST_SUITE(reports)

BOOST_AUTO_TEST_CASE(any_command_can_be_done_by_its_name) {
  const School school;
  const json done = school.done("topic.save", R"({"topic": "bus", "name": "Buses"})");
  BOOST_TEST(done["topic"] == "bus");
  BOOST_TEST(done["duplicate"] == 0);
  const std::string solve = school.file(R"({"case": "1"})");
  const Ran piped = run("do case.solve --json-input -" + school.at + " < " + solve);
  BOOST_TEST_REQUIRE(piped.code == 0);
  BOOST_TEST(piped.object()["status"] == "solved");
  BOOST_TEST(run("do case.explode" + school.at).code == 3);
  BOOST_TEST(run("do case.solve --json-input /nowhere" + school.at).code == 3);
  BOOST_TEST(run("do case.solve --json-input " + school.file("[]") + school.at).code == 3);
}

BOOST_AUTO_TEST_CASE(policies_are_saved_listed_shown_and_reapplied) {
  const School school;
  const Ran saved = run("policy save " + school.file(kBusPolicy) + school.at);
  BOOST_TEST(saved.code == 0);
  BOOST_TEST(has(saved, "Saved policy 'bus', version 1"));
  const Ran list = run("policy list" + school.at);
  BOOST_TEST(has(list, "topic bus"));
  BOOST_TEST(has(list, "every other case"));
  BOOST_TEST(run("policy list --json" + school.at).object().size() == 2U);
  BOOST_TEST(has(run("policy show bus" + school.at), "first response 2 calendar days"));
  BOOST_TEST(run("policy show bus --json" + school.at).object()["name"] == "Buses");
  BOOST_TEST(run("policy show nobody" + school.at).code == 3);
  run("log --channel email --from host:guardian:2 --school north" + school.at);
  run("policy save " + school.file(R"({"targets": [{"clock": "first_response", "amount": 3,
      "unit": "business_days"}]})") +
      school.at);
  BOOST_TEST(has(run("policy reapply --preview" + school.at), "first response"));
  const Ran reapplied = run("policy reapply --note Spring --json" + school.at);
  BOOST_TEST(reapplied.object()["cases"] == 2);
  BOOST_TEST(has(run("policy reapply --preview" + school.at), "Nothing would change"));
}

BOOST_AUTO_TEST_CASE(a_policy_is_tried_on_the_past_from_a_file_or_by_its_id) {
  const School school;
  run("policy save " + school.file(kBusPolicy) + school.at);
  const std::string period = " --from 2020-01-01 --to 2090-01-01";
  const Ran by_id = run("simulate --policy bus" + period + school.at);
  BOOST_TEST(by_id.code == 0);
  BOOST_TEST(has(by_id, "first response"));
  BOOST_TEST(has(by_id, "No verdict would be another"));
  const std::string strict = school.file(R"({"targets": [
      {"clock": "first_response", "amount": 1, "unit": "business_days"},
      {"clock": "acknowledgement", "amount": 5, "unit": "business_days"}]})");
  // Cases of the bus have the policy 'bus' now, so a new fallback is not for them.
  BOOST_TEST(run("simulate --json --policy " + strict + school.at).object().size() == 1U);
  run("do policy.save --json-input " + school.file(R"({"policy": "bus", "active": 0})") +
      school.at);
  const std::string again = school.file(R"({"targets": [
      {"clock": "first_response", "amount": 1, "unit": "business_days"},
      {"clock": "acknowledgement", "amount": 5, "unit": "business_days"}]})");
  const json rows = run("simulate --json --policy " + again + period + school.at).object();
  BOOST_TEST_REQUIRE(rows.size() == 3U);  // two figures, and an acknowledgement that was none
  BOOST_TEST(rows[2]["row"] == "flip");
  BOOST_TEST(rows[2]["before"] == "none");
  BOOST_TEST(rows[2]["after"] == "met");
  const std::string past = " --from 2020-01-01 --to 2020-02-01";
  BOOST_TEST(has(run("simulate --policy bus" + past + school.at), "No clock"));
  BOOST_TEST(run("simulate --policy nobody" + school.at).code == 3);
  BOOST_TEST(run("simulate" + school.at).code == 3);
  BOOST_TEST(run("simulate --policy bus --from yesterday" + school.at).code == 3);
}

BOOST_AUTO_TEST_CASE(what_flatters_the_figures_is_told_in_sentences) {
  const School school;
  BOOST_TEST(has(run("integrity" + school.at), "Nothing makes the figures"));
  run("log --channel email --from host:guardian:2 --school south" + school.at);
  school.done("case.solve", R"({"case": "2"})");
  const Ran told = run("integrity" + school.at);
  BOOST_TEST(has(told, "closed without answer"));
  BOOST_TEST(has(told, "case 2"));
  const json rows = run("integrity --json --school south" + school.at).object();
  BOOST_TEST_REQUIRE(rows.size() == 1U);
  BOOST_TEST(rows[0]["kind"] == "closed_without_answer");
  BOOST_TEST(run("integrity --json --school north" + school.at).object().empty());
  BOOST_TEST(run("integrity --json --to 2020-01-01" + school.at).object().empty());
  BOOST_TEST(run("integrity --role office" + school.at).code == 3);
}

BOOST_AUTO_TEST_CASE(a_family_is_told_by_when_in_one_sentence) {
  const School school;
  const Ran told = run("promise --school north --topic bus" + school.at);
  BOOST_TEST(told.code == 0);
  BOOST_TEST(has(told, "You get an answer by "));
  BOOST_TEST(std::count(told.printed.begin(), told.printed.end(), '\n') == 1);
  BOOST_TEST(run("promise --school north --json" + school.at).object()["policy"] == "Default");
}

BOOST_AUTO_TEST_CASE(notices_are_listed_until_they_are_handed_on) {
  const School school;
  BOOST_TEST(has(run("outbox" + school.at), "no notice"));
  school.done("policy.save", R"({"targets": [{"clock": "first_response", "amount": 1,
      "unit": "wall_minutes"}], "steps": [{"name": "Tell the office", "clock": "first_response",
      "offset": 1, "unit": "percent", "notify": "role:office", "urgent": 1}]})");
  run("log --channel email --from host:guardian:3 --subject Heating" + school.at);
  json notices;
  for (int tries = 0; tries < 50 && notices.empty(); ++tries) {
    run("pump" + school.at);
    notices = run("outbox --json" + school.at).object();
  }
  BOOST_TEST_REQUIRE(notices.size() == 1U);
  BOOST_TEST(has(run("outbox" + school.at), "Tell the office"));
  const std::string key = notices[0]["key"];
  BOOST_TEST(run("outbox --json --delivered '" + key + "'" + school.at).object()["delivered"] == 1);
  BOOST_TEST(has(run("outbox" + school.at), "no notice"));
}

BOOST_AUTO_TEST_SUITE_END()
