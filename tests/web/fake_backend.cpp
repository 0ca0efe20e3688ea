#include "web/fake_backend.hpp"

#include "web/fake_audit.hpp"
#include "web/fake_settings.hpp"

namespace heard::web {

namespace {

Record row(std::string_view json) { return record_from_json("row", json); }

constexpr Millis kMinute = 60'000;
constexpr Millis kHour = 60 * kMinute;
constexpr Millis kDay = 24 * kHour;

std::vector<Record> school_rows() {
  return {row(R"({"school":"sis:school:1","name":"Lincoln Elementary","calendar":"default",
              "zone":"America/Chicago","students":412,"staff":38,"waiting":5,"late":2})"),
          row(R"({"school":"sis:school:2","name":"Roosevelt Middle School",
              "calendar":"default","zone":"America/Chicago","students":655,"staff":61,
              "waiting":2,"late":0})")};
}

std::vector<Record> waiting_rows(Millis now) {
  auto rows = std::vector<Record>{row(R"({"case":"c1","number":1042,"school":"sis:school:1",
              "school_name":"Lincoln Elementary","requester":"sis:guardian:77",
              "requester_name":"Maria Lopez","students":["Diego Lopez","Ana Lopez"],
              "subject":"Bus did not stop at Oak Street again","topic":"transport",
              "channel":"phone","language":"es","priority":"high","status":"open",
              "clock":"next_response","late":true,"warned":true,"assignee":"staff:7",
              "assignee_name":"Anna Berg"})"),
                                  row(R"({"case":"c2","number":1047,"school":"sis:school:1",
              "school_name":"Lincoln Elementary","requester":"sis:guardian:81",
              "requester_name":"Kwame Mensah","students":["Abena Mensah"],
              "subject":"When is the make-up date for the spelling test?","channel":"email",
              "language":"en","priority":"normal","status":"new","clock":"first_response",
              "late":true,"warned":true})"),
                                  row(R"({"case":"c3","number":1051,"school":"sis:school:2",
              "school_name":"Roosevelt Middle School","requester":"sis:guardian:90",
              "requester_name":"Li Wei","students":["Li Na"],"subject":"Absence on Friday",
              "channel":"portal","language":"zh","priority":"normal","status":"open",
              "clock":"first_response","warned":true,"assignee_name":"Tom Hughes"})"),
                                  row(R"({"case":"c4","number":1052,"school":"sis:school:1",
              "school_name":"Lincoln Elementary","requester":"sis:guardian:93",
              "requester_name":"Fatima al-Sayed","students":["Omar al-Sayed"],
              "subject":"Enrolment papers for a younger sister","channel":"visit",
              "language":"ar","priority":"normal","status":"open","clock":"first_response",
              "assignee_name":"Anna Berg"})"),
                                  row(R"({"case":"c5","number":1053,"school":"sis:school:2",
              "school_name":"Roosevelt Middle School","requester":"sis:guardian:95",
              "requester_name":"Jennifer O'Brien","students":["Sean O'Brien"],
              "subject":"Complaint about the grading of the history project",
              "channel":"email","language":"en","priority":"urgent","status":"open",
              "clock":"resolution","assignee_name":"Priya Raman"})"),
                                  row(R"({"case":"c6","number":1039,"school":"sis:school:1",
              "school_name":"Lincoln Elementary","requester":"sis:guardian:60",
              "requester_name":"Peter Novak","students":["Jana Novak"],
              "subject":"Allergy plan for the cafeteria","channel":"phone","language":"en",
              "priority":"normal","status":"waiting","clock":"resolution",
              "assignee_name":"Anna Berg"})")};
  const Millis due[] = {now - 19 * kHour, now - 42 * kMinute, now + 2 * kHour, now + 5 * kHour,
                        now + kDay + 3 * kHour};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i < std::size(due)) rows[i].set("due_at", due[i]);
    rows[i].set("waiting_since", (i < std::size(due) ? due[i] : now - kDay) - kDay - kHour);
  }
  return rows;
}

std::vector<Record> entry_rows(Millis now) {
  auto rows = std::vector<Record>{
      row(R"({"seq":310,"case":"c1","number":1042,"channel":"email","direction":"outbound",
              "from_name":"Anna Berg","to_name":"Maria Lopez","subject":"Re: bus stop",
              "text":"Thank you for telling us. I have asked the bus company and will call you.",
              "human":true,"public":true,"delivery":"sent"})"),
      row(R"({"seq":322,"case":"c1","number":1042,"channel":"phone","direction":"inbound",
              "from_name":"Maria Lopez","subject":"It happened again",
              "text":"The bus drove past at 7:40.\nDiego and his sister had to walk.",
              "human":true,"public":true,"needs_response":true,"late_typed":true})"),
      row(R"({"seq":323,"case":"c1","number":1042,"channel":"other","direction":"internal",
              "from_name":"Tom Hughes","text":"Driver was new this week. Depot knows.",
              "human":true,"public":false})"),
      row(R"({"seq":301,"case":"c1","number":1042,"channel":"phone","direction":"inbound",
              "from_name":"Maria Lopez","subject":"Bus did not stop at Oak Street",
              "text":"Call in Spanish, interpreter Rosa.","human":true,"public":true})"),
      row(R"({"seq":302,"case":"c1","number":1042,"channel":"email","direction":"outbound",
              "from_name":"Heard","to_name":"Maria Lopez","subject":"We have your message",
              "text":"Hemos recibido su mensaje.","human":false,"public":true,
              "delivery":"failed"})")};
  const Millis ago[] = {50 * kHour, 26 * kHour, 25 * kHour, 72 * kHour, 72 * kHour - kMinute};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    rows[i].set("occurred_at", now - ago[i]);
    rows[i].set("recorded_at", now - ago[i] + (i == 1 ? 7 * kHour : kMinute));
  }
  return rows;
}

Record case_row(Millis now) {
  Record one = row(
      R"({"case":"c1","number":1042,"school":"sis:school:1",
              "school_name":"Lincoln Elementary","requester":"sis:guardian:77",
              "requester_name":"Maria Lopez","language":"es",
              "subject":"Bus did not stop at Oak Street again","topic":"Transport",
              "channel":"phone","priority":"high","status":"open","assignee":"staff:7",
              "assignee_name":"Anna Berg","students":[{"person":"sis:student:2041",
              "name":"Diego Lopez"},{"person":"sis:student:2042","name":"Ana Lopez"}],
              "clocks":[{"clock":"next_response","no":2,"state":"running","warned":true,
              "unit":"business_days","target":1,
              "explain":"Promised within 1 school day of the message of Tue 24 Nov, 08:12."},
              {"clock":"first_response","no":1,"state":"met",
              "explain":"Answered after 6 h 10 min of open time; promised was 1 school day."},
              {"clock":"resolution","no":1,"state":"running",
              "explain":"To be solved within 5 school days. Thu 26 and Fri 27 Nov are closed."}],
              "history":[{"seq":301,"what":"opened","says":"Opened by a phone call",
              "actor":"Anna Berg"},{"seq":311,"what":"assigned",
              "says":"Handed to Anna Berg","actor":"Tom Hughes"},{"seq":324,"what":"missed",
              "says":"The promised time for the next answer passed","actor":"Heard"}]})");
  one.set("promise", "by Thursday 15:00").set("follows", 980);
  one.set("opened_at", now - 72 * kHour).set("entries", entry_rows(now));
  auto clocks = one.records("clocks");
  clocks[0].set("due_at", now - 19 * kHour);
  clocks[1].set("due_at", now - 48 * kHour).set("stopped_at", now - 50 * kHour);
  clocks[2].set("due_at", now + 5 * kDay);
  auto history = one.records("history");
  for (std::size_t i = 0; i < history.size(); ++i)
    history[i].set("at", now - (3 - static_cast<Millis>(i)) * kDay);
  one.set("clocks", clocks).set("history", history);
  return one;
}

std::vector<Record> person_rows() {
  return {row(R"({"person":"sis:guardian:77","id":"p77","name":"Maria Lopez","given":"Maria",
              "family":"Lopez","kind":"guardian","school":"sis:school:1",
              "school_name":"Lincoln Elementary","grade":"","language":"es",
              "email":"maria.lopez@example.org","phone":"+1 312 555 0142","active":true,
              "verified":true,"links":[{"person":"sis:student:2041","name":"Diego Lopez",
              "relation":"Mother","custody":"yes","legal":"yes","communications":"yes",
              "emergency":"yes","lives_with":"yes","portal":"unknown"},
              {"person":"sis:student:2050","name":"Carla Ruiz","relation":"Aunt",
              "custody":"no","communications":"no","emergency":"yes",
              "restriction":"Court order 2025-118: no contact about Carla"}]})"),
          row(R"({"person":"sis:student:2041","id":"p2041","name":"Diego Lopez",
              "given":"Diego","family":"Lopez","kind":"student","school":"sis:school:1",
              "school_name":"Lincoln Elementary","grade":"4","language":"es","active":true,
              "verified":true,"links":[{"person":"sis:guardian:77","name":"Maria Lopez",
              "relation":"Mother","custody":"yes","legal":"yes","communications":"yes",
              "emergency":"yes","lives_with":"yes"},{"person":"sis:guardian:78",
              "name":"Carlos Lopez","relation":"Father","custody":"no",
              "communications":"no","emergency":"no",
              "restriction":"Court order: no contact"}]})"),
          row(R"({"person":"staff:7","id":"p7","name":"Anna Berg","kind":"staff",
              "school":"sis:school:1","school_name":"Lincoln Elementary","active":true,
              "verified":true})"),
          row(R"({"person":"staff:9","id":"p9","name":"Tom Hughes","kind":"staff",
              "active":true,"verified":true})")};
}

std::vector<Record> measure_rows() {
  return {row(R"({"school":"sis:school:1","name":"Lincoln Elementary","contacts":640,
              "cases":212,"answered":198,"in_time":182,"missed":16,"unanswered":5,
              "in_time_percent":92,"median_s":5400,"p90_s":24600})"),
          row(R"({"school":"sis:school:2","name":"Roosevelt Middle School","contacts":801,
              "cases":260,"answered":231,"in_time":164,"missed":67,"unanswered":2,
              "in_time_percent":71,"median_s":12300,"p90_s":51000})"),
          row(R"({"school":"sis:school:3","name":"Washington High School","contacts":3,
              "cases":0,"answered":0,"in_time":0,"missed":0,"unanswered":0})")};
}

}  // namespace

FakeBackend::FakeBackend() {
  views["schools"] = school_rows();
  views["waiting"] = waiting_rows(now_ms);
  views["case"] = {case_row(now_ms)};
  views["timeline"] = entry_rows(now_ms);
  views["people"] = person_rows();
  add_audit(views, now_ms);
  views["measures"] = measure_rows();
  views["settings"] = {row(R"({"section":"calendar","name":"default","zone":"America/Chicago"})")};
  add_settings(views, now_ms);
  result.set("seq", 400).set("case", "c1").set("number", 1042).set("status", "open");
}

std::vector<Record> FakeBackend::rows(std::string_view view, const Record &filter) {
  asked.emplace_back(view, filter);
  auto found = views.at(std::string(view));
  const std::string wanted = filter.text("person");
  if (view == "people" && !wanted.empty())
    std::erase_if(found, [&](const Record &one) { return one.text("person") != wanted; });
  const std::string kind = filter.text("kind");
  if (view == "people" && !kind.empty())
    std::erase_if(found, [&](const Record &one) { return one.text("kind") != kind; });
  return found;
}

Record FakeBackend::apply(std::string_view command, const Record &fields) {
  if (refuses) throw *refuses;
  applied.push_back(fields);
  applied.back().rename(std::string(command));
  return result;
}

std::vector<Record> FakeBackend::verify(const Record &) { return views.at("verify"); }

std::string FakeBackend::export_bytes(const Record &what, std::size_t) {
  if (refuses) throw *refuses;
  exported.push_back(what);
  if (!what.flag("preview")) return "PK the bundle";
  return R"({"entries": 1204, "fields_hidden": 17, "entries_hidden": 12})";
}

Record clerk() {
  return Record("actor").set("id", "staff:7").set("display", "Anna Berg").add("roles", "office");
}

Record admin() {
  return Record("actor").set("id", "staff:1").set("display", "Ruth Adams").add("roles", "admin");
}

Record request_head(std::string method, std::string path, std::string query) {
  Record head("request");
  head.set("method", method).set("path", path).set("query", query);
  return head.set("session", "session-of-anna").set("surface", "document");
}

}  // namespace heard::web
