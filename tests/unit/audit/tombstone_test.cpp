// What a check must notice about erasures: those that nobody did, and those nobody had a right to.
#include "commands/erasure.hpp"
#include "store/seq_list.hpp"
#include "support/desk.hpp"

using namespace heard;
using support::Desk;
using support::drain;

namespace {

namespace field_id = store::field_id;

std::string findings(Desk &desk) {
  std::string all;
  const Record auditor = record_from_json("actor", support::kAuditor);
  for (const Record &row : drain(*desk.engine.verify(auditor, Record())))
    if (row.text("row") == "finding") all += row.text("says") + "\n";
  return all;
}

void log_three(Desk &desk) {
  for (const char *text : {"one", "two", "three"})
    desk.apply("interaction.log", R"({"channel": "phone", "from": "g:1", "needs_response": 0,
        "subject": "s", "text": ")" + std::string(text) +
                                      "\"}");
}

void erase(Desk &desk, int seq) {
  desk.apply("records.erase",
             R"({"entry": )" + std::to_string(seq) + R"(, "basis": "b", "approver": "staff:2"})");
}

store::Body body_of(Desk &desk, std::int64_t seq) {
  return desk.engine.journal().ledger().body(seq).value();
}

std::size_t place_of(const store::Body &body, std::uint16_t id) {
  for (std::size_t place = 0; place < body.fields().size(); ++place)
    if (body.fields()[place].id == id) return place;
  return 0;
}

void put_body(Desk &desk, std::int64_t seq, const store::Body &body) {
  store::Query put(desk.engine.connection().database(),
                   "UPDATE body SET form = ?2, salt = ?3, fields = ?4 WHERE seq = ?1");
  put.bind(1, seq).bind(2, body.form());
  if (body.form() == 0)
    put.blob(3, body.salt());
  else
    put.null(3);
  put.blob(4, body.encode()).run();
}

/// A tombstone as somebody with the file but without the right could append it.
void forge(Desk &desk, const std::function<void(store::FieldList &)> &say,
           const char *role = "admin") {
  const directory::Actor actor{"staff:1", "", {role}, {}, true, ""};
  desk.engine.write(actor, [&](const commands::Work &work) {
    store::Draft draft = work.draft(store::Kind::erasure_done, random_id());
    say(draft.fields);
    work.append(std::move(draft));
  });
}

std::string places(std::int64_t seq, std::size_t place) {
  return store::encode_places({{seq, {place}}});
}

void close_one(Desk &desk, std::int64_t seq, std::uint16_t id) {
  store::Body body = body_of(desk, seq);
  body.close({place_of(body, id)});
  put_body(desk, seq, body);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(tombstones)

BOOST_AUTO_TEST_CASE(an_honest_erasure_is_no_finding) {
  Desk desk;
  log_three(desk);
  erase(desk, 4);
  BOOST_TEST(findings(desk) == "");
}

BOOST_AUTO_TEST_CASE(more_taken_away_than_the_erasure_says_is_noticed) {
  Desk desk;
  log_three(desk);
  erase(desk, 4);
  close_one(desk, 4, field_id::channel);
  BOOST_TEST(findings(desk).find("field 'channel' of entry 4 was taken away") != std::string::npos);
  desk.engine.connection().database().exec("DELETE FROM body WHERE seq = 4");
  BOOST_TEST(findings(desk).find("body of entry 4 is missing and no erasure says so") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_was_erased_and_is_put_back_is_noticed) {
  Desk desk;
  log_three(desk);
  const store::Body before = body_of(desk, 4);
  erase(desk, 4);
  put_body(desk, 4, before);
  const std::string found = findings(desk);
  BOOST_TEST(
      found.find("field 'text' of entry 4 was erased by entry 6 and is back") != std::string::npos,
      found);
}

BOOST_AUTO_TEST_CASE(another_valid_body_or_its_salt_is_noticed) {
  for (const char *edit :
       {"UPDATE body SET salt = (SELECT salt FROM body WHERE seq = 5) WHERE seq = 3",
        "UPDATE body SET (form, salt, fields) = (SELECT form, salt, fields FROM body WHERE seq = 5)"
        " WHERE seq = 3",
        "UPDATE body SET (form, salt, fields) = (SELECT form, salt, fields FROM body WHERE seq = 4)"
        " WHERE seq = 3"}) {
    Desk desk;
    log_three(desk);
    erase(desk, 4);
    desk.engine.connection().database().exec(edit);
    BOOST_TEST(findings(desk).find("entry 3") != std::string::npos, edit);
  }
}

BOOST_AUTO_TEST_CASE(an_erasure_goes_no_further_than_its_right) {
  const std::function<void(store::FieldList &, std::size_t)> lists = [](store::FieldList &fields,
                                                                        std::size_t place) {
    fields.text(field_id::erased, places(3, place)).text(field_id::scope, "entry");
  };
  struct Wrong {
    const char *role, *approver, *basis, *noticed;
  };
  for (const Wrong &wrong : {Wrong{"office", "staff:2", "b", "was not done by an admin"},
                             Wrong{"admin", "", "b", "was approved by nobody else"},
                             Wrong{"admin", "staff:1", "b", "was approved by nobody else"},
                             Wrong{"admin", "staff:2", "", "names no ground"}}) {
    Desk desk;
    log_three(desk);
    close_one(desk, 3, field_id::text);
    forge(
        desk,
        [&](store::FieldList &fields) {
          lists(fields, place_of(body_of(desk, 3), field_id::text));
          fields.text(field_id::approver, wrong.approver).text(field_id::basis, wrong.basis);
        },
        wrong.role);
    const std::string found = findings(desk);
    BOOST_TEST(found.find(wrong.noticed) != std::string::npos, found);
  }
}

BOOST_AUTO_TEST_CASE(a_fact_is_never_erased) {
  Desk desk;
  log_three(desk);
  close_one(desk, 3, field_id::channel);
  forge(desk, [&](store::FieldList &fields) {
    fields.text(field_id::erased, places(3, place_of(body_of(desk, 3), field_id::channel)));
    fields.text(field_id::scope, "entry").text(field_id::approver, "x").text(field_id::basis, "b");
  });
  BOOST_TEST(findings(desk).find("is a fact, and entry 6 erased it") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(whole_bodies_go_by_retention_alone) {
  const auto remove = [](Desk &desk, std::int64_t seq, const char *scope) {
    store::Query gone(desk.engine.connection().database(), "DELETE FROM body WHERE seq = ?1");
    gone.bind(1, seq).run();
    forge(desk, [&](store::FieldList &fields) {
      fields.text(field_id::removed, store::encode_runs({seq})).text(field_id::scope, scope);
      fields.text(field_id::approver, "x").text(field_id::basis, "b");
      fields.text(field_id::schedule, "s");
    });
  };
  const std::tuple<std::int64_t, const char *, const char *> cases[] = {
      {3, "entry", "as only retention may"},
      {3, "retention", "names no schedule that removes anything"},
      {1, "retention", "no schedule may do that"}};
  for (const auto &[seq, scope, noticed] : cases) {
    Desk desk;
    log_three(desk);
    remove(desk, seq, scope);
    const std::string found = findings(desk);
    BOOST_TEST(found.find(noticed) != std::string::npos, found);
  }
}

BOOST_AUTO_TEST_CASE(an_erasure_of_things_to_come_or_that_never_were_is_noticed) {
  for (const auto &[seq, place] : {std::pair<std::int64_t, std::size_t>{99, 0}, {3, 400}}) {
    Desk desk;
    log_three(desk);
    forge(desk, [&, at = seq, of = place](store::FieldList &fields) {
      fields.text(field_id::erased, places(at, of)).text(field_id::scope, "entry");
      fields.text(field_id::approver, "x").text(field_id::basis, "b");
    });
    BOOST_TEST(findings(desk) != "");
  }
}

BOOST_AUTO_TEST_CASE(a_changed_tombstone_vouches_for_nothing) {
  Desk desk;
  log_three(desk);
  erase(desk, 4);
  desk.engine.connection().database().exec("UPDATE body SET salt = randomblob(32) WHERE seq = 6");
  const std::string found = findings(desk);
  BOOST_TEST(found.find("of entry 4 was taken away and no erasure says so") != std::string::npos,
             found);
  BOOST_TEST(found.find("body of entry 6 was changed") != std::string::npos, found);
}

BOOST_AUTO_TEST_SUITE_END()
