// The pages of the settings: what they show, which commands they send, what they keep when refused.
#include <boost/test/unit_test.hpp>

#include "web/browser.hpp"
#include "web/html.hpp"
#include "web/policy_words.hpp"

namespace heard::web {

namespace {

struct Settings {
  FakeBackend backend;
  Browser browser{backend, admin()};

  std::string read(const std::string &path, const std::string &query = {}) {
    return text_of(browser.open(path, query));
  }
  const Record &sent() { return backend.applied.back(); }
};

bool says(const std::string &text, std::string_view words) {
  return text.find(words) != std::string::npos;
}

const Query kLincoln = {{"name", "Lincoln Elementary"},
                        {"zone", "America/Chicago"},
                        {"parent", "default"},
                        {"closed", "2026-11-20 Burst pipe\r\n2026-12-04/2026-12-05 Fair"},
                        {"closed_yearly", "05-01"},
                        {"terms", "2026-08-24/2026-12-18 Autumn"},
                        {"special", "2026-12-18 08:00-10:00, 11:00-12:00 Last day"},
                        {"not_closed", "2026-11-27"},
                        {"schools_1", "sis:school:1"}};

const Query kBus = {{"name", "Bus"},
                    {"order", "20"},
                    {"active", "yes"},
                    {"when_topic", "bus, safety"},
                    {"when_school", ""},
                    {"targets", "first_response 2 business_days"},
                    {"steps", "Reminder: first_response, 75 percent, tell assignee"},
                    {"warn_percent", "60"},
                    {"reopen_days", "7"},
                    {"pause_when_held", "no"}};

Query with(Query fields, const std::string &name, const std::string &value) {
  for (auto &[key, old] : fields)
    if (key == name) old = value;
  return fields;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(settings)

BOOST_FIXTURE_TEST_CASE(only_admins_and_auditors_find_and_see_settings, Settings) {
  for (const char *path : {"/settings", "/settings/calendars/lincoln", "/integrity"}) {
    BOOST_TEST(answer(backend, clerk(), request_head("GET", path), "").status == 403, path);
    BOOST_TEST(answer(backend, admin(), request_head("GET", path), "").status == 200, path);
  }
  const Record auditor = Record("actor").set("id", "host:user:3").add("roles", "auditor");
  BOOST_TEST(answer(backend, auditor, request_head("GET", "/settings"), "").status == 200);
  for (const char *path : {"/settings/snow-day", "/simulate"})
    BOOST_TEST(answer(backend, auditor, request_head("GET", path), "").status == 403, path);
  const auto menu = [&](const Record &actor) {
    return says(text_of(answer(backend, actor, request_head("GET", "/"), "").body), "Settings");
  };
  BOOST_TEST((menu(admin()) && menu(auditor) && !menu(clerk())));
}

BOOST_FIXTURE_TEST_CASE(who_may_not_change_settings_cannot_post_them, Settings) {
  browser.actor = clerk();
  for (const char *path : {"/settings/snow-day", "/settings/calendars/lincoln",
                           "/settings/policies/bus", "/settings/policies/bus/reapply",
                           "/settings/departments", "/settings/topics", "/simulate"}) {
    const Record head = request_head("POST", path);
    BOOST_TEST(answer(backend, clerk(), head, "").status == 403, path);
  }
  BOOST_TEST(backend.applied.empty());
}

BOOST_FIXTURE_TEST_CASE(settings_are_told_in_words, Settings) {
  const std::string text = read("/settings");
  for (const char *words :
       {"Mon 08:00-12:00 13:00-16:00, Tue-Thu 08:00-16:00, Fri 08:00-14:00", "Follows District",
        "Thu 24 Dec - Sun 3 Jan 2027: Winter holidays", "All schools without their own",
        "First answer: 120 open minutes", "Solved by: 2 school days to the end of the day (Urgent)",
        "Topic: bus, safety", "School: Lincoln Elementary", "Every case that fits no other",
        "Reminder (First answer): whoever has the case, after 75 % of the time",
        "30 open minutes before it is due", "only if nobody has it", "Nobody is told", "Anna Berg",
        "Not in use"})
    BOOST_TEST(says(text, words), words);
  BOOST_TEST(text.find("Staff day") < text.find("Winter holidays"));  // soonest first
  BOOST_TEST(!says(text, "Burst pipe"));                              // that day is over
}

BOOST_FIXTURE_TEST_CASE(a_snow_day_is_one_command_and_says_what_moved, Settings) {
  const char *path = "/settings/snow-day";
  BOOST_TEST(field_value(browser.open(path), "date") == "2026-11-25");
  BOOST_TEST(field_value(browser.open(path), "name") == "Snow day");
  backend.result.set("cases", 3);
  const Query day = {{"school", "sis:school:1"},
                     {"date", "2026-11-30"},
                     {"name", "Ice"},
                     {"hours", "08:00-10:00, 11:00-12:00"}};
  const Response response = browser.send(path, path, day);
  BOOST_TEST(header(response, "location") == "/settings/snow-day?done=snow&cases=3");
  BOOST_TEST(sent().kind() == "calendar.close");
  BOOST_TEST(to_json(sent()) == R"({"school":"sis:school:1","closed":["2026-11-30"],)"
                                R"("name":"Ice","hours":["08:00-10:00","11:00-12:00"]})");
  BOOST_TEST(says(read(path, "done=snow&cases=3"), "3 open cases count on the new hours"));
  BOOST_TEST(says(read(path, "done=snow&cases=1"), "1 open case counts"));
  BOOST_TEST(!says(read(path, "done=snow&cases=x"), "open case"));
  browser.send(path, path, with(day, "hours", ""));
  BOOST_TEST(!sent().has("hours"));
}

BOOST_FIXTURE_TEST_CASE(a_refused_snow_day_keeps_what_was_typed, Settings) {
  const char *path = "/settings/snow-day";
  const Response response =
      browser.send(path, path, {{"school", ""}, {"date", "x"}, {"name", "Ice"}, {"hours", "8"}});
  BOOST_TEST(response.status == 422);
  BOOST_TEST(backend.applied.empty());
  BOOST_TEST(field_value(response.body, "name") == "Ice");
  BOOST_TEST(field_value(response.body, "hours") == "8");
  for (const char *id : {"hrd-snow-school-error", "hrd-snow-date-error"})
    BOOST_TEST(response.body.find(id) != std::string::npos, id);
  backend.refuses = bad_field("closed", "is closed already");
  const Response late = browser.send(path, path, {{"school", "s"}, {"date", "2026-11-30"}});
  BOOST_TEST(late.body.find("href=\"#hrd-snow-date\"") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(a_calendar_shows_its_days_and_only_its_own_parts_to_edit, Settings) {
  const std::string path = "/settings/calendars/lincoln", html = browser.open(path);
  for (const char *words : {"Thu 26 Nov", "Thanksgiving", "08:00-12:00, 13:00-16:00", "Closed",
                            "2026-11-20 Burst pipe", "The calendar it follows", "05-01"})
    BOOST_TEST(says(text_of(html), words), words);
  BOOST_TEST(!says(text_of(html), "2026-12-24/2027-01-03"));  // inherited, not to be edited
  BOOST_TEST(!says(text_of(html), "12-25\n"));
  BOOST_TEST(field_value(html, "monday").empty());  // below a parent: its hours
  const std::string own = browser.open("/settings/calendars/default");
  BOOST_TEST(field_value(own, "monday") == "08:00-12:00, 13:00-16:00");
  BOOST_TEST(says(text_of(own), "2026-12-24/2027-01-03 Winter holidays"));
  BOOST_TEST(says(text_of(own), "feed:ics"));
  BOOST_TEST(!says(text_of(own), "2026-12-11 Staff day"));
  const auto *days = &backend.asked.front().second;
  for (const auto &[view, filter] : backend.asked)
    if (view == "calendar_days") days = &filter;
  BOOST_TEST(to_json(*days) == R"({"calendar":"default","from":"2026-11-25","to":"2026-12-29"})");
  BOOST_TEST(answer(backend, admin(), request_head("GET", "/settings/calendars/x"), "").status ==
             404);
}

BOOST_FIXTURE_TEST_CASE(a_calendar_is_saved_from_its_lines, Settings) {
  const std::string path = "/settings/calendars/lincoln";
  const Response response = browser.send(path, path, kLincoln);
  BOOST_TEST(header(response, "location") == path + "?done=calendar");
  BOOST_TEST(sent().kind() == "calendar.save");
  BOOST_TEST(
      to_json(sent()) ==
      R"({"calendar":"lincoln","name":"Lincoln Elementary","parent":"default",)"
      R"("closed":["2026-11-20 Burst pipe","2026-12-04/2026-12-05 Fair"],)"
      R"("closed_yearly":["05-01"],)"
      R"("terms":[{"first":"2026-08-24","last":"2026-12-18","name":"Autumn"}],)"
      R"("special":[{"date":"2026-12-18","hours":["08:00-10:00","11:00-12:00"],"name":"Last day"}],)"
      R"("not_closed":["2026-11-27"],"schools":["sis:school:1"]})");
}

BOOST_FIXTURE_TEST_CASE(hours_are_sent_when_they_are_others, Settings) {
  const std::string path = "/settings/calendars/lincoln";
  Query fields = kLincoln;
  fields.emplace_back("friday", "08:00-12:00, 13:00-15:00");
  fields.emplace_back("from", "2026-12-01");
  browser.send(path, path, fields);
  BOOST_REQUIRE(sent().records("hours").size() == 1u);
  BOOST_TEST(sent().records("hours")[0].texts("friday").at(1) == "13:00-15:00");
  BOOST_TEST(sent().text("from") == "2026-12-01");
  backend.views["calendars"][1].set("own_hours", 1);  // it had some, and gives them up
  browser.send(path, path, kLincoln);
  BOOST_TEST((sent().has("hours") && sent().records("hours").empty()));
}

BOOST_FIXTURE_TEST_CASE(a_new_calendar_needs_a_key, Settings) {
  const std::string path = "/settings/calendars/new";
  Query fields = with(kLincoln, "parent", "");
  fields.emplace_back("monday", "08:00-12:00");
  BOOST_TEST(browser.send(path, path, fields).status == 422);
  fields.emplace_back("id", "north");
  const Response response = browser.send(path, path, fields);
  BOOST_TEST(header(response, "location") == "/settings/calendars/north?done=calendar");
  BOOST_TEST(sent().text("calendar") == "north");
  BOOST_TEST(sent().records("hours").at(0).texts("monday").at(0) == "08:00-12:00");
}

BOOST_FIXTURE_TEST_CASE(a_refused_calendar_says_why_at_the_field_and_keeps_everything, Settings) {
  const std::string path = "/settings/calendars/lincoln";
  const Response own = browser.send(path, path, with(kLincoln, "terms", "from August to December"));
  BOOST_TEST(own.status == 422);
  BOOST_TEST(own.body.find("id=\"hrd-calendar-terms-error\"") != std::string::npos);
  BOOST_TEST(says(text_of(own.body), "from August to December"));
  BOOST_TEST(says(text_of(own.body), "2026-12-04/2026-12-05 Fair"));
  BOOST_TEST(backend.applied.empty());
  backend.refuses = bad_field("tuesday", "'8' is no span");
  const Response refused = browser.send(path, path, kLincoln);
  BOOST_TEST(refused.body.find("href=\"#hrd-calendar-tuesday\"") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(lines_of_policies_are_read_as_they_are_written) {
  for (const char *line : {"first_response 1 business_days", "resolution 2 calendar_days urgent",
                           "update 3 business_days low midnight", "wait 30 wall_minutes"}) {
    const auto target = target_from(line);
    BOOST_REQUIRE_MESSAGE(target, line);
    BOOST_TEST(target_line(*target) == line);
  }
  for (const char *line :
       {"", "first_response", "first_response one business_days", "hope 1 business_days",
        "first_response 1 weeks", "first_response 1 business_days soon"})
    BOOST_TEST(!target_from(line), line);
  for (const char *line :
       {"Reminder: first_response, 75 percent, tell assignee",
        "Note: to all: wait, 30 minutes before due, tell role:admin, urgent, only unassigned",
        "Lead: resolution, 1 business_days after start, tell staff:7, at least high, raise to "
        "urgent"}) {
    const auto step = step_from(line);
    BOOST_REQUIRE_MESSAGE(step, line);
    BOOST_TEST(step_line(*step) == line);
  }
  BOOST_TEST(step_from("A: wait, 30 minutes before due, tell lead")->number("offset") == -30);
  for (const char *line :
       {"", "Reminder", "A: hope, 75 percent, tell lead", "A: wait, 75 percent",
        "A: wait, 1 minutes, tell lead", "A: wait, 9 percent, ask lead",
        "A: wait, 9 percent, tell lead, soon", "A: wait, x percent, tell lead",
        "A: wait, 9 minutes near due, tell lead", "A: wait, 9 minutes after lunch, tell lead"})
    BOOST_TEST(!step_from(line), line);
}

BOOST_FIXTURE_TEST_CASE(a_policy_is_saved_from_its_lines, Settings) {
  const std::string path = "/settings/policies/bus";
  const Response response = browser.send(path, path, kBus);
  BOOST_TEST(header(response, "location") == path + "?done=policy");
  BOOST_TEST(sent().kind() == "policy.save");
  BOOST_TEST(to_json(sent()) ==
             R"({"policy":"bus","name":"Bus","order":20,"when":[{"topic":["bus","safety"]}],)"
             R"("active":1,"targets":[{"clock":"first_response","amount":2,)"
             R"("unit":"business_days"}],"steps":[{"name":"Reminder","clock":"first_response",)"
             R"("offset":75,"unit":"percent","notify":"assignee"}],"warn_percent":60,)"
             R"("reopen_days":7,"pause_when_held":0})");
  browser.send("/settings/policies/default", "/settings/policies/default", kBus);
  BOOST_TEST((!sent().has("when") && !sent().has("active")));  // the fallback fits every case
}

BOOST_FIXTURE_TEST_CASE(what_a_policy_form_shows_can_be_saved_unchanged, Settings) {
  const std::string text = read("/settings/policies/bus");
  for (const char *line :
       {"first_response 120 business_minutes\nresolution 2 business_days urgent midnight",
        "Reminder: first_response, 75 percent, tell assignee\nPrincipal: first_response, 30 "
        "minutes "
        "before due, tell role:admin, urgent, only unassigned, at least high, raise to urgent"})
    BOOST_TEST(says(text, line), line);
  BOOST_TEST(field_value(browser.open("/settings/policies/bus"), "when_topic") == "bus, safety");
}

BOOST_FIXTURE_TEST_CASE(warnings_about_a_saved_policy_are_shown, Settings) {
  const std::string path = "/settings/policies/bus";
  backend.result.set("warnings", std::vector<std::string>{"'Bus' is never reached"});
  const Response response = browser.send(path, path, kBus);
  BOOST_TEST(response.status == 200);
  for (const char *words : {"The policy is saved", "'Bus' is never reached"})
    BOOST_TEST(says(text_of(response.body), words), words);
}

BOOST_FIXTURE_TEST_CASE(a_refused_policy_says_why_at_the_field, Settings) {
  const std::string path = "/settings/policies/bus";
  const std::pair<const char *, const char *> wrong[] = {
      {"targets", "first_response soon"},
      {"steps", "call somebody"},
      {"steps", "A: wait, 9 percent, tell lead\nA: wait, 8 percent, tell lead"},
      {"order", "first"},
      {"warn_percent", "half"}};
  for (const auto &[field, value] : wrong) {
    const Response response = browser.send(path, path, with(kBus, field, value));
    BOOST_TEST(response.status == 422);
    const std::string id = "id=\"hrd-policy-" + std::string(field) + "-error\"";
    BOOST_TEST(response.body.find(id) != std::string::npos, id);
  }
  BOOST_TEST(backend.applied.empty());
  backend.refuses = bad_field("amount", "must be from 1 to 365 business_days");
  const Response refused = browser.send(path, path, kBus);
  BOOST_TEST(refused.body.find("href=\"#hrd-policy-targets\"") != std::string::npos);
  BOOST_TEST(field_value(refused.body, "when_topic") == "bus, safety");
}

BOOST_FIXTURE_TEST_CASE(what_a_policy_changes_is_shown_before_it_is_done, Settings) {
  const std::string path = "/settings/policies/bus", action = path + "/reapply";
  const std::string text = read(path);
  for (const char *words : {"Case 1042", "today 15:12", "today 09:12", "Late"})
    BOOST_TEST(says(text, words), words);
  backend.result.set("cases", 500).set("more", 1);
  const Response response = browser.send(path, action, {{"note", "new rules"}});
  BOOST_TEST(header(response, "location") == path + "?done=reapply&cases=500&more=1");
  BOOST_TEST(sent().kind() == "policy.reapply");
  BOOST_TEST(to_json(sent()) == R"({"policy":"bus","note":"new rules"})");
  BOOST_TEST(
      says(read(path, "done=reapply&cases=500&more=1"), "500 open cases have the new times"));
  backend.views["reapply"].clear();
  BOOST_TEST(browser.open(path).find(action) == std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(departments_and_topics_are_added_and_changed, Settings) {
  const std::string path = "/settings/departments";
  Query fields = {
      {"id", "nurse"}, {"name", "Nurse"}, {"school", ""}, {"lead", "staff:9"}, {"active", "yes"}};
  const Response response = browser.send(path, path, fields);
  BOOST_TEST(header(response, "location") == path + "?done=setting");
  BOOST_TEST(sent().kind() == "department.save");
  BOOST_TEST(to_json(sent()) ==
             R"({"department":"nurse","name":"Nurse","school":"","lead":"staff:9","active":1})");
  const std::string chosen = browser.open(path, "department=office");
  BOOST_TEST(field_value(chosen, "chosen") == "office");
  BOOST_TEST(field_value(chosen, "name") == "School office");
  browser.send("/settings/topics", "/settings/topics",
               {{"chosen", "bus"}, {"name", "Buses"}, {"department", "office"}, {"active", "no"}});
  BOOST_TEST(sent().kind() == "topic.save");
  BOOST_TEST(to_json(sent()) ==
             R"({"topic":"bus","name":"Buses","department":"office","active":0})");
  BOOST_TEST(browser.send(path, path, with(fields, "id", " ")).status == 422);
}

BOOST_FIXTURE_TEST_CASE(integrity_groups_by_kind_and_counts, Settings) {
  const std::string html = browser.open("/integrity", "days=7&school=sis:school:1");
  for (const char *words : {"Answers that say nothing: 2", "In time only because typed in later: 1",
                            "Answered by a machine: 0", "The answer has 3 letters", "Case 1051"})
    BOOST_TEST(says(text_of(html), words), words);
  BOOST_TEST(html.find("href=\"/cases/1051\"") != std::string::npos);
  Record filter;
  for (const auto &[view, asked] : backend.asked)
    if (view == "integrity") filter = asked;
  BOOST_TEST(filter.text("school") == "sis:school:1");
  BOOST_TEST(filter.number("to") - filter.number("from") == 7 * 86'400'000);
}

BOOST_FIXTURE_TEST_CASE(a_simulation_shows_counts_side_by_side_and_the_cases_that_flip, Settings) {
  const Query asked = {
      {"policy", "bus"}, {"policy_json", ""}, {"from", "2026-11-01"}, {"to", "2026-11-24"}};
  const Response response = browser.send("/simulate", "/simulate", asked);
  BOOST_TEST(response.status == 200);
  for (const char *words : {"182 (86 %)", "199 (94 %)", "Cases with another outcome: 1",
                            "Case 1047", "Missed", "In time", "due today 01:12"})
    BOOST_TEST(says(text_of(response.body), words), words);
  const Record *filter = nullptr;
  for (const auto &[view, fields] : backend.asked)
    if (view == "simulate") filter = &fields;
  BOOST_REQUIRE(filter != nullptr);  // both days belong to it, on the school's clock
  BOOST_TEST(to_json(*filter) == R"({"policy":"bus","from":1793509200000,"to":1795586400000})");
  BOOST_TEST(backend.applied.empty());
}

BOOST_FIXTURE_TEST_CASE(a_simulation_of_nothing_or_of_two_policies_is_refused, Settings) {
  const Query none = {
      {"policy", ""}, {"policy_json", ""}, {"from", "2026-11-02"}, {"to", "2026-11-01"}};
  const auto refused = [&](const Query &fields, const char *field) {
    const Response response = browser.send("/simulate", "/simulate", fields);
    const std::string id = "id=\"hrd-simulate-" + std::string(field) + "-error\"";
    return response.status == 422 && response.body.find(id) != std::string::npos;
  };
  BOOST_TEST((refused(none, "policy") && refused(none, "to")));
  BOOST_TEST(refused(with(with(none, "policy", "bus"), "policy_json", "{}"), "policy_json"));
  BOOST_TEST(refused(with(none, "from", "x"), "from"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace heard::web
