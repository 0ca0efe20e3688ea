#include "interactions/contact.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "base/failure.hpp"
#include "directory/person.hpp"
#include "store/registry.hpp"

namespace heard::interactions {

namespace {

namespace field_id = store::field_id;

constexpr auto kChannels =
    std::to_array<std::string_view>({"email", "phone", "sms", "chat", "portal", "letter", "meeting",
                                     "visit", "video", "social", "event", "survey", "other"});
constexpr auto kDirections = std::to_array<std::string_view>({"inbound", "outbound", "internal"});
constexpr auto kPriorities = std::to_array<std::string_view>({"low", "normal", "high", "urgent"});
constexpr auto kDeliveries =
    std::to_array<std::string_view>({"attempted", "sent", "failed", "read"});

constexpr Millis kOldest = Millis{366} * 86400 * 1000;
constexpr std::size_t kLongestText = 256 * 1024;
constexpr std::size_t kLongestLine = 1000;

template <std::size_t N>
void check_word(const std::string &field, const std::string &value,
                const std::array<std::string_view, N> &words) {
  if (std::find(words.begin(), words.end(), value) == words.end())
    throw bad_field(field, fmt::format("'{}' is not one of: {}", value, fmt::join(words, " ")));
}

void check_length(const std::string &field, const std::string &value, std::size_t limit) {
  if (value.size() > limit)
    throw Failure(
        Status::limit,
        fmt::format("field '{}' is too long: {} bytes, allowed are {}", field, value.size(), limit),
        {{"field", field},
         {"limit", std::to_string(limit)},
         {"provided", std::to_string(value.size())}});
}

void check_words(const Contact &contact) {
  if (contact.channel.empty())
    throw bad_field("channel", "is missing; say phone, email, meeting ...");
  check_word("channel", contact.channel, kChannels);
  check_word("direction", contact.direction, kDirections);
  if (!contact.priority.empty()) check_word("priority", contact.priority, kPriorities);
  if (!contact.delivery.empty()) check_word("delivery", contact.delivery, kDeliveries);
}

void check_keys(const Contact &contact) {
  if (!contact.from.empty()) directory::check_key("from", contact.from);
  if (!contact.requester.empty()) directory::check_key("requester", contact.requester);
  for (const std::string &key : contact.to) directory::check_key("to", key);
  for (const std::string &key : contact.about) directory::check_key("about", key);
}

void check_lengths(const Contact &contact) {
  for (const auto &[name, value] : {std::pair("subject", &contact.subject),
                                    {"topic", &contact.topic},
                                    {"moment", &contact.moment},
                                    {"school", &contact.school},
                                    {"department", &contact.department},
                                    {"language", &contact.language},
                                    {"source", &contact.source},
                                    {"host_ref", &contact.host_ref},
                                    {"from_name", &contact.from_name}})
    check_length(name, *value, kLongestLine);
  check_length("text", contact.text, kLongestText);
}

void check_times(const Contact &contact, Millis now) {
  if (contact.occurred_at > now)
    throw bad_field("occurred_at",
                    "lies in the future: " + format_utc(floor_seconds(contact.occurred_at)));
  if (contact.occurred_at < now - kOldest)
    throw bad_field("occurred_at",
                    "is more than 366 days ago: " + format_utc(floor_seconds(contact.occurred_at)));
}

}  // namespace

bool Contact::reaches_family() const {
  return is_outbound() && is_public && (!bulk || answers) && delivery != "failed" &&
         delivery != "attempted";
}

bool Contact::answers_family() const {
  return human && (is_inbound() ? answered : reaches_family());
}

Contact contact_from(const Record &fields, Millis now) {
  Contact c;
  c.channel = fields.text("channel");
  c.direction = fields.text("direction", "inbound");
  c.from = fields.text("from");
  c.from_name = fields.text("from_name");
  c.to = fields.texts("to");
  c.about = fields.texts("about");
  c.requester = fields.text("requester");
  c.school = fields.text("school");
  c.department = fields.text("department");
  c.topic = fields.text("topic");
  c.moment = fields.text("moment");
  c.priority = fields.text("priority");
  c.subject = fields.text("subject");
  c.text = fields.text("text");
  c.language = fields.text("language");
  c.delivery = fields.text("delivery");
  c.occurred_at = fields.number("occurred_at", now);
  c.occurred_at_given = fields.has("occurred_at");
  c.source = fields.text("source");
  c.host_ref = fields.text("host_ref");
  c.human = fields.flag("human", true);
  c.is_public = fields.flag("public", c.direction != "internal");
  c.bulk = fields.flag("bulk");
  c.corrects = fields.number("corrects");
  c.needs_response = fields.flag("needs_response", c.is_inbound() && c.corrects == 0);
  c.answered = fields.flag("answered");
  c.answers = fields.flag("answers");
  c.opens_case = fields.flag("open_case");
  c.case_name = fields.text("case");
  c.reply_to = fields.number("reply_to");
  check_words(c);
  check_keys(c);
  check_lengths(c);
  check_times(c, now);
  if (!c.host_ref.empty() && c.source.empty())
    throw bad_field("source", "is missing; a host_ref needs the name of the system it comes from");
  return c;
}

void encode_contact(const Contact &c, store::FieldList &fields) {
  fields.text(field_id::channel, c.channel).text(field_id::direction, c.direction);
  fields.number(field_id::occurred_at, c.occurred_at).number(field_id::human, c.human ? 1 : 0);
  fields.number(field_id::public_, c.is_public ? 1 : 0).number(field_id::bulk, c.bulk ? 1 : 0);
  fields.number(field_id::needs_response, c.needs_response ? 1 : 0);
  fields.text(field_id::school, c.school).text(field_id::topic, c.topic);
  fields.text(field_id::moment, c.moment).text(field_id::language, c.language);
  fields.text(field_id::delivery, c.delivery).text(field_id::department, c.department);
  if (c.answered) fields.number(field_id::answered, 1);
  if (c.answers) fields.number(field_id::answers, 1);
  fields.text(field_id::subject, c.subject).text(field_id::text, c.text);
  fields.text(field_id::source, c.source).text(field_id::host_ref, c.host_ref);
}

std::string differing_field(const Contact &c, const store::Body &stored) {
  const auto differs = [&](std::uint16_t id, const std::string &value) {
    return !stored.is_closed(id) && stored.text(id) != value;
  };
  if (differs(field_id::channel, c.channel)) return "channel";
  if (differs(field_id::direction, c.direction)) return "direction";
  if (differs(field_id::subject, c.subject)) return "subject";
  if (differs(field_id::text, c.text)) return "text";
  if (c.occurred_at_given && stored.number(field_id::occurred_at) != c.occurred_at)
    return "occurred_at";
  return "";
}

}  // namespace heard::interactions
