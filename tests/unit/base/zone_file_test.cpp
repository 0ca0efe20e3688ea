// Zone files written here byte by byte, so that the answers do not depend on the machine's zone
// data.
#include "base/zone_file.hpp"

#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "base/failure.hpp"
#include "unit/calendar/samples.hpp"

using namespace heard;
using samples::at;

namespace {

/// Numbers of a v1 or v2 block, most significant byte first.
std::string big_endian(std::int64_t value, int width) {
  std::string bytes;
  for (int shift = 8 * (width - 1); shift >= 0; shift -= 8)
    bytes += static_cast<char>(value >> shift & 0xff);
  return bytes;
}

/// One block of a zone file: `offsets[0]` before the first change, then one for each change.
std::string block(char version, const std::vector<Seconds> &times,
                  const std::vector<std::int32_t> &offsets, int width) {
  std::string bytes = "TZif";
  bytes += version;
  bytes.append(15, '\0');
  for (const std::size_t count : {std::size_t{0}, std::size_t{0}, std::size_t{0}, times.size(),
                                  offsets.size(), std::size_t{4}})
    bytes += big_endian(static_cast<std::int64_t>(count), 4);
  for (const Seconds time : times) bytes += big_endian(time, width);
  for (std::size_t i = 0; i < times.size(); ++i) bytes += static_cast<char>(i + 1);
  for (const std::int32_t offset : offsets) bytes += big_endian(offset, 4) + std::string(2, '\0');
  return bytes + std::string("ABC\0", 4);
}

std::string slim_file(const std::vector<Seconds> &times, const std::vector<std::int32_t> &offsets,
                      const std::string &footer) {
  return block('2', {}, {0}, 4) + block('2', times, offsets, 8) + "\n" + footer + "\n";
}

/// A folder of zone files, removed again.
class ZoneFolder {
 public:
  ZoneFolder()
      : path_(std::filesystem::temp_directory_path() /
              ("heard-zones-" + std::to_string(getpid()))) {
    std::filesystem::create_directories(path_);
  }
  ~ZoneFolder() { std::filesystem::remove_all(path_); }
  ZoneFolder(const ZoneFolder &) = delete;
  ZoneFolder &operator=(const ZoneFolder &) = delete;

  std::string path() const { return path_.string(); }
  void write(const std::string &name, const std::string &bytes) const {
    std::ofstream(path_ / name, std::ios::binary) << bytes;
  }
  std::vector<std::string> read(const std::string &name, std::string_view from,
                                std::string_view to) const {
    std::vector<std::string> lines;
    for (const ZoneOffset &offset : zone_offsets(path(), name, at(from), at(to)))
      lines.push_back(format_utc(offset.from) + " " + std::to_string(offset.seconds));
    return lines;
  }

 private:
  std::filesystem::path path_;
};

void check_lines(const std::vector<std::string> &found, const std::vector<std::string> &wanted) {
  BOOST_CHECK_EQUAL_COLLECTIONS(found.begin(), found.end(), wanted.begin(), wanted.end());
}

/// What a footer rules from the start of 2026 to the start of 2027, in a file without any change.
void check_2026(const std::string &footer, const std::vector<std::string> &wanted) {
  const ZoneFolder folder;
  folder.write("Some", slim_file({}, {0}, footer));
  BOOST_TEST_CONTEXT(footer)
  check_lines(folder.read("Some", "2026-01-01T00:00Z", "2027-01-01T00:00Z"), wanted);
}

Status status_of(const std::string &folder, const std::string &name) {
  try {
    zone_offsets(folder, name, 0, 86400);
  } catch (const Failure &failure) {
    return failure.status();
  }
  return Status::internal;
}

}  // namespace

BOOST_TEST_DONT_PRINT_LOG_VALUE(heard::Status)
BOOST_TEST_DONT_PRINT_LOG_VALUE(heard::ZoneOffset)

BOOST_AUTO_TEST_SUITE(zone_files)

BOOST_AUTO_TEST_CASE(listed_changes_hold_from_their_instant) {
  const ZoneFolder folder;
  folder.write("Some", slim_file({100, 200, 300}, {-60, 3600, 3600, 0}, ""));
  check_lines(folder.read("Some", "1970-01-01T00:00Z", "1970-01-01T01:00Z"),
              {"1970-01-01T00:00:00Z -60", "1970-01-01T00:01:40Z 3600", "1970-01-01T00:05:00Z 0"});
  check_lines(folder.read("Some", "1970-01-01T00:01:40Z", "1970-01-01T00:05:00Z"),
              {"1970-01-01T00:01:40Z 3600"});
  check_lines(folder.read("Some", "2030-01-01T00:00Z", "2031-01-01T00:00Z"),
              {"2030-01-01T00:00:00Z 0"});
}

BOOST_AUTO_TEST_CASE(files_of_the_first_version_have_short_times_and_no_footer) {
  const ZoneFolder folder;
  folder.write("Old", block('\0', {-100, 100}, {0, 60, 120}, 4));
  check_lines(folder.read("Old", "1970-01-01T00:00Z", "1971-01-01T00:00Z"),
              {"1970-01-01T00:00:00Z 60", "1970-01-01T00:01:40Z 120"});
}

BOOST_AUTO_TEST_CASE(footer_rules_after_the_last_listed_change_only) {
  const ZoneFolder folder;
  folder.write("Slim", slim_file({at("2024-06-01T00:00Z"), at("2024-07-01T00:00Z")},
                                 {0, 1800, 7200}, "CET-1CEST,M3.5.0,M10.5.0/3"));
  check_lines(
      folder.read("Slim", "2024-01-01T00:00Z", "2026-01-01T00:00Z"),
      {"2024-01-01T00:00:00Z 0", "2024-06-01T00:00:00Z 1800", "2024-07-01T00:00:00Z 7200",
       "2024-10-27T01:00:00Z 3600", "2025-03-30T01:00:00Z 7200", "2025-10-26T01:00:00Z 3600"});
  check_lines(
      folder.read("Slim", "2037-08-01T00:00Z", "2038-04-01T00:00Z"),
      {"2037-08-01T00:00:00Z 7200", "2037-10-25T01:00:00Z 3600", "2038-03-28T01:00:00Z 7200"});
}

BOOST_AUTO_TEST_CASE(every_form_of_footer_is_understood) {
  check_2026(
      "CET-1CEST,M3.5.0,M10.5.0/3",
      {"2026-01-01T00:00:00Z 3600", "2026-03-29T01:00:00Z 7200", "2026-10-25T01:00:00Z 3600"});
  check_2026("EST5EDT,M3.2.0,M11.1.0",
             {"2026-01-01T00:00:00Z -18000", "2026-03-08T07:00:00Z -14400",
              "2026-11-01T06:00:00Z -18000"});
  // south of the equator, half an hour
  check_2026(
      "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0",
      {"2026-01-01T00:00:00Z 39600", "2026-04-04T15:00:00Z 37800", "2026-10-03T15:30:00Z 39600"});
  // a change on the evening before, written as a negative time
  check_2026(
      "<-02>2<-01>,M3.5.0/-1,M10.5.0/0",
      {"2026-01-01T00:00:00Z -7200", "2026-03-29T01:00:00Z -3600", "2026-10-25T01:00:00Z -7200"});
  // a winter time that is earlier than the standard time
  check_2026("IST-1GMT0,M10.5.0,M3.5.0/1",
             {"2026-01-01T00:00:00Z 0", "2026-03-29T01:00:00Z 3600", "2026-10-25T01:00:00Z 0"});
  // a time of more than a day: 50 hours after the start of the fourth Thursday in March
  check_2026(
      "EET-2EEST,M3.4.4/50,M10.4.4/50",
      {"2026-01-01T00:00:00Z 7200", "2026-03-28T00:00:00Z 10800", "2026-10-23T23:00:00Z 7200"});
  // day 60 is 1 March in every year when written with J, counted from 0 without
  check_2026("AAA0BBB,J60/0,59/12",
             {"2026-01-01T00:00:00Z 0", "2026-03-01T00:00:00Z 3600", "2026-03-01T11:00:00Z 0"});
  check_2026("MSK-3", {"2026-01-01T00:00:00Z 10800"});
  check_2026("<+0545>-5:45", {"2026-01-01T00:00:00Z 20700"});
  // summer time all the year round
  check_2026("EST5EDT,0/0,J365/25", {"2026-01-01T00:00:00Z -14400"});
}

BOOST_AUTO_TEST_CASE(leap_day_counts_only_without_the_letter_j) {
  const ZoneFolder folder;
  folder.write("Some", slim_file({}, {0}, "AAA0BBB,J60/0,60/12"));
  check_lines(folder.read("Some", "2028-01-01T00:00Z", "2029-01-01T00:00Z"),
              {"2028-01-01T00:00:00Z 0", "2028-03-01T00:00:00Z 3600", "2028-03-01T11:00:00Z 0"});
  folder.write("Some", slim_file({}, {0}, "AAA0BBB,J59/0,J60/0"));
  check_lines(folder.read("Some", "2028-01-01T00:00Z", "2029-01-01T00:00Z"),
              {"2028-01-01T00:00:00Z 0", "2028-02-28T00:00:00Z 3600", "2028-02-29T23:00:00Z 0"});
}

BOOST_AUTO_TEST_CASE(names_that_are_no_zones_are_refused_before_a_file_is_opened) {
  const ZoneFolder folder;
  folder.write("text", "no zone at all");
  for (const char *name : {"", "/etc/passwd", "../Some", "Europe/../Some", "Some/", "zone.tab",
                           "Some Where", "Europe/Nowhere", "text"})
    BOOST_TEST_CONTEXT("'" << name << "'")
  BOOST_TEST(status_of(folder.path(), name) == Status::argument);
}

BOOST_AUTO_TEST_CASE(every_cut_off_file_is_called_damaged) {
  const ZoneFolder folder;
  const std::string whole = slim_file({100, 200}, {0, 3600, 0}, "CET-1CEST,M3.5.0,M10.5.0/3");
  for (std::size_t length = 4; length < whole.size(); ++length) {
    folder.write("Cut", whole.substr(0, length));
    BOOST_TEST_CONTEXT(length << " bytes")
    BOOST_TEST(status_of(folder.path(), "Cut") == Status::corrupt);
  }
}

BOOST_AUTO_TEST_CASE(nonsense_inside_is_called_damaged) {
  const ZoneFolder folder;
  const auto check_corrupt = [&](const std::string &bytes) {
    folder.write("Bad", bytes);
    BOOST_TEST(status_of(folder.path(), "Bad") == Status::corrupt);
  };
  check_corrupt(slim_file({200, 100}, {0, 1, 2}, ""));
  check_corrupt(block('2', {}, {0}, 4) + block('2', {100}, {0}, 8) + "\n\n");  // no such type
  for (const char *footer :
       {"C", "CET", "CET-1CEST", "CET-1CEST,M3.5.0", "CET-1CEST,M13.5.0,M10.5.0",
        "CET-1CEST,M3.6.0,M10.5.0", "CET-1CEST,M3.5.7,M10.5.0", "CET-1CEST,J0,J5",
        "CET-1CEST,M3.5.0,M10.5.0/3x", "CET-200", "<CET-1", "CET-1CEST,M3.5.0/,M10.5.0"})
    BOOST_TEST_CONTEXT(footer) check_corrupt(slim_file({}, {0}, footer));
}

BOOST_AUTO_TEST_CASE(zone_that_counts_leap_seconds_is_refused) {
  const ZoneFolder folder;
  std::string bytes = block('\0', {}, {0}, 4);
  bytes[4 + 1 + 15 + 8 + 3] = 1;  // the count of leap seconds
  folder.write("Right", bytes + std::string(8, '\0'));
  BOOST_TEST(status_of(folder.path(), "Right") == Status::argument);
}

BOOST_AUTO_TEST_CASE(zone_data_of_the_machine_agrees_with_the_european_rule) {
  const std::string system = "/usr/share/zoneinfo";
  if (!std::filesystem::exists(system + "/Europe/Berlin")) {
    BOOST_TEST_MESSAGE("left out: no zone data on this machine");
    return;
  }
  const auto found =
      zone_offsets(system, "Europe/Berlin", at("2000-01-01T00:00Z"), at("2038-01-01T00:00Z"));
  const auto wanted = samples::european_offsets(3600);
  BOOST_REQUIRE(found.size() == wanted.size());
  for (std::size_t i = 1; i < found.size(); ++i) {
    BOOST_TEST(found[i].from == wanted[i].from);
    BOOST_TEST(found[i].seconds == wanted[i].seconds);
  }
}

BOOST_AUTO_TEST_CASE(slim_and_fat_files_of_one_source_say_the_same) {
  const ZoneFolder folder;
  folder.write("source",
               "Rule X 1980 2010 - Apr Sun>=1 2:00 1:00 D\n"
               "Rule X 1980 2010 - Oct lastSun 2:00 0 S\n"
               "Rule X 2011 max - Mar lastThu 24:00 1:00 D\n"
               "Rule X 2011 max - Oct lastSun 1:00u 0 S\n"
               "Zone Some -3:30 - LMT 1975\n -3:00 X A%sT\n");
  const auto compiled = [&](const std::string &style) {
    const std::string command = "PATH=$PATH:/usr/sbin:/sbin zic -b " + style + " -d '" +
                                folder.path() + "/" + style + "' '" + folder.path() +
                                "/source' 2>&1";
    return std::system((command + " >/dev/null").c_str()) == 0;
  };
  if (!compiled("slim") || !compiled("fat")) {
    BOOST_TEST_MESSAGE("left out: no zone compiler on this machine");
    return;
  }
  const Seconds from = at("1970-01-01T00:00Z"), to = at("2060-01-01T00:00Z");
  const auto slim = zone_offsets(folder.path() + "/slim", "Some", from, to);
  BOOST_TEST((slim == zone_offsets(folder.path() + "/fat", "Some", from, to)));
  BOOST_TEST(slim.size() == 2u + 2 * 80);
  BOOST_TEST(std::filesystem::file_size(folder.path() + "/slim/Some") <
             std::filesystem::file_size(folder.path() + "/fat/Some"));
}

BOOST_AUTO_TEST_SUITE_END()
