// The sif.xpress adapter against the demo SIS: whole syncs, paging, and every way to go wrong.
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <string>

#include "adapters/fake_feed.hpp"
#include "demo_sis/sis_server.hpp"
#include "sif_xpress/adapter.hpp"
#include "transport/http.hpp"

using namespace heard::demo;
using heard::tests::feed_for;
using heard::tests::Outcome;
using heard::tests::sync;

namespace {

constexpr Sizes kSmall{230, 12, 4};

struct Sis {
  District district = make_district(11, kSmall);
  SisServer server{district};
  heard_feed feed;
  Sis() {
    server.start();
    feed = feed_for(server.url());
    feed.settings["page_size"] = "100";
  }
  void shuffle() {
    std::vector<Collection> all = collections(district);
    for (Collection &collection : all) std::ranges::reverse(collection.records);
    server.serve(std::move(all));
  }
};

/// One xStudents page of single-letter keys; other objects are not offered. `pages` are answered in
/// turn, whatever is asked for; each page has 2 records, `count` is what the SIS announces.
Outcome sync_pages(heard_feed &fake, const std::vector<std::string> &pages, int count) {
  using namespace heard::transport;
  std::size_t next = 0;
  const Get get = [&](const heard::transport::Request &request, Body &body) {
    Head head;
    head.status = request.url.find("xStudents") == std::string::npos ? 404 : 200;
    if (head.status == 404) return head;
    head.headers = {{"navigationPageSize", "2"}, {"navigationCount", std::to_string(count)}};
    std::string text = "<xStudents>";
    for (const char key : pages.at(next++)) {
      text.append("<xStudent refId='").append(1, key).append("'/>");
    }
    text += "</xStudents>";
    head.body_bytes = text.size();
    body.begin(head);
    body.bytes(text);
    return head;
  };
  fake.begin_run();
  Outcome outcome;
  heard_error *error = nullptr;
  outcome.status = heard::feed::run_guarded(
      &fake, &error, [&](heard::feed::Feed &feed) { heard::sif_xpress::run_with(feed, get, {}); });
  if (error != nullptr) outcome.message = error->message;
  heard_error_free(error);
  return outcome;
}

std::size_t total(const District &district) {
  const Counts c = counts(district);
  return c.schools + c.staff + c.students + c.contacts + c.sections;
}

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_first_sync_brings_the_whole_district, Sis) {
  const Outcome outcome = sync(feed);
  BOOST_TEST(outcome.status == HEARD_OK, outcome.message);
  const Counts expected = counts(district);
  BOOST_TEST(feed.count("school") == expected.schools);
  BOOST_TEST(feed.count("staff") == expected.staff);
  BOOST_TEST(feed.count("student") == expected.students);
  BOOST_TEST(feed.count("contact") == expected.contacts);
  BOOST_TEST(feed.count("section") == expected.sections);
  BOOST_TEST(feed.done.size() == 5U);
  BOOST_TEST(feed.rejects.empty());
  BOOST_TEST(static_cast<std::size_t>(feed.puts) == total(district));
}

BOOST_FIXTURE_TEST_CASE(people_arrive_as_they_are_in_the_sis, Sis) {
  sync(feed);
  const Student &student = district.students[7];
  const heard_record &got = feed.record("student", feed_key(student.ref_id));
  BOOST_TEST(got.text("given") == student.given);
  BOOST_TEST(got.text("family") == student.family);
  BOOST_TEST(got.text("local_id") == student.local_id);
  BOOST_TEST(got.text("email") == student.email);
  BOOST_TEST(got.text("grade") == student.grade);
  BOOST_TEST(got.text("school") == feed_key(district.schools[student.school].ref_id));
  BOOST_TEST(got.text("address").find(student.street) == 0U);
  BOOST_TEST(got.text("language").size() == 2U);
  const Section &section = district.sections[0];
  const heard_record &class_record = feed.record("section", feed_key(section.ref_id));
  BOOST_TEST(class_record.text("teacher") == feed_key(district.staff[section.teacher].ref_id));
  BOOST_TEST(class_record.lists.at("students").size() == section.students.size());
}

BOOST_FIXTURE_TEST_CASE(every_flag_of_a_relationship_arrives_and_unsaid_stays_unsaid, Sis) {
  sync(feed);
  const auto flag = [](const std::optional<bool> &value) {
    return std::string(!value ? "" : *value ? "yes" : "no");
  };
  int unsaid = 0, restricted = 0;
  for (const Contact &contact : district.contacts) {
    const heard_record &got = feed.record("contact", feed_key(contact.ref_id));
    const auto &links = got.records.at("relationships");
    BOOST_REQUIRE(links.size() == contact.relationships.size());
    for (std::size_t i = 0; i < links.size(); ++i) {
      const Relationship &expected = contact.relationships[i];
      BOOST_TEST(links[i].text("student") == feed_key(district.students[expected.student].ref_id));
      BOOST_TEST(links[i].text("relation") == expected.relation);
      BOOST_TEST(links[i].text("custody") == flag(expected.custody));
      BOOST_TEST(links[i].text("communications") == flag(expected.communications));
      BOOST_TEST(links[i].text("emergency") == flag(expected.emergency));
      BOOST_TEST(links[i].text("lives_with") == flag(expected.lives_with));
      BOOST_TEST(links[i].text("primary") == flag(expected.primary));
      BOOST_TEST(links[i].text("restriction") == expected.restriction);
      BOOST_TEST(links[i].numbers.at("sequence") == expected.sequence);
      unsaid += !expected.communications.has_value();
      restricted += !expected.restriction.empty();
    }
  }
  BOOST_TEST(unsaid > 0);
  BOOST_TEST(restricted > 0);
}

BOOST_FIXTURE_TEST_CASE(a_second_sync_builds_nothing_even_when_the_feed_is_shuffled, Sis) {
  sync(feed);
  sync(feed);
  BOOST_TEST(feed.puts == 0);
  shuffle();
  const Outcome outcome = sync(feed);
  BOOST_TEST(outcome.status == HEARD_OK);
  BOOST_TEST(feed.puts == 0);
  BOOST_TEST(static_cast<std::size_t>(feed.known) == total(district));
  BOOST_TEST(feed.done.size() == 5U);
}

BOOST_FIXTURE_TEST_CASE(one_renamed_element_is_one_changed_record, Sis) {
  sync(feed);
  std::vector<Collection> all = collections(district);
  std::string &record = all[2].records[3];
  const auto rename = [&](const std::string &from, const std::string &to) {
    for (std::size_t at = record.find(from); at != std::string::npos; at = record.find(from, at)) {
      record.replace(at, from.size(), to);
    }
  };
  rename("givenName>", "familyNamf>");
  rename("familyName>", "givenName>");
  rename("familyNamf>", "familyName>");
  server.serve(all);
  sync(feed);
  BOOST_TEST(feed.puts == 1);
  const Student &student = district.students[3];
  BOOST_TEST(feed.record("student", feed_key(student.ref_id)).text("given") == student.family);
}

BOOST_FIXTURE_TEST_CASE(only_what_changed_is_handed_over_and_who_left_is_noticed, Sis) {
  sync(feed);
  change_contacts(district, 5);
  server.serve(district);
  sync(feed);
  BOOST_TEST(feed.puts == 5);
  const std::size_t before = district.students.size();
  remove_students(district, 10);
  server.serve(district);
  sync(feed);
  BOOST_TEST(feed.vanished == 10);
  BOOST_TEST(feed.count("student") == before - 10);
}

BOOST_FIXTURE_TEST_CASE(pages_are_asked_for_over_one_snapshot, Sis) {
  sync(feed);
  std::vector<Request> students;
  for (const Request &request : server.requests()) {
    if (request.target == "/requests/xStudents") students.push_back(request);
  }
  BOOST_REQUIRE(students.size() == 3U);
  BOOST_TEST(students[0].navigation_page == "1");
  BOOST_TEST(students[0].navigation_page_size == "100");
  BOOST_TEST(students[0].navigation_id == "");
  BOOST_TEST(students[2].navigation_page == "3");
  BOOST_TEST(students[2].navigation_id == "snapshot-1");
  BOOST_TEST(students[2].query_intention == "ALL");
}

BOOST_FIXTURE_TEST_CASE(a_sis_with_smaller_pages_or_none_is_read_completely, Sis) {
  server.set_largest_page(30);
  BOOST_TEST(sync(feed).status == HEARD_OK);
  BOOST_TEST(static_cast<std::size_t>(feed.puts) == total(district));
  BOOST_TEST(feed.done.size() == 5U);
  heard_feed other = feed_for(server.url());
  server.set_paging(false);
  BOOST_TEST(sync(other).status == HEARD_OK);
  BOOST_TEST(static_cast<std::size_t>(other.puts) == total(district));
  BOOST_TEST(other.done.size() == 5U);
}

BOOST_FIXTURE_TEST_CASE(too_large_a_page_is_halved, Sis) {
  server.misbehave({Trouble::too_large, "xStudents"});
  BOOST_TEST(sync(feed).status == HEARD_OK);
  BOOST_TEST(feed.count("student") == district.students.size());
  BOOST_TEST(feed.is_done("student"));
}

BOOST_FIXTURE_TEST_CASE(counts_that_disagree_once_are_repeated_and_then_good, Sis) {
  server.misbehave({Trouble::miscount, "xStudents", 3, 1});
  BOOST_TEST(sync(feed).status == HEARD_OK);
  BOOST_TEST(feed.is_done("student"));
  BOOST_TEST(feed.rejects.empty());
}

BOOST_FIXTURE_TEST_CASE(counts_that_always_disagree_make_nobody_inactive, Sis) {
  sync(feed);
  remove_students(district, 10);
  server.serve(district);
  server.misbehave({Trouble::miscount, "xStudents", 3});
  BOOST_TEST(sync(feed).status == HEARD_OK);
  BOOST_TEST(!feed.is_done("student"));
  BOOST_TEST(feed.is_done("contact"));
  BOOST_TEST(feed.vanished == 0);
  BOOST_REQUIRE(feed.rejects.size() == 1U);
  BOOST_TEST(feed.rejects[0].reason.find("inactive") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(rows_that_come_twice_are_not_a_complete_walk_unless_they_always_do, Sis) {
  std::vector<Collection> all = collections(district);
  all[2].records.push_back(all[2].records.front());
  server.serve(all);
  BOOST_TEST(sync(feed).status == HEARD_OK);
  BOOST_TEST(feed.is_done("student"));
  BOOST_TEST(feed.count("student") == district.students.size());
}

BOOST_AUTO_TEST_CASE(rows_that_move_between_pages_leave_the_set_open) {
  struct Case {
    const char *what;
    std::vector<std::string> pages;
    bool done;
  };
  const Case cases[] = {
      {"complete", {"ab", "cd", ""}, true},
      {"a row moved once, then complete", {"ab", "bd", "", "ab", "cd", ""}, true},
      {"another row moved the second time", {"ab", "bd", "", "ab", "ad", ""}, false},
      {"one is missing both times", {"ab", "c", "ab", "c"}, false},
  };
  for (const Case &c : cases) {
    heard_feed feed = feed_for("https://sis.example.org");
    const Outcome outcome = sync_pages(feed, c.pages, 4);
    BOOST_TEST(outcome.status == HEARD_OK, c.what << ": " << outcome.message);
    BOOST_TEST(feed.is_done("student") == c.done, c.what);
  }
  heard_feed feed = feed_for("https://sis.example.org");
  const Outcome stuck = sync_pages(feed, {"ab", "ab", "ab"}, 4);
  BOOST_TEST(stuck.status == HEARD_E_IO);
  BOOST_TEST(stuck.message.find("again and again") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(a_record_without_id_is_noted_and_the_sync_goes_on, Sis) {
  server.misbehave({Trouble::no_id, "xStudents", 2, 1});
  BOOST_TEST(sync(feed).status == HEARD_OK);
  BOOST_TEST(feed.count("student") == district.students.size() - 1);
  BOOST_TEST(feed.is_done("student"));
  BOOST_TEST(feed.is_done("section"));
  BOOST_REQUIRE(feed.rejects.size() == 1U);
  BOOST_TEST(feed.rejects[0].type == "student");
  BOOST_TEST(feed.rejects[0].reason.find("refId") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(each_trouble_gives_one_clear_sentence_and_nothing_half_written, Sis) {
  struct Case {
    Trouble trouble;
    const char *says;
    const char *http;
  };
  const Case cases[] = {{Trouble::unauthorized, "user and password", "401"},
                        {Trouble::forbidden, "user and password", "403"},
                        {Trouble::not_found, "url", "404"},
                        {Trouble::redirect, "redirected", "302"},
                        {Trouble::later, "queue", "202"},
                        {Trouble::html, "HTML", "200"},
                        {Trouble::json, "XML", "200"},
                        {Trouble::empty, "sends nothing", "200"},
                        {Trouble::busy, "later", "503"},
                        {Trouble::not_xml, "line 1, column 1: not XML", ""},
                        {Trouble::wrong_collection, "<environment>", ""},
                        {Trouble::truncated, "ends too early", ""},
                        {Trouble::broken_off, "connection", ""},
                        {Trouble::entity, "DOCTYPE", ""}};
  for (const Case &c : cases) {
    heard_feed fresh = feed_for(server.url());
    fresh.settings["page_size"] = "100";
    server.misbehave({c.trouble, "xStudents", 2});
    const Outcome outcome = sync(fresh);
    BOOST_TEST_CONTEXT(outcome.message) {
      BOOST_TEST(outcome.status == HEARD_E_IO);
      BOOST_TEST(outcome.message.find("xStudents page 2: ") == 0U);
      BOOST_TEST(outcome.message.find(c.says) != std::string::npos);
      BOOST_TEST(outcome.message.find('\n') == std::string::npos);
      BOOST_TEST(outcome.message.find("correct horse") == std::string::npos);
      BOOST_TEST(outcome.detail_value == c.http);
      BOOST_TEST(fresh.count("student") == 100U);  // page 1, and nothing of page 2
      BOOST_TEST(!fresh.is_done("student"));
      BOOST_TEST(fresh.count("contact") == 0U);
    }
  }
}

BOOST_FIXTURE_TEST_CASE(a_page_that_breaks_off_once_is_simply_asked_for_again, Sis) {
  server.misbehave({Trouble::broken_off, "xContacts", 2, 1});
  const Outcome outcome = sync(feed);
  BOOST_TEST(outcome.status == HEARD_OK, outcome.message);
  BOOST_TEST(outcome.waits.size() == 1U);
  BOOST_TEST(static_cast<std::size_t>(std::ranges::count(feed.pages, "contact")) ==
             (district.contacts.size() + 99) / 100);  // what came before the break is void
  BOOST_TEST(feed.count("contact") == district.contacts.size());
  BOOST_TEST(feed.is_done("contact"));
}

BOOST_FIXTURE_TEST_CASE(a_busy_sis_is_waited_for_as_long_as_it_asks, Sis) {
  server.misbehave({Trouble::busy, "xSchools", 1, 2});
  const Outcome outcome = sync(feed);
  BOOST_TEST(outcome.status == HEARD_OK);
  BOOST_REQUIRE(outcome.waits.size() == 2U);
  BOOST_TEST(outcome.waits[0].count() == 7000);
}

BOOST_FIXTURE_TEST_CASE(a_wrong_password_is_refused_at_the_first_request, Sis) {
  feed.settings["password"] = "wrong";
  const Outcome outcome = sync(feed);
  BOOST_TEST(outcome.status == HEARD_E_IO);
  BOOST_TEST(outcome.detail_value == "401");
  BOOST_TEST(server.requests().size() == 1U);
  BOOST_TEST(feed.stored.empty());
}

BOOST_FIXTURE_TEST_CASE(an_object_that_is_not_offered_is_skipped_with_a_note_unless_needed, Sis) {
  for (const char *optional : {"xSchools", "xStaffs", "xContacts", "xRosters"}) {
    heard_feed fresh = feed_for(server.url());
    server.misbehave({Trouble::not_found, optional});
    BOOST_TEST(sync(fresh).status == HEARD_OK, optional);
    BOOST_TEST(fresh.done.size() == 4U);
    BOOST_REQUIRE(fresh.rejects.size() == 1U);
    BOOST_TEST(fresh.rejects[0].key == optional);
  }
  server.misbehave({Trouble::not_found, "xStudents"});
  const Outcome outcome = sync(feed);
  BOOST_TEST(outcome.status == HEARD_E_IO);
  BOOST_TEST(outcome.message.find("xStudents page 1") == 0U);
}

BOOST_FIXTURE_TEST_CASE(a_sis_without_any_student_is_an_error, Sis) {
  sync(feed);
  server.serve(make_district(1, {0, 2, 1}));
  const Outcome outcome = sync(feed);
  BOOST_TEST(outcome.status == HEARD_E_IO);
  BOOST_TEST(feed.count("student") == district.students.size());
}

BOOST_FIXTURE_TEST_CASE(a_cancelled_sync_stops_between_pages, Sis) {
  feed.cancel_after = 20;
  const Outcome outcome = sync(feed);
  BOOST_TEST(outcome.status == HEARD_E_INTERRUPTED);
  BOOST_TEST(feed.count("contact") == 0U);
  BOOST_TEST(feed.done.size() < 3U);
}

BOOST_FIXTURE_TEST_CASE(the_row_of_the_table_runs_the_same_sync, Sis) {
  const heard_adapter &adapter = heard::sif_xpress::kAdapter;
  BOOST_TEST(adapter.struct_size == sizeof(heard_adapter));
  BOOST_TEST(adapter.adapter_id == std::string("sif.xpress"));
  heard_error *error = nullptr;
  BOOST_TEST(adapter.run(&feed, &error) == HEARD_OK);
  BOOST_TEST(feed.count("student") == district.students.size());
  feed.settings["url"] = "";
  BOOST_TEST(adapter.run(&feed, &error) == HEARD_E_ARGUMENT);
  BOOST_REQUIRE(error != nullptr);
  BOOST_TEST(error->detail_value == "url");
  heard_error_free(error);
}
