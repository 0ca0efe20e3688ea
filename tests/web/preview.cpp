// Writes each page, filled with made-up data, as an HTML file into the folder given: for looking
// at.
#include <fstream>
#include <string>

#include "web/fake_backend.hpp"
#include "web/router.hpp"

namespace {

using namespace heard;
using namespace heard::web;

void write(const std::string &file, FakeBackend &backend, const Record &head,
           const std::string &body = {}, const Record &actor = clerk()) {
  std::ofstream(file) << answer(backend, actor, head, body).body;
}

/// The settings, as an administrator sees them.
void write_settings(const std::string &folder, FakeBackend &office) {
  const std::pair<const char *, const char *> pages[] = {
      {"settings", "/settings"},
      {"calendar", "/settings/calendars/lincoln"},
      {"calendar_new", "/settings/calendars/new"},
      {"policy", "/settings/policies/bus"},
      {"departments", "/settings/departments"},
      {"topics", "/settings/topics"},
      {"integrity", "/integrity"},
      {"audit", "/audit"},
      {"audit-export", "/audit/export"},
      {"audit-disclosures", "/audit/disclosures"},
      {"audit-holds", "/audit/holds"},
      {"audit-retention", "/audit/retention"},
      {"simulate", "/simulate"}};
  for (const auto &[name, path] : pages)
    write(folder + name + ".html", office, request_head("GET", path), {}, admin());
  write(folder + "snow_day.html", office,
        request_head("GET", "/settings/snow-day", "done=snow&cases=3"), {}, admin());
}

std::string token_in(const std::string &html) {
  const std::string before = "name=\"hrd_token\" value=\"";
  return html.substr(html.find(before) + before.size(), 64);
}

}  // namespace

int main(int count, char **arguments) {
  if (count != 2) return 1;
  const std::string folder = std::string(arguments[1]) + "/";
  FakeBackend office;
  write(folder + "waiting.html", office, request_head("GET", "/"));
  write(folder + "late.html", office, request_head("GET", "/waiting", "late=1"));
  write(folder + "case.html", office, request_head("GET", "/cases/1042", "done=reply"));
  write(folder + "guardian.html", office, request_head("GET", "/people/sis:guardian:77"));
  write(folder + "student.html", office, request_head("GET", "/people/sis:student:2041"));
  write(folder + "people.html", office, request_head("GET", "/people", "search=lopez"));
  write(folder + "log_search.html", office, request_head("GET", "/log", "search=lop"));
  write(folder + "log_student.html", office,
        request_head("GET", "/log", "person=sis:student:2041"));
  write(folder + "log_guardian.html", office,
        request_head("GET", "/log", "person=sis:guardian:77"));
  write(folder + "measures.html", office, request_head("GET", "/measures"));
  write(folder + "missing.html", office, request_head("GET", "/nowhere"));
  const std::string token = token_in(answer(office, clerk(), request_head("GET", "/log"), "").body);
  write(
      folder + "log_errors.html", office, request_head("POST", "/log"),
      "hrd_token=" + token + "&person=sis:student:2041&channel=email&when=2027-01-01T09:00&text=+");
  write_settings(folder, office);
  FakeBackend quiet;
  quiet.views["waiting"].clear();
  for (Record &school : quiet.views["schools"])
    school.set("waiting", std::int64_t{0}).set("late", std::int64_t{0});
  write(folder + "empty.html", quiet, request_head("GET", "/"));
  return 0;
}
