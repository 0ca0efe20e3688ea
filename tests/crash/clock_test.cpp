// A host whose clock jumps: the order of the ledger is that of its entries, what the clock said
// stays written as it was said, and nothing is wrong with it.
#include <boost/test/unit_test.hpp>

#include "crash/writers.hpp"
#include "support/campaign.hpp"
#include "support/temporary_folder.hpp"

using namespace heard;
using support::HostClock;
using support::OpenStore;
using support::TemporaryFolder;

namespace {

const char *const kSteps[] = {
    "2026-11-23T15:00Z",     // a school day
    "2026-11-23T14:00Z",     // an hour back
    "2026-11-23T15:00:01Z",  // right again
    "2036-11-24T15:00Z",     // ten years on
    "2026-11-23T16:00Z",     // and home
    "2026-03-08T07:59:59Z",  // a second before an hour that does not exist
    "2026-03-08T08:00Z",     // and after it
    "2026-11-23T17:00Z",
};

void pump(OpenStore &open) {
  std::int64_t next = 0;
  while (open.store.pump(1000, next)) continue;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(clock_steps)

BOOST_AUTO_TEST_CASE(order_and_verdict_do_not_depend_on_the_clock) {
  const TemporaryFolder folder;
  HostClock clock(kSteps[0]);
  OpenStore open(folder / "school.heard", clock.table());
  crash::Acknowledged all;
  std::map<std::int64_t, std::int64_t> said;  // by seq
  for (const char *step : kSteps) {
    clock.set(step);
    const std::string reference = std::string("at-") + step;
    const api::Record done = open.apply("interaction.log", crash::contact_json(reference));
    all[reference] = done.row().number("seq");
    said[all[reference]] = parse_utc(step).value() * 1000;
    pump(open);
    BOOST_TEST(open.verify() == "", step);
    BOOST_TEST(open.rebuild() == "", step);
  }
  std::int64_t expected = 0;
  for (const api::Row row : open.rows("ledger")) {
    BOOST_TEST_REQUIRE(row.number("seq") == expected++);
    if (const auto at = said.find(row.number("seq")); at != said.end())
      BOOST_TEST(row.number("wall_ms") == at->second);
  }
  BOOST_TEST(crash::missing(open, all) == "");
  support::report("clock steps", static_cast<long>(all.size()), 0);
}

BOOST_AUTO_TEST_CASE(a_clock_from_before_the_calendar_is_refused_and_changes_nothing) {
  const TemporaryFolder folder;
  HostClock clock(kSteps[0]);
  OpenStore open(folder / "school.heard", clock.table());
  const std::int64_t seq =
      open.apply("interaction.log", crash::contact_json("before")).row().number("seq");
  clock.set("1999-12-31T23:59:59Z");  // an empty battery
  BOOST_CHECK_EXCEPTION(open.apply("interaction.log", crash::contact_json("empty")), api::Error,
                        [](const api::Error &error) {
                          BOOST_TEST_MESSAGE(error.status() << " " << error.what());
                          return std::string(error.what()).find("check the clock") !=
                                 std::string::npos;
                        });
  BOOST_TEST(open.verify() == "");
  clock.set(kSteps[0]);
  const api::Record next = open.apply("interaction.log", crash::contact_json("after"));
  BOOST_TEST(next.row().number("seq") == seq + 3);  // a contact and its case, and the check
  BOOST_TEST(open.verify() == "");
}

BOOST_AUTO_TEST_CASE(two_hosts_with_clocks_an_hour_apart_share_one_ledger) {
  const TemporaryFolder folder;
  HostClock late("2026-11-23T14:00Z"), early("2026-11-23T15:00Z");
  OpenStore one(folder / "school.heard", late.table());
  OpenStore other(folder / "school.heard", early.table());
  std::int64_t last = 0;
  for (int i = 0; i < 10; ++i) {
    OpenStore &host = i % 2 == 0 ? one : other;
    const std::int64_t seq =
        host.apply("interaction.log", crash::contact_json(std::to_string(i))).row().number("seq");
    BOOST_TEST(seq > last);
    last = seq;
    pump(host);
  }
  for (OpenStore *host : {&one, &other}) {
    BOOST_TEST(host->verify() == "");
    BOOST_TEST(host->rebuild() == "");
  }
}

BOOST_AUTO_TEST_SUITE_END()
