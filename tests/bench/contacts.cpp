#include "contacts.hpp"

#include <array>
#include <random>

namespace heard::bench {

namespace {

constexpr std::array kTopics = {"attendance", "grades", "health", "transport"};
constexpr std::array kWords = {"please", "tell",  "me",     "when", "the",   "bus", "will",
                               "come",   "again", "my",     "son",  "has",   "a",   "question",
                               "about",  "his",   "lesson", "and",  "could", "not", "attend"};
constexpr std::size_t kTextLength = 250;

std::string guardian(int family) { return "sis:guardian:" + std::to_string(10000 + family); }
std::string student(int family) { return "sis:student:" + std::to_string(20000 + family); }

}  // namespace

Contacts::Contacts(unsigned seed, int count)
    : seed_(seed), families_(count / (2 * static_cast<int>(kTopics.size())) + 1) {}

api::Record Contacts::letter() const {
  api::Record fields(
      "interaction.log",
      {{"channel", "letter"}, {"direction", "outbound"}, {"bulk", 1}, {"subject", "Welcome back"}});
  for (int family = 0; family < families_; ++family)
    fields.add("to", guardian(family)).add("about", student(family));
  return fields;
}

std::string Contacts::text(int number) const {
  std::minstd_rand random(seed_ + static_cast<unsigned>(number));
  std::string all;
  while (all.size() < kTextLength) all.append(kWords[random() % kWords.size()]).append(" ");
  return all;
}

api::Record Contacts::contact(int number, std::int64_t occurred_at) const {
  const int family = number / 2 % families_;
  const auto topic = static_cast<std::size_t>(number / 2 / families_) % kTopics.size();
  const bool is_answer = number % 2 != 0;
  api::Record fields("interaction.log", {{"channel", "email"},
                                         {"direction", is_answer ? "outbound" : "inbound"},
                                         {"topic", kTopics[topic]},
                                         {"school", "sis:school:" + std::to_string(family % 4)},
                                         {"subject", "About this week"},
                                         {"text", text(number)},
                                         {"language", "en"},
                                         {"source", "mail"},
                                         {"host_ref", std::to_string(number)},
                                         {"occurred_at", occurred_at}});
  fields.set({"from", is_answer ? "staff:7" : guardian(family)});
  if (is_answer) fields.add("to", guardian(family));
  fields.add("about", student(family));
  return fields;
}

api::Record Contacts::note(int number) const {
  return api::Record("interaction.log", {{"channel", "phone"},
                                         {"subject", "Late bus"},
                                         {"text", text(number)},
                                         {"needs_response", 0}});
}

api::Record Contacts::batch(int from, int to, std::int64_t occurred_at) const {
  api::Record fields("interaction.log_many");
  for (int i = from; i < to; ++i) fields.add("items", contact(i, occurred_at + (i - from) * 1000));
  return fields;
}

}  // namespace heard::bench
