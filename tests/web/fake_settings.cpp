#include "web/fake_settings.hpp"

namespace heard::web {

namespace {

constexpr Millis kHour = 3'600'000;

Record row(std::string_view json) { return record_from_json("row", json); }

std::vector<Record> calendar_rows() {
  return {row(R"({"calendar":"default","name":"District","version":4,"zone":"America/Chicago",
              "own_hours":1,"schools":[],"hours":[{"monday":["08:00-12:00","13:00-16:00"],
              "tuesday":["08:00-16:00"],"wednesday":["08:00-16:00"],"thursday":["08:00-16:00"],
              "friday":["08:00-14:00"],"saturday":[],"sunday":[]}],"hours_from":"2026-08-24",
              "closed":[{"first":"2026-11-26","last":"2026-11-27","name":"Thanksgiving"},
              {"first":"2026-12-24","last":"2027-01-03","name":"Winter holidays"},
              {"first":"2026-12-11","last":"2026-12-11","name":"Staff day","source":"feed:ics"}],
              "closed_yearly":["12-25"],"terms":[],"special":[{"date":"2026-12-18",
              "hours":["08:00-11:30"],"name":"Last day"}],"not_closed":[],"open_now":1})"),
          row(R"({"calendar":"lincoln","name":"Lincoln Elementary","version":2,
              "zone":"America/Chicago","parent":"default","own_hours":0,
              "schools":["sis:school:1"],"hours":[{"monday":["08:00-12:00","13:00-16:00"],
              "tuesday":["08:00-16:00"],"wednesday":["08:00-16:00"],"thursday":["08:00-16:00"],
              "friday":["08:00-14:00"],"saturday":[],"sunday":[]}],
              "closed":[{"first":"2026-11-20","last":"2026-11-20","name":"Burst pipe"},
              {"first":"2026-12-24","last":"2027-01-03","name":"Winter holidays","inherited":1}],
              "closed_yearly":["12-25","05-01"],"terms":[],"special":[],
              "not_closed":[{"first":"2026-11-27","last":"2026-11-27"}],"open_now":1})")};
}

std::vector<Record> day_rows() {
  return {row(R"({"date":"2026-11-25","open":1,"hours":["08:00-16:00"],"why":""})"),
          row(R"({"date":"2026-11-26","open":0,"hours":[],"why":"Thanksgiving"})"),
          row(R"({"date":"2026-11-27","open":0,"hours":[],"why":"Thanksgiving"})"),
          row(R"({"date":"2026-11-30","open":1,"hours":["08:00-12:00","13:00-16:00"],"why":""})"),
          row(R"({"date":"2026-12-18","open":1,"hours":["08:00-11:30"],"why":"Last day"})")};
}

std::vector<Record> policy_rows() {
  return {row(R"({"policy":"bus","name":"Bus and safety","version":3,"order":10,"active":1,
              "when":[{"topic":["bus","safety"],"school":["sis:school:1"]}],
              "targets":[{"clock":"first_response","amount":120,"unit":"business_minutes",
              "ends":"closing"},{"clock":"resolution","priority":"urgent","amount":2,
              "unit":"business_days","ends":"midnight"}],
              "steps":[{"name":"Reminder","clock":"first_response","offset":75,"unit":"percent",
              "from":"due","notify":"assignee","urgent":0,"only_unassigned":0},
              {"name":"Principal","clock":"first_response","offset":-30,"unit":"minutes",
              "from":"due","notify":"role:admin","urgent":1,"only_unassigned":1,
              "at_least":"high","raise_to":"urgent"}],
              "warn_percent":60,"reopen_days":7,"pause_when_held":1})"),
          row(R"({"policy":"default","name":"Default","version":1,"order":0,"active":1,
              "when":[],"targets":[{"clock":"first_response","amount":1,
              "unit":"business_days","ends":"closing"}],"steps":[],"warn_percent":75,
              "reopen_days":14,"pause_when_held":0})")};
}

std::vector<Record> reapply_rows(Millis now) {
  Record one = row(R"({"case":"c1","number":1042,"school":"sis:school:1","clock":"first_response",
              "no":1,"policy":"Bus and safety","version":3,"missed":1})");
  one.set("due_before", now + 5 * kHour).set("due_after", now - kHour);
  return {one};
}

std::vector<Record> integrity_rows(Millis now) {
  std::vector<Record> rows{
      row(R"({"kind":"empty_answer","case":"c1","number":1042,"seq":310,"school":"sis:school:1",
              "says":"The answer has 3 letters","actor":"Anna Berg"})"),
      row(R"({"kind":"empty_answer","case":"c2","number":1047,"seq":333,"school":"sis:school:1",
              "says":"The answer has 2 letters","actor":"Anna Berg"})"),
      row(R"({"kind":"late_typed_hit","case":"c3","number":1051,"seq":340,
              "school":"sis:school:2","says":"Typed in 9 h after the promised time",
              "actor":"Tom Hughes"})")};
  for (Record &one : rows) one.set("at", now - 30 * kHour);
  return rows;
}

std::vector<Record> simulate_rows(Millis now) {
  Record flip = row(R"({"row":"flip","case":"c2","number":1047,"clock":"first_response","no":1,
              "before":"missed","after":"met"})");
  flip.set("due_before", now - 9 * kHour).set("due_after", now - 2 * kHour);
  return {row(R"({"row":"figure","clock":"first_response","judged":212,"met_before":182,
              "met_after":199,"percent_before":86,"percent_after":94})"),
          flip};
}

}  // namespace

void add_settings(std::map<std::string, std::vector<Record>, std::less<>> &views, Millis now) {
  views["calendars"] = calendar_rows();
  views["calendar_days"] = day_rows();
  views["policies"] = policy_rows();
  views["reapply"] = reapply_rows(now);
  views["integrity"] = integrity_rows(now);
  views["simulate"] = simulate_rows(now);
  views["departments"] = {
      row(R"({"department":"office","name":"School office","school":"sis:school:1",
              "lead":"staff:7","lead_name":"Anna Berg","active":1})"),
      row(R"({"department":"transport","name":"Transport","school":"","active":0})")};
  views["topics"] = {row(R"({"topic":"bus","name":"Bus","department":"transport","active":1})"),
                     row(R"({"topic":"lunch","name":"Lunch","department":"","active":1})")};
}

}  // namespace heard::web
