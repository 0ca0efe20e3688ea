// Flipped bits, pages of zeros, files cut short, rubbish where the log or its index was: opening
// and verifying end with an error or a finding, never with a crash and never with "intact".
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <random>

#include "crash/writers.hpp"
#include "support/campaign.hpp"
#include "support/outsider.hpp"
#include "support/temporary_folder.hpp"

using namespace heard;
using support::OpenStore;
using support::Outsider;
using support::TemporaryFolder;

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kPage = 4096;

std::string read_file(const std::string &path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write_file(const std::string &path, const std::string &bytes) {
  fs::remove(path);
  std::ofstream(path, std::ios::binary) << bytes;
}

/// A sound store in one file, and one whose last entries stand in a log beside it.
struct Sound {
  std::string file;
  std::string with_log;
  std::string log;
  std::string expected;  ///< the root and all rows of the ledger, as text
};

std::string rows_of(OpenStore &open) {
  std::string all;
  for (const api::Row row : open.rows("ledger")) all += row.json() + "\n";
  return all;
}

Sound make_sound() {
  const TemporaryFolder folder;
  const std::string path = folder / "origin.heard";
  Sound sound;
  {
    OpenStore open(path);
    for (int i = 0; i < 40; ++i)
      open.apply("interaction.log", crash::contact_json(std::to_string(i)));
    open.apply("interaction.log", R"({"channel": "email", "text": ")" + std::string(9000, 'x') +
                                      "\"}");  // pages that only the body's own page points at
    sound.expected = rows_of(open);
    Outsider(path).run("VACUUM INTO '" + (folder / "one.heard") + "'");
  }
  sound.file = read_file(folder / "one.heard");
  sound.with_log = read_file(path);
  sound.log = read_file(path + "-wal");
  return sound;
}

const Sound &sound() {
  static const Sound kSound = make_sound();
  return kSound;
}

enum class Verdict { refused, found, intact };

/// What the library says about the file, and whether "intact" is the truth: all is still there.
struct Judged {
  Verdict verdict = Verdict::refused;
  bool is_true = true;
  std::string says;
};

/// Damaged read tables may say anything about the school (rebuild finds them); not that we are
/// broken.
bool is_defect(const api::Error &error) {
  return error.status() == HEARD_E_INTERNAL || error.status() == HEARD_E_MISUSE ||
         error.status() == HEARD_E_UNKNOWN_NAME;
}

/// Reading, comparing and writing must not fall over what verify does not look at.
void use(OpenStore &open) {
  for (const char *view : {"cases", "people", "measures"}) try {
      for ([[maybe_unused]] const api::Row row : open.rows(view)) continue;
    } catch (const api::Error &error) {
      if (is_defect(error)) throw;
    }
  for (int i = 0; i < 2; ++i) try {
      if (i == 0) open.rebuild();
      if (i == 1) open.apply("interaction.log", crash::contact_json("next"));
    } catch (const api::Error &error) {
      if (is_defect(error)) throw;
    }
}

Judged judge(const std::string &path) {
  Judged judged;
  try {
    OpenStore open(path);
    judged.says = open.verify();
    judged.verdict = judged.says.empty() ? Verdict::intact : Verdict::found;
    if (judged.says.empty()) judged.is_true = rows_of(open).starts_with(sound().expected);
    use(open);
  } catch (const api::Error &error) {
    judged.says = error.what();
    judged.is_true = !is_defect(error);
  }
  return judged;
}

/// A folder with one damaged store after the other, and what became of them.
struct Campaign {
  TemporaryFolder folder;
  std::string path = folder / "school.heard";
  int trials = 0;
  int wrong = 0;
  int counts[3] = {};

  /// `log` and `index`: what stands beside the file; "" for nothing.
  Judged look(const std::string &what, const std::string &file, const std::string &log = "",
              const std::string &index = "") {
    for (const char *ending : {"-wal", "-shm", ".lock", ".mark"}) fs::remove(path + ending);
    write_file(path, file);
    if (!log.empty()) write_file(path + "-wal", log);
    if (!index.empty()) write_file(path + "-shm", index);
    const Judged judged = judge(path);
    ++trials;
    ++counts[static_cast<int>(judged.verdict)];
    wrong += !judged.is_true;
    BOOST_TEST(judged.is_true,
               what << " came out as " << (judged.says.empty() ? "intact" : judged.says));
    return judged;
  }

  void report(const std::string &what) const {
    BOOST_TEST_MESSAGE(what << ": " << counts[0] << " refused, " << counts[1] << " found, "
                            << counts[2] << " intact and rightly so");
    support::report(what, trials, wrong);
  }
};

std::string rubbish(std::mt19937 &random, std::size_t size) {
  std::string bytes(size, '\0');
  for (char &byte : bytes) byte = static_cast<char>(random());
  return bytes;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(pages)

BOOST_AUTO_TEST_CASE(a_sound_store_is_intact_with_and_without_its_log) {
  Campaign campaign;
  BOOST_TEST((campaign.look("the sound file", sound().file).verdict == Verdict::intact));
  BOOST_TEST(
      (campaign.look("file and log", sound().with_log, sound().log).verdict == Verdict::intact));
}

BOOST_AUTO_TEST_CASE(flipped_bits) {
  Campaign campaign;
  std::mt19937 random(support::campaign_seed());
  for (int i = 0; i < support::trials(150); ++i) {
    std::string file = sound().file;
    std::string what = "flipped:";
    for (auto flips = 1 + random() % 3; flips > 0; --flips) {
      const std::size_t place = random() % file.size();
      file[place] = static_cast<char>(file[place] ^ (1 << random() % 8));
      what += " " + std::to_string(place);
    }
    campaign.look(what, file);
  }
  campaign.report("flipped bits");
  BOOST_TEST(campaign.counts[0] + campaign.counts[1] > campaign.trials / 5);
}

BOOST_AUTO_TEST_CASE(pages_of_zeros_and_pages_of_rubbish) {
  Campaign campaign;
  std::mt19937 random(support::campaign_seed());
  for (std::size_t page = 0; page < sound().file.size() / kPage; ++page) {
    std::string file = sound().file;
    file.replace(page * kPage, kPage, std::string(kPage, '\0'));
    campaign.look("page " + std::to_string(page) + " zeroed", file);
    file.replace(page * kPage, kPage, rubbish(random, kPage));
    campaign.look("page " + std::to_string(page) + " overwritten", file);
  }
  campaign.report("pages zeroed or overwritten");
  BOOST_TEST(campaign.counts[0] + campaign.counts[1] > 0);
}

BOOST_AUTO_TEST_CASE(files_cut_at_each_page_and_within) {
  Campaign campaign;
  std::mt19937 random(support::campaign_seed());
  for (std::size_t page = 1; page < sound().file.size() / kPage; ++page) {
    campaign.look("cut after " + std::to_string(page), sound().file.substr(0, page * kPage));
    const std::size_t within = page * kPage + 1 + random() % (kPage - 1);
    campaign.look("cut at byte " + std::to_string(within), sound().file.substr(0, within));
  }
  campaign.report("files cut short");
  BOOST_TEST(campaign.counts[0] + campaign.counts[1] > campaign.trials * 3 / 4);
}

BOOST_AUTO_TEST_CASE(two_pages_exchanged) {
  Campaign campaign;
  std::mt19937 random(support::campaign_seed());
  const std::size_t pages = sound().file.size() / kPage;
  for (int i = 0; i < support::trials(40); ++i) {
    const std::size_t one = random() % pages, other = random() % pages;
    std::string file = sound().file;
    file.replace(one * kPage, kPage, sound().file, other * kPage, kPage);
    file.replace(other * kPage, kPage, sound().file, one * kPage, kPage);
    campaign.look("exchanged " + std::to_string(one) + " and " + std::to_string(other), file);
  }
  campaign.report("pages exchanged");
}

BOOST_AUTO_TEST_CASE(rubbish_beside_the_file) {
  Campaign campaign;
  std::mt19937 random(support::campaign_seed());
  const std::string file = sound().file;
  for (int i = 0; i < support::trials(20); ++i) {
    const std::string bytes = rubbish(random, random() % 70'000);
    // A log whose first bytes are none counts as empty; an index nobody holds is made anew.
    BOOST_TEST((campaign.look("a log of rubbish", file, bytes).verdict == Verdict::intact));
    BOOST_TEST((campaign.look("an index of rubbish", file, "", bytes).verdict == Verdict::intact));
    campaign.look("an index of rubbish beside a log", sound().with_log, sound().log, bytes);
  }
  campaign.report("rubbish beside the file");
}

BOOST_AUTO_TEST_SUITE_END()
