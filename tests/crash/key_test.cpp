// Processes that change the key are killed at any moment: the store still can sign, every
// checkpoint verifies, and no private key is left beside the one in use.
#include <boost/test/unit_test.hpp>
#include <filesystem>

#include "crash/writers.hpp"
#include "support/temporary_folder.hpp"

using namespace heard;
using support::Child;
using support::OpenStore;
using support::TemporaryFolder;

namespace fs = std::filesystem;

namespace {

/// Changes the key over and over, until it is killed.
int change_keys(const std::string &path) {
  OpenStore store(path);
  for (int i = 0;; ++i) {
    try {
      store.apply("interaction.log",
                  crash::contact_json("k-" + std::to_string(::getpid()) + "-" + std::to_string(i)));
      store.apply("key.rotate", "{}");
    } catch (const api::Error &error) {
      // Two change the key at once: the slower one finds another key than it meant to use.
      if (error.status() != HEARD_E_BUSY && error.status() != HEARD_E_CONFLICT) return 1;
    }
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(keys)

BOOST_AUTO_TEST_CASE(a_change_of_keys_killed_anywhere_leaves_a_store_that_can_sign) {
  const TemporaryFolder folder;
  const std::string path = folder / "school.heard";
  { const OpenStore created(path); }
  std::mt19937 random(1);
  for (int round = 0; round < 15; ++round) {
    Child one([&] { return change_keys(path); });
    Child other([&] { return change_keys(path); });
    crash::dither(static_cast<unsigned>(2'000'000 + random() % 40'000'000));
    one.kill_now();
    other.kill_now();
    OpenStore store(path);
    store.apply("interaction.log", crash::contact_json("r-" + std::to_string(round)));
    const api::Record made = store.apply("checkpoint.make", "{}");
    BOOST_TEST(made.row().text("note").find(std::to_string(made.row().number("size"))) !=
               std::string::npos);
    BOOST_TEST_REQUIRE(store.verify() == "");
    BOOST_TEST(!fs::exists(path + ".key.next"));
    BOOST_TEST(!fs::exists(path + ".key.old"));
  }
  OpenStore store(path);
  BOOST_TEST(store.rebuild() == "");
}

BOOST_AUTO_TEST_SUITE_END()
