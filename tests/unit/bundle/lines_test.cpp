// Exports as lines: every selection is proved, what is hidden is not there, and edits are noticed.
#include "bundle/write_lines.hpp"
#include "bundle_desk.hpp"

#include "base/text.hpp"

using namespace heard;
using namespace heard::bundle_test;
using heard::support::TemporaryFolder;

namespace {

std::string lines_of(Desk &desk, const Record &what) {
  std::string bytes;
  desk.engine.write_export(auditor(), what, [&](std::string_view piece) { bytes += piece; });
  return bytes;
}

std::string bytes_of(Desk &desk, const store::TreeHead &head) {
  std::string bytes;
  bundle::write_lines(desk.engine.connection().database(), order_at(desk, head),
                      [&](std::string_view piece) { bytes += piece; });
  return bytes;
}

Verdict checked(Desk &desk, const std::string &text, const std::string &receipt = {}) {
  const TemporaryFolder folder;
  write_file(folder / "export.jsonl", text);
  return by_library(desk, folder / "export.jsonl", {}, receipt);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(lines)

BOOST_AUTO_TEST_CASE(the_same_order_gives_the_same_lines_however_much_was_logged_since) {
  Desk desk;
  tell_story(desk);
  const store::TreeHead head = desk.engine.journal().ledger().head();
  const std::string first = bytes_of(desk, head);
  desk.apply("interaction.log", R"({"channel": "phone", "from": "sis:guardian:1",
      "needs_response": 0})");
  BOOST_TEST((first == bytes_of(desk, head)));
}

BOOST_AUTO_TEST_CASE(every_selection_is_proved_and_continues_the_receipt) {
  Desk desk;
  desk.apply("interaction.log", R"({"channel": "phone", "from": "sis:guardian:1"})");
  const store::TreeHead then = desk.engine.journal().ledger().head();
  const std::string receipt = std::to_string(then.size) + ":" + hex(then.root);
  std::string other = receipt;
  other.back() = other.back() == '0' ? '1' : '0';
  tell_story(desk);
  for (const char *json :
       {R"({"all": 1})", R"({"person": "sis:guardian:1"})", R"({"case": "2"})",
        R"({"school": "north"})", R"({"from": 1795597200000})", R"({"to": 1000})"}) {
    const std::string text =
        lines_of(desk, record_from_json("what", json).add("receipts", receipt));
    const Verdict verdict = checked(desk, text, receipt);
    BOOST_TEST(verdict.intact, json << ": " << verdict.says);
    BOOST_TEST(!checked(desk, text, other).intact, json);
  }
}

BOOST_AUTO_TEST_CASE(what_is_hidden_or_erased_is_not_there_and_the_rest_is_proved) {
  Desk desk;
  tell_story(desk);
  const std::string open = lines_of(desk, Record().set("all", 1));
  BOOST_TEST(open.find(kMarker) != std::string::npos);
  const std::string redacted = lines_of(desk, hiding().set("all", 1));
  desk.apply("records.erase", R"({"person": "sis:guardian:2", "basis": "court order",
      "approver": "sis:staff:9"})");
  for (const std::string &text : {redacted, lines_of(desk, Record().set("case", "2"))}) {
    const Verdict verdict = checked(desk, text);
    BOOST_TEST(verdict.intact, verdict.says);
    BOOST_TEST(text.find("[withheld]") != std::string::npos);
  }
  for (const std::string &marker : {std::string(kMarker), to_hex(kMarker)})
    BOOST_TEST(redacted.find(marker) == std::string::npos);
}

BOOST_AUTO_TEST_CASE(every_changed_digit_is_noticed) {
  Desk desk;
  tell_story(desk);
  const std::string text = lines_of(desk, Record().set("case", "1"));
  BOOST_TEST_REQUIRE(checked(desk, text).intact);
  // What explains a clock is for people, and no part of the proof.
  std::size_t tried = 0;
  for (std::size_t at = text.find('\n') + 1; at < text.size(); at += 13) {
    const std::size_t line = text.rfind('\n', at) + 1;
    const std::size_t explain = text.find(",\"explain\":", line);
    if (text[at] == '\n' || (explain < at && text.find('\n', line) > at)) continue;
    std::string edited = text;
    edited[at] = edited[at] == '7' ? '8' : '7';
    const Verdict verdict = checked(desk, edited);
    BOOST_TEST(!verdict.intact, "at " << at << ": " << text.substr(at, 20));
    BOOST_TEST(verdict.says.ends_with("\n"), "no finding, but: " << verdict.says);
    ++tried;
  }
  BOOST_TEST(tried > 100u);
}

BOOST_AUTO_TEST_SUITE_END()
