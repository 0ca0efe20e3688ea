// Reads only the elements named here. Empty and missing elements alike mean "unknown".
#include "sif_xpress/mapping.hpp"

#include <charconv>
#include <optional>
#include <string>
#include <vector>

#include "sif_xpress/key.hpp"
#include "xml/record_tree.hpp"

namespace heard::sif_xpress {
namespace {

using tinyxml2::XMLElement;
using xml::child;
using xml::text_at;

/// The element `name` itself and those inside `others`: xPress writes a first one and a list.
std::vector<const XMLElement *> first_and_others(const XMLElement &from, const char *name,
                                                 const char *others) {
  std::vector<const XMLElement *> all;
  if (const XMLElement *first = child(&from, name)) all.push_back(first);
  const XMLElement *list = child(&from, others);
  for (const XMLElement *e = child(list, name); e != nullptr; e = e->NextSiblingElement(name)) {
    all.push_back(e);
  }
  return all;
}

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words) {
  for (const std::string_view word : words) {
    if (text == word) return true;
  }
  return false;
}

/// An id of one of the types that districts and states give; other types (some are national
/// numbers) are not looked at.
std::string other_id(const XMLElement &from, std::initializer_list<std::string_view> types) {
  const XMLElement *list = child(&from, "otherIds");
  for (const XMLElement *e = child(list, "otherId"); e != nullptr;
       e = e->NextSiblingElement("otherId")) {
    if (is_one_of(text_at(e, {"type"}), types)) return text_at(e, {"id"});
  }
  return {};
}

void map_ids(const XMLElement &from, feed::Record &to) {
  std::string local = text_at(&from, {"localId"});
  std::string state = text_at(&from, {"stateProvinceId"});
  if (local.empty()) local = other_id(from, {"LEA", "District", "Local"});
  if (state.empty()) state = other_id(from, {"SEA", "State"});
  to.set("local_id", local).set("state_id", state);
}

std::string preferred_name(const XMLElement &from) {
  const XMLElement *list = child(&from, "otherNames");
  for (const XMLElement *e = list == nullptr ? nullptr : list->FirstChildElement(); e != nullptr;
       e = e->NextSiblingElement()) {
    if (text_at(e, {"type"}).starts_with("Preferred")) return text_at(e, {"givenName"});
  }
  return {};
}

void map_name(const XMLElement &from, feed::Record &to) {
  to.set("given", text_at(&from, {"name", "givenName"}));
  to.set("family", text_at(&from, {"name", "familyName"}));
  to.set("preferred", preferred_name(from));
}

void map_emails(const XMLElement &from, feed::Record &to) {
  bool first = true;
  for (const XMLElement *email : first_and_others(from, "email", "otherEmails")) {
    const std::string address = text_at(email, {"emailAddress"});
    if (address.empty()) continue;
    if (first) to.set("email", address);
    if (!first) to.add("other_emails", address);
    first = false;
  }
}

void map_phones(const XMLElement &from, feed::Record &to) {
  std::vector<std::string> numbers;  // the first primary one in front
  bool primary_found = false;
  for (const XMLElement *phone : first_and_others(from, "phoneNumber", "otherPhoneNumbers")) {
    std::string number = text_at(phone, {"number"});
    if (number.empty()) continue;
    const bool primary = tri_state(text_at(phone, {"primaryIndicator"})) == "yes";
    const bool in_front = primary && !primary_found;
    primary_found = primary_found || primary;
    numbers.insert(in_front ? numbers.begin() : numbers.end(), std::move(number));
  }
  if (!numbers.empty()) to.set("phone", numbers.front());
  for (std::size_t i = 1; i < numbers.size(); ++i) to.add("other_phones", numbers[i]);
}

void map_address(const XMLElement &from, feed::Record &to) {
  const XMLElement *address = child(&from, "address");
  std::string line;
  for (const char *part :
       {"line1", "line2", "city", "stateProvince", "postalCode", "countryCode"}) {
    const std::string text = text_at(address, {part});
    if (!text.empty()) line.append(line.empty() ? "" : ", ").append(text);
  }
  to.set("address", line);
}

/// The language of the home if it is named, else the first.
void map_language(const XMLElement &from, feed::Record &to) {
  const XMLElement *list = child(&from, "languages");
  std::string chosen;
  for (const XMLElement *e = child(list, "language"); e != nullptr;
       e = e->NextSiblingElement("language")) {
    const bool home = text_at(e, {"type"}) == "Home";
    if (chosen.empty() || home) chosen = short_language(text_at(e, {"code"}));
    if (home) break;
  }
  to.set("language", chosen);
}

std::optional<std::int64_t> whole_number(const std::string &text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

void map_relationship(const XMLElement &from, feed::Record &contact) {
  const std::string student = normalised_key(text_at(&from, {"studentRefId"}));
  if (student.empty()) return;
  const auto flag = [&](const char *name) { return tri_state(text_at(&from, {name})); };
  feed::Record link("relationship");
  link.set("student", student).set("relation", text_at(&from, {"relationshipCode"}));
  link.set("custody", flag("custodialIndicator"));
  link.set("communications", flag("communicationsIndicator"));
  link.set("emergency", flag("emergencyContactIndicator"));
  link.set("lives_with", flag("livesWith")).set("primary", flag("primaryContactIndicator"));
  link.set("restriction", text_at(&from, {"restrictions"}));
  if (const auto sequence = whole_number(text_at(&from, {"contactSequence"}))) {
    link.set("sequence", *sequence);
  }
  contact.add("relationships", link);
}

}  // namespace

void map_school(const XMLElement &from, feed::Record &to) {
  map_ids(from, to);
  to.set("name", text_at(&from, {"schoolName"}));
  map_phones(from, to);
  map_address(from, to);
}

void map_staff(const XMLElement &from, feed::Record &to) {
  map_ids(from, to);
  map_name(from, to);
  map_emails(from, to);
  map_phones(from, to);
  to.set("school", normalised_key(text_at(&from, {"primaryAssignment", "schoolRefId"})));
}

void map_student(const XMLElement &from, feed::Record &to) {
  map_ids(from, to);
  map_name(from, to);
  map_emails(from, to);
  map_phones(from, to);
  map_address(from, to);
  map_language(from, to);
  to.set("school", normalised_key(text_at(&from, {"enrollment", "schoolRefId"})));
  to.set("grade", text_at(&from, {"enrollment", "gradeLevel"}));
}

void map_contact(const XMLElement &from, feed::Record &to) {
  map_ids(from, to);
  map_name(from, to);
  map_emails(from, to);
  map_phones(from, to);
  map_address(from, to);
  map_language(from, to);
  const XMLElement *list = child(&from, "relationships");
  for (const XMLElement *e = child(list, "relationship"); e != nullptr;
       e = e->NextSiblingElement("relationship")) {
    map_relationship(*e, to);
  }
}

void map_section(const XMLElement &from, feed::Record &to) {
  to.set("local_id", text_at(&from, {"schoolSectionId"}));
  std::string name = text_at(&from, {"courseTitle"});
  if (name.empty()) name = text_at(&from, {"subject"});
  to.set("name", name);
  to.set("school", normalised_key(text_at(&from, {"schoolRefId"})));
  to.set("teacher",
         normalised_key(text_at(&from, {"primaryStaff", "staffPersonReference", "refId"})));
  const XMLElement *list = child(&from, "students");
  for (const XMLElement *e = child(list, "studentReference"); e != nullptr;
       e = e->NextSiblingElement("studentReference")) {
    to.add("students", normalised_key(text_at(e, {"refId"})));
  }
}

}  // namespace heard::sif_xpress
