// Posting: tokens, what is sent on, what is refused, and that nothing typed is lost.
#include <boost/test/unit_test.hpp>
#include <set>

#include "web/browser.hpp"
#include "web/form_token.hpp"
#include "web/html.hpp"

namespace heard::web {

namespace {

constexpr Millis kDay = 86'400'000;

struct Office {
  FakeBackend backend;
  Browser browser{backend};
};

struct LogForm : Office {
  LogForm() { browser.take_token(browser.open("/log"), "/log"); }
};

struct CaseForm : Office {
  Response post(const std::string &name, Query fields) {
    const std::string path = "/cases/1042/" + name;
    browser.take_token(browser.open("/cases/1042"), path);
    return browser.post(path, std::move(fields));
  }
};

const Query kCall = {{"person", "sis:guardian:77"},  {"about_1", "sis:student:2041"},
                     {"happened", "waiting"},        {"channel", "phone"},
                     {"when", "2026-11-25T09:30"},   {"subject", "Bus"},
                     {"text", "Two lines\r\nof it"}, {"hrd_once", "once-1"}};

Query with(Query fields, const std::string &name, const std::string &value) {
  for (auto &[key, old] : fields)
    if (key == name) old = value;
  return fields;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(forms)

BOOST_FIXTURE_TEST_CASE(a_logged_contact_becomes_one_command_and_leads_to_its_case, LogForm) {
  const Response response = browser.post("/log", kCall);
  BOOST_TEST(response.status == 303);
  BOOST_TEST(header(response, "location") == "/cases/1042?done=log");
  BOOST_TEST(header(response, "heard-path") == "/cases/1042?done=log");
  BOOST_REQUIRE(backend.applied.size() == 1u);
  const Record &command = backend.applied[0];
  BOOST_TEST(command.kind() == "interaction.log");
  BOOST_TEST(
      to_json(command) ==
      R"({"channel":"phone","direction":"inbound","needs_response":1,"from":"sis:guardian:77",)"
      R"("about":["sis:student:2041"],"subject":"Bus","text":"Two lines\nof it",)"
      R"("occurred_at":1795620600000,"source":"pages",)"
      R"("host_ref":"once-1"})");
}

BOOST_FIXTURE_TEST_CASE(what_happened_decides_direction_and_answer, LogForm) {
  const auto sent = [&](const char *happened) {
    browser.post("/log", with(kCall, "happened", happened));
    Record command = backend.applied.back();
    return command.text("direction") + ' ' + std::to_string(command.number("needs_response")) +
           std::to_string(command.number("answered")) + ' ' + command.text("from") +
           command.text("requester") + (command.texts("to").empty() ? "" : command.texts("to")[0]);
  };
  BOOST_TEST(sent("waiting") == "inbound 10 sis:guardian:77");
  BOOST_TEST(sent("answered") == "inbound 11 sis:guardian:77");
  BOOST_TEST(sent("told") == "inbound 00 sis:guardian:77");
  BOOST_TEST(sent("called") == "outbound 00 sis:guardian:77");
  BOOST_TEST(sent("note") == "internal 00 sis:guardian:77");
}

BOOST_FIXTURE_TEST_CASE(a_contact_about_a_student_names_the_family_member, LogForm) {
  Query fields = with(kCall, "person", "sis:student:2041");
  BOOST_TEST(browser.post("/log", fields).status == 422);
  fields.emplace_back("party", "sis:guardian:78");
  BOOST_TEST(browser.post("/log", fields).status == 303);
  BOOST_TEST(backend.applied.back().text("from") == "sis:guardian:78");
  BOOST_TEST(backend.applied.back().texts("about")[0] == "sis:student:2041");
}

BOOST_FIXTURE_TEST_CASE(a_person_no_feed_has_announced_can_be_logged_by_key, LogForm) {
  const std::string page = browser.open("/log", "person=host:student:5");
  BOOST_TEST(field_value(page, "person") == "host:student:5");
  const Query fields = with(with(kCall, "person", "host:student:5"), "about_1", "");
  browser.post("/log", fields);
  BOOST_REQUIRE(backend.applied.empty());  // two schools: which one?
  Query full = fields;
  full.emplace_back("school", "sis:school:1");
  BOOST_TEST(browser.post("/log", full).status == 303);
  BOOST_TEST(backend.applied.back().text("from") == "host:student:5");
  BOOST_TEST(backend.applied.back().texts("about").at(0) == "host:student:5");
}

BOOST_FIXTURE_TEST_CASE(without_a_school_of_their_own_the_student_decides_it, LogForm) {
  backend.views["people"][0].erase("school");
  BOOST_TEST(browser.post("/log", with(kCall, "about_1", "")).status == 422);
  BOOST_TEST(browser.post("/log", kCall).status == 303);
  BOOST_TEST(!backend.applied.back().has("school"));
}

BOOST_FIXTURE_TEST_CASE(somebody_without_a_key_is_logged_by_name, LogForm) {
  backend.result.erase("number");
  const Query fields = {{"name", "Mrs Smith"},
                        {"happened", "told"},
                        {"channel", "visit"},
                        {"subject", "Lost umbrella"},
                        {"school", "sis:school:2"}};
  const Response response = browser.post("/log", fields);
  BOOST_TEST(header(response, "location") == "/waiting?done=log");
  BOOST_TEST(backend.applied.back().text("from_name") == "Mrs Smith");
  BOOST_TEST(backend.applied.back().text("school") == "sis:school:2");
}

BOOST_FIXTURE_TEST_CASE(a_refused_contact_keeps_everything_typed_and_says_why_at_the_field,
                        LogForm) {
  Query fields = with(kCall, "subject", " ");
  fields = with(with(fields, "text", ""), "when", "2026-11-26T09:30");
  const Response response = browser.post("/log", with(fields, "channel", "email"));
  BOOST_TEST(response.status == 422);
  BOOST_TEST(backend.applied.empty());
  BOOST_TEST(field_value(response.body, "when") == "2026-11-26T09:30");
  BOOST_TEST(field_value(response.body, "hrd_once") == "once-1");
  const std::string text = text_of(response.body);
  BOOST_TEST(text.find("Not saved yet") != std::string::npos);
  BOOST_TEST(text.find("This time is still to come") != std::string::npos);
  const auto tags = read_html(response.body);
  std::set<std::string> wrong, linked, chosen;
  for (const Tag &tag : tags) {
    if (tag.attributes.contains("aria-invalid")) wrong.insert(tag.attributes.at("id"));
    if (tag.name == "a") linked.insert(tag.attributes.at("href"));
    if (tag.attributes.contains("selected") || tag.attributes.contains("checked"))
      chosen.insert(tag.attributes.at("value"));
  }
  BOOST_TEST((wrong == std::set<std::string>{"hrd-log-when", "hrd-log-subject"}));
  BOOST_TEST((linked.contains("#hrd-log-when") && linked.contains("#hrd-log-subject")));
  BOOST_TEST((chosen == std::set<std::string>{"email", "waiting", "sis:student:2041"}));
}

BOOST_FIXTURE_TEST_CASE(a_command_that_refuses_a_field_is_shown_at_the_pages_field, LogForm) {
  backend.refuses = bad_field("occurred_at", "is older than 366 days");
  const Response response = browser.post("/log", kCall);
  BOOST_TEST(response.status == 422);
  BOOST_TEST(response.body.find("href=\"#hrd-log-when\"") != std::string::npos);
  BOOST_TEST(text_of(response.body).find("is older than 366 days") != std::string::npos);
  BOOST_TEST(text_of(response.body).find("Two lines\nof it") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(each_case_form_sends_its_command, CaseForm) {
  const std::tuple<const char *, Query, const char *> cases[] = {
      {"reply",
       {{"channel", "email"}, {"text", "It is fixed."}, {"hrd_once", "r1"}},
       R"({"case":"1042","channel":"email","text":"It is fixed.",)"
       R"("source":"pages","host_ref":"r1"})"},
      {"wait",
       {{"on", "family"}, {"note", "Form sent"}},
       R"({"case":"1042","on":"family","note":"Form sent"})"},
      {"solve", {{"note", ""}}, R"({"case":"1042"})"},
      {"assign",
       {{"to", "staff:9"}, {"note", "please"}},
       R"({"case":"1042","to":"staff:9","to_name":"Tom Hughes","note":"please"})"},
      {"accept", {{"note", ""}}, R"({"case":"1042"})"},
      {"prioritize",
       {{"priority", "urgent"}, {"note", "fever"}},
       R"({"case":"1042","priority":"urgent","note":"fever"})"},
      {"move", {{"school", "sis:school:2"}}, R"({"case":"1042","school":"sis:school:2"})"},
      {"merge", {{"into", " 980 "}}, R"({"case":"1042","into":"980"})"},
      {"close", {{"note", "twice"}}, R"({"case":"1042","note":"twice"})"}};
  auto clocks = backend.views["case"][0].records("clocks");
  clocks.push_back(record_from_json("clock", R"({"clock":"ownership","state":"running"})"));
  backend.views["case"][0].set("clocks", clocks);
  for (const auto &[name, fields, json] : cases) {
    const Response response = post(name, fields);
    BOOST_TEST(response.status == 303, name);
    BOOST_TEST(header(response, "location") == "/cases/1042?done=" + std::string(name));
    BOOST_TEST(backend.applied.back().kind() == "case." + std::string(name));
    BOOST_TEST(to_json(backend.applied.back()) == json);
  }
  post("assign", {{"to", "staff:7"}});
  BOOST_TEST(backend.applied.back().text("to_name") == "Anna Berg");
  backend.views["case"][0].set("status", "solved");
  BOOST_TEST(post("reopen", {{"note", "not yet"}}).status == 303);
  BOOST_TEST(backend.applied.back().kind() == "case.reopen");
}

BOOST_FIXTURE_TEST_CASE(a_case_is_not_moved_or_joined_without_saying_where, CaseForm) {
  BOOST_TEST(post("merge", {{"into", " "}}).status == 422);
  BOOST_TEST(post("move", {{"school", ""}}).status == 422);
  BOOST_TEST(backend.applied.empty());
  backend.refuses = Failure(Status::not_found, "there is no case '99'");
  const Response response = post("merge", {{"into", "99"}, {"note", "the same bus"}});
  BOOST_TEST(response.status == 404);
  BOOST_TEST(field_value(response.body, "into") == "99");
}

BOOST_FIXTURE_TEST_CASE(a_contact_is_marked_as_needing_no_answer, CaseForm) {
  const Response response = post("mark", {{"seq", "322"}, {"needs_response", "0"}});
  BOOST_TEST(header(response, "location") == "/cases/1042?done=mark");
  BOOST_TEST(backend.applied.back().kind() == "interaction.mark");
  BOOST_TEST(to_json(backend.applied.back()) == R"({"seq":322,"needs_response":0})");
  BOOST_TEST(post("mark", {{"seq", "x"}}).status == 422);
  backend.refuses = Failure(Status::conflict, "entry 322 is no contact");
  const Response refused = post("mark", {{"seq", "322"}, {"needs_response", "1"}});
  BOOST_TEST(refused.status == 409);
  BOOST_TEST(text_of(refused.body).find("entry 322 is no contact") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(after_logging_a_contact_the_promise_is_told, CaseForm) {
  const auto told = [&](const char *query) {
    return text_of(browser.open("/cases/1042", query)).find("an answer by Thursday 15:00.") !=
           std::string::npos;
  };
  BOOST_TEST((told("done=log") && !told("done=reply")));
  backend.views["case"][0].erase("promise");
  BOOST_TEST(!told("done=log"));
}

BOOST_FIXTURE_TEST_CASE(an_answer_typed_while_somebody_else_solved_the_case_is_not_lost, CaseForm) {
  browser.take_token(browser.open("/cases/1042"), "/cases/1042/reply");
  backend.views["case"][0].set("status", "solved");
  backend.refuses = Failure(Status::conflict, "case 1042 is already solved; reopen it first");
  const Response response = browser.post("/cases/1042/reply", {{"text", "My long answer"}});
  BOOST_TEST(response.status == 409);
  BOOST_TEST(text_of(response.body).find("My long answer") != std::string::npos);
  BOOST_TEST(text_of(response.body).find("already solved; reopen it first") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(a_refused_form_inside_details_is_open, CaseForm) {
  const Response response = post("assign", {{"to", ""}, {"note", "keep me"}});
  BOOST_TEST(response.status == 422);
  BOOST_TEST(response.body.find("<details class=\"hrd-action\" open>") != std::string::npos);
  BOOST_TEST(text_of(response.body).find("keep me") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(a_form_without_its_token_is_refused_and_nothing_happens, LogForm) {
  for (const std::string &forged : {std::string(), std::string(64, '0'), browser.token + "0"}) {
    browser.token = forged;
    BOOST_TEST(browser.post("/log", kCall).status == 403);
  }
  BOOST_TEST(backend.applied.empty());
}

BOOST_FIXTURE_TEST_CASE(a_token_is_bound_to_session_actor_path_and_store, LogForm) {
  const std::string good = browser.token;
  browser.session = "session-of-ben";
  BOOST_TEST(browser.post("/log", kCall).status == 403);
  browser.session = "session-of-anna";
  browser.actor.set("id", "staff:8");
  BOOST_TEST(browser.post("/log", kCall).status == 403);
  browser.actor = clerk();
  BOOST_TEST(browser.post("/cases/1042/solve", {}).status == 403);
  backend.key = std::string(32, 'x');
  BOOST_TEST(browser.post("/log", kCall).status == 403);
  backend.key = std::string(32, 'k');
  BOOST_TEST(browser.post("/log", kCall).status == 303);
}

BOOST_FIXTURE_TEST_CASE(yesterdays_token_is_good_and_an_older_one_keeps_what_was_typed, LogForm) {
  backend.now_ms += kDay;
  BOOST_TEST(browser.post("/log", kCall).status == 303);
  backend.now_ms += kDay;
  const Response old = browser.post("/log", kCall);
  BOOST_TEST(old.status == 403);
  BOOST_TEST(text_of(old.body).find("open for a long time") != std::string::npos);
  BOOST_TEST(text_of(old.body).find("Two lines\nof it") != std::string::npos);
  BOOST_TEST(backend.applied.size() == 1u);
  backend.now_ms += 40 * kDay;
  BOOST_TEST(text_of(browser.post("/log", kCall).body).find("Two lines") == std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(without_a_session_a_form_is_refused_with_a_clear_sentence, LogForm) {
  browser.session.clear();
  const Response response = browser.post("/log", kCall);
  BOOST_TEST(response.status == 403);
  BOOST_TEST(text_of(response.body).find("which login session") != std::string::npos);
  BOOST_TEST(backend.applied.empty());
}

BOOST_FIXTURE_TEST_CASE(only_urlencoded_utf8_up_to_a_mebibyte_is_read, LogForm) {
  browser.content_type = "application/json";
  BOOST_TEST(browser.post("/log", kCall).status == 415);
  browser.content_type = "application/x-www-form-urlencoded; charset=iso-8859-1";
  BOOST_TEST(browser.post("/log", kCall).status == 415);
  browser.content_type = "";
  BOOST_TEST(browser.post("/log", with(kCall, "subject", "\xff")).status == 422);
  BOOST_TEST(browser.post("/log", with(kCall, "text", std::string(1 << 20, 'x'))).status == 413);
  BOOST_TEST(browser.post("/log", Query(300, {"a", "b"})).status == 413);
  BOOST_TEST(browser.post("/log", kCall).status == 303);
}

BOOST_AUTO_TEST_CASE(tokens_cannot_be_moved_between_their_parts) {
  const std::string key(32, 'k');
  const Millis now = 1'795'623'120'000;
  const std::string token = form_token({key, "ab", "c", "/log"}, now);
  BOOST_TEST((check_token({key, "ab", "c", "/log"}, token, now) == TokenState::good));
  BOOST_TEST((check_token({key, "a", "bc", "/log"}, token, now) == TokenState::foreign));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace heard::web
