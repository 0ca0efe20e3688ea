// The module's entry symbol: which interface it serves, and its adapters by place.
#include <heard/heard.h>

#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>
#include <string>

BOOST_AUTO_TEST_CASE(the_module_offers_sif_xpress_and_nothing_after_it) {
  const heard_adapter *adapter = nullptr;
  BOOST_TEST(heard_adapter_entry(HEARD_ABI, 0, &adapter, nullptr) == HEARD_OK);
  BOOST_REQUIRE(adapter != nullptr);
  BOOST_TEST(adapter->adapter_id == std::string("sif.xpress"));
  const auto describe = nlohmann::json::parse(adapter->describe);
  BOOST_TEST(describe.at("settings").size() == 6U);
  BOOST_TEST(heard_adapter_entry(HEARD_ABI, 1, &adapter, nullptr) == HEARD_E_NOT_FOUND);
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
