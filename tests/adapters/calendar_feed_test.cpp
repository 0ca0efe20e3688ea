// Feeds that close days, through the real library: files, addresses, SIF calendars, and harm.
#include <httplib.h>

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <optional>
#include <thread>

#include "heard/heard.hpp"
#include "support/temporary_folder.hpp"

namespace api = heard::api;

namespace {

using Texts = std::vector<std::string>;

constexpr std::int64_t kNow = 1795424400000;  // 2026-11-23 09:00 UTC, a Monday

std::int64_t standing_clock(void *now) { return *static_cast<std::int64_t *>(now); }

/// Answers whatever the test puts under a path.
class Server {
 public:
  Server() {
    server_.Get(".*", [this](const httplib::Request &request, httplib::Response &response) {
      ++requests;
      response.status = status;
      if (!location.empty()) response.set_header("Location", location);
      const auto found = pages.find(request.path);
      if (found == pages.end()) response.status = 404;
      response.set_content(found == pages.end() ? "" : found->second, type);
    });
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
  }
  ~Server() {
    server_.stop();
    thread_.join();
  }
  std::string url(const std::string &path = "") const {
    return "http://127.0.0.1:" + std::to_string(port_) + path;
  }

  std::map<std::string, std::string> pages;
  std::string type = "text/calendar", location;
  int status = 200;
  std::atomic<int> requests = 0;

 private:
  httplib::Server server_;
  int port_ = 0;
  std::thread thread_;
};

std::string file_of(const std::string &events) {
  return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + events + "END:VCALENDAR\r\n";
}
std::string all_day(const std::string &date, const std::string &name,
                    const std::string &more = "") {
  return "BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:" + date + "\r\nSUMMARY:" + name + "\r\n" + more +
         "END:VEVENT\r\n";
}

/// A store in New York whose clock stands, with a feed "days".
class Desk {
 public:
  Desk() : runtime_(host()), options_(options()) {
    api::Store::migrate(runtime_, options_);
    store_.emplace(runtime_, options_);
  }

  std::string path(const std::string &name) const { return folder_ / name; }
  void write(const std::string &name, const std::string &bytes) const {
    std::ofstream(path(name), std::ios::binary) << bytes;
  }
  void set(const std::string &name, const std::string &value) {
    apply("settings.save", {{"name", "feed.days." + name}, {"value", value}});
  }
  void use(const std::string &adapter, const std::string &url) {
    set("adapter", adapter);
    set("url", url);
  }
  api::Record apply(const char *command, std::initializer_list<api::Field> fields) {
    return store_->apply(actor_, command, api::Record("fields", fields));
  }
  api::Record run() { return store_->run_feed(actor_, "days"); }
  /// The sentence of a run that fails and changes nothing.
  std::string refused() {
    const std::int64_t before = size();
    std::string says;
    try {
      run();
      BOOST_TEST(false, "the feed was not refused");
    } catch (const api::Error &error) {
      says = error.what();
    }
    BOOST_TEST(!says.empty());
    BOOST_TEST(says.find('\n') == std::string::npos, says);
    BOOST_TEST(size() == before, says);
    return says;
  }
  std::int64_t size() {
    std::int64_t entries = 0;
    for (api::Row row : store_->query(actor_, "ledger")) entries += row.has("seq") ? 1 : 0;
    return entries;
  }
  Texts closed(const std::string &calendar = "default") {
    Texts all;
    for (api::Row row :
         store_->query(actor_, "calendars", api::Record("filter", {{"calendar", calendar}})))
      for (api::Row range : row.rows("closed"))
        all.push_back(range.text("first") + "/" + range.text("last") + " " + range.text("name"));
    return all;
  }
  void check_rebuild() {
    for (api::Row row : store_->rebuild(actor_))
      BOOST_TEST(row.text("row") != "finding", row.text("says"));
  }

  std::int64_t now = kNow;

 private:
  heard_host *host() {
    host_.struct_size = sizeof host_;
    host_.abi = HEARD_ABI;
    host_.host_data = &now;
    host_.now_ms = standing_clock;
    return &host_;
  }
  api::Options options() const {
    return api::Options({{"store.path", path("school.heard")},
                         {"calendar.timezone", "America/New_York"},
                         {"adapters.path", HEARD_ADAPTERS}});
  }

  heard::support::TemporaryFolder folder_;
  heard_host host_{};
  api::Runtime runtime_;
  api::Options options_;
  api::Record actor_ = api::Record::from_json(
      "actor", R"({"id": "staff:1", "display": "Admin", "roles": ["admin"]})");
  std::optional<api::Store> store_;
};

bool mentions(const std::string &text, const std::string &part) {
  return text.find(part) != std::string::npos;
}

std::string first_reject(const api::Record &result) {
  const auto rejects = result.row().rows("rejects");
  return rejects.empty() ? "" : rejects.front().text("reason");
}

void check_closed(Desk &desk, const Texts &wanted, const std::string &calendar = "default") {
  BOOST_TEST(desk.closed(calendar) == wanted, boost::test_tools::per_element());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(ics_feed)

BOOST_AUTO_TEST_CASE(a_file_becomes_closures_in_one_entry_and_the_same_file_none) {
  Desk desk;
  desk.use("calendar.ics", desk.path("days.ics"));
  desk.write("days.ics", file_of(all_day("20261224", "Break", "DTEND;VALUE=DATE:20270104\r\n") +
                                 all_day("20261127", "Thanksgiving")));
  const std::int64_t before = desk.size();
  BOOST_TEST(desk.run().row().number("written") == 2);
  BOOST_TEST(desk.size() == before + 1);
  check_closed(desk, {"2026-11-27/2026-11-27 Thanksgiving", "2026-12-24/2027-01-03 Break"});
  BOOST_TEST(desk.run().row().number("unchanged") == 2);
  BOOST_TEST(desk.size() == before + 1);
  desk.write("days.ics", file_of(all_day("20261124", "Moved") + all_day("20261224", "Eve")));
  desk.run();
  check_closed(desk, {"2026-11-24/2026-11-24 Moved", "2026-12-24/2026-12-24 Eve"});
  desk.check_rebuild();
}

BOOST_AUTO_TEST_CASE(an_address_is_read_and_its_troubles_are_sentences) {
  Desk desk;
  Server server;
  server.pages["/days.ics"] = file_of(all_day("20261127", "Thanksgiving"));
  desk.use("calendar.ics", server.url("/days.ics"));
  desk.run();
  check_closed(desk, {"2026-11-27/2026-11-27 Thanksgiving"});
  server.status = 302;
  server.location = server.url("/other.ics");
  BOOST_TEST(mentions(desk.refused(), "redirected (302)"));
  BOOST_TEST(server.requests == 2);
  server.location.clear();
  server.status = 403;
  BOOST_TEST(mentions(desk.refused(), "403"));
  server.status = 200;
  server.pages["/days.ics"] = "<!doctype html><title>Log in</title>";
  BOOST_TEST(mentions(desk.refused(), "no iCalendar file"));
  server.pages["/days.ics"] = file_of(std::string(50U << 20, 'x'));
  BOOST_TEST(mentions(desk.refused(), "8 MB"));
  server.pages.clear();
  BOOST_TEST(mentions(desk.refused(), "404"));
  desk.set("url", "ftp://127.0.0.1/days.ics");
  BOOST_TEST(mentions(desk.refused(), "url"));
  check_closed(desk, {"2026-11-27/2026-11-27 Thanksgiving"});
}

BOOST_AUTO_TEST_CASE(a_file_that_cannot_be_used_changes_nothing) {
  Desk desk;
  desk.use("calendar.ics", desk.path("days.ics"));
  BOOST_TEST(mentions(desk.refused(), "no file"));
  const std::pair<std::string, const char *> files[] = {
      {file_of(all_day("20261127", std::string(50U << 20, 'x'))), "8 MB"},
      {file_of(all_day("20200101", "Loop", "RRULE:FREQ=DAILY\r\n")), "'Loop'"},
      {file_of(all_day("20261127", "Good") +
               "BEGIN:VEVENT\r\nDTSTART;TZID=Mars/Base:20261127T000000\r\nEND:VEVENT\r\n"),
       "Mars/Base"},
      {file_of(all_day("20261127", "Half")).substr(0, 60), "middle"},
      {"", "no iCalendar file"},
  };
  for (const auto &[bytes, says] : files) {
    desk.write("days.ics", bytes);
    BOOST_TEST(mentions(desk.refused(), says), says);
  }
  desk.set("url", desk.path("."));
  BOOST_TEST(mentions(desk.refused(), "no file"));
  desk.use("calendar.ics", desk.path("days.ics"));
  desk.write("days.ics", file_of(all_day("20261127", "Good")));
  desk.set("from", "soon");
  BOOST_TEST(mentions(desk.refused(), "'from'"));
  desk.set("from", "");
  desk.set("calendar", "nowhere");
  BOOST_TEST(mentions(desk.refused(), "'nowhere'"));
  check_closed(desk, {});
}

BOOST_AUTO_TEST_CASE(an_old_event_is_a_sentence_and_the_rest_is_used) {
  Desk desk;
  desk.use("calendar.ics", desk.path("days.ics"));
  desk.write("days.ics", file_of(all_day("19600101", "Old") + all_day("20261127", "Good")));
  const api::Record result = desk.run();
  BOOST_TEST(mentions(first_reject(result), "before 1970"));
  BOOST_TEST(result.row().number("rejected") == 1);
  check_closed(desk, {"2026-11-27/2026-11-27 Good"});
}

BOOST_AUTO_TEST_CASE(an_empty_answer_is_not_believed_and_old_years_are_not_forgotten) {
  Desk desk;
  desk.use("calendar.ics", desk.path("days.ics"));
  std::string year;
  for (const char *date : {"20261127", "20261224", "20261225", "20270101", "20270118", "20270215"})
    year += all_day(date, "Holiday");
  desk.write("days.ics", file_of(year));
  desk.run();
  const Texts all = desk.closed();
  BOOST_TEST(all.size() == 5u);
  desk.write("days.ics", file_of(""));
  BOOST_TEST(mentions(first_reject(desk.run()), "6 of 6"));
  check_closed(desk, all);
  // A year later the file knows only its own year: the past is as it was.
  desk.now = kNow + 366LL * 86400000;
  desk.write("days.ics", file_of(all_day("20271224", "Eve")));
  desk.run();
  Texts both = all;
  both.push_back("2027-12-24/2027-12-24 Eve");
  check_closed(desk, both);
  // Whoever means it says so.
  desk.now = kNow;
  desk.set("brake_percent", "100");
  desk.write("days.ics", file_of(""));
  desk.run();
  check_closed(desk, {});
  desk.check_rebuild();
}

BOOST_AUTO_TEST_CASE(a_feed_can_serve_another_calendar_a_category_and_a_window) {
  Desk desk;
  desk.apply("calendar.save", {{"calendar", "north"}, {"parent", "default"}});
  desk.use("calendar.ics", desk.path("days.ics"));
  desk.set("calendar", "north");
  desk.set("category", "Holiday");
  desk.set("from", "2026-12-01");
  desk.set("to", "2026-12-31");
  desk.write("days.ics", file_of(all_day("20261127", "Before", "CATEGORIES:Holiday\r\n") +
                                 all_day("20261225", "Yes", "CATEGORIES:Holiday\r\n") +
                                 all_day("20261226", "No", "CATEGORIES:Sports\r\n")));
  desk.run();
  check_closed(desk, {});
  check_closed(desk, {"2026-12-25/2026-12-25 Yes"}, "north");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(sif_calendars)

constexpr const char *kSchool = "b7a34e56-1c97-345c-0a4e-11bb112b2753";

/// The school must be known; its closures go into a calendar of its own.
void know_school(Desk &desk) {
  desk.apply("person.save",
             {{"person", "staff:1"}, {"school", std::string("sis:school:") + kSchool}});
}

BOOST_AUTO_TEST_CASE(days_without_school_close_that_school) {
  Desk desk;
  Server server;
  server.type = "application/xml";
  server.pages["/CalendarDates"] = R"(<CalendarDates>
      <CalendarDate CalendarDateRefId="B5739375-800A-C4CC-6385-0BB2754114AA">
        <Date>2026-11-26 </Date><SchoolInfoRefId>B7A34E56-1C97-345C-0A4E-11BB112B2753</SchoolInfoRefId>
        <CalendarDateType><Code>HOL</Code></CalendarDateType></CalendarDate>
      <CalendarDate RefId="359D75101AD0A9D7A8C3DAD0A85103A2" Date="2026-11-27"
          SchoolInfoRefId="B7A34E561C97345C0A4E11BB112B2753">
        <CalendarDateType><Code>0846</Code></CalendarDateType>
        <StudentAttendance><CountsTowardAttendance>No</CountsTowardAttendance></StudentAttendance>
      </CalendarDate>
      <CalendarDate RefId="359D75101AD0A9D7A8C3DAD0A85103A3" Date="2026-11-30"
          SchoolInfoRefId="B7A34E561C97345C0A4E11BB112B2753">
        <CalendarDateType><Code>INST</Code></CalendarDateType>
        <StudentAttendance><CountsTowardAttendance>Yes</CountsTowardAttendance></StudentAttendance>
      </CalendarDate>
      <CalendarDate RefId="359D75101AD0A9D7A8C3DAD0A85103A4" Date="2026-02-31"
          SchoolInfoRefId="B7A34E561C97345C0A4E11BB112B2753"/>
      <CalendarDate RefId="359D75101AD0A9D7A8C3DAD0A85103A5" Date="2026-12-01"
          SchoolInfoRefId="00000000000000000000000000000001">
        <CalendarDateType><Code>HOL</Code></CalendarDateType></CalendarDate>
    </CalendarDates>)";
  know_school(desk);
  desk.use("sif.calendar", server.url());
  const api::Record result = desk.run();
  BOOST_TEST(result.row().number("written") == 2);
  BOOST_TEST(result.row().number("rejected") == 2);  // no such day, and a school nobody knows
  check_closed(desk, {"2026-11-26/2026-11-26 Holiday", "2026-11-27/2026-11-27 No school (0846)"},
               std::string("sis:school:") + kSchool);
  check_closed(desk, {});
  const std::int64_t size = desk.size();
  desk.run();
  BOOST_TEST(desk.size() == size);
  server.pages["/CalendarDates"] = "<CalendarDates/>";
  BOOST_TEST(mentions(desk.refused(), "CalendarDates"));
  desk.check_rebuild();
}

BOOST_AUTO_TEST_CASE(days_between_sessions_are_closed) {
  Desk desk;
  Server server;
  server.type = "application/xml";
  const auto calendar = [](const char *end) {
    return std::string(R"(<xCalendars><xCalendar refId="B0FD06FD-5F35-4D96-B2EA-AA96CD2D0F38">
        <schoolRefId>B7A34E56-1C97-345C-0A4E-11BB112B2753</schoolRefId><sessions>
        <session><startDate>2027-01-19</startDate><endDate>2027-06-25</endDate></session>
        <session><startDate>2026-09-08</startDate><endDate>)") +
           end + "</endDate></session></sessions></xCalendar></xCalendars>";
  };
  server.pages["/xCalendars"] = calendar("2027-01-15");
  know_school(desk);
  desk.use("sif.xpress.calendar", server.url());
  desk.set("calendar", "default");
  desk.run();
  check_closed(desk, {"2027-01-16/2027-01-18 Between sessions"});
  server.pages["/xCalendars"] = calendar("2026-01-16");  // ends before it begins
  BOOST_TEST(mentions(first_reject(desk.run()), "ends before it begins"));
  server.pages.clear();
  BOOST_TEST(mentions(desk.refused(), "404"));
}

BOOST_AUTO_TEST_SUITE_END()
