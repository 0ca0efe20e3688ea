// What a bundle holds, that it can be made again, and that what is hidden is in none of its files.
#include "bundle/zip_writer.hpp"
#include "bundle_desk.hpp"

#include "base/base64.hpp"
#include "base/text.hpp"
#include "support/outsider.hpp"

using namespace heard;
using namespace heard::bundle_test;
using heard::support::TemporaryFolder;
namespace fs = std::filesystem;

namespace {

/// Text of every file, by its path.
std::map<std::string, std::string> files_of(const std::string &folder) {
  std::map<std::string, std::string> files;
  for (const auto &item : fs::recursive_directory_iterator(folder))
    if (item.is_regular_file())
      files[fs::relative(item.path(), folder).string()] = read_file(item.path().string());
  return files;
}

void both_say_intact(Desk &desk, const std::string &path, const std::string &seal = {}) {
  const Verdict ours = by_library(desk, path, seal);
  const Verdict theirs = by_python(path, seal.empty() ? "" : "--seal " + seal);
  BOOST_TEST(ours.intact, ours.says);
  BOOST_TEST(theirs.intact, theirs.says);
}

std::string bytes_of(Desk &desk, const store::TreeHead &head) {
  bundle::Order order = order_at(desk, head);
  order.vouchers.checkpoint = bundle::unsigned_checkpoint(kNoId, head);
  std::string bytes;
  bundle::ZipWriter zip([&](std::string_view piece) { bytes += piece; }, "bag",
                        floor_seconds(order.ordered_at));
  bundle::write_bundle(desk.engine.connection().database(), order, zip);
  return bytes;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(bundles)

BOOST_AUTO_TEST_CASE(the_same_order_gives_the_same_bytes_however_much_was_logged_since) {
  Desk desk;
  tell_story(desk);
  const store::TreeHead head = desk.engine.journal().ledger().head();
  const std::string first = bytes_of(desk, head);
  desk.apply("interaction.log", R"({"channel": "phone", "from": "sis:guardian:1",
      "needs_response": 0})");
  BOOST_TEST((first == bytes_of(desk, head)));
}

BOOST_AUTO_TEST_CASE(every_selection_verifies_as_zip_and_as_folder) {
  Desk desk;
  const TemporaryFolder folder;
  tell_story(desk);
  const std::pair<const char *, const char *> wanted[] = {
      {"all", R"({"all": 1, "receipts": ["3", "5"]})"},
      {"person", R"({"person": "sis:guardian:1"})"},
      {"case", R"({"case": "2"})"},
      {"school", R"({"school": "north"})"},
      {"late", R"({"from": 1795597200000})"},
      {"both", R"({"person": "sis:guardian:1", "to": 1795597200000})"},
      {"nothing", R"({"to": 1000})"},
  };
  for (const auto &[name, json] : wanted) {
    const Record what = record_from_json("what", json);
    const std::string seal = folder_of(desk, what, folder / name);
    both_say_intact(desk, folder / name, seal);
    write_file(folder / (name + std::string(".zip")), zip_of(desk, what));
    both_say_intact(desk, folder / (name + std::string(".zip")));
  }
  const std::string whole = read_file(folder / "all/data/communications.csv");
  BOOST_TEST(whole.find("\"'=Late bus, \"\"again\"\"\"") != std::string::npos, whole);
  BOOST_TEST(read_file(folder / "case/data/communications.csv").find("Late bus") ==
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_is_hidden_is_in_no_file_in_any_encoding_and_still_verifies) {
  Desk desk;
  const TemporaryFolder folder;
  tell_story(desk);
  const std::string seal = folder_of(desk, hiding().set("all", 1), folder / "bag");
  both_say_intact(desk, folder / "bag", seal);
  for (const auto &[path, text] : files_of(folder / "bag")) {
    BOOST_TEST(text.find(kMarker) == std::string::npos, path << " has the marker");
    BOOST_TEST(text.find(to_hex(kMarker)) == std::string::npos, path << " has it in hex");
    for (const char *before : {"", "x", "xy"}) {
      const std::string encoded = to_base64(before + std::string(kMarker));
      BOOST_TEST(text.find(encoded.substr(4, 8)) == std::string::npos, path << " has it in base64");
    }
  }
  const std::string redactions = read_file(folder / "bag/data/redactions.csv");
  BOOST_TEST(redactions.find("text,") != std::string::npos, redactions);
  BOOST_TEST(redactions.find("privacy,ORC 149.43,\"Records, Officer\"") != std::string::npos);
  // The test can fail: without rules the marker is there.
  folder_of(desk, Record().set("all", 1), folder / "open");
  BOOST_TEST(read_file(folder / "open/data/communications.csv").find(kMarker) != std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_order_is_below_the_head_that_is_shipped_and_the_seal_after_it) {
  Desk desk;
  const TemporaryFolder folder;
  tell_story(desk);
  const std::int64_t before = desk.size();
  const std::string seal =
      folder_of(desk, hiding().set("case", "1").set("recipient", "The board"), folder / "bag");
  BOOST_TEST(desk.size() == before + 2);
  auto &ledger = desk.engine.journal().ledger();
  const store::Body order = *ledger.body(before);
  BOOST_TEST(order.text(store::field_id::export_part) == "case");
  BOOST_TEST(order.text(store::field_id::recipient) == "The board");
  BOOST_TEST(order.fact_groups(store::field_id::redaction_fact).size() == 3u);
  BOOST_TEST(ledger.event(before + 1)->ref == before);
  BOOST_TEST(to_hex(ledger.body(before + 1)->text(store::field_id::seal)) == seal);
  BOOST_TEST(hex(sha256(read_file(folder / "bag/tagmanifest-sha256.txt"))) == seal);
  const std::string proof = read_file(folder / "bag/data/proof/proof.jsonl");
  BOOST_TEST(proof.find("\"size\":" + std::to_string(before + 1)) != std::string::npos);
  desk.check_whole();
}

BOOST_AUTO_TEST_CASE(a_preview_tells_how_much_would_be_hidden_and_writes_nothing) {
  Desk desk;
  tell_story(desk);
  const std::int64_t before = desk.size();
  std::string told;
  desk.engine.write_export(auditor(), hiding().set("all", 1).set("preview", 1),
                           [&](std::string_view piece) { told += piece; });
  const Record row = record_from_json("preview", trimmed(told));
  BOOST_TEST(desk.size() == before);
  BOOST_TEST(row.number("entries") == before);
  BOOST_TEST(row.number("fields_hidden") >= 6);
  BOOST_TEST(row.records("by_rule").size() == 3u);
}

BOOST_AUTO_TEST_CASE(what_makes_no_sense_is_refused_and_leaves_nothing_behind) {
  Desk desk;
  const TemporaryFolder folder;
  tell_story(desk);
  const auto refused = [&](const char *json) {
    const Record what = record_from_json("what", json);
    return desk.refused(
        [&] { desk.engine.write_export(auditor(), what, [](std::string_view) {}); });
  };
  BOOST_TEST(refused(R"({})").detail("field") == "person");
  BOOST_TEST(refused(R"({"all": 1, "person": "sis:guardian:1"})").detail("field") == "person");
  BOOST_TEST(refused(R"({"all": 1, "format": "pdf"})").detail("field") == "format");
  BOOST_TEST(refused(R"({"all": 1, "folder": "x"})").detail("field") == "folder");
  BOOST_TEST(refused(R"({"from": 5, "to": 5})").detail("field") == "to");
  BOOST_TEST(refused(R"({"all": 1, "redact": [{"fields": ["text"]}]})").detail("field") ==
             "reason");
  BOOST_TEST(refused(R"({"all": 1, "redact": [{"fields": ["school"], "reason": "x"}]})")
                 .says()
                 .find("fact") != std::string::npos);
  BOOST_TEST(refused(R"({"all": 1, "redact": [{"reason": "x"}]})").detail("field") == "redact");
  fs::create_directory(folder / "there");
  Record what = Record().set("all", 1).set("format", "bundle").set("folder", folder / "there");
  const auto refusal =
      desk.refused([&] { desk.engine.write_export(auditor(), what, [](std::string_view) {}); });
  BOOST_TEST((refusal.status() == Status::conflict));
  BOOST_TEST(fs::is_empty(folder / "there"));
}

BOOST_AUTO_TEST_CASE(a_damaged_ledger_gives_no_bundle_and_an_unfinished_folder_goes_away) {
  const TemporaryFolder folder;
  Desk desk("UTC", folder / "a.heard");
  tell_story(desk);
  support::Outsider(folder / "a.heard").spoil_body(desk.size() - 1);
  BOOST_CHECK_THROW(folder_of(desk, Record().set("all", 1), folder / "bag"), Failure);
  BOOST_TEST(!fs::exists(folder / "bag"));
}

BOOST_AUTO_TEST_CASE(an_interrupted_bundle_ends_with_a_sentence_and_leaves_no_seal) {
  Desk desk;
  tell_story(desk);
  std::size_t written = 0;
  Record what = Record().set("all", 1).set("format", "bundle");
  try {
    desk.engine.write_export(auditor(), what, [&](std::string_view piece) {
      written += piece.size();
      desk.engine.interrupt();
    });
    BOOST_ERROR("the export went on");
  } catch (const Failure &failure) {
    BOOST_TEST((failure.status() == Status::interrupted), failure.message());
  }
  desk.engine.connection().clear_interrupt();
  BOOST_TEST(written > 0u);
  BOOST_TEST(desk.count("export.sealed") == 0);
  desk.check_whole();
}

BOOST_AUTO_TEST_SUITE_END()
