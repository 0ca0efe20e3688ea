// Five weeks of two schools told through the C interface, with every figure worked out by hand.
//
// Working time is Monday to Friday 08:00-16:00 America/Chicago. Until Sunday 2026-11-01 02:00 local
// time is UTC-5, from then on UTC-6. Thanksgiving, Thursday 26 and Friday 27 November, is closed.
// First response: 1 business day (the day of receipt is day 0), warning at 75 % of the open time.
//
//   1 north  Fri 30 Oct 15:00  mail      due Mon  2 Nov 16:00  answered Mon  2 Nov 10:00  met
//   2 north  Sun  1 Nov 12:00  portal    due Mon  2 Nov 16:00  answered Tue  3 Nov 09:00  missed
//   3 south  Wed 25 Nov 15:30  phone     due Mon 30 Nov 16:00  answered Mon 30 Nov 15:59  met
//   4 south  Mon 30 Nov 09:00  sms       due Tue  1 Dec 16:00  answered Mon 30 Nov 09:30  met
//   5 south  Mon 30 Nov 10:00  visit     due Tue  1 Dec 16:00  never                      missed
#include <boost/test/unit_test.hpp>
#include <fstream>

#include "support/abi.hpp"
#include "support/outsider.hpp"
#include "support/temporary_folder.hpp"

using namespace heard;
using support::HostClock;
using support::OpenStore;
using support::Outsider;
using support::receipt;
using support::TemporaryFolder;

namespace {

std::int64_t ms(std::string_view utc) { return parse_utc(utc).value() * 1000; }

bool contains(const std::string &text, const std::string &part) {
  return text.find(part) != std::string::npos;
}

struct Story {
  Story() { open.apply("calendar.save", R"({"closed": ["2026-11-26/2026-11-27"]})"); }

  api::Record log(const char *utc, const char *fields) {
    clock.set(utc);
    return open.apply("interaction.log", fields);
  }
  void reply(const char *utc, const char *fields) {
    clock.set(utc);
    open.apply("case.reply", fields);
  }
  std::int64_t pump(const char *utc) {
    clock.set(utc);
    std::int64_t next = 0;
    while (open.store.pump(1000, next)) {
    }
    return next;
  }
  /// One field of a row of `waiting`.
  std::int64_t waiting(std::int64_t number, const char *field) {
    for (const api::Row row : open.rows("waiting"))
      if (row.number("number") == number) return row.number(field, -1);
    return -2;
  }
  /// What the first_response clock of a case says of itself.
  std::string explained(const std::string &name) {
    for (const api::Row row : open.rows("case", R"({"case": ")" + name + "\"}"))
      for (const api::Row clock_row : row.rows("clocks"))
        if (clock_row.text("clock") == "first_response")
          return clock_row.text("state") + ": " + clock_row.text("explain");
    return "";
  }
  void tell_all();
  /// The path of a copy that an outsider made.
  std::string copy() {
    const std::string path = folder / ("copy" + std::to_string(++copies) + ".heard");
    Outsider(folder / "school.heard").run("VACUUM INTO '" + path + "'");
    return path;
  }

  TemporaryFolder folder;
  HostClock clock{"2026-10-29T12:00Z"};
  OpenStore open{folder / "school.heard", clock.table()};
  std::string first_receipt;
  int copies = 0;
};

constexpr const char *kOne =
    R"({"channel": "email", "school": "north", "from": "sis:guardian:1", "from_name": "Ana Ruiz",
        "about": ["sis:student:1"], "topic": "bus", "subject": "The bus was late again"})";
constexpr const char *kTwo =
    R"({"channel": "portal", "school": "north", "from": "sis:guardian:2", "topic": "lunch"})";
constexpr const char *kThree =
    R"({"channel": "phone", "school": "south", "from": "sis:guardian:3", "text": "Voicemail"})";
constexpr const char *kFour = R"({"channel": "sms", "school": "south", "from": "sis:guardian:4",
                                  "source": "gateway", "host_ref": "m-4"})";
constexpr const char *kFive =
    R"({"channel": "visit", "school": "south", "from": "sis:guardian:5"})";

void Story::tell_all() {
  first_receipt = receipt(log("2026-10-30T20:00Z", kOne));
  log("2026-11-01T18:00Z", kTwo);
  reply("2026-11-02T16:00Z", R"({"case": "1", "text": "A second bus runs from today."})");
  pump("2026-11-03T14:00:01Z");
  reply("2026-11-03T15:00Z", R"({"case": "2", "text": "Menus are on the portal."})");
  for (const char *fields : {R"({"case": "1"})", R"({"case": "2"})"})
    open.apply("case.solve", fields);
  log("2026-11-25T21:30Z", kThree);
  log("2026-11-30T15:00Z", kFour);
  reply("2026-11-30T15:30Z", R"({"case": "4"})");
  log("2026-11-30T16:00Z", kFive);
  reply("2026-11-30T21:59Z", R"({"case": "3"})");
  pump("2026-12-02T18:00Z");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(scenario)

BOOST_AUTO_TEST_CASE(due_times_warnings_and_misses_are_those_of_the_wall_calendar) {
  Story story;
  story.log("2026-10-30T20:00Z", kOne);
  // Monday's closing, after the change of clocks: 16:00 is 22:00 UTC, no longer 21:00.
  BOOST_TEST(story.waiting(1, "due_at") == ms("2026-11-02T22:00Z"));
  // Friday 1 h and Monday 8 h are 9 h; 75 % are 6:45 h: Monday 13:45 local. It is warned of in the
  // second after that.
  // A minute after the last entry the ledger is signed; then only clocks are left.
  BOOST_TEST(story.pump("2026-10-30T20:00Z") == ms("2026-10-30T20:01Z"));
  BOOST_TEST(story.pump("2026-10-30T20:01Z") == ms("2026-11-02T19:45:01Z"));

  story.log("2026-11-01T18:00Z", kTwo);
  BOOST_TEST(story.waiting(2, "due_at") == ms("2026-11-02T22:00Z"));

  story.reply("2026-11-02T16:00Z", R"({"case": "1"})");
  BOOST_TEST(story.waiting(1, "due_at") == -2);
  // Case 2 counts Monday's 8 h only; 75 % are 6 h: 14:00 local.
  BOOST_TEST(story.pump("2026-11-02T20:00:00Z") == ms("2026-11-02T20:00:01Z"));
  BOOST_TEST(story.waiting(2, "warned") == 0);
  // After the warning comes the miss: the second after Tuesday's opening, when Monday is over.
  BOOST_TEST(story.pump("2026-11-02T20:00:01Z") == ms("2026-11-02T20:01:01Z"));
  BOOST_TEST(story.pump("2026-11-02T20:01:01Z") == ms("2026-11-03T14:00:01Z"));
  BOOST_TEST(story.waiting(2, "warned") == 1);
  BOOST_TEST(story.waiting(2, "late") == 0);
  story.pump("2026-11-03T14:00:01Z");
  BOOST_TEST(story.waiting(2, "late") == 1);

  story.log("2026-11-25T21:30Z", kThree);
  BOOST_TEST(story.waiting(3, "due_at") == ms("2026-11-30T22:00Z"));
  BOOST_TEST(story.open.verify() == "");
  BOOST_TEST(story.open.rebuild() == "");
}

BOOST_AUTO_TEST_CASE(a_clock_explains_itself_with_the_times_of_the_wall) {
  Story story;
  story.tell_all();
  const std::string one = story.explained("1");
  for (const char *part :
       {"met: First response 1: 1 business day", "Started 2026-10-30 15:00", "Due 2026-11-02 16:00",
        "2026-10-30 15:00 to 16:00", "2026-11-02 08:00 to 16:00", "Ended 2026-11-02 10:00: met"})
    BOOST_TEST(contains(one, part), part << " is not in: " << one);
  const std::string two = story.explained("2");
  for (const char *part :
       {"missed: ", "outside hours; counting from 2026-11-02 08:00", "Due 2026-11-02 16:00",
        "Missed at 2026-11-02 16:00", "Ended 2026-11-03 09:00: missed"})
    BOOST_TEST(contains(two, part), part << " is not in: " << two);
  const std::string three = story.explained("3");
  for (const char *part : {"Due 2026-11-30 16:00", "2026-11-25 15:30 to 16:00, 2026-11-30 08:00"})
    BOOST_TEST(contains(three, part), part << " is not in: " << three);
}

BOOST_AUTO_TEST_CASE(the_figures_of_both_schools_are_right) {
  Story story;
  story.tell_all();
  // Open time until the answers. North: Fri 1 h + Mon 2 h = 3 h; Mon 8 h + Tue 1 h = 9 h.
  // South: Wed 0:30 + Mon 7:59 = 8:29 h; 0:30 h. The lower of two values is their median.
  struct Expected {
    const char *school;
    std::int64_t contacts, cases, answered, in_time, missed, unanswered, percent, median, p90;
  };
  const Expected expected[] = {{"north", 4, 2, 2, 1, 1, 0, 50, 10800, 32400},
                               {"south", 5, 3, 2, 2, 1, 1, 66, 1800, 30540}};
  std::size_t place = 0;
  for (const api::Row row : story.open.rows("measures")) {
    BOOST_TEST_REQUIRE(place < 2u);
    const Expected &e = expected[place++];
    BOOST_TEST(row.text("school") == e.school);
    BOOST_TEST(row.number("contacts") == e.contacts);
    BOOST_TEST(row.number("cases") == e.cases);
    BOOST_TEST(row.number("answered") == e.answered);
    BOOST_TEST(row.number("in_time") == e.in_time);
    BOOST_TEST(row.number("missed") == e.missed);
    BOOST_TEST(row.number("unanswered") == e.unanswered);
    BOOST_TEST(row.number("in_time_percent") == e.percent);
    BOOST_TEST(row.number("median_s") == e.median);
    BOOST_TEST(row.number("p90_s") == e.p90);
  }
  BOOST_TEST(place == 2u);
  BOOST_TEST(story.waiting(5, "due_at") == ms("2026-12-01T22:00Z"));
  BOOST_TEST(story.waiting(5, "late") == 1);
  BOOST_TEST(story.open.rebuild() == "");
}

BOOST_AUTO_TEST_CASE(an_export_is_checked_against_a_receipt_and_a_changed_digit_is_found) {
  Story story;
  story.tell_all();
  const std::string path = story.folder / "all.jsonl";
  {
    api::Sink sink = api::Sink::to_new_file(path);
    api::Record what = api::Record::from_json("what", R"({"all": 1})");
    what.add("receipts", story.first_receipt);
    story.open.store.export_to(sink, story.open.admin, what);
    sink.close();
  }
  const auto checked = [&](const std::string &file, const std::string &given) {
    api::Record what("what", {{"export", file}});
    if (!given.empty()) what.set({"receipt", given});
    return OpenStore::findings(story.open.store.verify(story.open.admin, what));
  };
  BOOST_TEST(checked(path, "") == "");
  BOOST_TEST(checked(path, story.first_receipt) == "");
  std::string other = story.first_receipt;
  other.back() = other.back() == '0' ? '1' : '0';
  BOOST_TEST(contains(checked(path, other), "does not continue"));

  std::ifstream in(path);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  // "Voicemail" in hexadecimal is in the body of case 3's first entry.
  const std::size_t digit = text.find("566f6963656d61696c");
  BOOST_TEST_REQUIRE(digit != std::string::npos);
  text[digit + 1] = '7';
  std::ofstream(story.folder / "changed.jsonl") << text;
  const std::string found = checked(story.folder / "changed.jsonl", "");
  BOOST_TEST(contains(found, "the body of entry"));
  BOOST_TEST(contains(found, "was changed"));
  text.resize(text.rfind('\n', text.size() - 2) + 1);  // the last line
  std::ofstream(story.folder / "cut.jsonl") << text;
  BOOST_TEST(contains(checked(story.folder / "cut.jsonl", ""), "ends too early"));
  BOOST_CHECK_THROW(api::Sink::to_new_file(path), api::Error);
}

BOOST_AUTO_TEST_CASE(one_changed_byte_in_a_copy_is_found_and_its_entry_named) {
  Story story;
  story.tell_all();
  BOOST_TEST(OpenStore(story.copy(), story.clock.table()).verify() == "");
  for (const std::int64_t seq : {0, 4, 5, 17}) {
    const std::string path = story.copy();
    Outsider(path).spoil_body(seq);
    const std::string found = OpenStore(path, story.clock.table()).verify();
    BOOST_TEST(contains(found, std::to_string(seq) + " the body of entry " + std::to_string(seq)),
               "found: " << found);
    BOOST_TEST(contains(found, "was changed"));
  }
}

BOOST_AUTO_TEST_CASE(every_kind_of_edit_behind_the_librarys_back_is_found) {
  Story story;
  story.tell_all();
  const std::pair<const char *, const char *> edits[] = {
      {"DROP TRIGGER event_keep_update; UPDATE event SET wall_ms = wall_ms + 1 WHERE seq = 5",
       "the root in the ledger's head is not the root of its entries"},
      {"DROP TRIGGER event_keep_delete; DELETE FROM event WHERE seq = 5", "5 entry 5 is missing"},
      {"DELETE FROM body WHERE seq = 5", "the body of entry 5 is missing"},
      {"UPDATE body SET actor = 'staff:2' WHERE seq = 5", "the columns beside the body of entry 5"},
      {"UPDATE head SET root = zeroblob(32)", "the root in the ledger's head"},
      {"UPDATE head SET size = 5", "entries stand after the ledger's end"},
  };
  for (const auto &[sql, says] : edits) {
    const std::string path = story.copy();
    Outsider(path).run(sql);
    const std::string found = OpenStore(path, story.clock.table()).verify();
    BOOST_TEST(contains(found, says), sql << " found: " << found);
  }
}

BOOST_AUTO_TEST_CASE(an_old_copy_put_back_is_found_by_a_receipt) {
  Story story;
  story.log("2026-10-30T20:00Z", kOne);
  const std::string old = story.copy();
  const std::string later = receipt(story.log("2026-11-01T18:00Z", kTwo));
  const std::string what = R"({"receipt": ")" + later + "\"}";
  BOOST_TEST(story.open.verify(what) == "");
  OpenStore restored(old, story.clock.table());
  BOOST_TEST(restored.verify() == "");
  BOOST_TEST(contains(restored.verify(what), "entries were taken away"));
  // The same length with another history is found too.
  restored.apply("interaction.log", kFive);
  BOOST_TEST(contains(restored.verify(what), "not those the receipt was given for"));
}

BOOST_AUTO_TEST_SUITE_END()
