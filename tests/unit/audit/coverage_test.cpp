// Which entries are anchored, signed or neither, as the check tells it; and receipts as people keep
// them.
#include <fstream>

#include "support/desk.hpp"
#include "support/temporary_folder.hpp"

namespace {

using namespace heard;
using support::Desk;
using support::TemporaryFolder;

void log_some(Desk &desk, int count) {
  for (int i = 0; i < count; ++i)
    desk.apply("interaction.log", R"({"channel": "phone", "from": "sis:guardian:1",
        "subject": "Late bus", "needs_response": 0})");
}

struct Told {
  std::string ranges;  ///< "anchored 0-9, signed 10-19"
  std::string findings;
  Record verdict;
};

Told verify(Desk &desk, const Record &what = Record()) {
  Told told;
  const auto rows = desk.engine.verify(record_from_json("actor", support::kAuditor), what);
  for (const Record &row : support::drain(*rows)) {
    if (row.text("row") == "coverage")
      told.ranges += (told.ranges.empty() ? "" : ", ") + row.text("by") + " " +
                     std::to_string(row.number("from")) + "-" + std::to_string(row.number("to"));
    if (row.text("row") == "finding") told.findings += row.text("says") + "\n";
    if (row.text("row") == "verdict") told.verdict = row;
  }
  BOOST_TEST(told.verdict.flag("intact") == told.findings.empty());
  return told;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(coverage)

BOOST_AUTO_TEST_CASE(a_ledger_without_a_key_is_unsigned_from_its_first_entry) {
  Desk desk;
  const std::int64_t size = desk.size();  // a check is an entry of its own afterwards
  const Told told = verify(desk);
  BOOST_TEST(told.ranges == "unsigned 0-" + std::to_string(size - 1));
  BOOST_TEST(told.verdict.text("says").find("unsigned") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(anchored_signed_and_unsigned_entries_are_told_apart) {
  const TemporaryFolder folder;
  std::int64_t anchored = 0;
  {
    Desk desk({{"store.path", folder / "a.heard"}, {"anchor.file", folder / "copies"}}, nullptr);
    log_some(desk, 7);
    anchored = desk.apply("checkpoint.make", "{}").number("size");
  }
  Desk desk("UTC", folder / "a.heard");
  log_some(desk, 5);
  const std::int64_t is_signed = desk.apply("checkpoint.make", "{}").number("size");
  log_some(desk, 3);
  const auto range = [](const char *by, std::int64_t from, std::int64_t to) {
    return std::string(by) + " " + std::to_string(from) + "-" + std::to_string(to - 1);
  };
  std::int64_t size = desk.size();
  BOOST_TEST(verify(desk).ranges ==
             range("signed", 0, is_signed) + ", " + range("unsigned", is_signed, size));
  size = desk.size();
  const Told told = verify(desk, Record().set("anchors", folder / "copies"));
  BOOST_TEST(told.ranges == range("anchored", 0, anchored) + ", " +
                                range("signed", anchored, is_signed) + ", " +
                                range("unsigned", is_signed, size));
  BOOST_TEST(told.verdict.number("anchored") == anchored);
  BOOST_TEST(told.verdict.number("signed") == is_signed);
  BOOST_TEST(told.verdict.text("says") ==
             "intact; " + std::to_string(anchored) + " anchored, 5 signed, 4 unsigned");
}

BOOST_AUTO_TEST_CASE(a_receipt_out_of_a_letter_anchors_what_came_before_it) {
  const TemporaryFolder folder;
  Desk desk("UTC", folder / "a.heard");
  const Record done = desk.apply("department.save", R"({"department": "office"})");
  log_some(desk, 3);
  const std::string receipt = done.text("receipt");
  const Told told = verify(desk, Record().set("receipt", " " + receipt + "\n"));
  BOOST_TEST(told.findings == "");
  BOOST_TEST(told.ranges.starts_with("anchored 0-" + std::to_string(done.number("size") - 1)));
  BOOST_TEST(told.verdict.text("says").find("receipt agrees") != std::string::npos);
  std::string other_root = receipt;
  other_root.back() = other_root.back() == '0' ? '1' : '0';
  BOOST_TEST(verify(desk, Record().set("receipt", other_root)).findings.find("receipt") !=
             std::string::npos);
  const std::string other_ledger = "x" + receipt;
  BOOST_TEST(
      verify(desk, Record().set("receipt", other_ledger)).findings.find("is of the ledger") !=
      std::string::npos);
  const std::string full = std::to_string(done.number("seq")) + ":" +
                           std::to_string(done.number("size")) + ":" + done.text("root");
  BOOST_TEST(verify(desk, Record().set("receipt", full)).findings == "");
}

BOOST_AUTO_TEST_CASE(a_short_receipt_checks_an_export_too) {
  const TemporaryFolder folder;
  Desk desk("UTC", folder / "a.heard");
  const Record done = desk.apply("department.save", R"({"department": "office"})");
  log_some(desk, 2);
  const std::string receipt = done.text("receipt");
  const Record what = Record().set("all", "1").add("receipts", receipt);
  std::string text;
  desk.engine.write_export(record_from_json("actor", support::kAuditor), what,
                           [&](std::string_view bytes) { text += bytes; });
  std::ofstream(folder / "all.jsonl", std::ios::binary) << text;
  Record check;
  check.set("export", folder / "all.jsonl").set("receipt", receipt);
  BOOST_TEST(verify(desk, check).findings == "");
  std::string other = receipt;
  other.back() = other.back() == '0' ? '1' : '0';
  BOOST_TEST(verify(desk, check.set("receipt", other)).findings != "");
}

BOOST_AUTO_TEST_CASE(what_is_no_receipt_is_refused) {
  Desk desk;
  for (const char *bad :
       {"", "a 1/2", "a 1/1 0123456789abcdef", "a -1/1 0123456789abcdef", "a 1/2 0123456789abcdeg",
        "a 1/2 0123456789abcde", "a b 1/2 0123456789abcdef", " 1/2 0123456789abcdef",
        "a 1/2/3 0123456789abcdef"})
    BOOST_TEST(desk.refused([&] { verify(desk, Record().set("receipt", bad)); }).detail("field") ==
               "receipt");
}

BOOST_AUTO_TEST_CASE(entries_that_come_during_the_check_are_no_finding) {
  const TemporaryFolder folder;
  Desk desk({{"store.path", folder / "a.heard"}, {"anchor.file", folder / "copies"}}, nullptr);
  log_some(desk, 5);
  const auto rows = desk.engine.verify(record_from_json("actor", support::kAuditor), Record());
  log_some(desk, 5);
  desk.apply("key.rotate", "{}");
  desk.apply("checkpoint.make", "{}");
  for (const Record &row : support::drain(*rows))
    BOOST_TEST(row.text("row") != "finding", row.text("says"));
}

BOOST_AUTO_TEST_SUITE_END()
