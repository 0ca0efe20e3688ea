// The adapter's side of the interface, driven through a real module (probe_adapter.cpp).
#include "abi/fixture.hpp"

using namespace abi_test;

namespace {

/// A store that loads the probe and has a feed "district" for it.
struct ProbeStore : OpenStore {
  explicit ProbeStore(const heard_host *host = nullptr) : OpenStore(host) {
    SUCCEEDS(heard_options_set(options, "adapters.path", HEARD_PROBE_MODULE, err));
    SUCCEEDS(heard_store_open(runtime, options, store.out(), err));
    save("feed.district.adapter", "test.probe");
    save("feed.district.url", "https://sis.example/");
  }

  void save(const char *name, const char *value) {
    Record setting;
    from_json(setting, "setting", "{}");
    set(setting, "name", name);
    set(setting, "value", value);
    SUCCEEDS(heard_apply(store, actor, "settings.save", setting, nullptr, err));
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(feeds)

BOOST_AUTO_TEST_CASE(an_adapter_hands_over_and_is_refused_what_is_not_allowed) {
  ProbeStore open;
  Record result;
  SUCCEEDS(heard_feed_run(open.store, open.actor, "district", result.out(), err));
  BOOST_TEST(heard_record_int(result, "pages", -1) == 1);
  BOOST_TEST(heard_record_int(result, "written", -1) == 1);
  BOOST_TEST(heard_record_int(result, "rejected", -1) == 1);
  BOOST_TEST(heard_record_int(result, "vanished", -1) == 0);
  BOOST_TEST(heard_record_count(result, "rejects") == 1);
}

BOOST_AUTO_TEST_CASE(a_second_run_finds_its_marker_and_what_it_stored) {
  ProbeStore open;
  Record result;
  SUCCEEDS(heard_feed_run(open.store, open.actor, "district", result.out(), err));
  SUCCEEDS(heard_feed_run(open.store, open.actor, "district", result.out(), err));
  BOOST_TEST(heard_record_int(result, "written", -1) == 0);
  BOOST_TEST(heard_record_int(result, "unchanged", -1) == 1);
}

BOOST_AUTO_TEST_CASE(an_adapters_own_error_reaches_the_host_with_its_detail) {
  ProbeStore open;
  Error error;
  open.save("feed.district.url", "https://down.example/");
  BOOST_TEST(heard_feed_run(open.store, open.actor, "district", nullptr, error.out()) ==
             HEARD_E_IO);
  BOOST_TEST(std::strstr(heard_error_message(error), "the server is down") != nullptr);
  BOOST_TEST_REQUIRE(heard_error_detail(error, "http"));
  BOOST_TEST(heard_error_detail(error, "http") == std::string("503"));
}

BOOST_AUTO_TEST_CASE(a_secret_comes_from_the_host_under_its_full_name) {
  std::string asked_for;
  heard_host host{};
  host.struct_size = sizeof host;
  host.abi = HEARD_ABI;
  host.host_data = &asked_for;
  host.secret = [](void *asked, const char *name, heard_sink *out) {
    *static_cast<std::string *>(asked) = name;
    return heard_sink_put(out, "hush", 4);
  };
  ProbeStore open(&host);
  open.save("feed.district.url", "https://secret.example/");
  SUCCEEDS(heard_feed_run(open.store, open.actor, "district", nullptr, err));
  BOOST_TEST(asked_for == "feed.district.password");
}

BOOST_AUTO_TEST_CASE(feeds_and_adapters_nobody_knows_are_refused) {
  ProbeStore open;
  REFUSES(HEARD_E_NOT_FOUND, heard_feed_run(open.store, open.actor, "other", nullptr, err));
  open.save("feed.other.adapter", "no.such");
  BOOST_TEST(heard_feed_run(open.store, open.actor, "other", nullptr, nullptr) < 0);
}

BOOST_AUTO_TEST_SUITE_END()
