// Retrying, judging answers, and the HTTP client against a loopback server.
#include <heard/heard.h>

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "demo_sis/sis_server.hpp"
#include "transport/answer.hpp"
#include "transport/retry.hpp"

using namespace heard::transport;
using std::chrono::milliseconds;

namespace {

struct Collected : Body {
  void begin(const Head &) override {
    ++begun;
    text.clear();
  }
  void bytes(std::string_view block) override { text.append(block); }
  int begun = 0;
  std::string text;
};

Head head_with(long status, std::int64_t retry_after_s = 0) {
  Head head;
  head.status = status;
  head.retry_after_s = retry_after_s;
  return head;
}

/// Answers with the statuses in turn (0: the connection fails), and notes the waits.
struct Script {
  std::vector<long> statuses;
  std::int64_t retry_after_s = 0;
  std::size_t asked = 0;
  std::vector<milliseconds> waits = {};

  long run(const std::function<bool()> &cancelled = {}) {
    Collected body;
    const Get get = [this](const Request &, Body &) {
      const long status = statuses.at(asked++);
      if (status == 0) throw ConnectionFailure(HEARD_E_IO, "broken");
      return head_with(status, retry_after_s);
    };
    const Patience patience{4, cancelled, [this](milliseconds time) { waits.push_back(time); }};
    return get_patiently(get, {}, body, patience).status;
  }
};

}  // namespace

BOOST_AUTO_TEST_CASE(passing_troubles_are_tried_again_and_lasting_ones_are_not) {
  BOOST_TEST((Script{{503, 0, 429, 200}}.run()) == 200);
  BOOST_TEST((Script{{408, 200}}.run()) == 200);
  for (const long status : {200L, 204L, 301L, 400L, 401L, 403L, 404L, 413L, 501L}) {
    Script script{{status}};
    BOOST_TEST(script.run() == status);
    BOOST_TEST(script.waits.empty());
  }
  Script hopeless{{500, 502, 503, 504}};
  BOOST_TEST(hopeless.run() == 504);
  BOOST_TEST(hopeless.waits.size() == 3U);
  Script broken{{0, 0, 0, 0}};
  BOOST_CHECK_THROW(broken.run(), ConnectionFailure);
}

BOOST_AUTO_TEST_CASE(waits_grow_and_obey_retry_after) {
  BOOST_TEST(pause_after(1, 0, 0)->count() == 1000);
  BOOST_TEST(pause_after(2, 0, 0)->count() == 2000);
  BOOST_TEST(pause_after(3, 0, 1)->count() == 5000);
  BOOST_TEST(pause_after(1, 7, 1)->count() == 7000);
  BOOST_TEST(!pause_after(1, 3600, 0).has_value());
  Script patient{{429, 200}, 7};
  BOOST_TEST(patient.run() == 200);
  BOOST_TEST(patient.waits.at(0).count() == 7000);
  Script too_long{{503}, 3600};
  BOOST_TEST(too_long.run() == 503);
}

BOOST_AUTO_TEST_CASE(a_cancelled_run_does_not_try_again) {
  Script script{{503, 200}};
  const auto stopped = [&](const heard::feed::Failure &failure) {
    return failure.status() == HEARD_E_INTERRUPTED;
  };
  BOOST_CHECK_EXCEPTION(script.run([] { return true; }), heard::feed::Failure, stopped);
  BOOST_TEST(script.asked == 1U);
}

BOOST_AUTO_TEST_CASE(every_refusal_carries_its_number_and_says_what_to_do) {
  const std::pair<long, const char *> cases[] = {
      {202, "queue"}, {302, "url"},   {401, "password"}, {403, "password"}, {404, "url"},
      {413, "page"},  {429, "later"}, {503, "later"},    {418, "url"}};
  for (const auto &[status, says] : cases) {
    const heard::feed::Failure failure = refusal(head_with(status));
    BOOST_TEST(failure.status() == HEARD_E_IO);
    BOOST_TEST(failure.detail_name() == "http");
    BOOST_TEST(failure.detail_value() == std::to_string(status));
    BOOST_TEST(std::string(failure.what()).find(says) != std::string::npos, failure.what());
  }
}

BOOST_AUTO_TEST_CASE(only_xml_is_read) {
  const auto head = [](const char *type) {
    Head answer = head_with(200);
    answer.headers = {{"content-type", type}};
    return answer;
  };
  for (const char *type : {"application/xml", "text/xml; charset=utf-8", "application/sif+xml"}) {
    BOOST_CHECK_NO_THROW(check_is_xml(head(type)));
  }
  BOOST_CHECK_NO_THROW(check_is_xml(head_with(200)));
  for (const char *type : {"text/html", "application/xhtml+xml", "application/json"}) {
    BOOST_CHECK_THROW(check_is_xml(head(type)), heard::feed::Failure);
  }
  BOOST_TEST(charset(head("text/xml; charset=\"ISO-8859-15\"; x=y")) == "iso-8859-15");
  BOOST_TEST(charset(head("text/xml")) == "");
}

BOOST_AUTO_TEST_CASE(the_client_unpacks_gzip_and_logs_in) {
  heard::demo::SisServer server(heard::demo::make_district(1, {50, 4, 2}));
  server.start();
  Client client({server.user(), server.password()}, {}, {});
  Collected body;
  const Head head = client.get({server.url() + "/xStudents", {}}, body);
  BOOST_TEST(head.status == 200);
  BOOST_TEST(head.header("content-encoding") == "gzip");
  BOOST_TEST(head.body_bytes == body.text.size());
  BOOST_TEST(body.text.substr(0, 5) == "<?xml");
  Client stranger({"mallory", "x"}, {}, {});
  BOOST_TEST(stranger.get({server.url() + "/xStudents", {}}, body).status == 401);
}

BOOST_AUTO_TEST_CASE(the_client_does_not_follow_redirects_and_keeps_its_limits) {
  heard::demo::SisServer server(heard::demo::make_district(1, {200, 4, 2}));
  server.start();
  Collected body;
  Limits small;
  small.decompressed = 1000;
  Client limited({server.user(), server.password()}, small, {});
  BOOST_CHECK_THROW(limited.get({server.url() + "/xStudents", {}}, body), heard::feed::Failure);
  server.misbehave({heard::demo::Trouble::redirect});
  Client client({server.user(), server.password()}, {}, {});
  BOOST_TEST(client.get({server.url() + "/xStudents", {}}, body).status == 302);
}

BOOST_AUTO_TEST_CASE(a_small_answer_that_unpacks_to_very_much_is_refused) {
  heard::demo::SisServer server({{"xStudents", "xStudent", {std::string(12 << 20, ' ')}}});
  server.start();
  Client client({server.user(), server.password()}, {}, {});
  Collected body;
  const auto suspicious = [](const heard::feed::Failure &failure) {
    return failure.status() == HEARD_E_LIMIT &&
           std::string(failure.what()).find("unpacks") != std::string::npos;
  };
  BOOST_CHECK_EXCEPTION(client.get({server.url() + "/xStudents", {}}, body), heard::feed::Failure,
                        suspicious);
  BOOST_TEST(body.text.size() < (9U << 20));
}

BOOST_AUTO_TEST_CASE(a_failed_connection_names_the_address_but_no_secret) {
  Client client({"heard", "hunter2"}, {}, {});
  Collected body;
  const auto clear = [](const ConnectionFailure &failure) {
    const std::string says = failure.what();
    return says.find("http://127.0.0.1:1/x") != std::string::npos &&
           says.find("hunter2") == std::string::npos && says.find("token") == std::string::npos;
  };
  BOOST_CHECK_EXCEPTION(client.get({"http://127.0.0.1:1/x?token=1", {}}, body), ConnectionFailure,
                        clear);
  BOOST_CHECK_THROW(client.get({"ftp://127.0.0.1/x", {}}, body), heard::feed::Failure);
  BOOST_CHECK_THROW(client.get({"file:///etc/hostname", {}}, body), heard::feed::Failure);
}

BOOST_AUTO_TEST_CASE(what_the_body_throws_comes_back_through_the_client) {
  struct Angry : Body {
    void begin(const Head &) override {}
    void bytes(std::string_view) override { throw heard::feed::Failure(HEARD_E_LIMIT, "enough"); }
  };
  heard::demo::SisServer server(heard::demo::make_district(1, {5, 2, 1}));
  server.start();
  Client client({server.user(), server.password()}, {}, {});
  Angry angry;
  BOOST_CHECK_THROW(client.get({server.url() + "/xStudents", {}}, angry), heard::feed::Failure);
  Collected body;
  BOOST_TEST(client.get({server.url() + "/xStudents", {}}, body).status == 200);
}
