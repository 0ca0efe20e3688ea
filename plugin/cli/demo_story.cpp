// Three weeks in the life of four schools: who writes, who answers, and who does not.
#include "demo_story.hpp"

#include <fmt/core.h>

#include <array>
#include <span>

namespace heard::cli {
namespace {

using demo::feed_key;
using nlohmann::json;

constexpr unsigned kSeed = 8460;
constexpr int kDays = 19;  // Monday of the first to Friday of the third week

/// How a school's desk works: share of messages that get an answer, and the usual time to it.
struct Style {
  int answered_percent, school_minutes;
};
constexpr std::array<Style, 4> kStyles = {{{97, 70}, {95, 130}, {88, 480}, {96, 100}}};

/// Weights of the hours 6 to 21 in which families write.
constexpr std::array<int, 16> kHours = {2, 12, 14, 10, 8, 7, 9, 8, 9, 12, 8, 6, 5, 5, 4, 2};
constexpr const char *kChannels[] = {"email", "email",  "email",  "email", "phone", "phone",
                                     "phone", "portal", "portal", "sms",   "chat",  "visit"};

std::string person_key(const char *type, const std::string &ref_id) {
  return fmt::format("sis:{}:{}", type, feed_key(ref_id));
}

int pick_hour(demo::Chance &chance) {
  int total = 0;
  for (const int weight : kHours) total += weight;
  int at = static_cast<int>(chance.number(static_cast<std::size_t>(total)));
  int hour = 6;
  for (const int weight : kHours) {
    if (at < weight) break;
    at -= weight;
    ++hour;
  }
  return hour;
}

/// Mostly soon, sometimes nearly three times as long as usual.
int pick_minutes(int usual, demo::Chance &chance) {
  return 3 + usual * chance.between(20, 100) * chance.between(20, 100) / 3600;
}

}  // namespace

DemoStory::DemoStory(const demo::District &district, DemoHost &host, DemoClock &clock)
    : district_(district), host_(host), clock_(clock), chance_(kSeed) {
  students_of_.resize(district.schools.size());
  staff_of_.resize(district.schools.size());
  adults_of_.resize(district.students.size());
  for (std::size_t i = 0; i < district.students.size(); ++i)
    students_of_[district.students[i].school].push_back(i);
  for (std::size_t i = 0; i < district.staff.size(); ++i)
    staff_of_[district.staff[i].school].push_back(i);
  for (std::size_t i = 0; i < district.contacts.size(); ++i)
    for (const demo::Relationship &link : district.contacts[i].relationships)
      if (link.communications.value_or(false) && link.restriction.empty())
        adults_of_[link.student].push_back(i);
}

void DemoStory::play(const Weeks &weeks, const std::function<void(Millis)> &tick) {
  for (int day = 0; day < kDays; ++day) {
    const Millis midnight = local_moment(weeks.first_monday, day, 0);
    for (std::size_t school = 0; school < district_.schools.size(); ++school)
      plan_day(midnight, school);
    for (int hour = 6; hour <= 22; ++hour)
      agenda_.emplace(local_moment(midnight, 0, hour), [this] { host_.pump(); });
  }
  const Millis end = local_moment(weeks.last_friday, 0, 16, 30);
  for (Millis hour = 0; !agenda_.empty() && agenda_.begin()->first < end;) {
    auto next = agenda_.extract(agenda_.begin());
    clock_.set(next.key());
    next.mapped()();
    if (next.key() - hour < kHour) continue;
    hour = next.key();
    tick(hour);
  }
  clock_.set(end);
  host_.pump();
}

void DemoStory::plan_day(Millis midnight, std::size_t school) {
  const int weekday = local_time(midnight).weekday;
  const bool is_weekend = weekday == 0 || weekday == 6;
  const int messages = is_weekend ? 2 : chance_.between(19, 24) + (weekday == 1 ? 4 : 0);
  for (int i = 0; i < messages; ++i) {
    const Millis at = local_moment(midnight, 0, pick_hour(chance_), chance_.between(0, 59));
    agenda_.emplace(at, [this, school] { family_writes(school); });
  }
  if (is_weekend) return;
  const Millis notices = local_moment(midnight, 0, 9, 20);
  agenda_.emplace(notices, [this, school] { send_absence_notices(school); });
  const Millis news = local_moment(midnight, 0, 15, chance_.between(5, 50));
  agenda_.emplace(news, [this, school] { share_good_news(school); });
}

void DemoStory::family_writes(std::size_t school) {
  const demo::Student &student = pick_student(school);
  const demo::Contact *adult = reachable_adult(student);
  if (!adult) return;
  const Message &message = pick_message(student.language, chance_);
  Talk talk{&message,
            school,
            student.preferred.empty() ? student.given : student.preferred,
            person_key("student", student.ref_id),
            person_key("contact", adult->ref_id),
            chance_.pick(std::span<const char *const>(kChannels)),
            {}};
  const bool is_call = talk.channel == "phone" && chance_.percent(35);
  const bool is_praise = std::string_view(message.topic) == "praise";
  json fields{{"channel", talk.channel},
              {"from", talk.family},
              {"about", {talk.student}},
              {"school", person_key("school", district_.schools[school].ref_id)},
              {"topic", message.topic},
              {"moment", message.moment},
              {"priority", message.priority},
              {"subject", filled(message.subject, talk.child)},
              {"text", filled(message.text, talk.child)},
              {"language", message.language},
              {"source", "demo-mail"},
              {"host_ref", fmt::format("m-{:05}", figures_.contacts)}};
  if (is_call) fields["answered"] = 1;
  if (is_praise) fields["needs_response"] = 0;
  const json actor = staff_actor(school);
  talk.receipt = apply(actor, "interaction.log", fields);
  ++figures_.from_families;
  if (chance_.percent(4)) {
    ++figures_.sent_twice;
    figures_.doubled += apply(actor, "interaction.log", fields).value("duplicate", 0) ? 0 : 1;
    --figures_.contacts;
  }
  if (is_call || is_praise || !talk.receipt.contains("case")) return;
  cases_[talk.receipt["case"]].asked = clock_.now();
  plan_answer(talk);
}

void DemoStory::plan_answer(const Talk &talk) {
  if (chance_.percent(60))
    agenda_.emplace(add_school_minutes(clock_.now(), 5), [this, talk] { assign(talk); });
  const Style &style = kStyles[talk.school % kStyles.size()];
  if (!chance_.percent(style.answered_percent)) return;
  const bool is_urgent = std::string_view(talk.message->priority) == "urgent";
  Talk answered = talk;
  answered.answer_minutes = pick_minutes(style.school_minutes / (is_urgent ? 2 : 1), chance_);
  const Millis at = add_school_minutes(clock_.now(), answered.answer_minutes);
  agenda_.emplace(at, [this, answered] { answer(answered); });
}

void DemoStory::assign(const Talk &talk) {
  const json actor = staff_actor(talk.school);
  host_.apply(actor, "case.assign",
              {{"case", talk.receipt["case"]}, {"to", actor["id"]}, {"to_name", actor["display"]}});
}

void DemoStory::answer(const Talk &talk) {
  CaseState &state = cases_[talk.receipt["case"]];
  if (state.answered >= state.asked) return;  // an earlier answer covered this message too
  apply(staff_actor(talk.school), "case.reply",
        {{"case", talk.receipt["case"]},
         {"channel", talk.channel == "visit" ? "phone" : talk.channel},
         {"subject", fmt::format("Re: {}", filled(talk.message->subject, talk.child))},
         {"text", filled(talk.message->reply, talk.child)},
         {"language", talk.message->language}});
  state.answered = clock_.now();
  ++figures_.answers;
  if (chance_.percent(25)) {
    const Millis at = clock_.now() + chance_.between(8, 300) * kMinute;
    agenda_.emplace(at, [this, talk] { thank(talk); });
  } else if (chance_.percent(75)) {
    agenda_.emplace(add_school_minutes(clock_.now(), 3), [this, talk] { solve(talk); });
  }
}

void DemoStory::thank(const Talk &talk) {
  apply(staff_actor(talk.school), "interaction.log",
        {{"channel", talk.channel == "visit" ? "phone" : talk.channel},
         {"from", talk.family},
         {"about", {talk.student}},
         {"case", talk.receipt["case"]},
         {"topic", talk.message->topic},
         {"moment", "feedback"},
         {"subject", fmt::format("Re: {}", filled(talk.message->subject, talk.child))},
         {"text", thanks_in(talk.message->language)},
         {"language", talk.message->language},
         {"needs_response", 0}});
  ++figures_.thanks;
  consider_as_exhibit(talk);
  agenda_.emplace(add_school_minutes(clock_.now(), 3), [this, talk] { solve(talk); });
}

void DemoStory::solve(const Talk &talk) {
  const CaseState &state = cases_[talk.receipt["case"]];
  if (state.asked > state.answered) return;  // the family has asked again
  host_.apply(staff_actor(talk.school), "case.solve", {{"case", talk.receipt["case"]}});
}

/// One text message to a family for each student missing this morning, as one batch.
void DemoStory::send_absence_notices(std::size_t school) {
  json items = json::array();
  for (int i = chance_.between(4, 7); i > 0; --i) {
    const demo::Student &student = pick_student(school);
    const demo::Contact *adult = reachable_adult(student);
    if (!adult) continue;
    items.push_back({{"channel", "sms"},
                     {"direction", "outbound"},
                     {"to", {person_key("contact", adult->ref_id)}},
                     {"about", {person_key("student", student.ref_id)}},
                     {"school", person_key("school", district_.schools[school].ref_id)},
                     {"topic", "absence"},
                     {"subject", "Not in class this morning"},
                     {"text", filled("{child} was not in class at 9:00. Please let us know why.",
                                     student.given)},
                     {"human", 0},
                     {"bulk", 1},
                     {"delivery", "sent"}});
  }
  const int count = static_cast<int>(items.size());
  if (count == 0) return;
  host_.apply(staff_actor(school), "interaction.log_many", {{"items", items}});
  figures_.contacts += count;
  figures_.notices += count;
}

void DemoStory::share_good_news(std::size_t school) {
  const demo::Student &student = pick_student(school);
  const demo::Contact *adult = reachable_adult(student);
  if (!adult) return;
  const json actor = staff_actor(school);
  const GoodNews &news = good_news()[chance_.number(good_news().size())];
  apply(actor, "interaction.log",
        {{"channel", chance_.percent(50) ? "phone" : "email"},
         {"direction", "outbound"},
         {"from", actor["id"]},
         {"to", {person_key("contact", adult->ref_id)}},
         {"about", {person_key("student", student.ref_id)}},
         {"school", person_key("school", district_.schools[school].ref_id)},
         {"topic", "praise"},
         {"moment", "outreach"},
         {"subject", filled(news.subject, student.given)},
         {"text", filled(news.text, student.given)}});
}

/// The longer the family waited the better; mail in Spanish shows more, and still reads left to
/// right on every terminal.
void DemoStory::consider_as_exhibit(const Talk &talk) {
  const std::string_view language = talk.message->language;
  if (language != "es" && language != "en") return;
  const int worth =
      talk.answer_minutes + (language == "es" ? 300 : 0) + (talk.channel == "email" ? 200 : 0);
  if (worth <= exhibit_.worth) return;
  const json &receipt = talk.receipt;
  exhibit_ = {receipt["case"],
              talk.family,
              filled(talk.message->subject, talk.child),
              receipt.value("number", 0),
              receipt.value("seq", -1),
              receipt.value("size", 0),
              receipt.value("root", ""),
              worth};
}

json DemoStory::staff_actor(std::size_t school) {
  const std::vector<std::size_t> &staff = staff_of_[school];
  const demo::Staff &person = district_.staff[staff[chance_.number(staff.size())]];
  return {{"id", person_key("staff", person.ref_id)},
          {"display", fmt::format("{} {}", person.given, person.family)},
          {"roles", {"office"}},
          {"schools", {person_key("school", district_.schools[school].ref_id)}}};
}

const demo::Student &DemoStory::pick_student(std::size_t school) {
  const std::vector<std::size_t> &students = students_of_[school];
  return district_.students[students[chance_.number(students.size())]];
}

const demo::Contact *DemoStory::reachable_adult(const demo::Student &student) const {
  const auto place = static_cast<std::size_t>(&student - district_.students.data());
  return adults_of_[place].empty() ? nullptr : &district_.contacts[adults_of_[place].front()];
}

json DemoStory::apply(const json &actor, const char *command, const json &fields) {
  json result = host_.apply(actor, command, fields);
  ++figures_.contacts;
  return result;
}

}  // namespace heard::cli
