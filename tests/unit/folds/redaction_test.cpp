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

/// Closes the record_personal group that holds `key`, as erasure would.
void erase(Desk &desk, std::int64_t seq, const std::string &key) {
  store::Body body = desk.engine.journal().ledger().body(seq).value();
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < body.fields().size(); ++i) {
    const store::SaltedField &field = body.fields()[i];
    if (field.id == field_id::record_personal && store::Group::decode(field.value).text(1) == key)
      places.push_back(i);
  }
  BOOST_TEST_REQUIRE(places.size() == 1u);
  body.close(places);
  store::Query update(desk.engine.connection().database(),
                      "UPDATE body SET form = 1, salt = NULL, fields = ?2 WHERE seq = ?1");
  update.bind(1, seq).blob(2, body.encode()).run();
}

Record verdict(views::Rows &rows) { return drain(rows).back(); }

/// There is no command yet that erases, so no entry says why the fields are closed: verify must
/// tell of them, and of nothing else, for every hash still holds.
void check_only_closed_fields_are_found(Desk &desk, std::size_t closed) {
  std::size_t found = 0;
  for (const Record &row : drain(*desk.engine.verify(record_from_json("actor", kAdmin), Record())))
    if (row.text("row") == "finding") {
      ++found;
      BOOST_TEST(row.text("says").find("no erasure says so") != std::string::npos,
                 row.text("says"));
    }
  BOOST_TEST(found == closed);
}

void check_rebuild_agrees(Desk &desk) {
  const Record admin = record_from_json("actor", kAdmin);
  const Record said = verdict(*desk.engine.rebuild(admin, Record()));
  BOOST_TEST(said.flag("intact"), said.text("says"));
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
  erase(desk, seq, key);

  const store::Body stored = ledger.body(seq).value();
  BOOST_TEST(stored.form() == 1);
  BOOST_TEST(stored.salt().empty());
  BOOST_TEST((stored.commitment() == commitment));
  BOOST_TEST((ledger.event(seq)->commitment == commitment));
  const std::string bytes = stored.encode();
  for (const char *gone : {"Given617", "Family617", "g617@example.org", "L617", "contact:617"})
    BOOST_TEST(bytes.find(gone) == std::string::npos, gone);
  BOOST_TEST(bytes.find("Given618") != std::string::npos);

  const Record admin = record_from_json("actor", kAdmin);
  check_only_closed_fields_are_found(desk, 1);
  BOOST_TEST(!verdict(*desk.engine.rebuild(admin, Record())).flag("intact"));
  const Record replace = record_from_json("what", R"({"replace": 1})");
  BOOST_TEST(verdict(*desk.engine.rebuild(admin, replace)).flag("replaced"));
  check_rebuild_agrees(desk);

  BOOST_TEST(desk.rows("people", R"({"person": ")" + key + R"("})").empty());
  BOOST_TEST(desk.rows("people", R"({"kind": "guardian"})").size() == std::size_t{kRecords});
  BOOST_TEST(desk.row("people", R"({"person": "sis:contact:618"})").text("name") ==
             "Given618 Family618");
  // The link is a fact; only its words were personal, and they are another group.
  const auto student = desk.row("people", R"({"person": "sis:student:617"})");
  BOOST_TEST(student.records("links").size() == 1u);
  desk.apply("interaction.log", R"({"channel": "email", "from": "sis:contact:618"})");
  check_rebuild_agrees(desk);
}

BOOST_AUTO_TEST_CASE(an_erased_contact_keeps_its_clock_and_its_reference) {
  Desk desk;
  const char *sms = R"({"channel": "sms", "from": "sis:guardian:9", "text": "secret",
                        "source": "gateway", "host_ref": "m-1"})";
  desk.apply("interaction.log", sms);
  store::Body body = desk.engine.journal().ledger().body(3).value();
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < body.fields().size(); ++i)
    if (store::field(body.fields()[i].id)->personal) places.push_back(i);
  body.close(places);
  store::Query update(desk.engine.connection().database(),
                      "UPDATE body SET form = 1, salt = NULL, fields = ?1 WHERE seq = 3");
  update.blob(1, body.encode()).run();
  const Record admin = record_from_json("actor", kAdmin);
  check_only_closed_fields_are_found(desk, places.size());
  drain(*desk.engine.rebuild(admin, record_from_json("what", R"({"replace": 1})")));
  check_rebuild_agrees(desk);
  const Record entry = desk.row("case", R"({"case": "1"})").records("entries").at(0);
  BOOST_TEST(entry.flag("erased"));
  BOOST_TEST(entry.text("text") == "");
  BOOST_TEST(desk.row("waiting").number("due_at") == support::at("2026-11-24T16:00Z"));
  BOOST_TEST(desk.apply("interaction.log", sms).flag("duplicate"));
}

BOOST_AUTO_TEST_SUITE_END()
