// The key file: who may read it, and a change of keys that is stopped between any two steps.
#include <sys/stat.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>

#include "base/failure.hpp"
#include "store/key_file.hpp"
#include "support/temporary_folder.hpp"

using namespace heard;
using namespace heard::store;
using support::TemporaryFolder;

namespace fs = std::filesystem;

namespace {

Status refusal(const KeyFile &file) {
  try {
    file.read();
  } catch (const Failure &failure) {
    BOOST_TEST(failure.message().find(file.path()) != std::string::npos);
    return failure.status();
  }
  return Status::internal;
}

std::string bytes_of(const std::string &path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(key_file)

BOOST_AUTO_TEST_CASE(a_new_key_is_private_and_stays) {
  const TemporaryFolder folder;
  const KeyFile file(folder / "school.key");
  BOOST_TEST((refusal(file) == Status::not_found));
  file.make();
  struct stat info {};
  BOOST_TEST_REQUIRE(::stat(file.path().c_str(), &info) == 0);
  BOOST_TEST((info.st_mode & 0777) == 0600u);
  const PublicKey key = file.public_key();
  file.make();
  BOOST_TEST((file.public_key() == key));
  BOOST_TEST(!file.is_changing());
}

BOOST_AUTO_TEST_CASE(a_key_from_openssl_is_read) {
  // The private key of RFC 8410, 10.3, as "openssl genpkey" writes one.
  const TemporaryFolder folder;
  const KeyFile file(folder / "school.key");
  std::ofstream(file.path()) << "-----BEGIN PRIVATE KEY-----\n"
                                "MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n"
                                "-----END PRIVATE KEY-----\n";
  fs::permissions(file.path(), fs::perms::owner_read | fs::perms::owner_write);
  const PublicKey key = file.public_key();
  BOOST_TEST(key[0] == 0x19);
  BOOST_TEST(key[31] == 0xe1);
}

BOOST_AUTO_TEST_CASE(a_file_that_others_can_read_or_that_is_no_key_is_refused) {
  const TemporaryFolder folder;
  const KeyFile file(folder / "school.key");
  file.make();
  for (const mode_t mode : {0640, 0604, 0660, 0644}) {
    ::chmod(file.path().c_str(), mode);
    BOOST_TEST((refusal(file) == Status::denied));
  }
  ::chmod(file.path().c_str(), 0600);
  const std::string good = bytes_of(file.path());
  for (const std::string &bad :
       {std::string(), std::string("key"), good.substr(1), good.substr(0, good.size() - 1),
        good + "\n", std::string(5000, 'A')}) {
    std::ofstream(file.path(), std::ios::binary) << bad;
    BOOST_TEST((refusal(file) == Status::corrupt), bad);
  }
  fs::remove(file.path());
  fs::create_symlink("/dev/null", file.path());
  BOOST_TEST((refusal(file) == Status::denied));
}

BOOST_AUTO_TEST_CASE(the_next_key_takes_over_and_the_old_one_is_gone) {
  const TemporaryFolder folder;
  const KeyFile file(folder / "school.key");
  file.make();
  const PublicKey old = file.public_key();
  const PublicKey next = file.make_next();
  BOOST_TEST(file.is_changing());
  BOOST_TEST((file.public_key() == old));
  BOOST_TEST((public_key_of(file.next().value()) == next));
  file.adopt_next();
  BOOST_TEST((file.public_key() == next));
  BOOST_TEST(!file.is_changing());
  BOOST_TEST(folder.files() == 1u);
}

BOOST_AUTO_TEST_CASE(what_a_stopped_change_left_behind_is_ended) {
  const TemporaryFolder folder;
  const KeyFile file(folder / "school.key");
  file.make();
  // Stopped while the next key was written.
  std::ofstream(file.path() + ".next") << "-----BEGIN";
  ::chmod((file.path() + ".next").c_str(), 0600);
  BOOST_TEST(!file.next().has_value());
  file.discard_next();
  BOOST_TEST(!file.is_changing());
  // Stopped between the second name of the old key and the new key's move.
  const PublicKey next = file.make_next();
  fs::create_hard_link(file.path(), file.path() + ".old");
  file.adopt_next();
  BOOST_TEST((file.public_key() == next));
  BOOST_TEST(folder.files() == 1u);
  // Stopped before the old key was overwritten.
  fs::copy(file.path(), file.path() + ".old");
  BOOST_TEST(file.is_changing());
  file.destroy_old();
  BOOST_TEST((file.public_key() == next));
  BOOST_TEST(folder.files() == 1u);
}

BOOST_AUTO_TEST_CASE(an_old_key_is_overwritten_before_its_name_goes) {
  const TemporaryFolder folder;
  const KeyFile file(folder / "school.key");
  file.make();
  fs::create_hard_link(file.path(), folder / "watch");  // the same bytes under another name
  file.make_next();
  file.adopt_next();
  const std::string left = bytes_of(folder / "watch");
  BOOST_TEST(left.size() > 100u);
  BOOST_TEST(left.find_first_not_of('\0') == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
