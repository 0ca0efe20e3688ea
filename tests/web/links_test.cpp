// Links and forms for hosts that route by query parameters, and our own server's plain paths.
#include "web/links.hpp"

#include <boost/test/unit_test.hpp>

#include "web/fake_backend.hpp"
#include "web/html.hpp"
#include "web/router.hpp"

namespace heard::web {

namespace {

Record query_host() {
  Record head = request_head("GET", "/waiting");
  head.set("link.page", "Modules.php?modname=Heard/{page}.php&heard_path={path}&{query}");
  head.set("link.form", "Modules.php?modname=Heard/{page}.php&heard_path={path}");
  return head.set("hidden.nonce", "n<1>").set("surface", "fragment");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(links)

BOOST_AUTO_TEST_CASE(without_templates_links_are_paths_and_queries) {
  const Record head("request");
  BOOST_TEST(link(head, LinkKind::page, "/cases/17") == "/cases/17");
  BOOST_TEST(link(head, LinkKind::page, "/log", {{"person", "a:b c"}, {"x", ""}}) ==
             "/log?person=a%3Ab%20c");
}

BOOST_AUTO_TEST_CASE(a_path_inside_a_query_is_coded_once_more) {
  const Record head = query_host();
  BOOST_TEST(link(head, LinkKind::page, "/people/a%20b", {{"x", "1"}}) ==
             "Modules.php?modname=Heard/people.php&heard_path=/people/a%2520b&x=1");
  BOOST_TEST(link(head, LinkKind::page, "/") ==
             "Modules.php?modname=Heard/waiting.php&heard_path=/");
}

BOOST_AUTO_TEST_CASE(a_get_form_carries_the_query_of_its_action_as_fields) {
  const GetForm form = get_form(query_host(), "/people");
  BOOST_TEST(form.action == "Modules.php");
  BOOST_TEST((form.hidden == Query{{"modname", "Heard/people.php"}, {"heard_path", "/people"}}));
}

BOOST_AUTO_TEST_CASE(every_link_of_every_page_goes_through_the_hosts_templates) {
  FakeBackend office;
  for (const char *path :
       {"/", "/cases/1042", "/people", "/people/sis:guardian:77", "/log", "/measures", "/settings",
        "/settings/snow-day", "/settings/calendars/lincoln", "/settings/policies/bus",
        "/settings/departments", "/integrity", "/simulate", "/nowhere"}) {
    const Record head = query_host().set("path", path).set("query", "search=lopez");
    for (const Tag &tag : read_html(answer(office, admin(), head, "").body))
      for (const char *name : {"href", "action"})
        if (const auto found = tag.attributes.find(name); found != tag.attributes.end()) {
          const std::string &url = found->second;
          BOOST_TEST((url.starts_with("Modules.php") || url.starts_with("#hrd-") ||
                      url.starts_with("mailto:") || url.starts_with("tel:")),
                     path << ": " << url);
        }
  }
}

BOOST_AUTO_TEST_CASE(hidden_fields_of_the_host_stand_in_every_posted_form) {
  FakeBackend office;
  const std::string html =
      answer(office, clerk(), query_host().set("path", "/cases/1042"), "").body;
  const auto tags = read_html(html);
  std::size_t posted = 0, nonces = 0;
  for (const Tag &tag : tags) {
    posted += tag.name == "form" && tag.attributes.at("method") == "post";
    nonces += tag.name == "input" && tag.attributes.at("name") == "nonce" &&
              tag.attributes.at("value") == "n<1>";
  }
  BOOST_TEST(posted == 10u);
  BOOST_TEST(nonces == posted);
}

BOOST_AUTO_TEST_CASE(a_redirect_goes_through_the_template_and_names_our_path_too) {
  FakeBackend office;
  Record head = query_host();
  const std::string page = answer(office, clerk(), head.set("path", "/log"), "").body;
  const std::string body =
      "name=X&happened=told&channel=phone&subject=Y&school=sis%3Aschool%3A1&hrd_token=" +
      field_value(page, "hrd_token");
  head.set("method", "POST");
  const Response response = answer(office, clerk(), head, body);
  BOOST_TEST(response.status == 303);
  BOOST_TEST(response.headers[0].second ==
             "Modules.php?modname=Heard/cases.php&heard_path=/cases/1042&done=log");
  BOOST_TEST(response.headers[1].second == "/cases/1042?done=log");
}

BOOST_AUTO_TEST_CASE(percent_coding_survives_a_round_trip_and_broken_escapes) {
  std::string all;
  for (int c = 1; c < 256; ++c) all += static_cast<char>(c);
  BOOST_TEST(percent_decoded(percent_encoded(all), true) == all);
  BOOST_TEST(percent_decoded("100%+%4", true) == "100% %4");
  BOOST_TEST(percent_decoded("a+b%2Bc", false) == "a+b+c");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace heard::web
