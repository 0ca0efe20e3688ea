// T8: a host of a later version is told so in the first call, with both numbers.
#include "abi/fixture.hpp"

using namespace abi_test;

BOOST_AUTO_TEST_SUITE(versions)

BOOST_AUTO_TEST_CASE(header_and_library_are_of_one_version) {
  BOOST_TEST(heard_abi_version() == static_cast<std::uint32_t>(HEARD_ABI));
  BOOST_TEST(HEARD_ABI == HEARD_HEADER_ABI);
  BOOST_TEST(HEARD_ABI == (HEARD_ABI_MAJOR << 16 | HEARD_ABI_MINOR));
  const std::string expected =
      std::to_string(HEARD_ABI_MAJOR) + "." + std::to_string(HEARD_ABI_MINOR) + ".";
  BOOST_TEST(std::string(heard_version_string()).rfind(expected, 0) == 0u);
}

BOOST_AUTO_TEST_CASE(a_host_of_this_version_is_welcome) {
  Runtime runtime;
  SUCCEEDS(heard_runtime_create(0x00010000, nullptr, runtime.out(), err));
}

BOOST_AUTO_TEST_CASE(a_later_host_is_told_both_numbers) {
  Runtime runtime;
  Error error;
  BOOST_TEST(heard_runtime_create(HEARD_ABI + 1, nullptr, runtime.out(), error.out()) ==
             HEARD_E_VERSION);
  BOOST_TEST(!runtime);
  BOOST_TEST_REQUIRE(heard_error_detail(error, "wanted"));
  BOOST_TEST_REQUIRE(heard_error_detail(error, "provided"));
  BOOST_TEST(heard_error_detail(error, "wanted") == std::string("1.1"));
  BOOST_TEST(heard_error_detail(error, "provided") == std::string("1.0"));
}

BOOST_AUTO_TEST_CASE(another_major_version_is_refused) {
  Runtime runtime;
  for (const std::uint32_t wanted : {0u, 0x0000ffffu, 0x00020000u, 0xffffffffu})
    REFUSES(HEARD_E_VERSION, heard_runtime_create(wanted, nullptr, runtime.out(), err));
}

BOOST_AUTO_TEST_CASE(the_plugin_table_is_complete_and_asks_the_same_question) {
  const heard_plugin *plugin = nullptr;
  REFUSES(HEARD_E_VERSION, heard_plugin_entry(HEARD_ABI + 1, &plugin, err));
  BOOST_TEST(plugin == nullptr);
  SUCCEEDS(heard_plugin_entry(HEARD_ABI, &plugin, err));
  BOOST_TEST_REQUIRE(plugin);
  BOOST_TEST(plugin->struct_size == sizeof(heard_plugin));
  BOOST_TEST(plugin->abi == static_cast<std::uint32_t>(HEARD_ABI));
  BOOST_TEST(std::strlen(plugin->plugin_id) > 0);
  BOOST_TEST(std::strlen(plugin->display_name) > 0);
  Record manifest;
  from_json(manifest, "manifest", plugin->manifest);
  BOOST_TEST((plugin->start && plugin->handle && plugin->pump && plugin->stop));
  BOOST_TEST_REQUIRE(plugin->extension);
  BOOST_TEST(plugin->extension("nobody.knows/1") == nullptr);
}

BOOST_AUTO_TEST_CASE(the_plugin_table_opens_a_store) {
  OpenStore migrated;
  const heard_plugin *plugin = nullptr;
  heard_store *store = nullptr;
  std::int64_t next = -1;
  SUCCEEDS(heard_plugin_entry(HEARD_ABI, &plugin, err));
  SUCCEEDS(plugin->start(nullptr, migrated.options, &store, err));
  BOOST_TEST_REQUIRE(store);
  SUCCEEDS(plugin->pump(store, 10, &next, err));
  BOOST_TEST(next >= 0);
  plugin->stop(store);
}

BOOST_AUTO_TEST_SUITE_END()
