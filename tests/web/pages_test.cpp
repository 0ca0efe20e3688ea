// What each page shows, and how the router answers.
#include <boost/test/unit_test.hpp>
#include <set>

#include "web/fake_backend.hpp"
#include "web/html.hpp"
#include "web/router.hpp"

namespace heard::web {

namespace {

constexpr const char *kPages[] = {"/",
                                  "/waiting",
                                  "/cases/1042",
                                  "/people",
                                  "/people/sis:guardian:77",
                                  "/people/sis:student:2041",
                                  "/log",
                                  "/measures",
                                  "/settings",
                                  "/settings/snow-day",
                                  "/settings/calendars/lincoln",
                                  "/settings/calendars/new",
                                  "/settings/policies/bus",
                                  "/settings/policies/default",
                                  "/settings/policies/new",
                                  "/settings/departments",
                                  "/settings/topics",
                                  "/integrity",
                                  "/audit",
                                  "/audit/export",
                                  "/audit/disclosures",
                                  "/audit/erasures",
                                  "/audit/holds",
                                  "/audit/retention",
                                  "/audit/checkpoints",
                                  "/simulate",
                                  "/nowhere"};

/// Administrators see the pages of the settings, and what clerks see of the others.
bool is_for_admins(std::string_view path) {
  return path.starts_with("/settings") || path.starts_with("/audit") || path == "/integrity" ||
         path == "/simulate";
}

std::string get(FakeBackend &office, std::string path, std::string query = {}) {
  const Record actor = is_for_admins(path) ? admin() : clerk();
  return answer(office, actor, request_head("GET", std::move(path), std::move(query)), "").body;
}

int status_of(FakeBackend &office, std::string method, std::string path) {
  return answer(office, clerk(), request_head(std::move(method), std::move(path)), "").status;
}

std::string header(const Response &response, std::string_view name) {
  for (const auto &[key, value] : response.headers)
    if (key == name) return value;
  return "";
}

bool says(const std::string &html, std::string_view words) {
  return text_of(html).find(words) != std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(pages)

BOOST_AUTO_TEST_CASE(every_page_is_well_formed_in_both_surfaces) {
  FakeBackend office;
  for (const char *path : kPages)
    for (const char *surface : {"fragment", "document"}) {
      const Record head = request_head("GET", path).set("surface", surface);
      const Record actor = is_for_admins(path) ? admin() : clerk();
      const Response response = answer(office, actor, head, "");
      BOOST_TEST_CONTEXT(path << ' ' << surface) { BOOST_CHECK_NO_THROW(read_html(response.body)); }
    }
}

BOOST_AUTO_TEST_CASE(every_id_is_ours_and_used_once_and_every_label_has_its_field) {
  FakeBackend office;
  for (const char *path : kPages) {
    const auto tags = read_html(get(office, path));
    std::set<std::string> ids;
    for (const Tag &tag : tags)
      if (const auto id = tag.attributes.find("id"); id != tag.attributes.end()) {
        BOOST_TEST(id->second.starts_with("hrd-"), path << ": " << id->second);
        BOOST_TEST(ids.insert(id->second).second, path << ": twice " << id->second);
      }
    for (const Tag &label : tags_named(tags, "label"))
      BOOST_TEST(ids.contains(label.attributes.at("for")), path << label.attributes.at("for"));
    for (const Tag &tag : tags)
      if (const auto names = tag.attributes.find("class"); names != tag.attributes.end())
        BOOST_TEST(names->second.starts_with("hrd-"), path << ": " << names->second);
  }
}

BOOST_AUTO_TEST_CASE(every_field_that_is_seen_has_a_label) {
  FakeBackend office;
  for (const char *path : {"/cases/1042", "/log", "/people", "/waiting", "/settings/snow-day",
                           "/settings/calendars/lincoln", "/settings/policies/bus",
                           "/settings/topics", "/simulate", "/integrity"}) {
    const auto tags = read_html(get(office, path));
    std::set<std::string> labelled;
    for (const Tag &label : tags_named(tags, "label")) labelled.insert(label.attributes.at("for"));
    for (const Tag &tag : tags) {
      const bool field = tag.name == "input" || tag.name == "select" || tag.name == "textarea";
      if (!field || (tag.attributes.contains("type") && tag.attributes.at("type") == "hidden"))
        continue;
      BOOST_TEST(labelled.contains(tag.attributes.at("id")), path << tag.attributes.at("id"));
    }
  }
}

BOOST_AUTO_TEST_CASE(tables_have_captions_and_scopes) {
  FakeBackend office;
  for (const char *path : {"/", "/people/sis:student:2041", "/measures", "/settings",
                           "/settings/calendars/lincoln", "/settings/policies/bus"}) {
    const auto tags = read_html(get(office, path));
    BOOST_TEST(tags_named(tags, "table").size() == tags_named(tags, "caption").size());
    BOOST_TEST(!tags_named(tags, "th").empty());
    for (const Tag &th : tags_named(tags, "th")) BOOST_TEST(th.attributes.contains("scope"));
  }
}

BOOST_AUTO_TEST_CASE(waiting_tells_due_times_in_local_words_and_marks_late_ones_in_text) {
  FakeBackend office;
  const std::string html = get(office, "/");
  for (const char *words : {"yesterday 15:12", "today 12:12", "tomorrow 13:12", "Late", "Due soon",
                            "Nobody yet", "All waiting: 7", "Late: 2", "Spanish"})
    BOOST_TEST(says(html, words), words);
}

BOOST_AUTO_TEST_CASE(waiting_passes_its_filters_on_and_keeps_the_choice) {
  FakeBackend office;
  const std::string html = get(office, "/waiting", "school=sis:school:2&late=1");
  const Record *filter = nullptr;
  for (const auto &[view, asked] : office.asked)
    if (view == "waiting") filter = &asked;
  BOOST_REQUIRE(filter != nullptr);
  BOOST_TEST(filter->text("school") == "sis:school:2");
  BOOST_TEST(filter->flag("late"));
  BOOST_TEST(says(html, "All waiting: 2"));
  BOOST_TEST(field_value(html, "late") == "1");
  for (const Tag &option : tags_named(read_html(html), "option"))
    BOOST_TEST(option.attributes.contains("selected") ==
               (option.attributes.at("value") == "sis:school:2"));
}

BOOST_AUTO_TEST_CASE(waiting_is_friendly_when_nobody_waits) {
  FakeBackend office;
  office.views["waiting"].clear();
  BOOST_TEST(says(get(office, "/"), "Nobody is waiting. Every family has an answer."));
}

BOOST_AUTO_TEST_CASE(the_zone_of_the_head_wins_over_that_of_the_school) {
  FakeBackend office;
  const Record head = request_head("GET", "/").set("zone", "Europe/Berlin");
  BOOST_TEST(says(answer(office, clerk(), head, "").body, "yesterday 22:12"));
}

BOOST_AUTO_TEST_CASE(without_a_school_the_default_calendar_has_the_zone) {
  FakeBackend office, elsewhere;
  for (FakeBackend *backend : {&office, &elsewhere}) {
    backend->views["schools"].clear();
    for (Record &row : backend->views["waiting"]) row.set("school", "");
  }
  elsewhere.views["settings"].front().set("zone", "Asia/Tokyo");
  BOOST_TEST(get(office, "/") != get(elsewhere, "/"));
}

BOOST_AUTO_TEST_CASE(zone_files_are_looked_for_where_the_store_says) {
  FakeBackend office;
  BOOST_TEST(!says(get(office, "/"), "UTC"));
  office.zones = "/nowhere";
  BOOST_TEST(says(get(office, "/"), "UTC"));
}

BOOST_AUTO_TEST_CASE(a_case_reads_oldest_first_with_its_clocks_and_marks) {
  FakeBackend office;
  const std::string html = get(office, "/cases/1042");
  const std::string text = text_of(html);
  BOOST_TEST(text.find("Call in Spanish") < text.find("I have asked the bus company"));
  for (const char *words :
       {"Typed in later", "Automatic", "Not delivered", "Not shown to the family",
        "Was due yesterday 15:12", "Promised within 1 school day", "In time", "Handed to Anna Berg",
        "by Thursday 15:00", "Case 980"})
    BOOST_TEST(says(html, words), words);
}

BOOST_AUTO_TEST_CASE(restrictions_stand_before_the_answer_form) {
  FakeBackend office;
  const std::string html = get(office, "/cases/1042");
  BOOST_TEST(html.find("Court order 2025-118") < html.find("id=\"hrd-reply\""));
  const std::string log = get(office, "/log", "person=sis:guardian:77");
  BOOST_TEST(log.find("Court order 2025-118") < log.find("id=\"hrd-log\""));
}

BOOST_AUTO_TEST_CASE(a_case_offers_what_fits_its_status) {
  FakeBackend office;
  const auto offers = [&](const char *name) {
    return get(office, "/cases/1042").find("id=\"hrd-" + std::string(name) + '"') !=
           std::string::npos;
  };
  office.views["case"][0].set("status", "solved");
  BOOST_TEST((offers("reopen") && !offers("reply") && !offers("wait")));
  office.views["case"][0].set("status", "waiting");
  BOOST_TEST((offers("reply") && offers("solve") && !offers("wait") && !offers("reopen")));
}

BOOST_AUTO_TEST_CASE(every_clock_and_state_has_words) {
  FakeBackend office;
  std::vector<Record> clocks;
  for (const char *clock : {"acknowledgement", "first_response", "next_response", "update",
                            "resolution", "ownership", "wait"})
    for (const char *state :
         {"running", "paused", "no_open_time", "met", "missed", "closed_without_answer", "none"}) {
      Record one("clock");
      one.set("clock", clock).set("state", state).set("stopped_at", office.now_ms);
      clocks.push_back(one);
    }
  office.views["case"][0].set("clocks", clocks);
  const std::string html = get(office, "/cases/1042");
  const std::string seen = text_of(html);
  BOOST_TEST(seen.substr(0, seen.find("What next?")).find('_') == std::string::npos);  // no code
  for (const char *words :
       {"The calendar has no open time", "Not promised", "Taken over today",
        "Waiting for the family", "Closed without an answer", "Next update", "Acknowledgement"})
    BOOST_TEST(says(html, words), words);
}

BOOST_AUTO_TEST_CASE(an_auditor_reads_everything_and_is_offered_no_form) {
  FakeBackend office;
  const Record auditor = Record("actor").set("id", "host:user:3").add("roles", "auditor");
  for (const char *path :
       {"/", "/cases/1042", "/people/sis:guardian:77", "/settings", "/settings/calendars/lincoln",
        "/settings/policies/bus", "/settings/departments", "/settings/topics", "/integrity"}) {
    const std::string html = answer(office, auditor, request_head("GET", path), "").body;
    BOOST_TEST(html.find("method=\"post\"") == std::string::npos, path);
    BOOST_TEST(html.find("/log") == std::string::npos, path);
  }
}

BOOST_AUTO_TEST_CASE(a_long_timeline_shows_the_newest_and_says_so) {
  FakeBackend office;
  office.views["timeline"].resize(301, office.views["timeline"][0]);
  BOOST_TEST(says(get(office, "/people/sis:guardian:77"), "Only the first 300 are shown"));
}

BOOST_AUTO_TEST_CASE(erased_text_is_not_shown) {
  FakeBackend office;
  office.views["timeline"][0].set("erased", 1);
  const std::string html = get(office, "/people/sis:guardian:77");
  BOOST_TEST(!says(html, "I have asked the bus company"));
  BOOST_TEST(says(html, "This text was erased"));
}

BOOST_AUTO_TEST_CASE(a_person_shows_every_flag_of_every_link_with_unknown_as_such) {
  FakeBackend office;
  const std::string html = get(office, "/people/sis:guardian:77");
  for (const char *words : {"Custody", "Legal rights", "Messages", "Not recorded", "Spanish",
                            "Restriction: Court order 2025-118: no contact about Carla"})
    BOOST_TEST(says(html, words), words);
}

// The library gives every field of a person, empty when there is nothing; "Grade ," was once shown.
BOOST_AUTO_TEST_CASE(what_is_empty_is_not_announced) {
  FakeBackend office;
  for (const char *path : {"/log", "/people/sis:guardian:77"})
    BOOST_TEST(!says(get(office, path, "person=sis:guardian:77"), "Grade"));
}

BOOST_AUTO_TEST_CASE(people_are_searched_only_when_something_is_typed) {
  FakeBackend office;
  get(office, "/people");
  for (const auto &[view, filter] : office.asked) BOOST_TEST(view != "people");
  BOOST_TEST(says(get(office, "/people", "search=lopez"), "4 people found"));
  office.views["people"].clear();
  BOOST_TEST(says(get(office, "/people", "search=%C5%81%C3%B3d%C5%BA"), "Nobody by that name"));
}

BOOST_AUTO_TEST_CASE(measures_say_in_text_what_the_bar_shows) {
  FakeBackend office;
  const std::string html = get(office, "/measures", "days=90");
  for (const char *words :
       {"92 %", "182 of 198 that were due", "1 h 30 min", "14 h 10 min", "No answers yet"})
    BOOST_TEST(says(html, words), words);
  const auto rects = tags_named(read_html(html), "rect");
  BOOST_TEST(rects.at(1).attributes.at("width") == "92");
}

BOOST_AUTO_TEST_CASE(unknown_pages_cases_and_people_are_404_inside_the_frame) {
  FakeBackend office;
  office.views["case"].clear();
  for (const char *path :
       {"/nowhere", "/cases", "/cases/9", "/cases/9/x/y", "/people/sis:none:1"}) {
    BOOST_TEST(status_of(office, "GET", path) == 404, path);
    BOOST_TEST(says(get(office, path), "Not found"), path);
  }
}

BOOST_AUTO_TEST_CASE(a_wrong_method_is_405_and_names_the_right_one) {
  FakeBackend office;
  const Response response = answer(office, clerk(), request_head("PUT", "/log"), "");
  BOOST_TEST(response.status == 405);
  BOOST_TEST(header(response, "allow") == "GET, POST");
  BOOST_TEST(status_of(office, "GET", "/cases/1042/solve") == 405);
}

BOOST_AUTO_TEST_CASE(failures_of_a_view_become_pages_with_their_status) {
  const std::pair<Status, int> kinds[] = {{Status::denied, 403},   {Status::busy, 503},
                                          {Status::conflict, 409}, {Status::corrupt, 500},
                                          {Status::argument, 422}, {Status::not_found, 404}};
  class Broken : public FakeBackend {
   public:
    explicit Broken(Status status) : status_(status) {}
    std::vector<Record> rows(std::string_view, const Record &) override {
      throw Failure(status_, "the view says no");
    }

   private:
    Status status_;
  };
  for (const auto &[status, http] : kinds) {
    Broken office(status);
    const Response response = answer(office, clerk(), request_head("GET", "/"), "");
    BOOST_TEST(response.status == http);
    BOOST_TEST(says(response.body, "the view says no"));
  }
  Broken interrupted(Status::interrupted);
  BOOST_CHECK_THROW(answer(interrupted, clerk(), request_head("GET", "/"), ""), Failure);
}

BOOST_AUTO_TEST_CASE(a_fragment_is_one_root_element_with_its_style_and_no_document) {
  FakeBackend office;
  const Record head = request_head("GET", "/").set("surface", "fragment");
  const Response response = answer(office, clerk(), head, "");
  BOOST_TEST(response.body.starts_with("<div class=\"hrd-root\""));
  BOOST_TEST(response.body.find("<style>") != std::string::npos);
  for (const char *never : {"<html", "<body", "<script", "<main", "<h1"})
    BOOST_TEST(response.body.find(never) == std::string::npos, never);
  BOOST_TEST(header(response, "content-security-policy") == "");
}

BOOST_AUTO_TEST_CASE(a_document_has_a_language_a_title_and_one_main_heading) {
  FakeBackend office;
  const auto tags = read_html(get(office, "/cases/1042"));
  BOOST_TEST(tags_named(tags, "html").at(0).attributes.at("lang") == "en");
  BOOST_TEST(says(get(office, "/cases/1042"), "Bus did not stop at Oak Street again - Heard"));
  BOOST_TEST(tags_named(tags, "h1").size() == 1u);
  BOOST_TEST(tags_named(tags, "main").size() == 1u);
}

BOOST_AUTO_TEST_CASE(headings_start_where_the_host_says) {
  FakeBackend office;
  const Record head = request_head("GET", "/cases/1042").set("heading_level", 3);
  const auto tags = read_html(answer(office, clerk(), head, "").body);
  BOOST_TEST(tags_named(tags, "h1").empty());
  BOOST_TEST(tags_named(tags, "h2").empty());
  BOOST_TEST(tags_named(tags, "h3").size() == 1u);
  BOOST_TEST(tags_named(tags, "h4").size() >= 2u);
}

BOOST_AUTO_TEST_CASE(a_document_may_only_use_our_own_style) {
  FakeBackend office;
  const Response response = answer(office, clerk(), request_head("GET", "/"), "");
  const std::string policy = header(response, "content-security-policy");
  BOOST_TEST(policy.find("default-src 'none'; style-src 'sha256-") == 0u);
  BOOST_TEST(policy.find("unsafe") == std::string::npos);
  BOOST_TEST(header(response, "cache-control") == "no-store");
  BOOST_TEST(header(response, "x-content-type-options") == "nosniff");
  BOOST_TEST(header(response, "content-type") == "text/html; charset=utf-8");
}

BOOST_AUTO_TEST_CASE(head_requests_have_no_body) {
  FakeBackend office;
  const Response response = answer(office, clerk(), request_head("HEAD", "/"), "");
  BOOST_TEST(response.status == 200);
  BOOST_TEST(response.body.empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace heard::web
