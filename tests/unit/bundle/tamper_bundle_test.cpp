// The export rows of the tampering matrix: what is done to a bundle, and what must be said of it,
// by the library and by the Python program alike. The expected verdict stands in the table.
#include <functional>
#include <sstream>

#include "base/text.hpp"
#include "bundle_desk.hpp"

using namespace heard;
using namespace heard::bundle_test;
using heard::support::TemporaryFolder;
namespace fs = std::filesystem;

namespace {

/// Makes both manifests fit the files again, as somebody who knows the format would.
void fix_manifests(const std::string &bag) {
  std::string payload, tags;
  for (const auto &item : fs::recursive_directory_iterator(bag + "/data"))
    if (item.is_regular_file())
      payload += hex(sha256(read_file(item.path().string()))) + "  " +
                 fs::relative(item.path(), bag).generic_string() + "\n";
  write_file(bag + "/manifest-sha256.txt", payload);
  for (const char *name : {"bagit.txt", "bag-info.txt", "manifest-sha256.txt"})
    tags += hex(sha256(read_file(bag + "/" + name))) + "  " + name + "\n";
  write_file(bag + "/tagmanifest-sha256.txt", tags);
}

void replace_in(const std::string &path, const std::string &from, const std::string &to) {
  std::string text = read_file(path);
  const std::size_t at = text.find(from);
  BOOST_TEST_REQUIRE(at != std::string::npos, path << " lacks " << from);
  write_file(path, text.replace(at, from.size(), to));
}

/// The lines without those that hold `words`.
void drop_lines(const std::string &path, const std::string &words) {
  std::istringstream in(read_file(path));
  std::string kept;
  for (std::string line; std::getline(in, line);)
    if (line.find(words) == std::string::npos) kept += line + "\n";
  write_file(path, kept);
}

/// One bit of the last byte but one.
void spoil(const std::string &path) {
  std::string text = read_file(path);
  text[text.size() - 2] = static_cast<char>(text[text.size() - 2] ^ 1);
  write_file(path, text);
}

std::string seq_mark(std::int64_t seq) { return "\"seq\":" + std::to_string(seq) + ","; }

enum class Says { damaged, intact };

struct Row {
  const char *what;
  std::function<void(const std::string &bag)> edit;
  bool fixes_manifests;
  Says without_seal;
};

/// Entry 2 is the first contact of the story.
const std::vector<Row> &rows() {
  static const std::vector<Row> kRows{
      {"a contact's text in the CSV",
       [](auto &bag) {
         replace_in(bag + "/data/communications.csv", "It was late", "It was early");
       },
       true, Says::damaged},
      {"a contact's text in the JSON lines",
       [](auto &bag) {
         replace_in(bag + "/data/communications.jsonl", "It was late", "It was early");
       },
       true, Says::damaged},
      {"a row of the CSV removed",
       [](auto &bag) { drop_lines(bag + "/data/communications.csv", "7:40"); }, true,
       Says::damaged},
      {"a row of the JSON lines removed",
       [](auto &bag) { drop_lines(bag + "/data/communications.jsonl", "7:40"); }, true,
       Says::damaged},
      {"a disclosure removed from its table",
       [](auto &bag) { drop_lines(bag + "/data/disclosures.csv", "export"); }, true, Says::damaged},
      {"a disclosure's purpose changed in its table",
       [](auto &bag) {
         replace_in(bag + "/data/disclosures.csv", "disclosure.made", "disclosure.maid");
       },
       true, Says::damaged},
      {"an entry removed from the proof",
       [](auto &bag) { drop_lines(bag + "/data/proof/proof.jsonl", seq_mark(2)); }, true,
       Says::damaged},
      {"the last entry removed from the proof, the counts put right",
       [](auto &bag) {
         const std::string path = bag + "/data/proof/proof.jsonl";
         const std::string text = read_file(path);
         const auto count = std::count(text.begin(), text.end(), '\n') - 1;
         drop_lines(path, seq_mark(count - 1));
         replace_in(path, "\"entries\":" + std::to_string(count),
                    "\"entries\":" + std::to_string(count - 1));
       },
       true, Says::damaged},
      {"a byte of a body in the proof",
       [](auto &bag) {
         replace_in(bag + "/data/proof/proof.jsonl", to_hex("It was late"), to_hex("It was lats"));
       },
       true, Says::damaged},
      {"the root of the proof",
       [](auto &bag) {
         replace_in(bag + "/data/proof/proof.jsonl", "\"root\":\"", "\"root\":\"00");
       },
       true, Says::damaged},
      {"a proof of another size",
       [](auto &bag) { replace_in(bag + "/data/proof/proof.jsonl", "\"size\":", "\"size\":1"); },
       true, Says::damaged},
      {"the checkpoint's root", [](auto &bag) { spoil(bag + "/data/proof/checkpoint.txt"); }, true,
       Says::damaged},
      {"a redaction undone with a guess",
       [](auto &bag) { drop_lines(bag + "/data/redactions.csv", ",text,"); }, true, Says::damaged},
      {"a redaction listed that is none",
       [](auto &bag) {
         replace_in(bag + "/data/redactions.csv", "reviewer\r\n", "reviewer\r\n2,school,5,x,,\r\n");
       },
       true, Says::damaged},
      {"a file edited, manifests as they were", [](auto &bag) { spoil(bag + "/data/sla.csv"); },
       false, Says::damaged},
      {"the program that checks exchanged, manifests as they were",
       [](auto &bag) { write_file(bag + "/data/verify.py", "print('INTACT')\n"); }, false,
       Says::damaged},
      {"a file removed, manifests as they were",
       [](auto &bag) { fs::remove(bag + "/data/fields.csv"); }, false, Says::damaged},
      {"a file added", [](auto &bag) { write_file(bag + "/data/more.txt", "x"); }, false,
       Says::damaged},
      {"bag-info.txt edited", [](auto &bag) { spoil(bag + "/bag-info.txt"); }, false,
       Says::damaged},
      {"bagit.txt of another version",
       [](auto &bag) { replace_in(bag + "/bagit.txt", "1.0", "0.9"); }, true, Says::damaged},
      // Pages and sla.csv are made for reading: nothing in the tree proves them. Only the seal
      // does.
      {"a page edited, manifests fixed",
       [](auto &bag) {
         for (const auto &item : fs::directory_iterator(bag + "/data/threads"))
           if (item.path().extension() == ".html") spoil(item.path().string());
       },
       true, Says::intact},
      {"sla.csv edited, manifests fixed",
       [](auto &bag) { replace_in(bag + "/data/sla.csv", "missed", "met"); }, true, Says::intact},
      {"the program that checks exchanged, manifests fixed",
       [](auto &bag) { write_file(bag + "/data/verify.py", "print('INTACT')\n"); }, true,
       Says::intact},
  };
  return kRows;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(tampered_bundles)

BOOST_AUTO_TEST_CASE(every_row_of_the_matrix_gets_the_verdict_that_is_written_there) {
  Desk desk;
  const TemporaryFolder folder;
  tell_story(desk);
  zip_of(desk, Record().set("case", "1"));  // so that there is a disclosure and a seal to see
  const std::string seal =
      folder_of(desk,
                hiding().set("all", 1).set(
                    "redact",
                    [] {
                      Record rule("rule");
                      rule.set("fields", std::vector<std::string>{"text"}).set("reason", "privacy");
                      return std::vector<Record>{rule.set("person", "sis:guardian:2")};
                    }()),
                folder / "good");
  const Verdict clean = by_library(desk, folder / "good", seal);
  BOOST_TEST_REQUIRE(clean.intact, clean.says);
  int found = 0;
  for (const Row &row : rows()) {
    const std::string bag = folder / "edited";
    fs::copy(folder / "good", bag, fs::copy_options::recursive);
    row.edit(bag);
    if (row.fixes_manifests) fix_manifests(bag);
    const bool expected = row.without_seal == Says::intact;
    const Verdict ours = by_library(desk, bag), theirs = by_python(bag);
    BOOST_TEST(ours.intact == expected, row.what << ": the library says " << ours.says);
    BOOST_TEST(theirs.intact == expected, row.what << ": verify.py says " << theirs.says);
    BOOST_TEST(theirs.says.find("Traceback") == std::string::npos, theirs.says);
    // With the seal of the ledger nothing stays hidden.
    BOOST_TEST(!by_library(desk, bag, seal).intact, row.what);
    found += !ours.intact;
    fs::remove_all(bag);
  }
  BOOST_TEST_MESSAGE("bundles: " << found << " of " << rows().size()
                                 << " edits found without a seal, all of them with it");
}

BOOST_AUTO_TEST_CASE(a_receipt_tells_a_rewritten_ledger_from_the_one_it_was_given_for) {
  Desk desk, other;
  const TemporaryFolder folder;
  tell_story(desk);
  const Record logged = desk.apply("interaction.log", R"({"channel": "phone",
      "from": "sis:guardian:1", "needs_response": 0})");
  const std::string receipt = std::to_string(logged.number("seq")) + ":" +
                              std::to_string(logged.number("size")) + ":" + logged.text("root");
  const std::string size = std::to_string(logged.number("size"));
  folder_of(desk, Record().set("all", 1), folder / "mine");
  write_file(folder / "part.zip",
             zip_of(desk, Record().set("person", "sis:guardian:1").add("receipts", size)));
  tell_story(other);
  other.apply("interaction.log", R"({"channel": "phone", "from": "sis:guardian:1"})");
  write_file(folder / "other.zip", zip_of(other, Record().set("all", 1).add("receipts", size)));
  BOOST_TEST(by_library(desk, folder / "part.zip", "", receipt).intact);
  BOOST_TEST(by_python(folder / "part.zip", "--receipt " + receipt).intact);
  // A bundle of everything holds what is needed to compare any size.
  BOOST_TEST(by_library(desk, folder / "mine", "", receipt).intact);
  BOOST_TEST(by_python(folder / "mine", "--receipt " + receipt).intact);
  BOOST_TEST(!by_library(desk, folder / "other.zip", "", receipt).intact);
  BOOST_TEST(!by_python(folder / "other.zip", "--receipt " + receipt).intact);
}

BOOST_AUTO_TEST_CASE(a_damaged_zip_is_refused_in_a_sentence_wherever_it_is_cut_or_spoiled) {
  Desk desk;
  const TemporaryFolder folder;
  tell_story(desk);
  const std::string good = zip_of(desk, Record().set("case", "1"));
  for (std::size_t i = 1; i < 40; ++i) {
    std::string bad = good;
    const std::size_t at = good.size() * i / 40;
    const bool is_cut = i % 2 == 0;
    if (is_cut)
      bad.resize(at);
    else
      bad[at] = static_cast<char>(bad[at] ^ 0x55);
    write_file(folder / "bad.zip", bad);
    const Verdict verdict = by_library(desk, folder / "bad.zip");
    // A spoiled byte may lie where nothing depends on it, like the time of a file.
    BOOST_TEST((verdict.intact ? !is_cut : !verdict.says.empty()), "spoiled at " << at);
  }
}

BOOST_AUTO_TEST_SUITE_END()
