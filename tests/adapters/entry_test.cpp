// The module's entry symbol: which interface it serves, and its adapters by place.
#include <heard/heard.h>

#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>
#include <string>

BOOST_AUTO_TEST_CASE(the_module_offers_its_adapters_by_place_and_nothing_after_them) {
  const std::pair<const char *, std::size_t> wanted[] = {
      {"sif.xpress", 6}, {"calendar.ics", 8}, {"sif.xpress.calendar", 8}, {"sif.calendar", 8}};
  const heard_adapter *adapter = nullptr;
  std::int32_t place = 0;
  for (const auto &[id, settings] : wanted) {
    BOOST_TEST(heard_adapter_entry(HEARD_ABI, place++, &adapter, nullptr) == HEARD_OK);
    BOOST_REQUIRE(adapter != nullptr);
    BOOST_TEST(adapter->adapter_id == std::string(id));
    BOOST_TEST(nlohmann::json::parse(adapter->describe).at("settings").size() == settings);
  }
  BOOST_TEST(heard_adapter_entry(HEARD_ABI, place, &adapter, nullptr) == HEARD_E_NOT_FOUND);
  BOOST_TEST(adapter == nullptr);
  BOOST_TEST(heard_adapter_entry(HEARD_ABI, -1, &adapter, nullptr) == HEARD_E_NOT_FOUND);
}

BOOST_AUTO_TEST_CASE(a_newer_or_another_interface_is_refused) {
  const heard_adapter *adapter = nullptr;
  BOOST_TEST(heard_adapter_entry(HEARD_ABI + 1, 0, &adapter, nullptr) == HEARD_E_VERSION);
  BOOST_TEST(heard_adapter_entry(0x00020000, 0, &adapter, nullptr) == HEARD_E_VERSION);
  BOOST_TEST(heard_adapter_entry(0, 0, &adapter, nullptr) == HEARD_E_VERSION);
  BOOST_TEST(heard_adapter_entry(HEARD_ABI, 0, nullptr, nullptr) == HEARD_E_MISUSE);
}
