// The settings page: what it shows to whom, and the commands its forms send.
#include <boost/test/unit_test.hpp>

#include "web/fake_backend.hpp"
#include "web/router.hpp"
#include "web/url.hpp"

namespace heard::web {

namespace {

struct Head : FakeBackend {
  Record actor = clerk();
  Head() { actor.set("roles", std::vector<std::string>{"admin"}); }

  std::string show() {
    return answer(*this, actor, request_head("GET", "/settings").set("session", "s"), "").body;
  }
  Response post(const std::string &form, Query fields) {
    const std::string path = "/settings/" + form, page = show();
    const std::size_t at = page.find("action=\"" + path + '"');
    const std::string before = "name=\"hrd_token\" value=\"";
    if (at != page.npos)
      fields.emplace_back("hrd_token", page.substr(page.find(before, at) + before.size(), 64));
    Record head = request_head("POST", path).set("session", "s");
    head.set("content_type", "application/x-www-form-urlencoded");
    return answer(*this, actor, head, query_text(fields));
  }
};

bool shows(const std::string &page, const std::string &part) {
  return page.find(part) != page.npos;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(settings_pages)

BOOST_AUTO_TEST_CASE(everything_that_is_set_is_told_in_words) {
  Head head;
  const std::string page = head.show();
  for (const char *part :
       {"Mon 08:00-12:00, 13:00-16:00; Tue 08:00-16:00", "2026-12-24 - 2027-01-03 Winter break",
        "Roosevelt", "Buses first", "topic: bus", "First answer 60 open minutes",
        "First answer 60 minutes (Urgent)", "half way: First answer 50 %, lead", "Front office",
        "Anna Berg", "every case no other one fits"})
    BOOST_TEST(shows(page, part), part);
}

BOOST_AUTO_TEST_CASE(only_administrators_get_forms) {
  Head head;
  BOOST_TEST(shows(head.show(), "action=\"/settings/snow_day\""));
  head.actor = clerk();
  BOOST_TEST(!shows(head.show(), "action=\"/settings/"));
}

BOOST_AUTO_TEST_CASE(a_snow_day_is_one_command_and_asks_which_school) {
  Head head;
  const Query fields = {
      {"school", "sis:school:1"}, {"day", "2026-12-01"}, {"name", "Snow"}, {"hours", ""}};
  BOOST_TEST(head.post("snow_day", fields).status == 303);
  BOOST_TEST_REQUIRE(head.applied.size() == 1u);
  BOOST_TEST(head.applied.front().kind() == "calendar.close");
  BOOST_TEST(head.applied.front().text("school") == "sis:school:1");
  BOOST_TEST(head.applied.front().texts("closed").front() == "2026-12-01");
  BOOST_TEST(!head.applied.front().has("hours"));
  BOOST_TEST(head.post("snow_day", {{"school", ""}, {"day", "2026-12-01"}}).status == 422);
  BOOST_TEST(head.applied.size() == 1u);
  head.post("snow_day", {{"school", "*"}, {"day", "2026-12-02"}, {"hours", "08:00-11:00"}});
  BOOST_TEST(head.applied.back().text("calendar") == "default");
  BOOST_TEST(head.applied.back().texts("hours").front() == "08:00-11:00");
}

BOOST_AUTO_TEST_CASE(hours_and_closures_are_sent_as_typed) {
  Head head;
  head.post("hours", {{"monday", "08:00-12:00, 13:00-16:00"},
                      {"closed", "2026-12-24/2027-01-03 Winter break\r\n2026-11-26"}});
  BOOST_TEST_REQUIRE(head.applied.size() == 1u);
  const Record &sent = head.applied.front();
  BOOST_TEST(sent.kind() == "calendar.save");
  BOOST_TEST(sent.records("hours").front().texts("monday").size() == 2u);
  BOOST_TEST(sent.texts("closed").size() == 2u);
}

BOOST_AUTO_TEST_CASE(targets_leave_what_the_form_does_not_show) {
  Head head;
  head.post("targets", {{"first_response", "240 business_minutes"},
                        {"next_response", ""},
                        {"resolution", "5 business_days"}});
  BOOST_TEST_REQUIRE(head.applied.size() == 1u);
  const auto &targets = head.applied.front().records("targets");
  BOOST_TEST_REQUIRE(targets.size() == 4u);
  BOOST_TEST(targets[0].text("priority") == "urgent");
  BOOST_TEST(targets[1].text("clock") == "update");
  BOOST_TEST(targets[2].number("amount") == 240);
  const Response refused = head.post("targets", {{"first_response", "soon"}});
  BOOST_TEST(refused.status == 422);
  BOOST_TEST(shows(refused.body, "value=\"soon\""));
  BOOST_TEST(head.applied.size() == 1u);
}

BOOST_AUTO_TEST_CASE(what_the_store_refuses_is_said_at_its_field) {
  Head head;
  head.refuses = Failure(Status::argument, "'soon' is no date", {{"field", "closed"}});
  const Response refused =
      head.post("snow_day", {{"school", "sis:school:1"}, {"day", "soon"}, {"name", "Snow"}});
  BOOST_TEST(refused.status == 422);
  BOOST_TEST(shows(refused.body, "href=\"#hrd-snow_day-day\""));
  BOOST_TEST(shows(refused.body, "value=\"soon\""));
}

BOOST_AUTO_TEST_CASE(departments_and_topics_are_saved_by_their_short_names) {
  Head head;
  head.post("department", {{"department", "it"}, {"name", "Computers"}, {"lead", ""}});
  BOOST_TEST(head.applied.back().kind() == "department.save");
  BOOST_TEST(!head.applied.back().has("lead"));
  head.post("topic", {{"topic", "wifi"}, {"department", "it"}});
  BOOST_TEST(head.applied.back().kind() == "topic.save");
  BOOST_TEST(head.applied.back().text("department") == "it");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace heard::web
