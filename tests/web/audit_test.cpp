// The auditor's pages: who may see them, what they show, what their forms send.
#include <boost/test/unit_test.hpp>

#include "web/browser.hpp"
#include "web/html.hpp"

namespace heard::web {

namespace {

Record auditor() { return Record("actor").set("id", "host:user:3").add("roles", "auditor"); }

struct Audit {
  FakeBackend backend;
  Browser browser{backend, auditor()};

  std::string read(const std::string &path, const std::string &query = {}) {
    return text_of(browser.open(path, query));
  }
};

bool says(const std::string &text, std::string_view words) {
  return text.find(words) != std::string::npos;
}

/// What the form that saves the file carries unseen.
Query hidden_fields_of(const std::string &page) {
  const std::size_t from = page.find("action=\"/audit/export/file");
  const std::string form = page.substr(from, page.find("</form>", from) - from);
  const std::string before = "type=\"hidden\" name=\"", between = "\" value=\"";
  Query fields;
  for (std::size_t at = form.find(before); at != std::string::npos; at = form.find(before, at)) {
    at += before.size();
    const std::size_t middle = form.find(between, at), value = middle + between.size();
    const std::string name = form.substr(at, middle - at);
    if (name != "hrd_token")
      fields.emplace_back(name, form.substr(value, form.find('"', value) - value));
  }
  return fields;
}

constexpr const char *kPages[] = {
    "/audit",       "/audit/export",    "/audit/disclosures", "/audit/erasures",
    "/audit/holds", "/audit/retention", "/audit/checkpoints"};

}  // namespace

BOOST_AUTO_TEST_SUITE(audit)

BOOST_FIXTURE_TEST_CASE(only_auditors_and_admins_see_these_pages, Audit) {
  for (const char *path : kPages) {
    BOOST_TEST(answer(backend, clerk(), request_head("GET", path), "").status == 403, path);
    BOOST_TEST(answer(backend, auditor(), request_head("GET", path), "").status == 200, path);
    BOOST_TEST(answer(backend, admin(), request_head("GET", path), "").status == 200, path);
  }
  for (const char *path : {"/audit/check", "/audit/checkpoint", "/audit/export/file"})
    BOOST_TEST(answer(backend, clerk(), request_head("POST", path), "").status == 403, path);
}

BOOST_FIXTURE_TEST_CASE(the_lists_show_who_looked_what_is_held_and_what_was_erased, Audit) {
  const std::string looked = read("/audit/disclosures");
  for (const char *words :
       {"Anna Berg", "<Garcia>", "County sheriff", "Missing since noon", "99.36"})
    BOOST_TEST(says(looked, words), words);
  BOOST_TEST(says(read("/audit/erasures"), "31 fields closed"));
  BOOST_TEST(says(read("/audit/holds"), "Letter of counsel"));
  BOOST_TEST(says(read("/audit/retention"), "Everyday mail"));
  BOOST_TEST(says(read("/audit"), "Went on from 880 entries; it had come to 900"));
}

BOOST_FIXTURE_TEST_CASE(a_person_and_the_statutory_report_can_be_asked_for, Audit) {
  read("/audit/disclosures", "person=sis:student:2041&statutory=1&days=365");
  Record asked;
  for (const auto &[view, filter] : backend.asked)
    if (view == "disclosures") asked = filter;
  BOOST_TEST(asked.text("person") == "sis:student:2041");
  BOOST_TEST(asked.number("statutory") == 1);
}

BOOST_FIXTURE_TEST_CASE(the_form_for_one_person_leads_to_their_report, Audit) {
  const Response sent = browser.send("/audit/disclosures", "/audit/disclosures",
                                     {{"person", " sis:student:2041 "}, {"statutory", "yes"}});
  BOOST_TEST(sent.status == 303);
  BOOST_TEST(header(sent, "heard-path") ==
             "/audit/disclosures?days=365&person=sis%3Astudent%3A2041&statutory=1");
}

BOOST_FIXTURE_TEST_CASE(a_check_says_what_is_wrong_and_who_vouches_for_what, Audit) {
  const std::string said = text_of(browser.send("/audit", "/audit/check", {}).body);
  BOOST_TEST(says(said, "damaged: 1 finding"));
  BOOST_TEST(says(said, "the body of entry 17 was changed"));
  BOOST_TEST(says(said, "Entries 0 to 1023"));
  BOOST_TEST(says(said, "Not signed yet"));
}

BOOST_FIXTURE_TEST_CASE(auditors_get_no_forms_that_change_and_cannot_post_them, Audit) {
  BOOST_TEST(!says(browser.open("/audit/holds"), "hrd-hold"));
  BOOST_TEST(!says(browser.open("/audit/retention"), "hrd-retention"));
  for (const char *path : {"/audit/holds", "/audit/retention"})
    BOOST_TEST(answer(backend, auditor(), request_head("POST", path), "").status == 403, path);
  BOOST_TEST(backend.applied.empty());
}

BOOST_FIXTURE_TEST_CASE(an_admin_places_and_releases_holds_and_runs_retention, Audit) {
  browser.actor = admin();
  browser.send("/audit/holds", "/audit/holds",
               {{"hold", "2026-018"},
                {"kind", "records_request"},
                {"person", "sis:student:2041"},
                {"reason", "Request of 3 May"}});
  BOOST_TEST(backend.applied.back().kind() == "hold.place");
  BOOST_TEST(backend.applied.back().text("person") == "sis:student:2041");
  browser.send("/audit/holds", "/audit/holds",
               {{"hold", "2026-017"}, {"reason", "Settled"}, {"released_by", "Counsel"}});
  BOOST_TEST(backend.applied.back().kind() == "hold.release");
  BOOST_TEST(backend.applied.back().text("released_by") == "Counsel");
  browser.send("/audit/retention", "/audit/retention", {});
  BOOST_TEST(backend.applied.back().kind() == "retention.run");
}

BOOST_FIXTURE_TEST_CASE(an_export_is_looked_at_first_and_then_saved_as_it_was_asked_for, Audit) {
  const Query wanted{{"person", "sis:student:2041"},
                     {"from", "2026-09-01"},
                     {"to", "2026-09-30"},
                     {"recipient", "The family"},
                     {"hide_1", "text"},
                     {"reason", "privacy"},
                     {"statute", "99.3"}};
  const std::string looked = browser.send("/audit/export", "/audit/export", wanted).body;
  BOOST_TEST(says(text_of(looked), "17 fields of 12 entries are held back"));
  BOOST_TEST_REQUIRE(backend.exported.size() == 1u);
  BOOST_TEST(backend.exported[0].flag("preview"));
  browser.take_token(looked, "/audit/export/file");
  const Response file = browser.post("/audit/export/file", hidden_fields_of(looked));
  BOOST_TEST(file.body == "PK the bundle");
  BOOST_TEST(header(file, "content-type") == "application/zip");
  BOOST_TEST(says(header(file, "content-disposition"), "attachment"));
  BOOST_TEST_REQUIRE(backend.exported.size() == 2u);
  const Record &what = backend.exported[1];
  BOOST_TEST(what.text("format") == "bundle");
  BOOST_TEST(what.text("person") == "sis:student:2041");
  BOOST_TEST(what.text("recipient") == "The family");
  BOOST_TEST(what.number("to") - what.number("from") == 30 * Millis{86'400'000});
  BOOST_TEST_REQUIRE(what.records("redact").size() == 1u);
  BOOST_TEST(what.records("redact")[0].texts("fields") == std::vector<std::string>{"text"},
             boost::test_tools::per_element());
  BOOST_TEST(what.records("redact")[0].text("reason") == "privacy");
}

BOOST_FIXTURE_TEST_CASE(what_is_held_back_needs_a_reason, Audit) {
  const std::string refused =
      text_of(browser
                  .send("/audit/export", "/audit/export",
                        {{"person", "sis:student:2041"}, {"hide_1", "text"}})
                  .body);
  BOOST_TEST(says(refused, "Say why it is held back"));
  BOOST_TEST(backend.exported.empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace heard::web
