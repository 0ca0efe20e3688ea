// One person of a directory page of 1,000 records is erased: the ledger still verifies, the page's
// other people stay, and a rebuild gives what a live refold gives.
#include "commands/directory_page.hpp"
#include "support/desk.hpp"

using namespace heard;
using support::Desk;
using support::drain;
using support::kAdmin;

namespace {

namespace field_id = store::field_id;

constexpr int kRecords = 1000;
constexpr int kErased = 617;

/// One event with 1,000 guardians, each linked to a student of their own.
std::int64_t apply_page(Desk &desk) {
  std::int64_t seq = 0;
  desk.engine.write(directory::system_actor(), [&](const commands::Work &work) {
    commands::DirectoryPage page(work.database(), "sis");
    for (int i = 0; i < kRecords; ++i) {
      const std::string number = std::to_string(i);
      Record link("link");
      link.set("student", number).set("restriction", "court order " + number);
      Record contact("contact");
      contact.set("key", number).set("given", "Given" + number).set("family", "Family" + number);
      contact.set("email", "g" + number + "@example.org").set("local_id", "L" + number);
      page.add(contact.add("relationships", link));
    }
    store::Draft draft = work.draft(store::Kind::directory_page_applied, random_id());
    draft.fields.append(page.take());
    seq = work.append(std::move(draft));
  });
  return seq;
}

Record erase(Desk &desk, const std::string &what) {
  return desk.apply("records.erase",
                    "{" + what + R"(, "basis": "request", "approver": "staff:2"})");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(redaction)

BOOST_AUTO_TEST_CASE(one_person_of_a_page_of_1000_is_erased_and_all_else_holds) {
  Desk desk;
  const std::int64_t seq = apply_page(desk);
  store::Ledger &ledger = desk.engine.journal().ledger();
  const Hash commitment = ledger.body(seq)->commitment();
  const std::string key = "sis:contact:" + std::to_string(kErased);
  BOOST_TEST(desk.row("people", R"({"person": ")" + key + R"("})").text("name") ==
             "Given617 Family617");
  const Record erased = erase(desk, R"("person": ")" + key + "\"");
  BOOST_TEST(erased.number("entries") == 1);
  BOOST_TEST(erased.number("fields") == 2);  // their record, and the words of the link to the child

  const store::Body stored = ledger.body(seq).value();
  BOOST_TEST(stored.form() == 1);
  BOOST_TEST(stored.salt().empty());
  BOOST_TEST((stored.commitment() == commitment));
  BOOST_TEST((ledger.event(seq)->commitment == commitment));
  const std::string bytes = stored.encode();
  for (const char *gone : {"Given617", "Family617", "g617@example.org", "L617", "contact:617"})
    BOOST_TEST(bytes.find(gone) == std::string::npos, gone);
  BOOST_TEST(bytes.find("Given618") != std::string::npos);

  desk.check_whole();
  BOOST_TEST(desk.rows("people", R"({"person": ")" + key + R"("})").empty());
  BOOST_TEST(desk.rows("people", R"({"kind": "guardian"})").size() == std::size_t{kRecords});
  BOOST_TEST(desk.row("people", R"({"person": "sis:contact:618"})").text("name") ==
             "Given618 Family618");
  // The link is a fact; only its words were personal, and they are another group.
  const auto student = desk.row("people", R"({"person": "sis:student:617"})");
  BOOST_TEST_REQUIRE(student.records("links").size() == 1u);
  BOOST_TEST(student.records("links").front().text("restriction") == "");
  desk.apply("interaction.log", R"({"channel": "email", "from": "sis:contact:618"})");
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(an_erased_contact_keeps_its_clock_and_its_reference) {
  Desk desk;
  const char *sms = R"({"channel": "sms", "from": "sis:guardian:9", "text": "secret",
                        "source": "gateway", "host_ref": "m-1"})";
  desk.apply("interaction.log", sms);
  erase(desk, R"("person": "sis:guardian:9")");
  desk.check_whole();
  const Record entry = desk.row("case", R"({"case": "1"})").records("entries").at(0);
  BOOST_TEST(entry.flag("erased"));
  BOOST_TEST(entry.text("text") == "");
  BOOST_TEST(desk.row("waiting").number("due_at") == support::at("2026-11-24T16:00Z"));
  BOOST_TEST(desk.apply("interaction.log", sms).flag("duplicate"));
  BOOST_TEST(entry.has("erased_by"));
}

BOOST_AUTO_TEST_SUITE_END()
