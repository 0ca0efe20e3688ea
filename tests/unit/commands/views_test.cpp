// What the views answer: every filter, paging past one page with writes in between, measures.
#include "support/desk.hpp"

using namespace heard;
using support::at;
using support::Desk;
using support::kAdmin;
using support::numbers;
using support::texts;

namespace {

using Numbers = std::vector<std::int64_t>;
using Texts = std::vector<std::string>;

std::string contact(int guardian, const std::string &more = "") {
  return R"({"channel": "email", "from": "sis:guardian:)" + std::to_string(guardian) + "\"" +
         (more.empty() ? "" : ", ") + more + "}";
}

/// Logs `count` messages of as many families in batches.
void log_many(Desk &desk, int first, int count) {
  std::vector<Record> items;
  for (int i = first; i < first + count; ++i)
    items.push_back(Record("item")
                        .set("channel", "email")
                        .set("from", "sis:guardian:" + std::to_string(i))
                        .set("about", Texts{"sis:student:1"}));
  desk.engine.apply(record_from_json("actor", kAdmin), "interaction.log_many",
                    Record("fields").set("items", items));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(views)

BOOST_AUTO_TEST_CASE(waiting_is_ordered_by_due_time_and_filtered) {
  Desk desk;
  desk.apply("policy.save", R"({"targets": [
      {"clock": "first_response", "amount": 1, "unit": "business_days"},
      {"clock": "first_response", "priority": "urgent", "amount": 30, "unit": "wall_minutes"},
      {"clock": "first_response", "priority": "high", "amount": 120,
       "unit": "business_minutes"}]})");
  desk.apply("interaction.log", contact(1, R"("school": "north")"));
  desk.apply("interaction.log", contact(2, R"("school": "south", "priority": "high")"));
  desk.apply("interaction.log", contact(3, R"("school": "north", "priority": "urgent")"));
  desk.apply("interaction.log", contact(4, R"("school": "south")"));
  desk.apply("case.assign", R"({"case": "4", "to": "staff:7"})");
  const Numbers order = numbers(desk.rows("waiting"), "number");
  BOOST_TEST(order.size() == 4u);
  BOOST_TEST((order[0] == 3 && order[1] == 2), "1 and 4 are due together, after 3 and 2");
  const auto numbers_of = [&](const char *filter) {
    Numbers all = numbers(desk.rows("waiting", filter), "number");
    std::sort(all.begin(), all.end());
    return all;
  };
  BOOST_TEST(numbers_of(R"({"school": "south"})") == (Numbers{2, 4}));
  BOOST_TEST(numbers_of(R"({"assignee": "staff:7"})") == Numbers{4});
  BOOST_TEST(numbers_of(R"({"limit": 1})") == Numbers{3});
  BOOST_TEST(numbers_of(R"({"limit": 0})") == Numbers{});
  BOOST_TEST(numbers_of(R"({"late": 1})") == Numbers{});
  desk.now("2026-11-23T09:30:01Z");
  BOOST_TEST(numbers_of(R"({"late": 1})") == Numbers{3});
}

BOOST_AUTO_TEST_CASE(cases_are_newest_first_and_filtered) {
  Desk desk;
  desk.apply("interaction.log", contact(1, R"("school": "north", "about": ["sis:student:4"])"));
  desk.apply("interaction.log", contact(2, R"("school": "south")"));
  desk.apply("interaction.log", contact(3, R"("school": "north")"));
  desk.apply("case.solve", R"({"case": "3"})");
  const auto numbers_of = [&](const char *filter) {
    return numbers(desk.rows("cases", filter), "number");
  };
  BOOST_TEST(numbers_of("{}") == (Numbers{3, 2, 1}));
  BOOST_TEST(numbers_of(R"({"school": "north"})") == (Numbers{3, 1}));
  BOOST_TEST(numbers_of(R"({"status": "solved"})") == Numbers{3});
  BOOST_TEST(numbers_of(R"({"status": "new"})") == (Numbers{2, 1}));
  BOOST_TEST(numbers_of(R"({"person": "sis:student:4"})") == Numbers{1});
  BOOST_TEST(numbers_of(R"({"person": "sis:guardian:2"})") == Numbers{2});
  BOOST_TEST(numbers_of(R"({"person": "sis:guardian:99"})") == Numbers{});
  BOOST_TEST(numbers_of(R"({"limit": 2})") == (Numbers{3, 2}));
  desk.now("2026-11-26T09:00Z").pump();
  BOOST_TEST(numbers_of(R"({"late": 1})") == (Numbers{2, 1}));
}

BOOST_AUTO_TEST_CASE(people_are_found_by_name_kind_school_and_key) {
  Desk desk;
  for (const char *fields : {R"({"person": "sis:student:1", "name": "Ana 100%", "school": "n"})",
                             R"({"person": "sis:student:2", "name": "Ben", "school": "s"})",
                             R"({"person": "sis:staff:3", "name": "Cy_Ana", "school": "n"})"})
    desk.apply("person.save", fields);
  const auto names = [&](const char *filter) { return texts(desk.rows("people", filter), "name"); };
  BOOST_TEST(names("{}") == (Texts{"Ana 100%", "Ben", "Cy_Ana"}));
  BOOST_TEST(names(R"({"search": "ana"})") == (Texts{"Ana 100%", "Cy_Ana"}));
  BOOST_TEST(names(R"({"search": "0%"})") == Texts{"Ana 100%"});
  BOOST_TEST(names(R"({"search": "y_A"})") == Texts{"Cy_Ana"});
  BOOST_TEST(names(R"({"search": "_en"})") == Texts{});
  BOOST_TEST(names(R"({"kind": "student"})") == (Texts{"Ana 100%", "Ben"}));
  BOOST_TEST(names(R"({"school": "n"})") == (Texts{"Ana 100%", "Cy_Ana"}));
  BOOST_TEST(names(R"({"person": "sis:student:2"})") == Texts{"Ben"});
  BOOST_TEST(names(R"({"person": "sis:student:9"})") == Texts{});
  BOOST_TEST(names(R"({"limit": 1})") == Texts{"Ana 100%"});
}

BOOST_AUTO_TEST_CASE(the_ledger_view_filters_and_its_proofs_hold) {
  Desk desk;
  log_many(desk, 0, 3);
  BOOST_TEST(numbers(desk.rows("ledger", R"({"from": 7})"), "seq") == (Numbers{7, 8}));
  BOOST_TEST(numbers(desk.rows("ledger", R"({"kind": "case.opened"})"), "seq") ==
             (Numbers{4, 6, 8}));
  BOOST_TEST(numbers(desk.rows("ledger", R"({"limit": 2})"), "seq") == (Numbers{0, 1}));
  for (const Record &row : desk.rows("ledger", R"({"proof": 1, "size": 7})")) {
    if (row.number("seq") >= 7) continue;
    std::vector<Hash> proof;
    for (const std::string &text : row.texts("proof"))
      BOOST_TEST(parse_hash(text, proof.emplace_back()));
    store::TreeHead head{row.number("size"), {}};
    Hash leaf{};
    BOOST_TEST((parse_hash(row.text("root"), head.root) && parse_hash(row.text("leaf"), leaf)));
    BOOST_TEST(store::proves_inclusion(proof, leaf, row.number("seq"), head));
  }
  BOOST_TEST(
      (desk.refused([&] { desk.rows("ledger", R"({"size": 99})"); }).detail("field") == "size"));
  desk.refused([&] { desk.rows("ledger", R"({"kind": "case.exploded"})"); });
}

BOOST_AUTO_TEST_CASE(views_and_filters_nobody_knows_are_refused) {
  Desk desk;
  const std::tuple<const char *, const char *, Status> cases[] = {
      {"pigeons", "{}", Status::unknown_name},
      {"waiting", R"({"colour": "red"})", Status::unknown_name},
      {"waiting", R"({"limit": "many"})", Status::argument},
      {"cases", R"({"school": 7})", Status::argument},
      {"cases", R"({"status": "odd"})", Status::argument},
      {"case", "{}", Status::argument},
      {"case", R"({"case": "12"})", Status::not_found},
      {"timeline", R"({"person": "sis:student:1"})", Status::not_found},
      {"measures", R"({"clock": "lunch"})", Status::argument}};
  for (const auto &[view, filter, status] : cases)
    BOOST_TEST((desk.refused([&, v = view, f = filter] { desk.rows(v, f); }).status() == status),
               view << " " << filter);
}

BOOST_AUTO_TEST_CASE(a_view_of_600_rows_is_paged_while_the_same_handle_writes) {
  for (const char *view : {"waiting", "cases", "people", "ledger", "timeline"}) {
    Desk desk;
    log_many(desk, 0, 600);
    const std::int64_t written_before = desk.size();
    const std::string filter =
        std::string(view) == "timeline" ? R"({"person": "sis:student:1"})" : "{}";
    const auto cursor = desk.engine.query(record_from_json("actor", kAdmin), view,
                                          record_from_json("filter", filter));
    std::vector<std::string> seen;
    Record row;
    while (cursor->next(row)) {
      if (std::string(view) == "ledger" && row.number("seq") >= written_before) break;
      seen.push_back(row.has("seq")      ? std::to_string(row.number("seq"))
                     : row.has("number") ? std::to_string(row.number("number"))
                                         : row.text("person"));
      if (seen.size() % 100 == 50) desk.apply("interaction.log", contact(1, R"("topic": "x")"));
    }
    std::sort(seen.begin(), seen.end());
    BOOST_TEST((std::adjacent_find(seen.begin(), seen.end()) == seen.end()), view << " repeats");
    BOOST_TEST(seen.size() >= 600u, view);
    BOOST_TEST(seen.size() <= 1210u, view);
    desk.check_whole();
  }
}

BOOST_AUTO_TEST_CASE(a_timeline_of_600_entries_is_disclosed_page_by_page) {
  Desk desk;
  log_many(desk, 0, 600);
  const auto rows = desk.rows("timeline", R"({"person": "sis:student:1"})");
  BOOST_TEST(rows.size() == 600u);
  Numbers seqs = numbers(rows, "seq");
  BOOST_TEST(std::is_sorted(seqs.rbegin(), seqs.rend()));
  BOOST_TEST(desk.count("disclosure.made") == 3);  // 256 + 256 + 88
}

BOOST_AUTO_TEST_CASE(measures_count_by_school_and_period) {
  Desk desk;
  for (int i = 1; i <= 5; ++i) desk.apply("interaction.log", contact(i, R"("school": "north")"));
  desk.apply("interaction.log", contact(6, R"("school": "south")"));
  // Open seconds until the answers of cases 1 to 3: one hour, two hours, 7 h + 1 h of Tuesday.
  desk.now("2026-11-23T10:00Z").apply("case.reply", R"({"case": "1"})");
  desk.now("2026-11-23T11:00Z").apply("case.reply", R"({"case": "2"})");
  desk.now("2026-11-24T09:00Z").apply("case.reply", R"({"case": "3"})");
  // Case 4 is answered on Thursday morning, too late: 7 + 8 + 8 + 1 hours.
  desk.now("2026-11-26T09:00Z").apply("case.reply", R"({"case": "4"})");
  desk.pump();
  const auto rows = desk.rows("measures");
  BOOST_TEST_REQUIRE(rows.size() == 2u);
  const Record &north = rows[0];
  const std::pair<const char *, std::int64_t> expected[] = {
      {"contacts", 9},         {"cases", 5},           {"answered", 4},
      {"in_time", 3},          {"missed", 2},          {"unanswered", 1},
      {"in_time_percent", 60}, {"median_s", 2 * 3600}, {"p90_s", 24 * 3600}};
  for (const auto &[field, value] : expected) BOOST_TEST(north.number(field) == value, field);
  BOOST_TEST(rows[1].number("unanswered") == 1);
  BOOST_TEST(!rows[1].has("median_s"));
  Record period("filter");
  period.set("from", at("2026-11-24T00:00Z")).set("to", at("2026-11-25T00:00Z"));
  const auto tuesday =
      support::drain(*desk.engine.query(record_from_json("actor", kAdmin), "measures", period));
  BOOST_TEST_REQUIRE(tuesday.size() == 1u);
  BOOST_TEST(tuesday[0].number("contacts") == 1);
  BOOST_TEST(tuesday[0].number("cases") == 0);
}

BOOST_AUTO_TEST_CASE(names_and_settings_answer) {
  Desk desk;
  const auto sections = texts(desk.rows("names"), "section");
  for (const char *section : {"command", "view", "option", "kind", "setting"})
    BOOST_TEST(std::count(sections.begin(), sections.end(), section) > 0, section);
  const auto settings = texts(desk.rows("settings"), "name");
  for (const char *name : {"ledger", "size", "root", "default", "first_response", "warn_percent"})
    BOOST_TEST(std::count(settings.begin(), settings.end(), name) == 1, name);
}

BOOST_AUTO_TEST_CASE(somebody_known_by_a_key_only_is_shown_by_it) {
  Desk desk;
  desk.apply("interaction.log", R"({"channel": "phone", "from": "sis:guardian:1",
      "about": ["sis:student:3"]})");
  const Record row = desk.row("waiting");
  BOOST_TEST(row.text("requester_name") == "sis:guardian:1");
  BOOST_TEST(row.texts("students").front() == "sis:student:3");
}

BOOST_AUTO_TEST_SUITE_END()
