// Power cuts under a host's calls: the answer a host was given, and the mark outside the store that
// says how far it had come, are never ahead of what the disk holds.
#include <boost/test/unit_test.hpp>
#include <fstream>

#include "crash/power_loss.hpp"
#include "crash/writers.hpp"
#include "support/campaign.hpp"
#include "support/outsider.hpp"
#include "support/temporary_folder.hpp"

using namespace heard;
using support::OpenStore;
using support::Outsider;
using support::TemporaryFolder;

namespace {

/// The size in the mark's line "FORMAT LEDGER SIZE ROOT"; 0 without a mark.
std::int64_t marked(const std::string &path) {
  std::string format, ledger;
  std::int64_t size = 0;
  std::ifstream(path + ".mark") >> format >> ledger >> size;
  return size;
}

struct Scene {
  TemporaryFolder folder;
  std::string path = folder / "school.heard";
  std::string image = folder / "image.heard";
  support::ShimVfs shim;
  crash::PowerLoss power{shim, path, image, support::campaign_seed()};
  std::int64_t acknowledged = 0;
  int wrong = 0;
  std::string first;

  void judge() {
    std::string says;
    try {
      Outsider file(image, true);
      sqlite3_db_config(file.handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
      file.run("PRAGMA locking_mode = EXCLUSIVE");
      const auto entries = std::stoll(file.text("SELECT count(*) FROM event"));
      if (file.text("PRAGMA quick_check(1)") != "ok") says = "a broken file";
      if (std::stoll(file.text("SELECT size FROM head")) != entries) says = "another head";
      if (entries < acknowledged) says = "an acknowledged entry is missing";
      if (entries < marked(path)) says = "the mark is ahead of the disk";
    } catch (const std::exception &failure) {
      says = failure.what();
    }
    wrong += !says.empty();
    if (first.empty()) first = says;
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(interface_power)

BOOST_AUTO_TEST_CASE(answers_and_the_mark_are_never_ahead_of_the_disk) {
  Scene scene;
  OpenStore open(scene.path), other(scene.path);
  scene.power.judge = [&] { scene.judge(); };
  for (int i = 0; i < support::trials(4); ++i) {
    OpenStore &host = i % 2 == 0 ? open : other;
    const std::string reference = "p-" + std::to_string(i);
    scene.acknowledged =
        host.apply("interaction.log", crash::contact_json(reference)).row().number("size");
    for ([[maybe_unused]] const api::Row row : other.rows("waiting")) continue;
  }
  scene.power.cut_power();
  BOOST_TEST(marked(scene.path) == scene.acknowledged);
  support::report("power cut under a host's calls", scene.power.images(), scene.wrong);
  BOOST_TEST(scene.power.images() > 200);
  BOOST_TEST(scene.wrong == 0, scene.first);
}

BOOST_AUTO_TEST_CASE(an_answer_ahead_of_the_disk_is_found_out) {
  Scene scene;
  OpenStore open(scene.path);
  scene.power.lies = true;
  scene.power.judge = [&] { scene.judge(); };
  for (int i = 0; i < 2; ++i) {
    const std::string reference = "c-" + std::to_string(i);
    scene.acknowledged =
        open.apply("interaction.log", crash::contact_json(reference)).row().number("size");
  }
  support::report("control: a disk that lies to a host", scene.power.images(), scene.wrong);
  BOOST_TEST(scene.wrong > scene.power.images() / 10);
}

BOOST_AUTO_TEST_SUITE_END()
