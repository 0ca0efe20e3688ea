// The zip we write is one that another program reads, and one that we read back.
#include "bundle/zip_writer.hpp"

#include "bundle/source.hpp"
#include "bundle_desk.hpp"

using namespace heard;
using namespace heard::bundle_test;

BOOST_AUTO_TEST_SUITE(zip)

BOOST_AUTO_TEST_CASE(files_come_back_as_they_went_in_by_us_and_by_python) {
  const support::TemporaryFolder folder;
  const std::map<std::string, std::string> files{{"a.txt", "Hello"},
                                                 {"data/empty", ""},
                                                 {"data/long", std::string(3000000, 'x') + "y"},
                                                 {"data/\xC3\xA9t\xC3\xA9.txt", "summer"}};
  std::string bytes;
  bundle::ZipWriter writer([&](std::string_view piece) { bytes += piece; }, "top", 1764200000);
  for (const auto &[path, content] : files) {
    writer.begin(path);
    writer.write(content);
    writer.end();
  }
  writer.finish();
  write_file(folder / "a.zip", bytes);
  const auto source = bundle::Source::of(folder / "a.zip");
  BOOST_TEST(source->paths().size() == files.size());
  for (const auto &[path, content] : files) BOOST_TEST((source->text(path) == content), path);
  const std::string test = "python3 -m zipfile -t " + (folder / "a.zip") + " > /dev/null";
  BOOST_TEST(std::system(test.c_str()) == 0);
}

BOOST_AUTO_TEST_CASE(a_zip_that_others_made_is_read_as_well) {
  const support::TemporaryFolder folder;
  std::filesystem::create_directory(folder / "top");
  write_file(folder / "top/a.txt", "Hello");
  const std::string make = "cd " + (folder / "") + " && python3 -m zipfile -c a.zip top";
  BOOST_TEST_REQUIRE(std::system(make.c_str()) == 0);
  BOOST_TEST(bundle::Source::of(folder / "a.zip")->text("a.txt") == "Hello");
}

BOOST_AUTO_TEST_SUITE_END()
