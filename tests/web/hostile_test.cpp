// Nothing that people or feeds write can become markup, on any page, in any field.
#include <boost/test/unit_test.hpp>
#include <random>

#include "base/text.hpp"
#include "web/fake_backend.hpp"
#include "web/html.hpp"
#include "web/router.hpp"
#include "web/url.hpp"

namespace heard::web {

namespace {

/// Pieces that break out of text, attributes, templates and styles, put together at random.
class Nasty {
 public:
  explicit Nasty(unsigned seed) : random_(seed) {}

  std::string text() {
    static const char *kPieces[] = {"<script>alert(1)</script>",
                                    "\" onload=\"x",
                                    "' autofocus='",
                                    "</style>",
                                    "</textarea>",
                                    "{{{css}}}",
                                    "{{> form}}",
                                    "&lt;",
                                    "&",
                                    "<",
                                    ">",
                                    "\"",
                                    "'",
                                    "`",
                                    "<!--",
                                    "]]>",
                                    "javascript:",
                                    "\n",
                                    "\r\n",
                                    "\t",
                                    "{}",
                                    "{path}",
                                    "%00",
                                    "\xE2\x80\xAE",
                                    "\xC3\xA9",
                                    "x"};
    std::string out;
    for (int i = 0; i < 6; ++i) out += kPieces[random_() % std::size(kPieces)];
    return out;
  }

  Record spoiled(const Record &record) {
    Record out(record.kind());
    for (const auto &[name, value] : record.fields()) {
      if (const auto *records = std::get_if<std::vector<Record>>(&value)) {
        std::vector<Record> list;
        for (const Record &one : *records) list.push_back(spoiled(one));
        out.set(name, list);
      } else if (const auto *texts = std::get_if<std::vector<std::string>>(&value)) {
        for (std::size_t i = 0; i < texts->size(); ++i) out.add(name, text());
      } else if (std::holds_alternative<std::string>(value)) {
        out.set(name, keeps_meaning(name) ? std::get<std::string>(value) : text());
      } else {
        out.set(name, std::get<std::int64_t>(value));
      }
    }
    return out;
  }

 private:
  /// Now and then a field keeps its word, so that every branch of the pages is walked.
  bool keeps_meaning(const std::string &name) {
    return (name == "status" || name == "direction" || name == "kind" || name == "state" ||
            name == "person" || name == "calendar" || name == "policy" || name == "row") &&
           random_() % 4 != 0;
  }

  std::mt19937 random_;
};

Record nasty_admin(Nasty &nasty) { return admin().set("display", nasty.text()); }

}  // namespace

BOOST_AUTO_TEST_SUITE(hostile)

BOOST_AUTO_TEST_CASE(whatever_the_views_say_stays_text_on_every_page) {
  for (unsigned seed = 1; seed <= 25; ++seed) {
    Nasty nasty(seed);
    FakeBackend office;
    for (auto &[view, rows] : office.views)
      for (Record &row : rows) row = nasty.spoiled(row);
    for (const char *path :
         {"/", "/cases/1042", "/people", "/people/sis:guardian:77", "/log", "/measures",
          "/settings", "/settings/snow-day", "/settings/calendars/lincoln",
          "/settings/policies/bus", "/settings/departments", "/settings/topics", "/integrity",
          "/simulate"}) {
      Record head = request_head("GET", path,
                                 query_text({{"search", nasty.text()},
                                             {"person", "sis:student:2041"},
                                             {"school", nasty.text()},
                                             {"done", nasty.text()}}));
      head.set("hidden.x", nasty.text()).set("surface", seed % 2 ? "fragment" : "document");
      const Response response = answer(office, nasty_admin(nasty), head, "");
      BOOST_TEST_CONTEXT("seed " << seed << ' ' << path) {
        BOOST_TEST(response.status < 500);
        BOOST_CHECK_NO_THROW(read_html(response.body));
        for (const auto &[name, value] : response.headers)
          BOOST_TEST(value.find_first_of("\r\n") == std::string::npos, name);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(whatever_is_typed_comes_back_exactly_and_as_text) {
  for (unsigned seed = 1; seed <= 25; ++seed) {
    Nasty nasty(seed);
    FakeBackend office;
    office.refuses = bad_field(nasty.text(), nasty.text());
    const std::string page = answer(office, clerk(), request_head("GET", "/log"), "").body;
    const std::string name = nasty.text(), subject = nasty.text();
    const Query fields = {{"name", name + "!"},
                          {"subject", subject + "!"},
                          {"text", nasty.text()},
                          {"happened", "told"},
                          {"channel", nasty.text()},
                          {"when", nasty.text()},
                          {"hrd_token", field_value(page, "hrd_token")}};
    const Response response =
        answer(office, clerk(), request_head("POST", "/log"), query_text(fields));
    BOOST_TEST_CONTEXT("seed " << seed) {
      BOOST_TEST(response.status == 422);
      BOOST_CHECK_NO_THROW(read_html(response.body));
      std::string wanted = subject + "!";
      std::erase(wanted, '\r');
      BOOST_TEST(field_value(response.body, "subject") == wanted);
    }
  }
}

BOOST_AUTO_TEST_CASE(random_requests_never_break_the_frame) {
  std::mt19937 random(7);
  for (int round = 0; round < 400; ++round) {
    std::string path = "/", query, body;
    for (int i = 0; i < 12; ++i) {
      path += static_cast<char>(random() % 256);
      query += static_cast<char>(random() % 256);
      body += static_cast<char>(random() % 256);
    }
    FakeBackend office;
    const Record head = request_head(round % 2 ? "GET" : "POST", path, query);
    const Response response = answer(office, clerk(), head, body);
    BOOST_TEST(response.status >= 400);
    BOOST_TEST(is_utf8(response.body));
    BOOST_CHECK_NO_THROW(read_html(response.body));
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace heard::web
