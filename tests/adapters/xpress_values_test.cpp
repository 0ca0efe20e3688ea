// Single values and settings of the sif.xpress adapter.
#include <boost/test/unit_test.hpp>

#include "adapters/fake_feed.hpp"
#include "sif_xpress/key.hpp"
#include "sif_xpress/service.hpp"

using namespace heard::sif_xpress;

BOOST_AUTO_TEST_CASE(ids_in_every_spelling_become_one_key) {
  const std::string key = "43358328-754c-4aab-bf61-c1569895c00e";
  for (const char *id : {"43358328-754C-4AAB-BF61-C1569895C00E", "43358328754c4aabbf61c1569895c00e",
                         " 43358328-754c-4aab-bf61-c1569895c00e\n"}) {
    BOOST_TEST(normalised_key(id) == key);
  }
  BOOST_TEST(normalised_key(" A-17 ") == "A-17");
  BOOST_TEST(normalised_key("") == "");
}

BOOST_AUTO_TEST_CASE(languages_become_two_letters_where_there_are_two) {
  BOOST_TEST(short_language("spa") == "es");
  BOOST_TEST(short_language(" HAT ") == "ht");
  BOOST_TEST(short_language("vie") == "vi");
  BOOST_TEST(short_language("zho") == "zh");
  BOOST_TEST(short_language("alb") == "sq");
  BOOST_TEST(short_language("yor") == "yo");
  BOOST_TEST(short_language("hmn") == "hmn");
  BOOST_TEST(short_language("") == "");
}

BOOST_AUTO_TEST_CASE(a_flag_nobody_set_is_neither_yes_nor_no) {
  for (const char *yes : {"true", " TRUE ", "1", "Yes"}) BOOST_TEST(tri_state(yes) == "yes");
  for (const char *no : {"false", "0", "No"}) BOOST_TEST(tri_state(no) == "no");
  for (const char *unknown : {"", " ", "maybe", "2"}) BOOST_TEST(tri_state(unknown) == "");
}

BOOST_AUTO_TEST_CASE(a_setting_that_cannot_work_is_refused_by_name) {
  struct Case {
    const char *name, *value;
  };
  const Case cases[] = {{"url", ""},
                        {"url", "sis.example.org"},
                        {"url", "ftp://sis.example.org"},
                        {"url", "http://sis.example.org/requests"},
                        {"url", "https://u:p@sis.example.org/requests"},
                        {"url", "https://sis.example.org/requests?token=1"},
                        {"page_size", "0"},
                        {"page_size", "1001"},
                        {"page_size", "many"}};
  for (const auto &[name, value] : cases) {
    heard_feed fake = heard::tests::feed_for("https://sis.example.org/requests");
    fake.settings[name] = value;
    const heard::tests::Outcome outcome = heard::tests::sync(fake);
    BOOST_TEST(outcome.status == HEARD_E_ARGUMENT, value);
    BOOST_TEST(outcome.detail_value == name);
    BOOST_TEST(outcome.message.find("u:p") == std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(a_request_names_zone_and_context_and_asks_for_one_page) {
  Service service;
  service.url = "https://sis.example.org/requests";
  service.zone = "north east";
  service.context = "2026;x";
  const auto request = page_request(service, "xStudents", {3, 50, "snap"});
  BOOST_TEST(request.url ==
             "https://sis.example.org/requests/xStudents;zoneId=north%20east;contextId=2026%3Bx");
  const auto has = [&](const std::string &header) {
    return std::find(request.headers.begin(), request.headers.end(), header) !=
           request.headers.end();
  };
  for (const char *header : {"Accept: application/xml", "navigationPage: 3",
                             "navigationPageSize: 50", "navigationId: snap", "queryIntention: ALL",
                             "serviceType: OBJECT", "requestType: IMMEDIATE"}) {
    BOOST_TEST(has(header), header);
  }
  BOOST_TEST(request.headers != page_request(service, "xStudents", {3, 50, "snap"}).headers);
}
