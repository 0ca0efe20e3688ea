// Where a store may lie: what the kernel's mount table says about a path.
#include "store/place.hpp"

#include <boost/test/unit_test.hpp>

using heard::store::network_file_system;

namespace {

constexpr std::string_view kMounts =
    "22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw\n"
    "40 22 0:35 / /srv/share rw shared:9 master:1 - nfs4 files:/share rw\n"
    "41 40 8:2 / /srv/share/local rw - xfs /dev/sdb1 rw\n"
    "42 22 0:36 / /opt/two\\040words rw - cifs //files/two rw\n"
    "43 22 0:37 / /data rw - 9p host rw\n"
    "44 43 8:3 / /data rw - btrfs /dev/sdc1 rw\n"
    "45 22 0:38 / /media/far rw - fuse.sshfs me@far: rw\n"
    "a line that is none\n";

}  // namespace

BOOST_AUTO_TEST_SUITE(place)

BOOST_AUTO_TEST_CASE(the_mount_nearest_to_the_path_decides) {
  BOOST_TEST(network_file_system(kMounts, "/var/lib/heard") == "");
  BOOST_TEST(network_file_system(kMounts, "/srv/share") == "nfs4");
  BOOST_TEST(network_file_system(kMounts, "/srv/share/school") == "nfs4");
  BOOST_TEST(network_file_system(kMounts, "/srv/shared") == "");
  BOOST_TEST(network_file_system(kMounts, "/srv/share/local/school") == "");
  BOOST_TEST(network_file_system(kMounts, "/opt/two words/school") == "cifs");
  BOOST_TEST(network_file_system(kMounts, "/media/far/school") == "fuse.sshfs");
}

BOOST_AUTO_TEST_CASE(a_mount_on_top_of_another_hides_it) {
  BOOST_TEST(network_file_system(kMounts, "/data/school") == "");
}

BOOST_AUTO_TEST_SUITE_END()
