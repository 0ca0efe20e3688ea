// The shape of xPress objects, as the public samples show it.
#include "demo_sis/xpress.hpp"

#include <algorithm>

namespace heard::demo {
namespace {

/// Writes elements into one text; a value that is empty leaves its element out.
class Writer {
 public:
  Writer &open(std::string_view name) {
    text_.append("<").append(name).append(">");
    return *this;
  }
  Writer &close(std::string_view name) {
    text_.append("</").append(name).append(">");
    return *this;
  }
  Writer &record(std::string_view name, std::string_view ref_id) {
    text_.append("<").append(name).append(" refId=\"").append(ref_id).append("\">");
    return *this;
  }
  Writer &leaf(std::string_view name, std::string_view value) {
    if (value.empty()) return *this;
    open(name);
    escape(value);
    return close(name);
  }
  Writer &flag(std::string_view name, std::optional<bool> value) {
    return value ? leaf(name, *value ? "true" : "false") : *this;
  }
  std::string take() { return std::move(text_); }

 private:
  void escape(std::string_view value) {
    for (const char c : value) {
      if (c == '&') {
        text_ += "&amp;";
      } else if (c == '<') {
        text_ += "&lt;";
      } else {
        text_ += c;
      }
    }
  }

  std::string text_;
};

void write_name(Writer &out, const std::string &family, const std::string &given) {
  out.open("name").leaf("type", "LegalName").leaf("familyName", family).leaf("givenName", given);
  out.close("name");
}

void write_address(Writer &out, const std::string &street) {
  out.open("address").leaf("addressType", "Mailing").leaf("line1", street);
  out.leaf("city", "Maple Valley").leaf("stateProvince", "NY").leaf("countryCode", "US");
  out.leaf("postalCode", "00501").close("address");
}

void write_phone(Writer &out, const char *type, const std::string &number) {
  if (number.empty()) return;
  out.open("phoneNumber").leaf("phoneNumberType", type).leaf("number", number);
  out.flag("primaryIndicator", true).close("phoneNumber");
}

void write_email(Writer &out, const char *type, const std::string &address) {
  if (address.empty()) return;
  out.open("email").leaf("emailType", type).leaf("emailAddress", address).close("email");
}

/// The specification has this for students only; real systems add it to contacts too.
void write_language(Writer &out, const std::string &code) {
  out.open("languages").open("language").leaf("type", "Home").leaf("code", code);
  out.close("language").close("languages");
}

std::string school_xml(const School &school) {
  Writer out;
  out.record("xSchool", school.ref_id).leaf("localId", school.local_id);
  out.leaf("schoolName", school.name);
  write_address(out, school.street);
  write_phone(out, "Main", school.phone);
  return out.close("xSchool").take();
}

std::string staff_xml(const District &district, const Staff &person) {
  Writer out;
  out.record("xStaff", person.ref_id);
  write_name(out, person.family, person.given);
  out.leaf("localId", person.local_id);
  write_email(out, "Organizational", person.email);
  out.open("primaryAssignment").leaf("schoolRefId", district.schools[person.school].ref_id);
  out.leaf("jobFunction", person.job).close("primaryAssignment");
  return out.close("xStaff").take();
}

std::string student_xml(const District &district, const Student &student) {
  Writer out;
  out.record("xStudent", student.ref_id);
  write_name(out, student.family, student.given);
  if (!student.preferred.empty()) {
    out.open("otherNames").open("name").leaf("type", "PreferredName");
    out.leaf("givenName", student.preferred).close("name").close("otherNames");
  }
  out.leaf("localId", student.local_id);
  write_address(out, student.street);
  write_email(out, "Organizational", student.email);
  out.open("enrollment").leaf("schoolRefId", district.schools[student.school].ref_id);
  out.leaf("membershipType", "Home").leaf("gradeLevel", student.grade).close("enrollment");
  write_language(out, student.language);
  return out.close("xStudent").take();
}

void write_relationship(Writer &out, const District &district, const Relationship &link) {
  out.open("relationship").leaf("studentRefId", district.students[link.student].ref_id);
  out.leaf("relationshipCode", link.relation).leaf("restrictions", link.restriction);
  out.flag("livesWith", link.lives_with).flag("primaryContactIndicator", link.primary);
  out.flag("emergencyContactIndicator", link.emergency);
  out.flag("custodialIndicator", link.custody).flag("communicationsIndicator", link.communications);
  out.leaf("contactSequence", std::to_string(link.sequence)).close("relationship");
}

std::string contact_xml(const District &district, const Contact &contact) {
  Writer out;
  out.record("xContact", contact.ref_id);
  write_name(out, contact.family, contact.given);
  write_address(out, contact.street);
  write_phone(out, "Cell", contact.phone);
  write_email(out, "Personal", contact.email);
  write_language(out, contact.language);
  out.open("relationships");
  for (const Relationship &link : contact.relationships) write_relationship(out, district, link);
  return out.close("relationships").close("xContact").take();
}

std::string section_xml(const District &district, const Section &section) {
  Writer out;
  out.record("xRoster", section.ref_id).leaf("courseTitle", section.title);
  out.leaf("schoolRefId", district.schools[section.school].ref_id);
  out.leaf("schoolSectionId", section.code).open("students");
  for (const std::size_t student : section.students) {
    out.open("studentReference").leaf("refId", district.students[student].ref_id);
    out.close("studentReference");
  }
  out.close("students").open("primaryStaff").open("staffPersonReference");
  out.leaf("refId", district.staff[section.teacher].ref_id).close("staffPersonReference");
  return out.flag("teacherOfRecord", true).close("primaryStaff").close("xRoster").take();
}

template <typename Items, typename Write>
Collection collect(const char *name, const char *record, const Items &items, Write write) {
  Collection collection{name, record, {}};
  for (const auto &item : items) collection.records.push_back(write(item));
  return collection;
}

}  // namespace

std::vector<Collection> collections(const District &d) {
  return {
      collect("xSchools", "xSchool", d.schools, school_xml),
      collect("xStaffs", "xStaff", d.staff, [&](const auto &item) { return staff_xml(d, item); }),
      collect("xStudents", "xStudent", d.students,
              [&](const auto &item) { return student_xml(d, item); }),
      collect("xContacts", "xContact", d.contacts,
              [&](const auto &item) { return contact_xml(d, item); }),
      collect("xRosters", "xRoster", d.sections,
              [&](const auto &item) { return section_xml(d, item); }),
  };
}

Collection cut_collection(std::string name, std::string record, std::string_view document) {
  Collection collection{std::move(name), std::move(record), {}};
  const std::string open = "<" + collection.record;
  const std::string close = "</" + collection.record + ">";
  for (std::size_t at = document.find(open); at != std::string_view::npos;
       at = document.find(open, at + 1)) {
    const std::size_t after = at + open.size();
    if (std::string_view(" \t\r\n>").find(document[after]) == std::string_view::npos) continue;
    const std::size_t end = document.find(close, after);
    if (end == std::string_view::npos) break;
    collection.records.emplace_back(document.substr(at, end + close.size() - at));
  }
  return collection;
}

std::string to_document(const Collection &collection, std::size_t from, std::size_t to) {
  std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<" + collection.name +
                     " xmlns=\"http://www.sifassociation.org/datamodel/na/3.3\">\n";
  for (std::size_t i = from; i < std::min(to, collection.records.size()); ++i) {
    text.append(collection.records[i]).append("\n");
  }
  return text.append("</").append(collection.name).append(">\n");
}

}  // namespace heard::demo
